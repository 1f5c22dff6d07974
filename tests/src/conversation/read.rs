//! From text to conversations, and from a line to its words.

use std::fs;

use crate::source::root;

/// One conversation.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Where it begins: `moved.txt:12`.
    pub place: String,
    /// A sentence.
    pub name: String,
    /// The rule that it would break.
    pub rule: String,
    /// The rest.
    pub lines: Vec<Line>,
}

/// A line of it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file.
    pub number: usize,
    /// Its text, trimmed.
    pub text: String,
}

/// All conversations of `tests/conversations`, file by file.
///
/// # Errors
/// A file that cannot be read, or is no conversations.
pub fn all() -> Result<Vec<Conversation>, String> {
    let folder = root().join("tests/conversations");
    let cannot = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(cannot)? {
        let name = entry.map_err(cannot)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".txt") {
            files.push(name);
        }
    }
    files.sort();
    let mut all = Vec::new();
    for name in files {
        all.extend(read(&name, &fs::read_to_string(folder.join(&name)).map_err(cannot)?)?);
    }
    Ok(all)
}

/// The conversations of a file.
///
/// # Errors
/// What stands in the file that is no conversation, and where.
pub fn read(file: &str, text: &str) -> Result<Vec<Conversation>, String> {
    let mut all: Vec<Conversation> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("== ") {
            let (place, name) = (format!("{file}:{number}"), name.to_string());
            all.push(Conversation { place, name, rule: String::new(), lines: Vec::new() });
            continue;
        }
        let conversation = all.last_mut().ok_or_else(|| format!("{file}:{number}: a line before the first `==`"))?;
        match line.strip_prefix("rule: ") {
            Some(rule) => conversation.rule = rule.to_string(),
            None => conversation.lines.push(Line { number, text: line.to_string() }),
        }
    }
    match all.iter().find(|conversation| !rules().any(|rule| rule == conversation.rule)) {
        Some(Conversation { place, rule, .. }) => Err(format!(
            "{place}: {rule:?} is no rule of tests/conversations/RULES: name the one that the conversation would break"
        )),
        None => Ok(all),
    }
}

/// The rules that a conversation may name.
pub fn rules() -> impl Iterator<Item = &'static str> {
    include_str!("../../conversations/RULES").lines().filter(|line| !line.starts_with('#'))
}

/// Words as in redis-cli: separated by spaces, or within double quotes with escapes.
pub(super) fn words(text: &str) -> Result<Vec<Vec<u8>>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, length) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = closing_quote(quoted).ok_or_else(|| format!("a quote is not closed: {rest}"))?;
                (unescaped(&quoted[..end])?, end + 2)
            }
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (rest.as_bytes()[..end].to_vec(), end)
            }
        };
        words.push(word);
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

/// Bytes of a text with `\r`, `\n`, `\t`, `\\`, `\"` and `\xff`.
pub(super) fn unescaped(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next() {
            Some(b'r') => b'\r',
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(same @ (b'\\' | b'"')) => same,
            Some(b'x') => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&digits, 16).map_err(|_| format!("\\x{digits} is no byte"))?
            }
            other => return Err(format!("unknown escape {:?}", other.map(char::from))),
        });
    }
    Ok(bytes)
}

/// Whether a text is as expected, where `...` stands for anything.
pub(super) fn matches(text: &str, expected: &str) -> bool {
    let mut pieces = expected.split("...");
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

/// `0-3` or `5`, as a range.
pub(super) fn range(text: &str) -> Result<std::ops::Range<u64>, String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |digits: &str| digits.trim().parse::<u64>().map_err(|_| format!("{text:?} is no range of tickets"));
    Ok(number(first)?..number(last)? + 1)
}

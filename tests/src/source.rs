//! The project's own source, read as text: which files there are, what of a Rust file is code, and which modules the
//! code names. Enough of Rust's lexer to be certain, no more: no macro is expanded, no name resolved.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The top directory of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a directory of the workspace").into()
}

/// One file of the repository.
#[derive(Debug)]
pub struct Source {
    /// From the top of the repository, with forward slashes.
    pub path: String,
    /// As it is.
    pub text: String,
}

/// Every text file under `directory` (from the top; `""` for all) whose name ends in one of `endings`; what is built,
/// fetched or kept by git is left out.
pub fn files(directory: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(directory), &mut |path| {
        let name = path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"));
            found.push(Source { path: name, text });
        }
    });
    assert!(!found.is_empty(), "no {endings:?} under {directory:?}: the check would say nothing");
    found
}

impl Source {
    /// A file of tests only, by its name: `tests.rs`, `…_tests.rs`, or in a directory `tests`.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.ends_with("_tests.rs") || self.path.contains("/tests/")
    }

    /// Written by a program, as its first lines say.
    pub fn is_generated(&self) -> bool {
        self.text.lines().take(3).any(|line| line.contains("Generated from"))
    }

    /// The code: comments and the insides of literals blanked, items under `#[cfg(test)]` too. Lines keep their numbers.
    pub fn code(&self) -> String {
        without_tests(&without_comments(&self.text))
    }

    /// The module that the file is, from its crate's root: `["flight", "link"]` for `core/src/flight/link.rs`.
    pub fn module(&self) -> Vec<String> {
        let (_, inside) = self.path.split_once("/src/").unwrap_or(("", &self.path));
        let mut module: Vec<String> = inside.trim_end_matches(".rs").split('/').map(String::from).collect();
        module.pop_if(|last| ["lib", "main", "mod"].contains(&last.as_str()));
        module
    }

    /// Every path in the code that begins with `crate`, `self` or `super`, from its crate's root.
    pub fn references(&self) -> BTreeSet<Vec<String>> {
        let tokens = tokens(&self.code());
        let mut found = BTreeSet::new();
        for (index, token) in tokens.iter().enumerate() {
            let begins = index == 0 || tokens[index - 1] != "::";
            let goes_on = tokens.get(index + 1).is_some_and(|next| next == "::");
            if begins && goes_on && ["crate", "self", "super"].contains(&token.as_str()) {
                tree(&tokens[index..], &self.module(), &mut found);
            }
        }
        found
    }
}

fn walk(directory: &Path, visit: &mut impl FnMut(&Path)) {
    let mut entries: Vec<_> = fs::read_dir(directory)
        .unwrap_or_else(|e| panic!("{}: {e}", directory.display()))
        .map(|entry| entry.expect("a readable directory").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_symlink() || ["target", ".git", "node_modules", "dist"].contains(&&*name) {
            continue;
        }
        if path.is_dir() { walk(&path, visit) } else { visit(&path) }
    }
}

/// Comments and the insides of string and character literals become spaces.
fn without_comments(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while index < chars.len() {
        let start = index;
        let in_word = start > 0 && is_word(at(start - 1));
        index = match at(index) {
            '/' if at(index + 1) == '/' => seek(&chars, index, |rest| rest[0] == '\n'),
            '/' if at(index + 1) == '*' => end_of_block_comment(&chars, index),
            '"' => end_of_string(&chars, index + 1),
            'r' if !in_word && raw_hashes(&chars[index + 1..]).is_some() => end_of_raw_string(&chars, index + 1),
            'b' if !in_word && at(index + 1) == 'r' && raw_hashes(&chars[index + 2..]).is_some() => {
                end_of_raw_string(&chars, index + 2)
            }
            '\'' if at(index + 1) == '\\' => seek(&chars, index + 3, |rest| rest[0] == '\'') + 1,
            '\'' if at(index + 2) == '\'' => index + 3,
            other => {
                out.push(other);
                index += 1;
                continue;
            }
        };
        index = index.min(chars.len());
        out.extend(chars[start..index].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
    }
    out
}

fn seek(chars: &[char], from: usize, found: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|&index| found(&chars[index..])).unwrap_or(chars.len())
}

fn end_of_block_comment(chars: &[char], from: usize) -> usize {
    let mut depth = 0;
    let mut index = from;
    while index < chars.len() {
        match chars[index..] {
            ['/', '*', ..] => depth += 1,
            ['*', '/', ..] => depth -= 1,
            _ => {
                index += 1;
                continue;
            }
        }
        index += 2;
        if depth == 0 {
            break;
        }
    }
    index
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut index = from;
    while index < chars.len() && chars[index] != '"' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    index + 1
}

/// The number of `#` before the quote, if these are the characters after the `r` of a raw string.
fn raw_hashes(after: &[char]) -> Option<usize> {
    let hashes = after.iter().take_while(|&&c| c == '#').count();
    (after.get(hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_raw_string(chars: &[char], from: usize) -> usize {
    let hashes = raw_hashes(&chars[from..]).unwrap_or(0);
    let closes =
        |rest: &[char]| rest[0] == '"' && rest.iter().skip(1).take(hashes).filter(|&&c| c == '#').count() == hashes;
    seek(chars, from + hashes + 1, closes) + 1 + hashes
}

/// Items under `#[cfg(test)]` become spaces: up to the end of their braces, or their semicolon.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = code.to_owned();
    while let Some(start) = out.find(MARK) {
        let mut depth = 0;
        let end = out[start + MARK.len()..].char_indices().find_map(|(index, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0 && (c == '}' || c == ';')).then_some(start + MARK.len() + index + 1)
        });
        let end = end.unwrap_or(out.len());
        let blank: String = out[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        out.replace_range(start..end, &blank);
    }
    out
}

/// Words, `::`, and single other characters.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut glued = false;
    for c in code.chars() {
        match tokens.last_mut() {
            Some(last) if glued && is_word(c) && last.ends_with(is_word) => last.push(c),
            Some(last) if glued && c == ':' && last == ":" => last.push(c),
            _ if c.is_whitespace() => {}
            _ => tokens.push(c.into()),
        }
        glued = !c.is_whitespace();
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Follows `a::b::{c, d::e}` from its first word, adds what it names, and says how many tokens it took.
fn tree(tokens: &[String], prefix: &[String], found: &mut BTreeSet<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    let mut index = 0;
    loop {
        match tokens.get(index).map(String::as_str) {
            Some("crate") => path.clear(),
            Some("super") => _ = path.pop(),
            Some("self") => {}
            Some("{") => {
                index += 1;
                while index < tokens.len() && tokens[index] != "}" {
                    index += if tokens[index] == "," { 1 } else { tree(&tokens[index..], &path, found).max(1) };
                }
                return index + 1;
            }
            Some(word) if word.starts_with(is_word) => path.push(word.into()),
            Some(_) | None => {}
        }
        index += 1;
        if tokens.get(index).map(String::as_str) != Some("::") {
            found.insert(path);
            return index;
        }
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn comments_literals_and_tests_are_no_code() {
        let text = "a(\"std::\", r#\"b \" std::\"#, '\\'', '\"', b'x') // std::\n/* /* std:: */ */ c::<'d>();\n\
                    #[cfg(test)]\nmod tests {\n fn f() { std::x() }\n}\n#[cfg(test)]\nuse std::y;\nlast";
        let code = source("core/src/x.rs", text).code();
        assert_eq!(code.split_whitespace().collect::<String>(), "a(,,,,b)c::<'d>();last");
        assert_eq!(code.lines().count(), text.lines().count());
    }

    #[test]
    fn references_are_told_from_the_root_of_the_crate() {
        let text =
            "use crate::{a, b::{self, c::D}};\nuse super::link::Link;\npub(super) fn f() -> crate::e::F { self::g() }";
        let found = source("core/src/flight/judge.rs", text).references();
        let found: Vec<_> = found.iter().map(|path| path.join("::")).filter(|path| !path.is_empty()).collect();
        assert_eq!(found, ["a", "b", "b::c::D", "e::F", "flight::judge::g", "flight::link::Link"]);
    }

    #[test]
    fn a_file_is_the_module_of_its_path() {
        assert_eq!(source("core/src/flight/link.rs", "").module(), ["flight", "link"]);
        assert_eq!(source("core/src/flight/mod.rs", "").module(), ["flight"]);
        assert_eq!(source("core/src/lib.rs", "").module(), [""; 0]);
    }
}

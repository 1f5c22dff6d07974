//! Command lines as `redis-cli` reads them: words parted by blanks, with two kinds of quotes.
//!
//! - Inside `"…"`: `\n \r \t \b \a`, `\xHH` for any byte, and `\` before anything else means that character.
//! - Inside `'…'`: only `\'` is special.
//! - A quote may open in the middle of a word; behind a closing quote there must be a blank or the end.
//!
//! [`split`] reads a line, [`Quoted`] writes bytes so that [`split`] (and `redis-cli`) read the same bytes again.

use std::fmt;

/// The words of one line; kept and filled again, so that reading a line allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Words {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Words {
    /// Whether the line was blank.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.bytes[std::mem::replace(&mut start, end)..end])
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}

/// Why a line has no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadLine {
    /// Byte of the line that it is about.
    pub(crate) at: usize,
    /// What is wrong there.
    pub(crate) what: &'static str,
}

/// Splits a line into words; `words` is cleared first.
pub(crate) fn split(line: &[u8], words: &mut Words) -> Result<(), BadLine> {
    words.clear();
    let mut at = 0;
    loop {
        at += line[at..].iter().take_while(|byte| is_blank(**byte)).count();
        if at == line.len() {
            return Ok(());
        }
        at = word(line, at, &mut words.bytes)?;
        words.ends.push(words.bytes.len());
    }
}

/// The number of the character at byte `at`, counted from 1 as editors do.
pub(crate) fn column(line: &[u8], at: usize) -> usize {
    let is_continuation = |byte: &&u8| **byte & 0xc0 == 0x80;
    1 + at - line[..at].iter().filter(is_continuation).count()
}

fn word(line: &[u8], mut at: usize, out: &mut Vec<u8>) -> Result<usize, BadLine> {
    while let Some(&byte) = line.get(at) {
        at = match byte {
            b'"' => double_quoted(line, at, out)?,
            b'\'' => single_quoted(line, at, out)?,
            _ if is_blank(byte) => return Ok(at),
            _ => {
                out.push(byte);
                at + 1
            }
        };
    }
    Ok(at)
}

fn double_quoted(line: &[u8], open: usize, out: &mut Vec<u8>) -> Result<usize, BadLine> {
    let mut at = open + 1;
    loop {
        match &line[at..] {
            [] | [b'\\'] => return Err(BadLine { at: open, what: UNBALANCED }),
            [b'"', ..] => return closed(line, at),
            [b'\\', b'x', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex(*high) << 4 | hex(*low));
                at += 4;
            }
            [b'\\', escaped, ..] => {
                out.push(match escaped {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'a' => 7,
                    other => *other,
                });
                at += 2;
            }
            [byte, ..] => {
                out.push(*byte);
                at += 1;
            }
        }
    }
}

fn single_quoted(line: &[u8], open: usize, out: &mut Vec<u8>) -> Result<usize, BadLine> {
    let mut at = open + 1;
    loop {
        match &line[at..] {
            [] => return Err(BadLine { at: open, what: UNBALANCED }),
            [b'\'', ..] => return closed(line, at),
            [b'\\', b'\'', ..] => {
                out.push(b'\'');
                at += 2;
            }
            [byte, ..] => {
                out.push(*byte);
                at += 1;
            }
        }
    }
}

fn closed(line: &[u8], quote: usize) -> Result<usize, BadLine> {
    let next = quote + 1;
    match line.get(next) {
        Some(byte) if !is_blank(*byte) => Err(BadLine { at: next, what: NO_BLANK }),
        _ => Ok(next),
    }
}

const UNBALANCED: &str = "unbalanced quotes: the quote that opens here is never closed";
const NO_BLANK: &str = "unbalanced quotes: a closing quote must be followed by a space";

/// What C's `isspace` calls a blank.
const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

const fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

/// Bytes as a word: as they are where that reads back the same, else in double quotes with escapes.
#[derive(Clone, Copy)]
pub(crate) struct Quoted<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = std::str::from_utf8(self.0);
        if let Ok(text) = text
            && !text.is_empty()
            && !text.starts_with('#')
            && !text.contains(|c: char| c.is_whitespace() || is_invisible(c) || c == '"' || c == '\'')
        {
            return f.write_str(text);
        }
        f.write_str("\"")?;
        for chunk in self.0.utf8_chunks() {
            chunk.valid().chars().try_for_each(|c| escape(c, f))?;
            chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
        }
        f.write_str("\"")
    }
}

fn escape(c: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match c {
        '\n' => f.write_str("\\n"),
        '\r' => f.write_str("\\r"),
        '\t' => f.write_str("\\t"),
        '\u{8}' => f.write_str("\\b"),
        '\u{7}' => f.write_str("\\a"),
        '"' | '\\' => write!(f, "\\{c}"),
        ' ' => f.write_str(" "),
        _ if c.is_whitespace() || is_invisible(c) => {
            c.encode_utf8(&mut [0; 4]).bytes().try_for_each(|byte| write!(f, "\\x{byte:02x}"))
        }
        _ => write!(f, "{c}"),
    }
}

/// Controls, and the format characters that are drawn as nothing or turn the text around them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Vec<Vec<u8>>, BadLine> {
        let mut words = Words::default();
        split(line.as_bytes(), &mut words)?;
        Ok(words.iter().map(<[u8]>::to_vec).collect())
    }

    fn read(line: &str) -> Vec<String> {
        words(line).unwrap().into_iter().map(|word| String::from_utf8(word).unwrap()).collect()
    }

    #[test]
    fn blanks_part_words_and_a_blank_line_has_none() {
        assert_eq!(read("  SET\tkey \x0b value \r"), ["SET", "key", "value"]);
        assert!(read(" \t\r").is_empty());
        assert!(read("").is_empty());
    }

    #[test]
    fn double_quotes_know_escapes_and_keep_blanks() {
        assert_eq!(read(r#"SET "a b" "\n\r\t\b\a\\\"\q""#), ["SET", "a b", "\n\r\t\x08\x07\\\"q"]);
        assert_eq!(words(r#""\x00\xFf\x4""#).unwrap(), [b"\x00\xffx4".to_vec()]);
    }

    #[test]
    fn single_quotes_know_only_their_own_escape() {
        assert_eq!(read(r#"'a\nb' 'it\'s' '\x41' '"'"#), [r"a\nb", "it's", r"\x41", "\""]);
    }

    #[test]
    fn a_quote_may_open_inside_a_word_and_empty_quotes_are_an_empty_word() {
        assert_eq!(read(r#"foo"bar" '' """#), ["foobar", "", ""]);
    }

    #[test]
    fn an_open_quote_is_told_where_it_opens() {
        for (line, at) in [(r#"SET k "v"#, 6), ("SET k 'v", 6), (r#""a\"#, 0), (r#"a"\""#, 1), ("'\\'", 0)] {
            assert_eq!(words(line), Err(BadLine { at, what: UNBALANCED }), "{line}");
        }
    }

    #[test]
    fn a_closing_quote_needs_a_blank_behind_it() {
        assert_eq!(words(r#"SET "k"v"#), Err(BadLine { at: 7, what: NO_BLANK }));
        assert_eq!(words("'a''b'"), Err(BadLine { at: 3, what: NO_BLANK }));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(column("SET é \"".as_bytes(), 7), 7);
        assert_eq!(column(b"\"", 0), 1);
    }

    #[test]
    fn quoted_bytes_read_back_the_same() {
        let every_byte: Vec<u8> = (0..=255).collect();
        let cases: [&[u8]; 9] = [
            b"plain:{tag}",
            b"",
            b"a b",
            b"#x",
            b"say \"hi\" it's",
            "né\u{85}\u{a0}\u{202e}".as_bytes(),
            b"\\",
            b"a\\b",
            &every_byte,
        ];
        for case in cases {
            assert_eq!(words(&Quoted(case).to_string()).unwrap(), [case.to_vec()], "{}", Quoted(case));
        }
        assert_eq!(Quoted("né".as_bytes()).to_string(), "né");
        assert_eq!(Quoted(b"\x00k").to_string(), "\"\\x00k\"");
    }
}

//! Bytes and lists as words of a line, and where two texts part.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, str::FromStr};

/// Writes one `name=value` word.
pub(super) fn word(out: &mut String, name: &str, value: impl AsRef<[u8]>) {
    out.push(' ');
    out.push_str(name);
    out.push('=');
    escape(out, value.as_ref());
}

/// The same for what is written as it is: numbers and names.
pub(super) fn plain(out: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = write!(out, " {name}={value}");
}

/// A list, unless it is empty.
pub(super) fn list<T: AsRef<[u8]>>(out: &mut String, name: &str, values: impl IntoIterator<Item = T>) {
    let mut separator = None;
    for value in values {
        match separator {
            None => {
                let _ = write!(out, " {name}=");
            }
            Some(comma) => out.push(comma),
        }
        separator = Some(',');
        escape(out, value.as_ref());
    }
}

pub(super) fn escape(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_graphic() && !matches!(byte, b'%' | b',' | b'=') {
            out.push(char::from(byte));
            continue;
        }
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
    }
}

pub(super) fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escaped)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        let digits = escaped.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(digits.ok_or_else(|| format!("no two digits behind a % in {text:?}"))?);
        rest = &escaped[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// The `name=value` words of a line.
#[derive(Debug)]
pub(super) struct Words<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Words<'a> {
    pub(super) fn of(words: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let pair = |word: &'a str| word.split_once('=').ok_or_else(|| format!("{word:?} is not name=value"));
        Ok(Self(words.map(pair).collect::<Result<_, _>>()?))
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).copied()
    }

    pub(super) fn number<T: FromStr>(&self, name: &str) -> Result<T, String> {
        self.optional(name)?.ok_or_else(|| format!("no {name}"))
    }

    pub(super) fn optional<T: FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        let parse = |value: &str| value.parse().map_err(|_| format!("{name} is {value:?}"));
        self.get(name).map(parse).transpose()
    }

    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        unescape(self.get(name).ok_or_else(|| format!("no {name}"))?)
    }

    pub(super) fn text(&self, name: &str) -> Result<String, String> {
        String::from_utf8(self.bytes(name)?).map_err(|error| format!("{name}: {error}"))
    }

    pub(super) fn optional_text(&self, name: &str) -> Result<Option<String>, String> {
        self.get(name).map(|_| self.text(name)).transpose()
    }

    /// The elements of a list, still escaped.
    pub(super) fn list(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.get(name).into_iter().flat_map(|list| list.split(','))
    }
}

/// The first line in which two texts differ, with the day that it is in and the call before it; `None` if they are the
/// same to the last byte.
pub fn first_difference(names: [&str; 2], texts: [&str; 2]) -> Option<String> {
    if texts[0] == texts[1] {
        return None;
    }
    let (mut day, mut call) = ("", "");
    let [mut one, mut other] = texts.map(|text| text.split('\n'));
    for number in 1.. {
        let lines = [one.next(), other.next()];
        if lines[0] != lines[1] {
            let shown = lines.map(|line| line.map_or(Cow::Borrowed("(the text ends)"), shortened));
            let [one, other] = names;
            return Some(format!(
                "line {number}, in the day {day:?}, after {}\n  {one}: {}\n  {other}: {}",
                shortened(call),
                shown[0],
                shown[1]
            ));
        }
        let line = lines[0]?;
        match line.get(..2) {
            Some("==") => day = &line[3..],
            Some("> ") => call = line,
            _ => {}
        }
    }
    None
}

fn shortened(line: &str) -> Cow<'_, str> {
    const MOST: usize = 300;
    if line.len() <= MOST {
        return line.into();
    }
    format!("{}... ({} bytes)", line.chars().take(MOST).collect::<String>(), line.len()).into()
}

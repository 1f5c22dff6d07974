//! The wire as a server sees it: requests out of bytes, replies into bytes of RESP2 or RESP3.

use std::fmt::Write as _;

/// Requests whose bytes have not all come yet are kept here.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    bytes: Vec<u8>,
    /// Where the next request begins: what is before it has been taken.
    taken: usize,
}

/// Bytes that are no request: the server answers with this error and hangs up.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ProtocolError(pub(super) String);

const MOST_ARGUMENTS: i64 = 1024 * 1024;
const LONGEST_BULK: i64 = 512 * 1024 * 1024;
const LONGEST_INLINE: usize = 64 * 1024;

impl Requests {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.taken == self.bytes.len() {
            self.bytes.clear();
            self.taken = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole request. Empty requests (`*0`, an empty line) are skipped as the server skips them.
    pub(super) fn next(&mut self) -> Result<Option<Vec<Vec<u8>>>, ProtocolError> {
        while let Some(&first) = self.bytes.get(self.taken) {
            let mut reader = Reader { bytes: &self.bytes, at: self.taken };
            let request = if first == b'*' { reader.multibulk()? } else { reader.inline()? };
            let Some(request) = request else {
                return Ok(None);
            };
            self.taken = reader.at;
            if !request.is_empty() {
                return Ok(Some(request));
            }
        }
        Ok(None)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn multibulk(&mut self) -> Result<Option<Vec<Vec<u8>>>, ProtocolError> {
        let Some(line) = self.line("too big mbulk count string")? else {
            return Ok(None);
        };
        let count = number(&line[1..]).filter(|count| *count <= MOST_ARGUMENTS);
        let count = count.ok_or_else(|| ProtocolError("invalid multibulk length".into()))?;
        let mut arguments = Vec::new();
        for _ in 0..count.max(0) {
            let Some(line) = self.line("too big bulk count string")? else {
                return Ok(None);
            };
            if line.first() != Some(&b'$') {
                let found = line.first().map_or(' ', |byte| char::from(*byte));
                return Err(ProtocolError(format!("expected '$', got '{found}'")));
            }
            let length = number(&line[1..]).filter(|length| (0..=LONGEST_BULK).contains(length));
            let length = length.and_then(|length| usize::try_from(length).ok());
            let length = length.ok_or_else(|| ProtocolError("invalid bulk length".into()))?;
            let Some(argument) = self.bytes.get(self.at..self.at + length + 2) else {
                return Ok(None);
            };
            arguments.push(argument[..length].to_vec());
            self.at += length + 2;
        }
        Ok(Some(arguments))
    }

    fn inline(&mut self) -> Result<Option<Vec<Vec<u8>>>, ProtocolError> {
        let line = self.line("too big inline request")?;
        let words = |line: &[u8]| {
            let words = line.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty());
            words.map(<[u8]>::to_vec).collect()
        };
        Ok(line.map(words))
    }

    fn line(&mut self, too_long: &str) -> Result<Option<&[u8]>, ProtocolError> {
        let rest = &self.bytes[self.at..];
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            return if rest.len() > LONGEST_INLINE { Err(ProtocolError(too_long.into())) } else { Ok(None) };
        };
        self.at += end + 1;
        let line = &rest[..end];
        Ok(Some(line.strip_suffix(b"\r").unwrap_or(line)))
    }
}

fn number(bytes: &[u8]) -> Option<i64> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// What a server says, before it is known in which protocol.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reply {
    Simple(String),
    /// Without the minus; its first word is the code.
    Error(String),
    Int(i64),
    Bulk(Vec<u8>),
    /// `_`, or `$-1` in RESP2.
    Null,
    /// `_`, or `*-1` in RESP2.
    NullArray,
    Array(Vec<Reply>),
    Map(Vec<(Reply, Reply)>),
    Set(Vec<Reply>),
    Double(f64),
    /// Text, such as INFO gives.
    Verbatim(String),
    /// A map in RESP3; in RESP2 an array of pairs, not a flat one.
    Keyed(Vec<(Reply, Reply)>),
    /// An array of pairs in RESP3, flat in RESP2.
    Pairs(Vec<(Reply, Reply)>),
    /// Out of turn in RESP3; an array in RESP2.
    Push(Vec<Reply>),
    /// Nothing at all: pushes came in its place, or the connection ends without a word.
    Nothing,
}

impl Reply {
    pub(super) fn ok() -> Self {
        Self::Simple("OK".into())
    }

    pub(super) fn error(text: impl Into<String>) -> Self {
        Self::Error(text.into())
    }

    pub(super) fn bulk(bytes: impl AsRef<[u8]>) -> Self {
        Self::Bulk(bytes.as_ref().to_vec())
    }

    pub(super) fn bulks<B: AsRef<[u8]>>(items: impl IntoIterator<Item = B>) -> Self {
        Self::Array(items.into_iter().map(Self::bulk).collect())
    }

    pub(super) fn count(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// The text of an error.
    pub(super) fn failure(&self) -> Option<&str> {
        if let Self::Error(text) = self { Some(text) } else { None }
    }

    /// Puts it on the wire.
    pub(super) fn encode(&self, protocol: u8, out: &mut Vec<u8>) {
        let resp3 = protocol >= 3;
        match self {
            Self::Nothing => {}
            Self::Simple(text) => line(out, '+', text),
            Self::Error(text) => line(out, '-', text.replace(['\r', '\n'], " ")),
            Self::Int(number) => line(out, ':', number),
            Self::Bulk(bytes) => bulk(out, '$', bytes),
            Self::Null if resp3 => out.extend_from_slice(b"_\r\n"),
            Self::NullArray if resp3 => out.extend_from_slice(b"_\r\n"),
            Self::Null => out.extend_from_slice(b"$-1\r\n"),
            Self::NullArray => out.extend_from_slice(b"*-1\r\n"),
            Self::Array(items) => list(out, '*', items, protocol),
            Self::Set(items) => list(out, if resp3 { '~' } else { '*' }, items, protocol),
            Self::Push(items) => list(out, if resp3 { '>' } else { '*' }, items, protocol),
            Self::Map(pairs) => {
                if resp3 {
                    line(out, '%', pairs.len());
                } else {
                    line(out, '*', pairs.len() * 2);
                }
                for (key, value) in pairs {
                    key.encode(protocol, out);
                    value.encode(protocol, out);
                }
            }
            Self::Keyed(pairs) if resp3 => Self::Map(pairs.clone()).encode(protocol, out),
            Self::Pairs(pairs) if !resp3 => Self::Map(pairs.clone()).encode(protocol, out),
            Self::Keyed(pairs) | Self::Pairs(pairs) => {
                let pair = |(key, value): &(Reply, Reply)| Reply::Array(vec![key.clone(), value.clone()]);
                Self::Array(pairs.iter().map(pair).collect()).encode(protocol, out);
            }
            Self::Double(number) if resp3 => line(out, ',', number),
            Self::Double(number) => bulk(out, '$', number.to_string().as_bytes()),
            Self::Verbatim(text) if resp3 => bulk(out, '=', format!("txt:{text}").as_bytes()),
            Self::Verbatim(text) => bulk(out, '$', text.as_bytes()),
        }
    }
}

fn line(out: &mut Vec<u8>, kind: char, content: impl std::fmt::Display) {
    let mut text = String::new();
    let _ = write!(text, "{kind}{content}\r\n");
    out.extend_from_slice(text.as_bytes());
}

fn bulk(out: &mut Vec<u8>, kind: char, bytes: &[u8]) {
    line(out, kind, bytes.len());
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
}

fn list(out: &mut Vec<u8>, kind: char, items: &[Reply], protocol: u8) {
    line(out, kind, items.len());
    for item in items {
        item.encode(protocol, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_cut_anywhere_is_read_once_it_is_whole() {
        let bytes = b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\nPING\r\n";
        for cut in 0..bytes.len() {
            let mut requests = Requests::default();
            let mut seen = Vec::new();
            for part in [&bytes[..cut], &bytes[cut..]] {
                requests.push(part);
                while let Some(request) = requests.next().unwrap() {
                    seen.push(request);
                }
            }
            assert_eq!(seen, [vec![b"GET".to_vec(), b"k".to_vec()], vec![b"PING".to_vec()]], "cut at {cut}");
        }
    }

    #[test]
    fn what_is_no_request_is_refused_in_the_servers_words() {
        for (bytes, text) in [
            (&b"*a\r\n"[..], "invalid multibulk length"),
            (b"*1\r\n$-2\r\n", "invalid bulk length"),
            (b"*1\r\n:1\r\n", "expected '$', got ':'"),
        ] {
            let mut requests = Requests::default();
            requests.push(bytes);
            assert_eq!(requests.next(), Err(ProtocolError(text.into())));
        }
    }
}

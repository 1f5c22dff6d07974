//! The wire as the judge reads it: requests that the core wrote, replies that it was given. Small, slow and by itself:
//! it shares nothing with the decoder that it is used to judge.

use std::ops::Range;

/// No server sends a longer text: proto-max-bulk-len.
const LONGEST: usize = 512 << 20;

/// A reply, or a caller's result, in a form in which the two can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `_`, `$-1`, `*-1`.
    Null,
    /// `:`, and RESP3's `#` as 0 or 1.
    Int(i64),
    /// `$`, `+`, and every other text.
    Text(Vec<u8>),
    /// `-`, `!`.
    Error(String),
    /// `*`, `~`; a map as its keys and values in turn.
    List(Vec<Value>),
    /// `>`.
    Push(Vec<Value>),
}

impl Value {
    /// The error line, if it is one.
    pub fn error(&self) -> Option<&str> {
        if let Self::Error(line) = self { Some(line) } else { None }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// Bytes of one direction, read frame by frame however they are cut.
#[derive(Debug, Default)]
pub(super) struct Stream {
    bytes: Vec<u8>,
    /// Of `bytes`, read.
    at: usize,
    /// Of the stream, dropped from `bytes`.
    gone: u64,
    /// What came is no RESP: nothing more is read.
    broken: bool,
}

impl Stream {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.at > 0 && self.at == self.bytes.len() {
            self.gone += self.at as u64;
            self.bytes.clear();
            self.at = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether nothing has come of the next frame.
    pub(super) fn is_between(&self) -> bool {
        !self.broken && self.at == self.bytes.len()
    }

    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// The next whole request: its words, and where its last byte ends in the stream.
    pub(super) fn request(&mut self) -> Option<(Vec<Vec<u8>>, u64)> {
        let Value::List(words) = self.value()? else { return None };
        let words = words.into_iter().map(|word| if let Value::Text(text) = word { text } else { Vec::new() });
        Some((words.collect(), self.gone + self.at as u64))
    }

    /// The next whole value.
    pub(super) fn value(&mut self) -> Option<Value> {
        if self.broken {
            return None;
        }
        let mut reader = Reader { bytes: &self.bytes, at: self.at };
        match reader.value() {
            Ok(value) => {
                self.at = reader.at;
                Some(value)
            }
            Err(stop) => {
                self.broken = stop == Stop::Nonsense;
                None
            }
        }
    }
}

#[derive(Debug, PartialEq)]
enum Stop {
    /// Not all of it is there.
    Short,
    /// What stands there begins no value.
    Nonsense,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn line(&mut self) -> Result<Range<usize>, Stop> {
        let rest = &self.bytes[self.at..];
        let end = rest.windows(2).position(|two| two == b"\r\n").ok_or(Stop::Short)?;
        let line = self.at..self.at + end;
        self.at += end + 2;
        Ok(line)
    }

    fn value(&mut self) -> Result<Value, Stop> {
        let &kind = self.bytes.get(self.at).ok_or(Stop::Short)?;
        if !b"+-:$*_#,(!=%~>|".contains(&kind) {
            return Err(Stop::Nonsense);
        }
        self.at += 1;
        let line = self.line()?;
        let text = |line: Range<usize>| String::from_utf8_lossy(&self.bytes[line]).into_owned();
        let number = || std::str::from_utf8(&self.bytes[line.clone()]).ok().and_then(|n| n.parse::<i64>().ok());
        match kind {
            b'_' => Ok(Value::Null),
            b'+' | b',' | b'(' => Ok(Value::Text(self.bytes[line].to_vec())),
            b'-' => Ok(Value::Error(text(line))),
            b':' => Ok(Value::Int(number().unwrap_or(0))),
            b'#' => Ok(Value::Int(i64::from(self.bytes[line] == *b"t"))),
            b'$' | b'!' | b'=' => {
                let Ok(len) = usize::try_from(number().unwrap_or(-1)) else { return Ok(Value::Null) };
                if len > LONGEST {
                    return Err(Stop::Nonsense);
                }
                let bytes = self.bytes.get(self.at..self.at + len + 2).ok_or(Stop::Short)?;
                let bytes = bytes[..len].to_vec();
                self.at += len + 2;
                Ok(if kind == b'!' {
                    Value::Error(String::from_utf8_lossy(&bytes).into_owned())
                } else {
                    Value::Text(bytes)
                })
            }
            _ => {
                let Ok(count) = usize::try_from(number().unwrap_or(-1)) else { return Ok(Value::Null) };
                let count = if kind == b'%' || kind == b'|' { count * 2 } else { count };
                let items = (0..count).map(|_| self.value()).collect::<Result<Vec<_>, _>>()?;
                match kind {
                    b'>' => Ok(Value::Push(items)),
                    // It belongs to the value behind it.
                    b'|' => self.value(),
                    _ => Ok(Value::List(items)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_once_they_are_whole_wherever_they_are_cut() {
        let bytes = b"*2\r\n$1\r\na\r\n:-5\r\n%1\r\n+k\r\n_\r\n>1\r\n+x\r\n-ERR no\r\n#t\r\n$-1\r\n";
        let text = |text: &str| Value::Text(text.as_bytes().to_vec());
        let expected = vec![
            Value::List(vec![text("a"), Value::Int(-5)]),
            Value::List(vec![text("k"), Value::Null]),
            Value::Push(vec![text("x")]),
            Value::Error("ERR no".into()),
            Value::Int(1),
            Value::Null,
        ];
        for cut in 0..bytes.len() {
            let (mut stream, mut read) = (Stream::default(), Vec::new());
            for part in [&bytes[..cut], &bytes[cut..]] {
                stream.push(part);
                read.extend(std::iter::from_fn(|| stream.value()));
            }
            assert_eq!(read, expected, "cut at {cut}");
        }
    }

    #[test]
    fn a_request_ends_at_its_last_byte() {
        let mut stream = Stream::default();
        stream.push(b"*1\r\n$4\r\nPING\r\n*1\r\n$3\r\nGET");
        assert_eq!(stream.request(), Some((vec![b"PING".to_vec()], 14)));
        assert_eq!(stream.request(), None);
        stream.push(b"\r\n");
        assert_eq!(stream.request(), Some((vec![b"GET".to_vec()], 27)));
    }

    #[test]
    fn nothing_is_read_behind_what_is_no_resp() {
        let mut stream = Stream::default();
        stream.push(b"@nonsense\r\n+OK\r\n");
        assert_eq!((stream.value(), stream.value()), (None, None));
    }
}

//! RESP as it passes: requests with the tokens in them, replies as values. Written apart from the core's own reader on
//! purpose: it is the witness.
//!
//! A *token* is a number of 13 digits that begins with 77. Each write has one of its own in an argument (an element, an
//! increment, the fraction of a timeout), so that it is known again wherever and however often it passes.

use std::fmt;

/// Digits of a token.
const DIGITS: usize = 13;
/// How it begins.
const MARK: u64 = 7_700_000_000_000;
/// How many there are.
const TOKENS: u64 = 100_000_000_000;

/// What tells one write from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub u64);

impl Token {
    /// The token with this number. Neighbours lie far apart, so that sums of different tokens differ.
    pub const fn new(number: u64) -> Self {
        Self(MARK + number.wrapping_mul(2_654_435_769) % TOKENS)
    }

    /// All tokens in these bytes, each once.
    pub fn find(bytes: &[u8]) -> Vec<Self> {
        let mut found = Vec::new();
        for run in bytes.split(|byte| !byte.is_ascii_digit()).filter(|run| run.len() == DIGITS) {
            let number = run.iter().fold(0, |number: u64, digit| number * 10 + u64::from(digit - b'0'));
            let token = Self(number);
            if (MARK..MARK + TOKENS).contains(&number) && !found.contains(&token) {
                found.push(token);
            }
        }
        found
    }

    /// The first token in a text.
    pub fn first(text: &str) -> Option<Self> {
        Self::find(text.as_bytes()).first().copied()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:013}", self.0)
    }
}

/// A reply, as the wire has it and as a host tells it. Words of the server's own and strings are one, as JavaScript
/// knows no difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number.
    Int(i64),
    /// Any string.
    Text(String),
    /// An error line.
    Error(String),
    /// Values in order.
    List(Vec<Value>),
    /// Anything that no command of the workload answers.
    Other(String),
}

impl Value {
    /// The first word of an error.
    pub fn error_code(&self) -> Option<&str> {
        if let Self::Error(line) = self { line.split(' ').next() } else { None }
    }
}

/// A request that has come whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The command, of CLIENT with what it is to do.
    pub name: String,
    /// What tells it from others.
    pub tokens: Vec<Token>,
    /// Where it ends in all that the client has written.
    pub end: u64,
}

/// What one side of a connection has said so far.
#[derive(Debug, Default)]
pub struct Stream {
    rest: Vec<u8>,
    /// Bytes read before `rest`.
    before: u64,
}

impl Stream {
    /// More bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
    }

    /// All bytes so far.
    pub fn total(&self) -> u64 {
        self.before + self.rest.len() as u64
    }

    /// What has come of the request or reply that is not whole.
    pub fn partial(&self) -> &[u8] {
        &self.rest
    }

    /// The next request, once it is whole.
    ///
    /// # Errors
    /// The bytes are no request.
    pub fn request(&mut self) -> Result<Option<Request>, String> {
        let mut reader = Reader { bytes: &self.rest, at: 0 };
        let Some(words) = reader.request()? else { return Ok(None) };
        let word = |at: usize| {
            words.get(at).map_or_else(String::new, |word| String::from_utf8_lossy(word).to_ascii_uppercase())
        };
        let name = if word(0) == "CLIENT" { format!("CLIENT {}", word(1)) } else { word(0) };
        let mut tokens: Vec<Token> = words.iter().flat_map(|word| Token::find(word)).collect();
        tokens.dedup();
        let length = reader.at;
        Ok(Some(Request { name, tokens, end: self.advance(length) }))
    }

    /// The next reply, once it is whole, and where it ends; `None` in the place of the value is a push.
    ///
    /// # Errors
    /// The bytes are no reply.
    pub fn reply(&mut self) -> Result<Option<(Option<Value>, u64)>, String> {
        let mut reader = Reader { bytes: &self.rest, at: 0 };
        let is_push = self.rest.first() == Some(&b'>');
        let Some(value) = reader.value()? else { return Ok(None) };
        let length = reader.at;
        Ok(Some(((!is_push).then_some(value), self.advance(length))))
    }

    fn advance(&mut self, length: usize) -> u64 {
        self.rest.drain(..length);
        self.before += length as u64;
        self.before
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn request(&mut self) -> Result<Option<Vec<&'a [u8]>>, String> {
        let Some((kind, count)) = self.header()? else { return Ok(None) };
        if kind != b'*' {
            return Err(self.odd("a request"));
        }
        let mut words = Vec::new();
        for _ in 0..count.max(0) {
            match self.header()? {
                None => return Ok(None),
                Some((b'$', length)) => match self.bulk(length) {
                    Some(word) => words.push(word),
                    None => return Ok(None),
                },
                Some(_) => return Err(self.odd("an argument")),
            }
        }
        Ok(Some(words))
    }

    fn value(&mut self) -> Result<Option<Value>, String> {
        let Some(&kind) = self.bytes.get(self.at) else { return Ok(None) };
        if let b'+' | b'-' | b',' | b'(' | b'#' | b'_' = kind {
            let Some(line) = self.line() else { return Ok(None) };
            let text = String::from_utf8_lossy(&line[1..]).into_owned();
            return Ok(Some(match kind {
                b'+' => Value::Text(text),
                b'-' => Value::Error(text),
                b'_' => Value::Null,
                _ => Value::Other(text),
            }));
        }
        let Some((kind, number)) = self.header()? else { return Ok(None) };
        match kind {
            b':' => Ok(Some(Value::Int(number))),
            b'$' | b'*' | b'~' if number < 0 => Ok(Some(Value::Null)),
            b'$' | b'=' | b'!' => {
                Ok(self.bulk(number).map(|bytes| Value::Text(String::from_utf8_lossy(bytes).into_owned())))
            }
            b'*' | b'~' | b'>' => self.list(number),
            b'%' => self.list(number * 2),
            _ => Err(self.odd("a reply")),
        }
    }

    fn list(&mut self, count: i64) -> Result<Option<Value>, String> {
        let mut items = Vec::new();
        for _ in 0..count {
            match self.value()? {
                Some(item) => items.push(item),
                None => return Ok(None),
            }
        }
        Ok(Some(Value::List(items)))
    }

    fn header(&mut self) -> Result<Option<(u8, i64)>, String> {
        let Some(line) = self.line() else { return Ok(None) };
        let number = line.get(1..).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        let number = number.ok_or_else(|| format!("no number in {:?}", String::from_utf8_lossy(line)))?;
        Ok(Some((line[0], number)))
    }

    fn line(&mut self) -> Option<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
        self.at += end + 2;
        Some(&rest[..end])
    }

    fn bulk(&mut self, length: i64) -> Option<&'a [u8]> {
        let length = usize::try_from(length).ok()?;
        let bytes = self.bytes.get(self.at..self.at + length)?;
        if self.bytes.len() < self.at + length + 2 {
            return None;
        }
        self.at += length + 2;
        Some(bytes)
    }

    fn odd(&self, wanted: &str) -> String {
        let shown = &self.bytes[..self.bytes.len().min(60)];
        format!("{wanted} was expected near byte {} of \"{}\"", self.at, shown.escape_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_seen_with_its_tokens_when_its_last_byte_is_there_and_not_before() {
        let token = Token::new(5);
        let text = format!("*3\r\n$5\r\nrpush\r\n$1\r\nk\r\n$15\r\n{token}:x\r\n*1\r\n$6\r\nASKING\r\n");
        let first = text.len() - 16;
        for cut in 0..first {
            let mut stream = Stream::default();
            stream.feed(&text.as_bytes()[..cut]);
            assert_eq!(stream.request(), Ok(None), "{cut} bytes");
        }
        let mut stream = Stream::default();
        stream.feed(text.as_bytes());
        let expected = Request { name: "RPUSH".into(), tokens: vec![token], end: first as u64 };
        assert_eq!(stream.request(), Ok(Some(expected)));
        assert_eq!(stream.request().unwrap().unwrap().name, "ASKING");
        assert_eq!(stream.request(), Ok(None));
    }

    #[test]
    fn replies_are_told_from_pushes_and_end_where_they_end() {
        let mut stream = Stream::default();
        stream.feed(b">2\r\n+a\r\n:1\r\n*2\r\n$1\r\nk\r\n$-1\r\n-MOVED 1 h:2\r\n_\r\n%1\r\n+a\r\n:1\r");
        assert_eq!(stream.reply(), Ok(Some((None, 12))));
        let list = Value::List(vec![Value::Text("k".into()), Value::Null]);
        assert_eq!(stream.reply(), Ok(Some((Some(list), 28))));
        assert_eq!(stream.reply(), Ok(Some((Some(Value::Error("MOVED 1 h:2".into())), 42))));
        assert_eq!(stream.reply(), Ok(Some((Some(Value::Null), 45))));
        assert_eq!(stream.reply(), Ok(None));
    }

    #[test]
    fn tokens_are_found_in_elements_increments_and_timeouts_and_are_all_different() {
        let token = Token::new(77);
        assert_eq!(Token::find(format!("0.{token}").as_bytes()), [token]);
        assert_eq!(Token::find(format!("{token}").as_bytes()), [token]);
        assert_eq!(Token::find(b"1795247417000 12345678901234 77"), []);
        let many: std::collections::BTreeSet<Token> = (0..100_000).map(Token::new).collect();
        assert_eq!(many.len(), 100_000);
    }

    #[test]
    fn what_is_no_request_is_told() {
        let mut stream = Stream::default();
        stream.feed(b"+OK\r\n");
        assert!(stream.request().is_err());
    }
}

//! The reference decoder: recursive, over all the bytes at once, nothing kept between two values.
//!
//! It knows the grammar of RESP2 and RESP3 and the limits of [`Limits`], and nothing of chunks. What it says of a prefix
//! of a stream is what [`slotpipe_core::wire::decode::Decoder`] must say once these bytes are in, however they came.
//!
//! The limits as rules: a line has at most `line` bytes of text; a bulk at most `bulk`; a frame at most `frame` bytes, and
//! at most `frame / 4` words of tape; a value stands within at most `depth` others. Where one byte passes two of them, the
//! line's limit is named. A frame that cannot fit any more, by what its headers declare, is refused at that header.

use slotpipe_core::wire::decode::{DecodeError, Limits};

/// A reply as a tree. Doubles are bits, so that nan equals nan.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the kinds of RESP3")]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Double(u64),
    Bulk(Vec<u8>),
    Simple(Vec<u8>),
    Error(Vec<u8>),
    BigNumber(Vec<u8>),
    Verbatim(Vec<u8>),
    Array(Vec<Value>),
    Set(Vec<Value>),
    Push(Vec<Value>),
    /// Key, value, key, value, ...
    Map(Vec<Value>),
    /// Its pairs, and the value that they belong to.
    Attribute(Vec<Value>, Box<Value>),
}

/// How a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Behind a whole value.
    Between,
    /// Inside one.
    MidFrame,
    /// It is no RESP.
    Failed(DecodeError),
}

/// Every whole value of `input`, and what comes behind the last of them.
pub fn decode(input: &[u8], limits: Limits) -> (Vec<Value>, End) {
    let mut values = Vec::new();
    let mut rest = input;
    while !rest.is_empty() {
        let mut frame = Frame { bytes: rest, at: 0, words: 0, limits };
        match frame.value(0) {
            Ok(value) => values.push(value),
            Err(Stop::Incomplete) => return (values, End::MidFrame),
            Err(Stop::Wrong(error)) => return (values, End::Failed(error)),
        }
        rest = &rest[frame.at..];
    }
    (values, End::Between)
}

/// Why a value is none.
enum Stop {
    Incomplete,
    Wrong(DecodeError),
}

impl From<DecodeError> for Stop {
    fn from(error: DecodeError) -> Self {
        Self::Wrong(error)
    }
}

/// One frame, read from its first byte.
struct Frame<'i> {
    bytes: &'i [u8],
    at: usize,
    /// Of tape, for all values so far.
    words: usize,
    limits: Limits,
}

impl Frame<'_> {
    /// A value inside of `depth` others.
    fn value(&mut self, depth: u32) -> Result<Value, Stop> {
        let kind = *self.bytes.get(self.at).ok_or(Stop::Incomplete)?;
        self.at += 1;
        match kind {
            b'+' | b'-' | b',' | b'#' | b'_' | b'(' => {
                let text = self.line()?;
                let value = simple(kind, text)?;
                self.whole(value)
            }
            b':' => {
                let number = integer(&self.line()?)?;
                self.whole(Value::Int(number))
            }
            b'$' | b'!' | b'=' => {
                let length = self.length()?;
                self.bulk(kind, length)
            }
            b'*' | b'~' | b'>' | b'%' | b'|' => {
                let count = self.length()?;
                self.aggregate(kind, count, depth)
            }
            b'.' | b';' => Err(DecodeError::Streamed.into()),
            other => Err(DecodeError::UnknownType(other).into()),
        }
    }

    /// The text up to the first CR, which an LF must follow.
    fn line(&mut self) -> Result<Vec<u8>, Stop> {
        let (most, bound) = (self.limits.line.max(32) as usize, self.limits.frame as usize);
        let rest = &self.bytes[self.at..];
        let cr = rest.iter().position(|&byte| byte == b'\r');
        let length = cr.unwrap_or(rest.len());
        let ending = rest.len().min(length + 2) - length;
        if length > most {
            let is_passed_first = self.at + most > bound;
            return Err(if is_passed_first { DecodeError::FrameTooLong } else { DecodeError::LineTooLong }.into());
        }
        if self.at + length + ending > bound {
            return Err(DecodeError::FrameTooLong.into());
        }
        if ending < 2 {
            return Err(Stop::Incomplete);
        }
        if rest[length + 1] != b'\n' {
            return Err(DecodeError::NoCrlf.into());
        }
        self.at += length + 2;
        Ok(rest[..length].to_vec())
    }

    /// A length or a count, -1 for null.
    fn length(&mut self) -> Result<i64, Stop> {
        let text = self.line()?;
        match text.as_slice() {
            b"?" => Err(DecodeError::Streamed.into()),
            [b'+', ..] => Err(DecodeError::BadNumber.into()),
            text => integer(text),
        }
    }

    fn bulk(&mut self, kind: u8, length: i64) -> Result<Value, Stop> {
        if kind == b'$' && length == -1 {
            return self.whole(Value::Null);
        }
        let length = u64::try_from(length).map_err(|_| DecodeError::BadLength)?;
        if length > u64::from(self.limits.bulk) {
            return Err(DecodeError::BulkTooLong.into());
        }
        if kind == b'=' && length < 4 {
            return Err(DecodeError::BadVerbatim.into());
        }
        if self.at as u64 + length + 2 > u64::from(self.limits.frame) {
            return Err(DecodeError::FrameTooLong.into());
        }
        let length = usize::try_from(length).expect("within a frame");
        let bulk = self.bytes[self.at..].get(..length + 2).ok_or(Stop::Incomplete)?;
        self.at += bulk.len();
        let (text, ending) = bulk.split_at(length);
        if ending != b"\r\n" {
            return Err(DecodeError::NoCrlf.into());
        }
        let value = match kind {
            b'$' => Value::Bulk(text.to_vec()),
            b'!' => Value::Error(text.to_vec()),
            _ if text[3] == b':' => Value::Verbatim(text[4..].to_vec()),
            _ => return Err(DecodeError::BadVerbatim.into()),
        };
        self.whole(value)
    }

    fn aggregate(&mut self, kind: u8, count: i64, depth: u32) -> Result<Value, Stop> {
        if kind == b'*' && count == -1 {
            return self.whole(Value::Null);
        }
        let count = u64::try_from(count).map_err(|_| DecodeError::BadLength)?;
        if kind == b'>' && depth > 0 {
            return Err(DecodeError::Misplaced.into());
        }
        if depth >= self.limits.depth {
            return Err(DecodeError::TooDeep.into());
        }
        let values = if kind == b'%' || kind == b'|' { count * 2 } else { count };
        // No value has fewer bytes than `_\r\n`.
        let least = 3 * (u128::from(values) + u128::from(kind == b'|'));
        let room = u128::from(u64::from(self.limits.frame).saturating_sub(self.at as u64));
        if least > room {
            return Err(DecodeError::FrameTooLong.into());
        }
        if count == 0 && kind != b'|' {
            let nothing = Vec::new();
            return self.whole(match kind {
                b'*' => Value::Array(nothing),
                b'~' => Value::Set(nothing),
                b'>' => Value::Push(nothing),
                _ => Value::Map(nothing),
            });
        }
        self.words += 2;
        let mut elements = Vec::new();
        for _ in 0..values {
            elements.push(self.value(depth + 1)?);
        }
        Ok(match kind {
            b'*' => Value::Array(elements),
            b'~' => Value::Set(elements),
            b'>' => Value::Push(elements),
            b'%' => Value::Map(elements),
            _ => Value::Attribute(elements, Box::new(self.value(depth + 1)?)),
        })
    }

    /// A value without elements is complete: its words count.
    fn whole(&mut self, value: Value) -> Result<Value, Stop> {
        self.words += match &value {
            Value::Null | Value::Bool(_) => 1,
            Value::Int(_) | Value::Double(_) => 3,
            Value::Array(_) | Value::Set(_) | Value::Push(_) | Value::Map(_) | Value::Attribute(..) => 2,
            Value::Bulk(_) | Value::Simple(_) | Value::Error(_) | Value::BigNumber(_) | Value::Verbatim(_) => 4,
        };
        if self.words > self.limits.frame as usize / 4 {
            return Err(DecodeError::FrameTooLong.into());
        }
        Ok(value)
    }
}

fn simple(kind: u8, text: Vec<u8>) -> Result<Value, Stop> {
    Ok(match (kind, text.as_slice()) {
        (b'+', _) => Value::Simple(text),
        (b'-', _) => Value::Error(text),
        (b'#', b"t") => Value::Bool(true),
        (b'#', b"f") => Value::Bool(false),
        (b'#', _) => return Err(DecodeError::BadBool.into()),
        (b'_', b"") => Value::Null,
        (b'_', _) => return Err(DecodeError::NoCrlf.into()),
        (b',', _) => Value::Double(double(&text)?),
        (_, [b'+' | b'-', digits @ ..] | digits) => {
            if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
                return Err(DecodeError::BadNumber.into());
            }
            Value::BigNumber(text)
        }
    })
}

fn integer(text: &[u8]) -> Result<i64, Stop> {
    let number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    number.ok_or(Stop::Wrong(DecodeError::BadNumber))
}

/// The bits of a double; nan has one pattern, whatever its sign.
fn double(text: &[u8]) -> Result<u64, Stop> {
    let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
    let number = number.ok_or(Stop::Wrong(DecodeError::BadNumber))?;
    Ok(if number.is_nan() { f64::NAN } else { number }.to_bits())
}

//! Commands as the peer reads them, and what it answers when its script does not say otherwise.

use slotpipe_core::port::Address;

use crate::script::network::Network;

/// Longer arguments are told by their length.
const LONGEST: usize = 64;

/// The first command of `bytes`, as far as it has come.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Its arguments so far; long ones as `<n bytes>`.
    pub(super) words: Vec<String>,
    /// Where it ends, if it is whole.
    pub(super) end: Option<usize>,
}

/// Reads a RESP array of bulk strings. Written apart from the core's own reader on purpose.
///
/// # Errors
///
/// The bytes are something else.
pub(super) fn first(bytes: &[u8]) -> Result<Request, String> {
    let mut request = Request { words: Vec::new(), end: None };
    let mut at = 0;
    let Some(count) = header(bytes, &mut at, b'*')? else { return Ok(request) };
    for _ in 0..count {
        let Some(length) = header(bytes, &mut at, b'$')? else { return Ok(request) };
        let Some(argument) = bytes.get(at..at + length) else { return Ok(request) };
        if bytes.len() < at + length + 2 {
            return Ok(request);
        }
        at += length + 2;
        request.words.push(word(argument));
    }
    request.end = Some(at);
    Ok(request)
}

/// What a server answers that is in a good mood. `times` is how often this very command has come.
pub(super) fn answer(network: &mut Network, node: &Address, words: &[String], times: usize) -> Vec<u8> {
    if let Some(reply) = network.reply(node, words) {
        return reply;
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = match words[..] {
        ["ECHO", text] => format!("${}\r\n{text}\r\n", text.len()),
        ["PING"] => String::from("+PONG\r\n"),
        ["SET" | "MSET", ..] => String::from("+OK\r\n"),
        ["GET", "large"] => format!("$1000000\r\n{}\r\n", "x".repeat(1_000_000)),
        ["GET", _] => String::from("$5\r\nvalue\r\n"),
        ["INCR", _] => format!(":{times}\r\n"),
        ["MGET", ..] => format!("*{}\r\n{}", words.len() - 1, "$5\r\nvalue\r\n".repeat(words.len() - 1)),
        ["HGETALL", _] => String::from("%2\r\n$1\r\nf\r\n$1\r\n1\r\n$1\r\ng\r\n$0\r\n\r\n"),
        ["LPOS", ..] => String::from("*3\r\n:1\r\n:22\r\n:-3\r\n"),
        _ => format!("-ERR unknown command '{}'\r\n", words.first().unwrap_or(&"")),
    };
    text.into_bytes()
}

/// The number of a header line; nothing if the line is not whole.
fn header(bytes: &[u8], at: &mut usize, kind: u8) -> Result<Option<usize>, String> {
    let rest = &bytes[*at..];
    let Some(first) = rest.first() else { return Ok(None) };
    if *first != kind {
        return Err(format!("byte {} is {first:#04x}, expected {:?}", *at, char::from(kind)));
    }
    let Some(line) = rest.windows(2).position(|pair| pair == b"\r\n") else { return Ok(None) };
    let number = std::str::from_utf8(&rest[1..line]).ok().and_then(|digits| digits.parse().ok());
    *at += line + 2;
    number.map(Some).ok_or_else(|| format!("the header before byte {} has no length", *at))
}

fn word(argument: &[u8]) -> String {
    if argument.len() > LONGEST {
        return format!("<{} bytes>", argument.len());
    }
    String::from_utf8_lossy(argument).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_whole_with_its_last_byte_and_not_before() {
        let whole = b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n";
        for cut in 0..whole.len() {
            assert_eq!(first(&whole[..cut]).unwrap().end, None, "{cut} bytes");
        }
        let expected = Request { words: vec!["GET".into(), "k".into()], end: Some(whole.len()) };
        assert_eq!(first(whole).unwrap(), expected);
    }

    #[test]
    fn what_is_no_command_is_told() {
        assert!(first(b"\x16\x03\x01").is_err());
        assert!(first(b"*1\r\n:1\r\n").is_err());
    }
}

//! Redirects: the three words that servers print, and nothing else.

use slotpipe_core::{
    port::Address,
    route::redirect::{Redirect, parse_redirect},
};

/// The line itself, and the line as what stands behind the code.
pub fn run(data: &[u8]) {
    check(data);
    for code in ["MOVED ", "ASK ", "MOVED 7 ", "ASK 16383 "] {
        check(&[code.as_bytes(), data].concat());
    }
}

fn check(line: &[u8]) {
    let found = parse_redirect(line);
    assert_eq!(found, naive(line), "{}", line.escape_ascii());
    let Some(redirect) = found else { return };
    let dialled = Address::new("10.0.0.1", 6379);
    let unix = Address::new("/run/redis.sock", 0);
    match redirect.host.as_deref() {
        None => {
            assert_eq!(redirect.address(&dialled), Some(Address::new("10.0.0.1", redirect.port)));
            assert_eq!(redirect.address(&unix), None);
        }
        Some("?") => assert_eq!(redirect.address(&dialled), None),
        Some(host) => assert_eq!(redirect.address(&unix), Some(Address::new(host, redirect.port))),
    }
}

/// The same by text: three words, the last of them cut at its last colon.
fn naive(line: &[u8]) -> Option<Redirect> {
    let line = std::str::from_utf8(line).ok()?;
    let words: Vec<&str> = line.split(' ').collect();
    let &[code, slot, endpoint] = words.as_slice() else { return None };
    let ask = match code {
        "MOVED" => false,
        "ASK" => true,
        _ => return None,
    };
    let (host, port) = endpoint.rsplit_once(':')?;
    let host = match host {
        "" => None,
        "?" => Some("?"),
        host => Some(dialable(host)?),
    };
    let slot = slotpipe_core::route::slot::Slot::new(number(slot)?)?;
    let port = number(port).filter(|&port| port > 0)?;
    Some(Redirect { ask, slot, host: host.map(str::to_owned), port })
}

fn number(text: &str) -> Option<u16> {
    if text.len() > 20 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// A name or an IP literal, without brackets.
fn dialable(host: &str) -> Option<&str> {
    let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|inner| inner.contains(':'));
    let host = inner.unwrap_or(host);
    let is_name = |c: char| c.is_ascii_alphanumeric() || ".-_:%".contains(c);
    ((1..=253).contains(&host.len()) && host.chars().all(is_name)).then_some(host)
}

//! Hosts and ports in what servers say, read the way the servers write them.
//!
//! Servers put no brackets around IPv6 literals, so that the last colon is the one before the port. A host is taken
//! only if it could be a DNS name or an IP literal: everything else (spaces, NUL, control characters, slashes) can
//! only be an attempt to be something else once it reaches a resolver or a log.

/// Longest host accepted: the limit of a DNS name in its text form.
const MAX_HOST: usize = 253;

/// The host if it can be dialled: letters, digits and `.-_:%`. Brackets around an IPv6 literal are taken off.
pub(crate) fn usable_host(host: &[u8]) -> Option<&str> {
    let host = match host {
        [b'[', literal @ .., b']'] if literal.contains(&b':') => literal,
        _ => host,
    };
    let usable = !host.is_empty()
        && host.len() <= MAX_HOST
        && host.iter().all(|&b| b.is_ascii_alphanumeric() || b".-_:%".contains(&b));
    if usable { core::str::from_utf8(host).ok() } else { None }
}

/// Splits `host:port` at the last colon; the host may be empty, the port is whatever stands there.
pub(crate) fn split_last_colon(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = text.iter().rposition(|&byte| byte == b':')?;
    Some((&text[..colon], &text[colon + 1..]))
}

/// An unsigned decimal number without sign or blanks, at most `max`.
pub(crate) fn decimal(digits: &[u8], max: u64) -> Option<u64> {
    if digits.is_empty() || digits.len() > 20 {
        return None;
    }
    let mut value = 0u64;
    for &digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
    }
    (value <= max).then_some(value)
}

/// A port as text, 0 (none) included.
pub(crate) fn port(digits: &[u8]) -> Option<u16> {
    decimal(digits, u64::from(u16::MAX)).and_then(|port| u16::try_from(port).ok())
}

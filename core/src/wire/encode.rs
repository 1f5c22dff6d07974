//! Writes commands as RESP arrays of bulk strings.

use alloc::vec::Vec;

/// Appends one command. The iterator's length is written first, so it must be exact.
pub fn command<A: AsRef<[u8]>>(out: &mut Vec<u8>, args: impl IntoIterator<Item = A, IntoIter: ExactSizeIterator>) {
    let args = args.into_iter();
    header(out, args.len());
    for arg in args {
        bulk(out, arg.as_ref());
    }
}

/// Appends `*count`, for callers that then write `count` arguments with [`bulk`].
pub fn header(out: &mut Vec<u8>, count: usize) {
    number(out, b'*', count);
}

/// Appends one argument.
#[inline]
pub fn bulk(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, b'$', bytes.len());
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
}

/// Appends `kind`, a number and CRLF. Nearly all numbers of nearly all commands have one or two digits.
#[inline]
fn number(out: &mut Vec<u8>, kind: u8, n: usize) {
    match u8::try_from(n) {
        Ok(n @ 0..=9) => out.extend_from_slice(&[kind, b'0' + n, b'\r', b'\n']),
        Ok(n @ 10..=99) => out.extend_from_slice(&[kind, b'0' + n / 10, b'0' + n % 10, b'\r', b'\n']),
        _ => {
            out.push(kind);
            out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
            out.extend_from_slice(b"\r\n");
        }
    }
}

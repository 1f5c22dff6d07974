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
pub fn bulk(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, b'$', bytes.len());
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
}

fn number(out: &mut Vec<u8>, kind: u8, n: usize) {
    out.push(kind);
    out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
    out.extend_from_slice(b"\r\n");
}

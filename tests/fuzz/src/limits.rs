//! The decoder near its limits: headers that declare more than comes, small limits, and what all that is allowed to cost.

use arbitrary::{Arbitrary, Result, Unstructured};
use bytes::Bytes;
use slotpipe_core::wire::decode::{Decoder, Limits};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region};

use crate::decode::agree;

/// Numbers at which something ends.
const EDGES: [&str; 20] = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "-1",
    "-2",
    "31",
    "32",
    "33",
    "127",
    "128",
    "170000000",
    "536870912",
    "2147483648",
    "4294967295",
    "4294967299",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
];

/// The most that one input becomes.
const MOST_BYTES: usize = 1 << 14;

/// Four limits, and then pieces: headers, texts, ends of lines, any bytes.
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let (Ok(limits), Ok(seed), Ok(input)) = (limits(&mut given), given.arbitrary(), stream(&mut given)) else { return };
    agree(&input, limits, seed);
    is_cheap(&input, limits, usize::from(seed) + 1);
}

fn limits(given: &mut Unstructured<'_>) -> Result<Limits> {
    Ok(Limits {
        depth: given.int_in_range(0..=12)?,
        line: given.int_in_range(0..=70)?,
        bulk: *given.choose(&[0, 1, 5, 40, 300, 512 << 20, u32::MAX])?,
        frame: *given.choose(&[0, 3, 16, 40, 100, 400, 4_000, 512 << 20, u32::MAX])?,
    })
}

fn stream(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    while !given.is_empty() && out.len() < MOST_BYTES {
        match given.int_in_range(0..=7)? {
            0..=2 => {
                out.push(*given.choose(b"$:*%~>|!=")?);
                out.extend_from_slice(given.choose(&EDGES)?.as_bytes());
                out.extend_from_slice(b"\r\n");
            }
            3 => {
                let number: u16 = given.arbitrary()?;
                out.push(*given.choose(b"$:*%~>|!=,(")?);
                out.extend_from_slice((number % 400).to_string().as_bytes());
                out.extend_from_slice(b"\r\n");
            }
            4 => out.extend(std::iter::repeat_n(b'x', usize::from(u16::arbitrary(given)? % 500))),
            5 => out.extend_from_slice(given.choose::<&[u8]>(&[
                b"\r\n",
                b"\r",
                b"\n",
                b"+",
                b"-",
                b"#t\r\n",
                b"_\r\n",
                b",1e400\r\n",
                b"$?\r\n",
                b"=4\r\ntxt:\r\n",
            ])?),
            6 => {
                let times = given.int_in_range(1..=200)?;
                let piece = given.choose::<&[u8]>(&[
                    b"*1\r\n",
                    b"*2\r\n_\r\n",
                    b"|0\r\n",
                    b"%1\r\n:1\r\n",
                    b"_\r\n",
                    b"*0\r\n",
                ])?;
                out.extend(piece.repeat(times));
            }
            _ => {
                let count = given.int_in_range(1..=8)?;
                out.extend_from_slice(given.bytes(count.min(given.len()))?);
            }
        }
    }
    out.truncate(MOST_BYTES);
    Ok(out)
}

/// Nothing is allocated in proportion to what is declared: only to what has come. A chunk costs its place in a queue, a
/// value of three bytes one word, and vectors that grow by doubling move all of that twice.
fn is_cheap(input: &[u8], limits: Limits, size: usize) {
    const PER_BYTE: usize = 64;
    const PER_CHUNK: usize = 256;
    const AT_LEAST: usize = 4_096;
    let whole = Bytes::copy_from_slice(input);
    let chunks: Vec<Bytes> =
        (0..input.len()).step_by(size).map(|at| whole.slice(at..input.len().min(at + size))).collect();
    let allowed = AT_LEAST + input.len() * PER_BYTE + chunks.len() * PER_CHUNK;
    // Other threads allocate too, but not each time.
    let taken = (0..3).map(|_| taken(&chunks, limits)).min().unwrap_or(0);
    assert!(
        taken <= allowed,
        "{taken} bytes were allocated for {} bytes of input: {}",
        input.len(),
        input.escape_ascii()
    );
}

fn taken(chunks: &[Bytes], limits: Limits) -> usize {
    let region = Region::new(&INSTRUMENTED_SYSTEM);
    let mut decoder = Decoder::new(limits);
    for chunk in chunks {
        decoder.feed(chunk.clone());
        while let Ok(Some(_)) = decoder.next() {}
    }
    let change = region.change();
    change.bytes_allocated + usize::try_from(change.bytes_reallocated.max(0)).unwrap_or(0)
}

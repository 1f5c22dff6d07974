//! The decoder against the reference: whole, byte by byte, and cut as the input says.

use bytes::Bytes;
use slotpipe_core::{
    config,
    wire::decode::{Decoder, Limits},
};

use crate::{
    reference::{self, End, Value},
    tape::tree,
};

/// The first byte says how the others are cut.
pub fn run(data: &[u8]) {
    let Some((&seed, input)) = data.split_first() else { return };
    agree(input, config::Limits::default().decode, seed);
}

/// Whether the decoder says of `input` what the reference says, however it is cut.
pub(crate) fn agree(input: &[u8], limits: Limits, seed: u8) {
    let expected = reference::decode(input, limits);
    let mut random = u32::from(seed) | 0x100;
    let mut at_random = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        1 + (random >> 24) as usize % (1 + usize::from(seed) % 40)
    };
    let ways: [(&str, &mut dyn FnMut() -> usize); 3] =
        [("whole", &mut || usize::MAX), ("byte by byte", &mut || 1), ("cut", &mut at_random)];
    for (way, cut) in ways {
        assert_eq!(decoded(input, limits, cut), expected, "{way}: {}", input.escape_ascii());
    }
}

/// What the decoder makes of `input` in chunks of the sizes that `cut` gives. Every third chunk is fed without a look at
/// what came before.
fn decoded(input: &[u8], limits: Limits, cut: &mut dyn FnMut() -> usize) -> (Vec<Value>, End) {
    let whole = Bytes::copy_from_slice(input);
    let mut decoder = Decoder::new(limits);
    let mut values = Vec::new();
    let (mut at, mut chunks) = (0, 0_u32);
    while at < whole.len() {
        let end = whole.len().min(at.saturating_add(cut()));
        decoder.feed(whole.slice(at..end));
        (at, chunks) = (end, chunks + 1);
        if chunks.is_multiple_of(3) && at < whole.len() {
            continue;
        }
        loop {
            match decoder.next() {
                Ok(Some(frame)) => values.push(tree(frame.words, frame.buffers)),
                Ok(None) => break,
                Err(error) => {
                    decoder.feed(Bytes::from_static(b"+OK\r\n"));
                    assert_eq!(decoder.next().err(), Some(error), "an error is final");
                    return (values, End::Failed(error));
                }
            }
        }
    }
    let end = if decoder.is_mid_frame() { End::MidFrame } else { End::Between };
    (values, end)
}

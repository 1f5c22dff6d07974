//! `slotpipe_fuzz::liar` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::liar::run(data));

//! `slotpipe_fuzz::decode` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::decode::run(data));

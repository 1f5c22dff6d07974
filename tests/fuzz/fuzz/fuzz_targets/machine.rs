//! `slotpipe_fuzz::machine` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::machine::run(data));

//! `slotpipe_fuzz::encode` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::encode::run(data));

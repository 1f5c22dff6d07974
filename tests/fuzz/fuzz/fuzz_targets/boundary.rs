//! `slotpipe_fuzz::boundary` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::boundary::run(data));

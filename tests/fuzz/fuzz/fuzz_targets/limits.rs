//! `slotpipe_fuzz::limits` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::limits::run(data));

//! `slotpipe_fuzz::plan` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::plan::run(data));

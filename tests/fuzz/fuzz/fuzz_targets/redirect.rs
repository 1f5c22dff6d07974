//! `slotpipe_fuzz::redirect` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::redirect::run(data));

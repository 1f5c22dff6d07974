//! `slotpipe_fuzz::keys` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::keys::run(data));

//! `slotpipe_fuzz::topology` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::topology::run(data));

//! `slotpipe_fuzz::hosts` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::hosts::run(data));

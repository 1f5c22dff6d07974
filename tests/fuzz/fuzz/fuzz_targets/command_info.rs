//! `slotpipe_fuzz::command_info` for libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| slotpipe_fuzz::command_info::run(data));

#![no_main]

libfuzzer_sys::fuzz_target!(init: hengjian_fuzz::quiet(), |data: &[u8]| hengjian_fuzz::rubric::run(data));

//! Gives the engine's bytes to [`lantoa_fuzz::pull_answer`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lantoa_fuzz::pull_answer(data);
});

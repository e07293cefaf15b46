//! Gives the engine's bytes to [`lantoa_fuzz::media_file`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lantoa_fuzz::media_file(data);
});

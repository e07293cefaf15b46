//! Gives the engine's bytes to [`lantoa_fuzz::push_body`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lantoa_fuzz::push_body(data);
});

//! Gives the engine's bytes to [`lantoa_fuzz::form_definition`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lantoa_fuzz::form_definition(data);
});

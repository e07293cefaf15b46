//! Pictures made by code: what a camera gives, with the fine grain that makes a photo as heavy as it is.

use anyhow::Result;
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use lantoa_tests::chance::Chance;

/// As phones set it.
const QUALITY: u8 = 90;

/// A photo of this size, as JPEG: hills in front of a sky, another for each seed, with so much grain, up to 255.
pub fn draw(width: u32, height: u32, grain: u8, seed: u64) -> Result<Vec<u8>> {
    let mut chance = Chance::new(seed);
    let (wave, hue) = (3 + chance.below(5) as u32, chance.below(120) as u32);
    let image = RgbImage::from_fn(width, height, |x, y| {
        // A wave of two straight lines: whole numbers are quick also where nothing is optimised.
        let at = x * wave * 100 / width % 200;
        let hill = height / 2 + at.abs_diff(100) * height / 400;
        let light = if y < hill { 200 - 80 * y / height } else { 90 - 60 * (y - hill) / height };
        let noise = (chance.number() >> 32) as u32 % (2 * u32::from(grain) + 1);
        let of = |part: u32| ((light + part + noise).saturating_sub(u32::from(grain))).min(255) as u8;
        Rgb([of(hue / 3), of(20), of((120 - hue) / 3)])
    });
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes)
}

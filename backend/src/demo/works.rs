//! Files of invented media items, made by code: a picture, a sheet of paper, a tune.
//!
//! Invariant: the same bytes on every machine, so that the demo is the same.

use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};

/// Width and height of a picture, in pixels.
const PICTURE: (u32, u32) = (1440, 960);
/// Samples of a tune in a second.
const RATE: u32 = 8_000;

/// A time of day for a picture: the colours of the sky above and at the horizon, of the river and of the bridge.
#[derive(Debug, Clone, Copy)]
pub struct Light {
    above: [u8; 3],
    horizon: [u8; 3],
    river: [u8; 3],
    bridge: [u8; 3],
}

/// Early, when the river is pale.
pub const MORNING: Light =
    Light { above: [148, 190, 214], horizon: [253, 231, 196], river: [120, 164, 170], bridge: [88, 84, 104] };
/// Late, when everything is of the colour of Huế.
pub const EVENING: Light =
    Light { above: [74, 36, 104], horizon: [246, 150, 110], river: [92, 48, 110], bridge: [40, 20, 56] };

/// A bridge of six arches over a river, as JPEG.
pub fn picture(light: Light) -> Vec<u8> {
    let (width, height) = PICTURE;
    let (shore, deck) = (f64::from(height) * 0.62, f64::from(height) * 0.55);
    let span = f64::from(width) / 6.0;
    let sun = (f64::from(width) * 0.72, f64::from(height) * 0.40);
    let image = RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        // What is below the shore is seen in the water, and moves with its waves.
        let is_water = y > shore;
        let (seen_x, seen_y) = match is_water {
            true => (x + 7.0 * (y * 0.11 + (x * 0.01).sin()).sin(), shore - (y - shore) * 0.8),
            false => (x, y),
        };
        let sky = mixed(light.above, light.horizon, (seen_y / shore).clamp(0.0, 1.0));
        let mut colour = sky;
        if (seen_x - sun.0).hypot(seen_y - sun.1) < 74.0 {
            colour = mixed(light.horizon, [255, 250, 232], 0.8);
        }
        let across = (seen_x.rem_euclid(span) / span) * 2.0 - 1.0;
        let arch = deck - 0.46 * span * (1.0 - across * across);
        let is_bow = (seen_y - arch).abs() < 7.0 && seen_y < deck;
        let is_deck = (0.0..16.0).contains(&(seen_y - deck));
        let is_hanger = seen_y > arch && seen_y < deck && (across * 9.0).rem_euclid(1.0) < 0.09;
        let is_pier = across.abs() > 0.94 && (deck..=shore).contains(&seen_y);
        if is_bow || is_deck || is_hanger || is_pier {
            colour = light.bridge;
        }
        if is_water {
            colour = mixed(colour, light.river, 0.45 + 0.4 * (y - shore) / (f64::from(height) - shore));
        }
        Rgb(colour)
    });
    let mut bytes = Vec::new();
    // Writing into memory does not fail, and the size is one that JPEG has.
    let _ = image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 82));
    bytes
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes lie bytes")]
fn mixed(one: [u8; 3], other: [u8; 3], share: f64) -> [u8; 3] {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|at| {
        (f64::from(one[at]) * (1.0 - share) + f64::from(other[at]) * share).round() as u8
    })
}

/// A sheet of paper with these lines, as PDF. Its letters have no marks: a font that has them would be larger than the
/// whole demo.
pub fn sheet(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 16 Tf 64 770 Td 26 TL\n");
    for line in lines {
        let plain = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        text += &format!("({plain}) Tj T*\n");
    }
    text += "ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut sheet = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", sheet.len());
        sheet += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (at, count) = (sheet.len(), objects.len() + 1);
    sheet += &format!(
        "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
    );
    sheet.into_bytes()
}

/// How long the tune is, in seconds.
pub const TUNE_SECONDS: u32 = 6;

/// A tune on five notes, as WAV.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a sample is a byte around its middle"
)]
pub fn tune() -> Vec<u8> {
    const NOTES: [f64; 8] = [294.0, 330.0, 392.0, 440.0, 494.0, 440.0, 392.0, 294.0];
    let samples = RATE * TUNE_SECONDS;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + samples).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend_from_slice(&RATE.to_le_bytes());
    bytes.extend_from_slice(&RATE.to_le_bytes());
    bytes.extend_from_slice(b"\x01\0\x08\0data");
    bytes.extend_from_slice(&samples.to_le_bytes());
    for sample in 0..samples {
        let second = f64::from(sample) / f64::from(RATE);
        let beat = second / f64::from(TUNE_SECONDS) * NOTES.len() as f64;
        let note = NOTES[(beat as usize).min(NOTES.len() - 1)];
        let loudness = 70.0 * (-2.2 * beat.fract()).exp();
        bytes.push((128.0 + loudness * (second * note * std::f64::consts::TAU).sin()).round() as u8);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::nature;

    #[test]
    fn the_files_are_what_they_are_called() {
        let picture = picture(EVENING);
        assert_eq!(nature::of_bytes(&picture), "image/jpeg");
        assert!(picture.len() < 200_000, "{} bytes", picture.len());
        assert_eq!(nature::of_bytes(&tune()), "audio/wav");
        assert!(sheet(&["Nghi quyet (71)"]).starts_with(b"%PDF-1.4"));
    }
}

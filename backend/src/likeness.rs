//! What a picture looks like, in 64 signs, so that the same photo is found again after it was made smaller, brighter or
//! saved anew: twenty schools need not keep it twenty times.
//!
//! Each sign says whether a part of the picture is brighter than the part to its right (a "difference hash"). Turned
//! or cut, it is another picture.

use image::{GrayImage, imageops::FilterType};

/// How many signs of two pictures may differ that are called alike.
const FAR: u32 = 6;
/// Fewer signs than this of either kind: a picture of one colour, like which many are.
const PLAIN: u32 = 8;
/// Parts in a row; one more than there are signs.
const WIDE: u32 = 9;
/// Rows.
const HIGH: u32 = 8;

/// The signs of a picture; `None` if it shows too little to be known again.
pub fn of(picture: &GrayImage) -> Option<u64> {
    let small = image::imageops::resize(picture, WIDE, HIGH, FilterType::Triangle);
    let signs = (0..HIGH).flat_map(|row| (0..WIDE - 1).map(move |column| (column, row)));
    let likeness = signs.fold(0, |signs, (column, row)| {
        let is_brighter = small.get_pixel(column, row).0 > small.get_pixel(column + 1, row).0;
        signs << 1 | u64::from(is_brighter)
    });
    let bright = likeness.count_ones();
    (PLAIN..=u64::BITS - PLAIN).contains(&bright).then_some(likeness)
}

/// How far two pictures are from each other, if they are alike.
pub fn distance(one: u64, other: u64) -> Option<u32> {
    Some((one ^ other).count_ones()).filter(|distance| *distance <= FAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// Stripes and a slope, as a photo has bright and dark parts.
    fn picture(width: u32, height: u32, of: impl Fn(f64, f64) -> f64) -> GrayImage {
        GrayImage::from_fn(width, height, |x, y| {
            let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is between 0 and 255"
            )]
            Luma([of(x, y).clamp(0.0, 255.0) as u8])
        })
    }

    fn waves(x: f64, y: f64) -> f64 {
        128.0 + 90.0 * (x * 9.0 + y * 4.0).sin() + 30.0 * (y * 7.0).cos()
    }

    #[test]
    fn smaller_and_brighter_it_is_the_same_picture_and_another_one_is_not() {
        let photo = of(&picture(1200, 900, waves)).unwrap();
        let small = of(&picture(320, 240, waves)).unwrap();
        let bright = of(&picture(640, 480, |x, y| waves(x, y) * 0.8 + 30.0)).unwrap();
        let other = of(&picture(640, 480, |x, y| waves(y, 1.0 - x))).unwrap();
        assert!(distance(photo, small).is_some() && distance(photo, bright).is_some());
        assert_eq!(distance(photo, other), None);
    }

    #[test]
    fn a_picture_of_one_colour_is_like_no_other() {
        assert_eq!(of(&picture(100, 100, |_, _| 200.0)), None);
        assert_eq!(of(&picture(100, 100, |x, _| x * 255.0)), None);
    }
}

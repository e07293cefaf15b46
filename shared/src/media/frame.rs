//! Whether a frame of a film shows anything: many films begin with black, or fade in from one colour.

/// Least mean brightness of a frame that is not black, from 0 to 255.
const LEAST_LIGHT: u32 = 16;
/// Least difference between what is bright and what is dark in it: what an encoder makes of one colour has less.
const LEAST_RANGE: u8 = 20;

/// Whether something can be seen in a frame. `pixels` is the frame made very small: red, green, blue and what shines
/// through, a byte each, pixel by pixel.
pub fn shows_something(pixels: &[u8]) -> bool {
    let (mut sum, mut count) = (0_u32, 0_u32);
    let mut ranges = [(u8::MAX, u8::MIN); 3];
    for pixel in pixels.chunks_exact(4) {
        for (value, (least, most)) in pixel.iter().zip(&mut ranges) {
            (*least, *most) = ((*least).min(*value), (*most).max(*value));
            sum += u32::from(*value);
        }
        count += 3;
    }
    let range = ranges.iter().map(|(least, most)| most.saturating_sub(*least)).max();
    count > 0 && sum / count >= LEAST_LIGHT && range.is_some_and(|range| range >= LEAST_RANGE)
}

#[cfg(test)]
mod tests {
    use super::shows_something;

    #[test]
    fn black_and_one_colour_show_nothing() {
        assert!(!shows_something(&[]));
        assert!(!shows_something(&[0, 0, 0, 255].repeat(64)));
        assert!(!shows_something(&[90, 20, 200, 255].repeat(64)));
        // What noise an encoder leaves.
        assert!(!shows_something(&[[90, 20, 200, 255], [97, 24, 190, 255]].concat().repeat(32)));
        assert!(!shows_something(&[[0, 0, 0, 255], [30, 20, 0, 255]].concat().repeat(32)), "almost black");
    }

    #[test]
    fn light_and_dark_and_two_colours_show_something() {
        assert!(shows_something(&[[10, 10, 10, 255], [240, 240, 240, 255]].concat().repeat(32)));
        assert!(
            shows_something(&[[200, 40, 40, 255], [40, 200, 40, 255]].concat().repeat(32)),
            "alike in brightness"
        );
    }
}

//! What was done to a picture, one thing after the other: done to a canvas, and undone by doing all but the last again.
//!
//! Invariant: of what is hidden no more is left than a few colours: the part is drawn small and drawn large again, and
//! nothing else of it goes into the file.

use crate::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// So many squares lie over the longer side of what is hidden. Over the shorter side they would not do: a name that is
/// framed tightly is long and low, and six squares to the height of its letters can be read.
const SQUARES: f64 = 4.0;
/// No square is smaller, in pixels: in a small picture a small part would else be hidden in squares of one pixel, and
/// look as before.
const LEAST_SQUARE: f64 = 8.0;

/// A part of a picture, in parts of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

/// The smallest part, in parts of the whole.
pub(super) const LEAST: f64 = 0.02;

impl Part {
    /// The part between two points, inside the picture and not too small to be held.
    pub fn between((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> Self {
        let side = |from: f64, to: f64| {
            let (low, high) = (from.min(to).clamp(0.0, 1.0 - LEAST), from.max(to).clamp(LEAST, 1.0));
            (low, (high - low).max(LEAST))
        };
        let ((left, width), (top, height)) = (side(x, to_x), side(y, to_y));
        Self { left, top, width, height }
    }

    /// The same part somewhere else, inside the picture.
    pub fn moved(self, x: f64, y: f64) -> Self {
        let left = (self.left + x).clamp(0.0, 1.0 - self.width);
        Self { left, top: (self.top + y).clamp(0.0, 1.0 - self.height), ..self }
    }

    /// The part with its lower right corner somewhere else.
    pub fn resized(self, x: f64, y: f64) -> Self {
        let (right, bottom) = (self.left + self.width, self.top + self.height);
        let corner = ((right + x).max(self.left + LEAST), (bottom + y).max(self.top + LEAST));
        Self::between((self.left, self.top), corner)
    }

    /// Where it lies among so many pixels: left, top, width, height.
    fn pixels(self, width: f64, height: f64) -> [f64; 4] {
        let (left, top) = ((self.left * width).floor(), (self.top * height).floor());
        let right = ((self.left + self.width) * width).ceil().min(width);
        let bottom = ((self.top + self.height) * height).ceil().min(height);
        [left, top, (right - left).max(1.0), (bottom - top).max(1.0)]
    }
}

/// One thing that is done to a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Deed {
    /// A part is made unknowable.
    Hide(Part),
    /// Only a part is left.
    Crop(Part),
    /// It is turned by a quarter to the right.
    Turn,
}

impl Deed {
    /// Does it; `None` if the browser has no memory for it.
    pub fn act(self, canvas: &HtmlCanvasElement) -> Option<()> {
        let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
        match self {
            Self::Hide(part) => {
                let [left, top, wide, high] = part.pixels(width, height);
                let square = square(wide, high);
                let small = blank(wide / square, high / square)?;
                let (across, down) = (f64::from(small.width()), f64::from(small.height()));
                // By halves: drawn small at once, a browser would look at few of the pixels.
                let (mut from, mut at) = (canvas.clone(), [left, top, wide, high]);
                while at[2] > 2.0 * across || at[3] > 2.0 * down {
                    let (half_wide, half_high) = ((at[2] / 2.0).max(across), (at[3] / 2.0).max(down));
                    let half = blank(half_wide, half_high)?;
                    let (half_wide, half_high) = (f64::from(half.width()), f64::from(half.height()));
                    draw(&half, &from, at, [0.0, 0.0, half_wide, half_high])?;
                    (from, at) = (half, [0.0, 0.0, half_wide, half_high]);
                }
                draw(&small, &from, at, [0.0, 0.0, across, down])?;
                context(canvas)?.set_image_smoothing_enabled(false);
                draw(canvas, &small, [0.0, 0.0, across, down], [left, top, wide, high])
            }
            Self::Crop(part) => {
                let [left, top, wide, high] = part.pixels(width, height);
                let rest = blank(wide, high)?;
                draw(&rest, canvas, [left, top, wide, high], [0.0, 0.0, wide, high])?;
                put_back(canvas, &rest)
            }
            Self::Turn => {
                let turned = blank(height, width)?;
                let context = context(&turned)?;
                context.translate(height, 0.0).ok()?;
                context.rotate(std::f64::consts::FRAC_PI_2).ok()?;
                context.draw_image_with_html_canvas_element(canvas, 0.0, 0.0).ok()?;
                put_back(canvas, &turned)
            }
        }
    }
}

/// How wide a square is over a part of so many pixels.
fn square(width: f64, height: f64) -> f64 {
    (width.max(height) / SQUARES).max(LEAST_SQUARE)
}

/// Draws a picture anew, with all that was done to it.
pub(super) fn draw_anew(
    canvas: &HtmlCanvasElement,
    picture: &HtmlImageElement,
    deeds: &[Deed],
) -> Option<()> {
    canvas.set_width(picture.natural_width());
    canvas.set_height(picture.natural_height());
    let context = context(canvas)?;
    // What is transparent would turn black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_html_image_element(picture, 0.0, 0.0).ok()?;
    deeds.iter().try_for_each(|deed| deed.act(canvas))
}

fn blank(width: f64, height: f64) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length in pixels")]
    let pixels = |length: f64| length.round().max(1.0) as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    Some(canvas)
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn draw(
    onto: &HtmlCanvasElement,
    from: &HtmlCanvasElement,
    [x, y, wide, high]: [f64; 4],
    [to_x, to_y, to_wide, to_high]: [f64; 4],
) -> Option<()> {
    context(onto)?
        .draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            from, x, y, wide, high, to_x, to_y, to_wide, to_high,
        )
        .ok()
}

fn put_back(canvas: &HtmlCanvasElement, drawn: &HtmlCanvasElement) -> Option<()> {
    canvas.set_width(drawn.width());
    canvas.set_height(drawn.height());
    context(canvas)?.draw_image_with_html_canvas_element(drawn, 0.0, 0.0).ok()?;
    // A phone's memory is given back at once, not when somebody looks for it.
    drawn.set_width(0);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stays_inside_its_picture_whatever_is_done_to_it() {
        let part = Part::between((0.9, 0.2), (0.4, 1.7));
        assert_eq!(part, Part { left: 0.4, top: 0.2, width: 0.5, height: 0.8 });
        let inside = |part: Part| {
            let right = part.left + part.width;
            let bottom = part.top + part.height;
            part.left >= 0.0 && part.top >= 0.0 && right <= 1.0 + 1e-9 && bottom <= 1.0 + 1e-9
        };
        for (x, y) in [(-3.0, 0.1), (0.05, 9.0), (0.6, -0.7), (-0.2, -0.2)] {
            assert!(inside(part.moved(x, y)), "moved by {x}, {y}");
            let resized = part.resized(x, y);
            assert!(inside(resized) && resized.width >= LEAST - 1e-9 && resized.height >= LEAST - 1e-9);
        }
    }

    #[test]
    fn what_is_hidden_has_few_squares_however_long_or_small_it_is() {
        for (width, height) in [(480.0, 480.0), (465.0, 57.0), (20.0, 900.0), (4.0, 3.0)] {
            let square = square(width, height);
            assert!(width / square <= 4.0 && height / square <= 4.0 && square >= 8.0, "{width} by {height}");
        }
    }

    #[test]
    fn a_part_covers_every_pixel_that_it_touches() {
        let part = Part { left: 0.25, top: 0.5, width: 0.31, height: 0.5 };
        assert_eq!(part.pixels(10.0, 7.0), [2.0, 3.0, 4.0, 4.0]);
    }
}

//! PDF, as it is drawn: each sign with the letter that its font says it is, and where it stands.
//!
//! `hayro` draws without unsafe code, and goes only so deep; its drawing is thrown away but for the letters. What is
//! drawn for a page is not bounded by it, so it is bounded by who calls (`texts`).

use super::Text;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask,
    font::{Glyph, GlyphRun},
    hayro_cmap::BfString,
    hayro_syntax::Pdf,
    interpret_page,
    kurbo::{Affine, BezPath, Point, Rect, Vec2},
};

/// More pages are not read.
const MOST_PAGES: usize = 500;
/// As wide a gap, in parts of the letters' height, stands between words.
const BETWEEN_WORDS: f64 = 0.2;
/// As far up or down from the line, another one begins.
const BETWEEN_LINES: f64 = 0.5;
/// In how many parts the fonts of PDF divide the height of a letter.
const PARTS: f64 = 1000.0;

/// Writes down what is written in a document; `None` if it is none, or is locked with a password.
pub fn read(bytes: &[u8], text: &mut Text) -> Option<()> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let cache = InterpreterCache::new();
    let anywhere = Rect::new(0.0, 0.0, 1.0, 1.0);
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, anywhere, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut Letters { text, end: None });
        text.end_line();
        if text.is_full() {
            break;
        }
    }
    Some(())
}

/// Takes the letters out of what is drawn.
struct Letters<'a> {
    text: &'a mut Text,
    /// Where the last one ended, and along which way it was written, as long as it is high.
    end: Option<(Point, Vec2)>,
}

impl Letters<'_> {
    /// Notes the gap before a sign that begins here.
    fn come_to(&mut self, begin: Point) {
        let Some((end, along)) = self.end else { return };
        let height = along.hypot().max(f64::EPSILON);
        let way = begin - end;
        let (forth, aside) = (way.dot(along) / height, way.cross(along).abs() / height);
        if aside > height * BETWEEN_LINES {
            self.text.end_line();
        } else if forth.abs() > height * BETWEEN_WORDS {
            self.text.space();
        }
    }
}

impl Device<'_> for Letters<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for sign in run.glyphs() {
            let placed = props.transform * sign.transform();
            let begin = placed * Point::ZERO;
            self.come_to(begin);
            match sign.as_unicode() {
                Some(BfString::Char(letter)) => self.text.write(letter.encode_utf8(&mut [0; 4])),
                Some(BfString::String(letters)) => self.text.write(&letters),
                None => {}
            }
            let advance = match &**sign {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let advance = f64::from(advance.unwrap_or_default());
            let end = placed * Point::new(advance, 0.0);
            let along = placed * Point::new(PARTS, 0.0) - begin;
            self.end = Some((end, along));
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

//! What a person chose for a media item, made ready to be kept: photos smaller, unless the original is wanted, and
//! without what tells where they were made; films without that, too, and with their length.
//!
//! A phone has little memory: of a film only its index is read, and what comes out is put together of parts of what was
//! chosen. Invariant: what cannot be read or cleaned is kept as it is, and not said to be clean.

use crate::prelude::*;
use crate::{browser, store::PIECE};
use js_sys::{Array, Function, Promise, Uint8Array};
use lantoa_shared::media::{
    HEAD, Kind, OVERLAP, clean_picture, is_animated, kind, names_place, survey::Survey,
};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement,
    HtmlMediaElement, Url,
};

/// Most pixels of a photo that is made smaller: those of 2560 by 1920. So many, and not a longest side, because a tall
/// infographic is read by its width.
const MOST_PIXELS: f64 = 4_915_200.0;
/// How much of a photo is kept when it is made smaller, up to 1.
const QUALITY: f64 = 0.85;
/// Pictures without loss below this size, in bytes, stay so: drawings and screens have sharp edges.
const SMALL: f64 = 1_500_000.0;
/// How long a browser may take to say how long a film plays, in milliseconds.
const PATIENCE_MS: i32 = 8_000;

/// What is kept in the place of what was chosen.
pub struct Prepared {
    /// The bytes.
    pub bytes: Blob,
    /// The name, with the ending that fits.
    pub name: String,
    /// How long it plays, in seconds.
    pub seconds: Option<u32>,
    /// Whether nothing in it tells where it was made.
    pub location_removed: bool,
}

/// Makes a file ready.
pub async fn prepare(file: &File) -> Prepared {
    let as_it_is = |location_removed, seconds| Prepared {
        bytes: file.clone().into(),
        name: file.name(),
        seconds,
        location_removed,
    };
    let head = read(file, 0, u32::try_from(HEAD).unwrap_or(0)).await.unwrap_or_default();
    let kind = kind(&head);
    if file.type_().starts_with("image/") {
        let whole = read(file, 0, u32::MAX).await.unwrap_or_default();
        let clean = clean_picture(&whole);
        // Half a photo would be drawn with a grey half, and be called whole.
        let is_broken = clean.is_none() && kind.is_some();
        let stays = browser::preference(KEEPS_ORIGINALS).is_some()
            || is_animated(&whole)
            || file.type_() == "image/gif"
            || (kind == Some(Kind::Png) && file.size() < SMALL);
        drop(whole);
        if !is_broken
            && !stays
            && let Some(smaller) = smaller(file).await
        {
            return Prepared {
                bytes: smaller,
                name: jpeg_name(&file.name()),
                seconds: None,
                location_removed: true,
            };
        }
        let bytes =
            clean.and_then(|clean| blob(&Array::of1(&Uint8Array::from(clean.as_slice())), &file.type_()));
        return bytes.map_or_else(
            || as_it_is(false, None),
            |bytes| Prepared { bytes, location_removed: true, ..as_it_is(true, None) },
        );
    }
    let plays = ["video/", "audio/"].iter().any(|kind| file.type_().starts_with(kind));
    let seconds = if plays { length(file).await } else { None };
    match kind {
        Some(Kind::Film) => match clean_film(file).await {
            Some(bytes) => Prepared { bytes, ..as_it_is(true, seconds) },
            None => as_it_is(false, seconds),
        },
        Some(Kind::Webm) => as_it_is(!names_any_place(file).await, seconds),
        _ => as_it_is(false, seconds),
    }
}

/// The preference to keep photos as they are.
pub const KEEPS_ORIGINALS: &str = "original-photos";

/// The photo drawn anew, not larger than is needed, the right way up; `None` if the browser cannot read it, or if that
/// makes nothing smaller.
async fn smaller(file: &File) -> Option<Blob> {
    let image = decoded(file).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = (MOST_PIXELS / (width * height)).sqrt().min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(pixels(width * scale));
    canvas.set_height(pixels(height * scale));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // What is transparent would turn black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.scale(scale, scale).ok()?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0).ok()?;
    image.set_src("");
    let drawn = jpeg(&canvas).await;
    canvas.set_width(0);
    drawn.filter(|drawn| scale < 1.0 || drawn.size() < file.size())
}

/// A picture as the browser reads it, the right way up; `None` if it cannot.
pub async fn decoded(picture: &Blob) -> Option<HtmlImageElement> {
    let address = Url::create_object_url_with_blob(picture).ok()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&address);
    let is_read = JsFuture::from(image.decode()).await.is_ok();
    let _ = Url::revoke_object_url(&address);
    is_read.then_some(image)
}

/// What is drawn, as a photo is kept; `None` if the browser has no memory for it.
pub async fn jpeg(canvas: &HtmlCanvasElement) -> Option<Blob> {
    encoded(canvas, QUALITY).await
}

/// What is drawn as a JPEG, with so much kept of it, up to 1; `None` if the browser has no memory for it.
pub async fn encoded(canvas: &HtmlCanvasElement, quality: f64) -> Option<Blob> {
    let mut draw = |resolve: Function, _| {
        // If it is refused nothing comes, and so nothing is waited for.
        let quality = JsValue::from_f64(quality);
        if canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    };
    JsFuture::from(Promise::new(&mut draw)).await.ok()?.dyn_into().ok()
}

/// The name of a picture once it is a JPEG.
pub fn jpeg_name(name: &str) -> String {
    format!("{}.jpg", name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length in pixels or seconds")]
fn pixels(length: f64) -> u32 {
    length.round().max(1.0) as u32
}

/// How long a film or a sound plays, in seconds; `None` if the browser cannot say.
async fn length(file: &File) -> Option<u32> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let media: HtmlMediaElement = document().create_element("video").ok()?.dyn_into().ok()?;
    let mut wait = |resolve: Function, _| {
        for event in ["loadedmetadata", "error"] {
            let _ = media.add_event_listener_with_callback(event, &resolve);
        }
        // A browser that saves data says neither.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS);
        media.set_preload("metadata");
        media.set_src(&address);
    };
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
    let length = media.duration();
    media.set_src("");
    let _ = Url::revoke_object_url(&address);
    (length.is_finite() && length < 1e6).then(|| pixels(length))
}

/// The film with everything overwritten that tells of places; `None` if it is broken or too much of it tells.
async fn clean_film(file: &File) -> Option<Blob> {
    let short = |place: u64| u32::try_from(place).ok();
    let size = length_of(file)?;
    let mut survey = Survey::of(size.into());
    while let Some(wanted) = survey.wanted() {
        survey.read(read(file, short(wanted.start)?, short(wanted.end)?).await?)?;
    }
    let (parts, mut done) = (Array::new(), 0);
    for (begin, patch) in survey.patches()? {
        let begin = short(begin)?;
        parts.push(&part(file, done, begin)?.into());
        parts.push(&Uint8Array::from(patch.as_slice()));
        done = begin.checked_add(u32::try_from(patch.len()).ok()?)?;
    }
    parts.push(&part(file, done, size)?.into());
    blob(&parts, &file.type_())
}

/// Whether a WebM file names a place anywhere; one that cannot be read is not said to be without.
async fn names_any_place(file: &File) -> bool {
    let (Some(size), mut at) = (length_of(file), 0) else { return true };
    while at < size {
        let end = at.saturating_add(PIECE).min(size);
        match read(file, at.saturating_sub(OVERLAP), end).await {
            Some(part) if !names_place(&part) => at = end,
            _ => return true,
        }
    }
    false
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
fn length_of(file: &File) -> Option<u32> {
    (file.size() < f64::from(u32::MAX)).then(|| file.size() as u32)
}

fn blob(parts: &Array, kind: &str) -> Option<Blob> {
    let about = BlobPropertyBag::new();
    about.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(parts, &about).ok()
}

/// A part of what was chosen, not read yet.
fn part(file: &File, from: u32, to: u32) -> Option<Blob> {
    file.slice_with_f64_and_f64(f64::from(from), f64::from(to)).ok()
}

async fn read(file: &File, from: u32, to: u32) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&JsFuture::from(part(file, from, to)?.array_buffer()).await.ok()?).to_vec())
}

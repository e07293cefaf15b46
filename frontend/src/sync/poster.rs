//! One frame of a film, drawn on the device that attaches the film: what lists and pages show of it.
//!
//! The centre has no decoder for films, and this browser may play what its phone recorded. Invariant: nobody waits
//! long for it or is told of it; where no frame can be had, the film comes without one.

use super::preparing::encoded;
use crate::prelude::*;
use crate::{browser, store::Store};
use js_sys::{Function, Promise, Uint8Array};
use lantoa_shared::{media::frame::shows_something, value::FileRef};
use sha2::{Digest as _, Sha256};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, Url};

/// How long all of it may take, in milliseconds.
const PATIENCE_MS: i64 = 4_000;
/// How long a browser may take to have the frame at which a film stands, in milliseconds.
const A_MOMENT_MS: i64 = 1_000;
/// Where frames are looked at, in parts of the length, until one shows something.
const MOMENTS: [f64; 4] = [0.1, 0.3, 0.5, 0.75];
/// The first is at most so far from the beginning, in seconds; so long is a film of which nobody knows the length.
const NEAR: f64 = 3.0;
/// The longest side of what is drawn, in pixels.
const LONGEST: f64 = 1280.0;
/// How much of it is kept, up to 1, until it is small enough.
const QUALITIES: [f64; 3] = [0.8, 0.6, 0.4];
/// Small enough, in bytes.
const SMALL: f64 = 200_000.0;
/// What is looked at has so many pixels on a side.
const GLANCE: u32 = 16;
/// The browser has the frame at which the film stands (`HAVE_CURRENT_DATA`).
const HAS_FRAME: u16 = 2;

/// Keeps what was drawn of a film; its hash, or `None` where there is no room for it.
pub async fn keep(store: &Store, drawn: &Blob, person: &str) -> Option<String> {
    let bytes = Uint8Array::new(&JsFuture::from(drawn.array_buffer()).await.ok()?);
    let sha256 = hex::encode(Sha256::digest(bytes.to_vec()));
    // Where there is no room for it, there may be for the film.
    store.keep_bytes(&sha256, &bytes, person).await.ok()?;
    Some(sha256)
}

/// A frame of a film in which something can be seen, as a JPEG; `None` if none can be had.
pub async fn draw(film: &Blob) -> Option<Blob> {
    let address = Url::create_object_url_with_blob(film).ok()?;
    let video: Option<HtmlVideoElement> =
        document().create_element("video").ok().and_then(|it| it.dyn_into().ok());
    let drawn = match &video {
        Some(video) => draw_of(video, &address).await,
        None => None,
    };
    if let Some(video) = video {
        // A phone has few decoders.
        let _ = video.set_attribute("src", "");
    }
    let _ = Url::revoke_object_url(&address);
    drawn
}

async fn draw_of(video: &HtmlVideoElement, address: &str) -> Option<Blob> {
    let until = browser::now() + PATIENCE_MS;
    for name in ["playsinline", "preload"] {
        let _ = video.set_attribute(name, "metadata");
    }
    happens(video, "loadedmetadata", until, || drop(video.set_attribute("src", address))).await;
    if video.video_width() == 0 {
        return None;
    }
    let length = Some(video.duration()).filter(|length| length.is_finite()).unwrap_or(NEAR);
    for (part, at) in MOMENTS.into_iter().zip(0..) {
        let moment = if at == 0 { (length * part).min(NEAR) } else { length * part };
        happens(video, "seeked", until, || video.set_current_time(moment)).await;
        if video.ready_state() < HAS_FRAME {
            // Firefox says that it is there before it has what is to be seen there.
            happens(video, "canplay", until.min(browser::now() + A_MOMENT_MS), || ()).await;
        }
        if browser::now() >= until || video.error().is_some() {
            return None;
        }
        if video.ready_state() >= HAS_FRAME && shows(video) {
            return smallest(video).await;
        }
    }
    None
}

/// Does something to a film, and waits for what comes of it, or for an error, or until then.
async fn happens(video: &HtmlVideoElement, event: &str, until: i64, begin: impl Fn()) {
    let rest = i32::try_from(until - browser::now()).unwrap_or(0).max(0);
    let mut wait = |resolve: Function, _| {
        for event in [event, "error"] {
            let _ = video.add_event_listener_with_callback(event, &resolve);
        }
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, rest);
        begin();
    };
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
}

/// Whether something can be seen in the frame at which a film stands.
fn shows(video: &HtmlVideoElement) -> bool {
    let glance = drawn(video, GLANCE, GLANCE).and_then(|(_, context)| {
        let pixels = context.get_image_data(0.0, 0.0, GLANCE.into(), GLANCE.into()).ok()?;
        Some(shows_something(&pixels.data()))
    });
    glance.unwrap_or(false)
}

/// The frame at which a film stands, with as much of it as a small file holds.
async fn smallest(video: &HtmlVideoElement) -> Option<Blob> {
    let (width, height) = (f64::from(video.video_width()), f64::from(video.video_height()));
    let scale = (LONGEST / width.max(height)).min(1.0);
    let (canvas, _) = drawn(video, pixels(width * scale), pixels(height * scale))?;
    let mut smallest = None;
    for quality in QUALITIES {
        smallest = encoded(&canvas, quality).await;
        if smallest.as_ref().is_some_and(|drawn| drawn.size() <= SMALL) {
            break;
        }
    }
    canvas.set_width(0);
    #[expect(clippy::cast_precision_loss, reason = "a megabyte")]
    let largest = FileRef::LARGEST_POSTER as f64;
    smallest.filter(|drawn| drawn.size() > 0.0 && drawn.size() <= largest && drawn.type_() == "image/jpeg")
}

fn drawn(
    video: &HtmlVideoElement,
    width: u32,
    height: u32,
) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width.into(), height.into())
        .ok()?;
    Some((canvas, context))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length in pixels")]
fn pixels(length: f64) -> u32 {
    length.round().max(1.0) as u32
}

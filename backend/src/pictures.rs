//! Small pictures for lists, made when they are first asked for and kept beside the files.
//!
//! What was sent is hostile until it is decoded: only the formats a camera writes, within bounds of size and memory, one
//! at a time and away from the threads that answer. Invariant: what is given away was drawn here, pixel by pixel.

use crate::likeness;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, codecs::jpeg::JpegEncoder};
use std::{
    fs::File,
    io::{self, BufWriter},
    path::{Path, PathBuf},
};
use tokio::sync::Semaphore;

/// The longest side of a small picture, in pixels; longer where its other side would be less than half of that.
const SIDE: f64 = 480.0;
/// How much of a picture is kept, in parts of a hundred.
const QUALITY: u8 = 78;
/// The longest side of a picture that is made small, in pixels.
const LONGEST: u32 = 12_000;
/// Most memory that decoding may take, in bytes: a photo of 24 megapixels fits.
const MEMORY: u64 = 96 * 1024 * 1024;

/// The directory of small pictures.
#[derive(Debug)]
pub struct Pictures {
    directory: PathBuf,
    turn: Semaphore,
}

impl Pictures {
    /// Uses `directory`, made if missing. All in it can be made again.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub async fn open(directory: &Path) -> io::Result<Self> {
        tokio::fs::create_dir_all(directory).await?;
        Ok(Self { directory: directory.to_owned(), turn: Semaphore::new(1) })
    }

    /// Where the small picture of a file lies; `None` if the file is no picture that can be read. `sha256` must have
    /// passed [`crate::files::is_hash`].
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn small(&self, sha256: &str, original: PathBuf) -> io::Result<Option<PathBuf>> {
        let path = self.directory.join(format!("{sha256}.jpg"));
        if tokio::fs::try_exists(&path).await? {
            return Ok(Some(path));
        }
        let none = self.directory.join(format!("{sha256}.none"));
        if tokio::fs::try_exists(&none).await? {
            return Ok(None);
        }
        let Ok(_turn) = self.turn.acquire().await else { return Ok(None) };
        let made = path.clone();
        if !tokio::fs::try_exists(&original).await? {
            return Ok(None);
        }
        let drawn = tokio::task::spawn_blocking(move || {
            let Some(picture) = decode(&original) else { return Ok(false) };
            write(&picture, &made).map(|()| true)
        });
        // A decoder that panics has read something that is no picture.
        let is_drawn = drawn.await.unwrap_or(Ok(false))?;
        if !is_drawn {
            // Tried once: what was sent never changes.
            tokio::fs::write(&none, []).await?;
        }
        Ok(is_drawn.then_some(path))
    }
}

impl Pictures {
    /// What a file looks like, if it is a picture that shows something. `sha256` must have passed
    /// [`crate::files::is_hash`].
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn likeness(&self, sha256: &str, original: PathBuf) -> io::Result<Option<u64>> {
        // From the small picture: it was drawn here, the right way up.
        let Some(small) = self.small(sha256, original).await? else { return Ok(None) };
        let look = move || image::open(small).ok().and_then(|picture| likeness::of(&picture.to_luma8()));
        tokio::task::spawn_blocking(look).await.map_err(io::Error::other)
    }

    /// Throws away what was drawn of a file.
    pub async fn forget(&self, sha256: &str) {
        for ending in ["jpg", "none"] {
            // What was never drawn is not there.
            let _ = tokio::fs::remove_file(self.directory.join(format!("{sha256}.{ending}"))).await;
        }
    }
}

/// The picture, the right way up and not larger than needed.
fn decode(path: &Path) -> Option<DynamicImage> {
    let mut reader = ImageReader::open(path).ok()?.with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // The bound above is for what decoding takes besides.
    if decoder.total_bytes() > MEMORY {
        return None;
    }
    let turned = decoder.orientation().ok()?;
    let whole = DynamicImage::from_decoder(decoder).ok()?;
    let (width, height) = (f64::from(whole.width()), f64::from(whole.height()));
    let scale = (SIDE / width.max(height)).max(SIDE / 2.0 / width.min(height)).min(1.0);
    let small = whole.thumbnail_exact(pixels(width * scale), pixels(height * scale));
    // What is transparent is drawn on white.
    let mut picture = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(
        small.width(),
        small.height(),
        image::Rgba([255, 255, 255, 255]),
    ));
    image::imageops::overlay(&mut picture, &small, 0, 0);
    picture.apply_orientation(turned);
    Some(DynamicImage::ImageRgb8(picture.into_rgb8()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no side is longer than before")]
fn pixels(length: f64) -> u32 {
    length.round().max(1.0) as u32
}

/// Writes it under another name first, so that whoever finds it finds it whole.
fn write(picture: &DynamicImage, path: &Path) -> io::Result<()> {
    let half = path.with_extension("half");
    let mut file = BufWriter::new(File::create(&half)?);
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY))
        .map_err(io::Error::other)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?;
    std::fs::rename(half, path)
}

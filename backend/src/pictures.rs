//! Pictures for lists and pages, made when they are first asked for and kept beside the files.
//!
//! What was sent is hostile until it is decoded: only the formats a camera writes, within bounds of size and memory,
//! one at a time and away from the threads that answer. Invariant: what is given away was drawn here, pixel by pixel.

use crate::{
    files::{Original, Reader},
    likeness,
};
use image::{
    DynamicImage, ImageDecoder, ImageReader, Limits, codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use std::{
    fs::File,
    io::{self, BufReader, BufWriter},
    path::{Path, PathBuf},
};
use tokio::sync::Semaphore;

/// How large a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For lists.
    Small,
    /// For a page of its own.
    Large,
}

impl Size {
    /// The longest side, in pixels; longer where the other side would be less than half of that.
    const fn side(self) -> f64 {
        match self {
            Self::Small => 480.0,
            Self::Large => 1280.0,
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Small => "jpg",
            Self::Large => "large.jpg",
        }
    }

    /// How large a picture becomes.
    fn of(self, (width, height): (u32, u32)) -> (u32, u32) {
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let scale = (self.side() / width.max(height)).max(self.side() / 2.0 / width.min(height)).min(1.0);
        (pixels(width * scale), pixels(height * scale))
    }
}
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

    /// Where the picture of a file lies in this size; `None` if the file is no picture that can be read. `sha256`
    /// must have passed [`crate::files::is_hash`].
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn drawn(&self, sha256: &str, original: Original, size: Size) -> io::Result<Option<PathBuf>> {
        let path = self.path(sha256, size);
        if tokio::fs::try_exists(&path).await? {
            return Ok(Some(path));
        }
        let none = self.directory.join(format!("{sha256}.none"));
        if tokio::fs::try_exists(&none).await? {
            return Ok(None);
        }
        let Ok(_turn) = self.turn.acquire().await else { return Ok(None) };
        let made = path.clone();
        let opening = original.clone();
        let opened = tokio::task::spawn_blocking(move || opening.open()).await.map_err(io::Error::other)?;
        let bytes = match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        let drawn = tokio::task::spawn_blocking(move || match decode(bytes, size) {
            Some(picture) => write(&picture, &made).map(|()| true),
            // What could not be had is asked for again another time.
            None if original.has_failed() => Err(io::Error::other("a picture could not be read to its end")),
            None => Ok(false),
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
    pub async fn likeness(&self, sha256: &str, original: Original) -> io::Result<Option<u64>> {
        // From the small picture: it was drawn here, the right way up.
        let Some(small) = self.drawn(sha256, original, Size::Small).await? else { return Ok(None) };
        let look = move || image::open(small).ok().and_then(|picture| likeness::of(&picture.to_luma8()));
        tokio::task::spawn_blocking(look).await.map_err(io::Error::other)
    }

    /// Width and height that the picture of a file has in this size, in pixels; `None` if it is no picture that can be
    /// read. Found from what was drawn, or from the beginning of the file: one that is broken further on may be found
    /// out only when it is drawn. For a thread that may wait. `sha256` must have passed [`crate::files::is_hash`].
    pub fn measure(&self, sha256: &str, original: &Original, size: Size) -> Option<(u32, u32)> {
        let drawn = image::image_dimensions(self.path(sha256, size)).ok();
        drawn.or_else(|| measure(original.open().ok()?, size))
    }

    fn path(&self, sha256: &str, size: Size) -> PathBuf {
        self.directory.join(format!("{sha256}.{}", size.extension()))
    }

    /// Throws away what was drawn of a file.
    pub async fn forget(&self, sha256: &str) {
        for ending in ["jpg", "large.jpg", "none"] {
            // What was never drawn is not there.
            let _ = tokio::fs::remove_file(self.directory.join(format!("{sha256}.{ending}"))).await;
        }
    }
}

fn measure(bytes: Reader, size: Size) -> Option<(u32, u32)> {
    let mut decoder = open(bytes)?;
    let turned = decoder.orientation().ok()?;
    let (width, height) = size.of(decoder.dimensions());
    let is_on_its_side = matches!(
        turned,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Some(if is_on_its_side { (height, width) } else { (width, height) })
}

/// Opens a picture within the bounds.
fn open(bytes: Reader) -> Option<impl ImageDecoder> {
    let mut reader = ImageReader::new(BufReader::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    // The bound above is for what decoding takes besides.
    (decoder.total_bytes() <= MEMORY).then_some(decoder)
}

/// The picture, the right way up and not larger than needed.
fn decode(bytes: Reader, size: Size) -> Option<DynamicImage> {
    let mut decoder = open(bytes)?;
    let turned = decoder.orientation().ok()?;
    let whole = DynamicImage::from_decoder(decoder).ok()?;
    let (width, height) = size.of((whole.width(), whole.height()));
    let small = whole.thumbnail_exact(width, height);
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

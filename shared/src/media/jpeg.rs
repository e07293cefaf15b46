//! JPEG: segments between markers. Kept is what a decoder needs, the colour profile, and which way is up.

/// Which segment of a picture says which way is up, and its tag (EXIF 2.3).
const EXIF: &[u8] = b"Exif\0\0";
const ORIENTATION: u16 = 0x0112;

/// Copies a picture without the segments that only tell about it, and without whatever follows its end: phones hang
/// films and second pictures there.
pub fn clean(picture: &[u8]) -> Option<Vec<u8>> {
    let mut clean = picture.get(..2)?.to_vec();
    let mut at = 2;
    // Where it is said which way is up: behind the head of the format, before everything else.
    let (mut turned, mut place) = (1, 2);
    loop {
        if *picture.get(at)? != 0xFF {
            return None;
        }
        let marker = *picture.get(at + 1)?;
        match marker {
            // Bytes that fill up.
            0xFF => {
                at += 1;
                continue;
            }
            0xD9 => {
                clean.extend_from_slice(&[0xFF, 0xD9]);
                clean.splice(place..place, told(turned));
                return Some(clean);
            }
            // A restart or a second beginning has no place between segments.
            0x00 | 0x01 | 0xD0..=0xD8 => return None,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(*picture.get(at + 2..at + 4)?.first_chunk()?));
        let segment = picture.get(at..at + 2 + length).filter(|_| length >= 2)?;
        let body = segment.get(4..)?;
        if marker == 0xE1 && body.starts_with(EXIF) {
            turned = orientation(body.get(EXIF.len()..)?).unwrap_or(turned);
        }
        if is_kept(marker, body) {
            if marker == 0xE0 && place == clean.len() {
                place += segment.len();
            }
            clean.extend_from_slice(segment);
        }
        at += segment.len();
        if marker == 0xDA {
            let scan = scan(picture.get(at..)?)?;
            clean.extend_from_slice(picture.get(at..at + scan)?);
            at += scan;
        }
    }
}

/// Tables, frames, scans; of what applications say only the format's head, the colour profile and Adobe's colours.
fn is_kept(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE0 => body.starts_with(b"JFIF\0"),
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE1 | 0xE3..=0xED | 0xEF | 0xFE => false,
        _ => true,
    }
}

/// How many bytes the picture itself takes until the next segment.
fn scan(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7))
}

/// Which way is up, 1 to 8, as the first directory of a TIFF says.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..at.checked_add(2)?)?.first_chunk()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..at.checked_add(4)?)?.first_chunk()?;
        let long = if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(long).ok()
    };
    let directory = long(4)?;
    for entry in 0..usize::from(short(directory)?) {
        let at = directory.checked_add(2 + 12 * entry)?;
        if short(at)? == ORIENTATION {
            return u8::try_from(short(at.checked_add(8)?)?).ok().filter(|turned| (1..=8).contains(turned));
        }
    }
    None
}

/// A segment that says which way is up and nothing else; none where that is as usual.
fn told(turned: u8) -> Vec<u8> {
    if turned == 1 {
        return Vec::new();
    }
    let mut segment = vec![0xFF, 0xE1, 0, 34];
    segment.extend_from_slice(EXIF);
    segment.extend_from_slice(b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0]);
    segment
}

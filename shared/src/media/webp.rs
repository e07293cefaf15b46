//! WebP: a RIFF file of chunks. Kept is the picture with its colours and its movement.

/// The chunks that are kept.
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// What the head of the extended format says there is: EXIF and XMP.
const TOLD: u8 = 0b0000_1100;

/// Copies a picture without the other chunks, and without whatever follows its end.
pub fn clean(picture: &[u8]) -> Option<Vec<u8>> {
    let size = |bytes: &[u8]| usize::try_from(u32::from_le_bytes(*bytes.first_chunk()?)).ok();
    let end = size(picture.get(4..8)?)?.checked_add(8)?;
    let picture = picture.get(..end)?;
    let (mut clean, mut at) = (picture.get(..12)?.to_vec(), 12);
    while at < end {
        let name = picture.get(at..at.checked_add(4)?)?;
        let length = size(picture.get(at + 4..at.checked_add(8)?)?)?;
        // A chunk of odd length is followed by a byte that fills up; some writers forget the last one.
        let next = at.checked_add(8)?.checked_add(length)?;
        let body = picture.get(at + 8..next)?;
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            let begin = clean.len();
            clean.extend_from_slice(picture.get(at..at + 8)?);
            clean.extend_from_slice(body);
            if length % 2 == 1 {
                clean.push(0);
            }
            if name == b"VP8X" {
                *clean.get_mut(begin + 8)? &= !TOLD;
            }
        }
        at = next + length % 2;
    }
    let length = u32::try_from(clean.len() - 8).ok()?;
    clean.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(clean)
}

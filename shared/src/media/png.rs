//! PNG: chunks with a length, a name and a checksum. Kept is what a decoder needs to draw the picture as it is meant.

/// The first bytes of every PNG.
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The chunks that are kept: the picture, its colours and transparency, its density, its movement.
const KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT",
];

/// Copies a picture without the other chunks, and without whatever follows its end.
pub fn clean(picture: &[u8]) -> Option<Vec<u8>> {
    let (mut clean, mut at) = (SIGNATURE.to_vec(), SIGNATURE.len());
    loop {
        let length = u32::from_be_bytes(*picture.get(at..at.checked_add(4)?)?.first_chunk()?);
        let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        let chunk = picture.get(at..end)?;
        let name = chunk.get(4..8)?;
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            clean.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(clean);
        }
        at = end;
    }
}

//! Pictures and films without what tells where they were made: nothing is lost that is seen, and nothing is left that
//! tells.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::media::{
    Kind, clean_picture,
    film::{FREE, Head, Taken, clean_index},
    is_animated, kind, names_place,
    survey::Survey,
};
use proptest::prelude::*;

const PLACE: &[u8] = b"GPS 16.4637,107.5909";

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap();
    [&[0xFF, marker][..], &length.to_be_bytes(), body].concat()
}

/// A TIFF of one directory, with the way up and a place behind it.
fn exif(turned: u8, is_little: bool) -> Vec<u8> {
    let mut body = b"Exif\0\0".to_vec();
    if is_little {
        body.extend_from_slice(b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
        body.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0, 0]);
    } else {
        body.extend_from_slice(b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
        body.extend_from_slice(&[0, turned, 0, 0, 0, 0, 0, 0]);
    }
    [body, PLACE.to_vec()].concat()
}

/// A picture as a phone writes it: two scans, a profile of colours, a place, a film behind its end.
fn jpeg(turned: u8, is_little: bool) -> Vec<u8> {
    let scan = [segment(0xDA, &[1, 1, 0, 0, 63, 0]), vec![1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4]].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        segment(0xE1, &exif(turned, is_little)),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", PLACE].concat()),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
        segment(0xE2, &[b"MPF\0", PLACE].concat()),
        segment(0xED, PLACE),
        segment(0xFE, PLACE),
        segment(0xDB, &[0; 65]),
        segment(0xC2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        scan.clone(),
        segment(0xC4, &[0; 20]),
        scan,
        vec![0xFF, 0xD9],
        PLACE.to_vec(),
    ]
    .concat()
}

#[test]
fn a_photo_loses_its_place_and_keeps_its_colours_its_scans_and_which_way_is_up() {
    for is_little in [true, false] {
        for turned in 1..=8 {
            let clean = clean_picture(&jpeg(turned, is_little)).unwrap();
            assert!(!holds(&clean, PLACE));
            assert!(holds(&clean, b"ICC_PROFILE") && holds(&clean, b"JFIF"));
            assert_eq!(clean.windows(8).filter(|it| *it == [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4]).count(), 2);
            assert_eq!(holds(&clean, b"Exif\0\0"), turned != 1);
            let told = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned];
            assert_eq!(holds(&clean, &told), turned != 1, "{turned}");
            assert_eq!(clean_picture(&clean).unwrap(), clean, "clean is clean");
        }
    }
}

#[test]
fn which_way_is_up_is_kept_wherever_it_is_said() {
    let profile = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours");
    let rest = &jpeg(8, true)[2..];
    let clean = clean_picture(&[&[0xFF, 0xD8][..], &profile, rest].concat()).unwrap();
    assert!(holds(&clean, &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8]) && !holds(&clean, PLACE));
    assert_eq!(clean_picture(&clean).unwrap(), clean);
}

#[test]
fn a_photo_that_is_cut_off_anywhere_is_broken() {
    let whole = jpeg(6, true);
    let end = whole.len() - PLACE.len();
    assert!(clean_picture(&whole[..end]).is_some());
    for cut in 0..end {
        assert_eq!(clean_picture(&whole[..cut]), None, "cut at {cut}");
    }
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap();
    [&length.to_be_bytes()[..], name, body, &[0; 4]].concat()
}

#[test]
fn a_png_loses_its_texts_and_what_follows_its_end() {
    let picture = [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", PLACE),
        chunk(b"eXIf", PLACE),
        chunk(b"tRNS", &[7]),
        chunk(b"IDAT", &[1, 2, 3]),
        chunk(b"IEND", &[]),
        PLACE.to_vec(),
    ]
    .concat();
    let clean = clean_picture(&picture).unwrap();
    assert!(!holds(&clean, PLACE) && holds(&clean, b"tRNS") && clean.ends_with(&chunk(b"IEND", &[])));
    assert_eq!(clean_picture(&clean).unwrap(), clean);
    assert_eq!(clean_picture(&picture[..40]), None);
}

#[test]
fn a_webp_loses_its_exif_and_says_so_in_its_head() {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap();
        [name, &length.to_le_bytes()[..], body, &vec![0; body.len() % 2]].concat()
    };
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[0b0011_1100, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
        chunk(b"VP8 ", &[9, 9, 9]),
        chunk(b"EXIF", PLACE),
        chunk(b"XMP ", PLACE),
    ]
    .concat();
    let picture = [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body, PLACE].concat();
    let clean = clean_picture(&picture).unwrap();
    assert!(!holds(&clean, PLACE) && holds(&clean, &[9, 9, 9]));
    assert_eq!(clean[20], 0b0011_0000);
    assert!(!is_animated(&clean));
    let mut moving = clean.clone();
    moving[20] |= 0b10;
    assert!(is_animated(&moving));
    assert_eq!(
        clean.len() - 8,
        usize::try_from(u32::from_le_bytes(clean[4..8].try_into().unwrap())).unwrap()
    );
    assert_eq!(clean_picture(&clean).unwrap(), clean);
}

fn a_box(name: &[u8; 4], parts: &[Vec<u8>]) -> Vec<u8> {
    let body = parts.concat();
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], name, &body].concat()
}

fn longs(longs: &[u32]) -> Vec<u8> {
    longs.iter().flat_map(|long| long.to_be_bytes()).collect()
}

fn track(kind: &[u8; 4], parts: &[Vec<u8>]) -> Vec<u8> {
    let handler = a_box(b"hdlr", &[longs(&[0, 0]), kind.to_vec(), longs(&[0, 0, 0]), vec![0]]);
    let table = a_box(b"minf", &[a_box(b"stbl", parts)]);
    a_box(
        b"trak",
        &[
            a_box(b"tkhd", &[vec![1; 20]]),
            a_box(b"mdia", &[handler, table]),
            a_box(b"udta", &[PLACE.to_vec()]),
        ],
    )
}

#[test]
fn a_film_keeps_its_pictures_where_they_are_and_tells_nothing_of_places() {
    // Two chunks: the first with two samples, the second with one.
    let places = [
        a_box(b"stsz", &[longs(&[0, 0, 3, 10, 20, 30])]),
        a_box(b"stsc", &[longs(&[0, 2, 1, 2, 1, 2, 1, 1])]),
        a_box(b"stco", &[longs(&[0, 2, 1000, 5000])]),
    ];
    let same = [
        a_box(b"stsz", &[longs(&[0, 4, 6])]),
        a_box(b"stsc", &[longs(&[0, 1, 1, 3, 1])]),
        a_box(b"co64", &[longs(&[0, 2, 1, 0, 2, 0])]),
    ];
    let index = a_box(
        b"moov",
        &[
            a_box(b"mvhd", &[vec![2; 30]]),
            track(b"vide", &places),
            track(b"soun", &places),
            track(b"meta", &places),
            track(b"camm", &same),
            a_box(b"udta", &[a_box(b"\xA9xyz", &[PLACE.to_vec()])]),
            a_box(b"meta", &[PLACE.to_vec()]),
        ],
    );
    let mut clean = index.clone();
    let taken = clean_index(&mut clean).unwrap();
    assert_eq!(taken.told, [1000..1030, 5000..5030, (1 << 32)..(1 << 32) + 12, (2 << 32)..(2 << 32) + 12]);
    assert!(taken.had_hidden_track);
    assert_eq!(clean.len(), index.len(), "nothing moves");
    assert!(!holds(&clean, PLACE) && holds(&clean, FREE));
    assert_eq!(clean.windows(4).filter(|it| *it == b"trak").count(), 2);
    let mut again = clean.clone();
    assert_eq!(clean_index(&mut again), Some(Taken::default()));
    assert_eq!(again, clean);
}

#[test]
fn a_hidden_track_that_cannot_be_found_leaves_the_film_unclean() {
    let mut index = a_box(b"moov", &[track(b"meta", &[a_box(b"stz2", &[vec![0; 20]])])]);
    assert_eq!(clean_index(&mut index), None);
}

/// The film with everything overwritten that a survey says, and how many bytes were asked for.
fn clean_film(film: &[u8]) -> Option<(Vec<u8>, u64)> {
    let place = |place: u64| usize::try_from(place).unwrap();
    let (mut survey, mut asked) = (Survey::of(film.len() as u64), 0);
    while let Some(wanted) = survey.wanted() {
        asked += wanted.end - wanted.start;
        survey.read(film[place(wanted.start)..place(wanted.end)].to_vec())?;
    }
    let mut clean = film.to_vec();
    for (begin, patch) in survey.patches()? {
        clean[place(begin)..place(begin) + patch.len()].copy_from_slice(&patch);
    }
    Some((clean, asked))
}

/// A film whose pictures and whose hidden track lie before its index; `more` lies behind it.
fn film(more: &[u8]) -> Vec<u8> {
    let begin = [a_box(b"ftyp", &[b"mp42".to_vec(), vec![0; 4]]), a_box(b"uuid", &[PLACE.to_vec()])].concat();
    let media = a_box(b"mdat", &[vec![7; 5_000], PLACE.to_vec()]);
    let length = u32::try_from(PLACE.len()).unwrap();
    let told = u32::try_from(begin.len() + 8 + 5_000).unwrap();
    let hidden = [
        a_box(b"stsz", &[longs(&[0, length, 1])]),
        a_box(b"stsc", &[longs(&[0, 1, 1, 1, 1])]),
        a_box(b"stco", &[longs(&[0, 1, told])]),
    ];
    let index = a_box(b"moov", &[track(b"meta", &hidden), a_box(b"udta", &[PLACE.to_vec()])]);
    [&begin, &media, &index, more].concat()
}

#[test]
fn a_film_is_cleaned_part_by_part_and_clean_nothing_is_left_to_do() {
    let film = film(&a_box(b"meta", &[PLACE.to_vec()]));
    let (clean, asked) = clean_film(&film).unwrap();
    assert!(asked < 1_000, "its pictures are not read: {asked}");
    assert_eq!(clean.len(), film.len(), "nothing moves");
    assert!(!holds(&clean, PLACE) && holds(&clean, &[7; 5_000]));
    assert_eq!(clean_film(&clean).unwrap().0, clean);
}

#[test]
fn of_a_film_that_is_broken_or_was_written_as_it_was_made_nothing_is_said() {
    assert_eq!(clean_film(&film(&a_box(b"moof", &[]))), None, "its hidden track lies anywhere");
    let whole = film(&[]);
    assert_eq!(clean_film(&whole[..whole.len() - 3]), None);
    assert_eq!(clean_film(&[0; 40]), Some((vec![0; 40], 16)), "one box that reaches to the end");
}

#[test]
fn a_webm_with_a_tag_of_a_place_is_told_from_one_without() {
    assert!(names_place(b"\x45\xA3\x88LOCATION\x44\x87+16.4637+107.5909/"));
    assert!(names_place(b"com.apple.quicktime.location.iso6709"));
    assert!(!names_place(b"\x45\xA3\x87ENCODERLavf"));
}

#[test]
fn what_a_file_is_stands_in_its_bytes() {
    assert_eq!(kind(&jpeg(1, true)), Some(Kind::Jpeg));
    assert_eq!(kind(b"\0\0\0\x18ftypmp42\0\0\0\0"), Some(Kind::Film));
    assert_eq!(kind(b"\0\0\0\x18ftypXAVC\0\0\0\0"), Some(Kind::Film), "whoever made it");
    assert_eq!(kind(b"\0\0\0\x18ftypheic\0\0\0\0"), None, "a picture of another family");
    assert_eq!(kind(b"<svg xmlns="), None);
    assert_eq!(kind(b""), None);
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_nothing_panics_and_what_comes_out_is_clean(
        start in 0_usize..6,
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        at in 0_usize..600,
        with: u8,
    ) {
        let starts: [&[u8]; 6] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1A\n", b"RIFF\x20\0\0\0WEBP", b"", b""];
        let mut picture = if start == 4 { jpeg(3, false) } else { [starts[start], &bytes].concat() };
        if let Some(byte) = picture.get_mut(at) {
            *byte = with;
        }
        if let Some(clean) = clean_picture(&picture) {
            prop_assert_eq!(clean_picture(&clean), Some(clean.clone()));
        }
        let mut index = a_box(b"moov", &[track(b"meta", std::slice::from_ref(&bytes)), bytes]);
        if let Some(byte) = index.get_mut(at) {
            *byte = with;
        }
        let _ = Head::read(&index);
        if let Some((clean, _)) = clean_film(&index) {
            prop_assert_eq!(clean_film(&clean).map(|(again, _)| again), Some(clean));
        }
    }
}

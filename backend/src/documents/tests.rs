//! Documents of each kind, made here, and such as were made to do harm.

use super::*;
use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Packs parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn told(bytes: &[u8]) -> Option<String> {
    text_of(bytes)
}

#[test]
fn a_text_document_says_what_is_shown_and_neither_remarks_nor_what_was_struck_out() {
    let body = r#"<?xml version="1.0" encoding="UTF-8"?>
        <w:document xmlns:w="w"><w:body>
        <w:p><w:r><w:t>Kế hoạch </w:t></w:r><w:r><w:t xml:space="preserve">truyền</w:t><w:tab/><w:t>thông</w:t></w:r></w:p>
        <w:p><w:r><w:t>Nghị quyết 71 &amp; c&#225;c b&#x1B0;ớc</w:t></w:r>
        <w:del><w:r><w:delText>bỏ đi</w:delText></w:r></w:del><w:instrText>PAGE</w:instrText></w:p>
        </w:body></w:document>"#;
    let note = r#"<w:footnotes xmlns:w="w"><w:p><w:t>Ghi chú cuối trang</w:t></w:p></w:footnotes>"#;
    let remark = r#"<w:comments xmlns:w="w"><w:p><w:t>Nhận xét riêng</w:t></w:p></w:comments>"#;
    let file =
        packed(&[("word/comments.xml", remark), ("word/footnotes.xml", note), ("word/document.xml", body)]);
    let text = "Kế hoạch truyền thông\nNghị quyết 71 & các bước\nGhi chú cuối trang";
    assert_eq!(told(&file).as_deref(), Some(text));
}

#[test]
fn a_table_says_its_words_and_slides_say_theirs_in_order() {
    let strings = r#"<sst><si><t>Trường</t></si><si><r><t>Học </t></r><r><t>sinh</t></r><rPh><t>ẩn</t></rPh></si></sst>"#;
    let sheet =
        r#"<worksheet><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Ghi ngay</t></is></c></worksheet>"#;
    let table = packed(&[("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings)]);
    assert_eq!(told(&table).as_deref(), Some("Trường\nHọc sinh\nGhi ngay"));

    let slide = |text: &str| {
        format!("<p:sld xmlns:a='a' xmlns:p='p'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
    };
    let (first, second, tenth) = (slide("Một"), slide("Hai"), slide("Mười"));
    let slides = packed(&[
        ("ppt/slides/slide10.xml", &tenth),
        ("ppt/slides/slide2.xml", &second),
        ("ppt/slides/slide1.xml", &first),
        ("ppt/notesSlides/notesSlide1.xml", &slide("Lời người nói")),
    ]);
    assert_eq!(told(&slides).as_deref(), Some("Một\nHai\nMười"));
}

#[test]
fn an_open_document_says_its_paragraphs() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t"><office:body>
        <text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>
        <text:h>Đề cương</text:h>
        <text:p>Một<text:s/>hai <text:span>ba</text:span><office:annotation><text:p>riêng</text:p></office:annotation></text:p>
        </office:body></office:document-content>"#;
    let file = packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)]);
    assert_eq!(told(&file).as_deref(), Some("Đề cương\nMột hai ba"));
}

/// A PDF of these objects; the first is its catalogue. `trailer` stands in its trailer besides.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let (at, count) = (file.len(), objects.len() + 1);
    write!(file, "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\n").unwrap();
    write!(file, "startxref\n{at}\n%%EOF\n").unwrap();
    file.into_bytes()
}

/// The objects of a page on which this is drawn, in a font whose `#` is the letter `ế`.
fn page(drawn: &str) -> Vec<String> {
    let names = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n\
        1 begincodespacerange <00> <FF> endcodespacerange\n\
        2 beginbfrange <20> <22> <0020> <24> <7E> <0024> endbfrange\n1 beginbfchar <23> <1EBF> endbfchar\n\
        endcmap end end";
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
            /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        stream(drawn),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>".to_owned(),
        stream(names),
    ]
}

const DRAWN: &str = "BT /F1 16 Tf 64 770 Td 26 TL (K# hoach) Tj T* [(truyen) -400 (tho) -20 (ng)] TJ ET";

#[test]
fn pdf_says_what_is_drawn_with_gaps_between_words_and_lines() {
    assert_eq!(told(&pdf(&page(DRAWN), "")).as_deref(), Some("Kế hoach\ntruyen thong"));
}

#[test]
fn pdf_with_a_password_a_circle_or_a_cut_end_says_nothing_and_does_no_harm() {
    let key = format!("<{}>", "42".repeat(32));
    let lock = format!("/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>]");
    assert_eq!(told(&pdf(&page(DRAWN), &lock)), None);
    let circle = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>".to_owned(),
    ];
    assert_eq!(told(&pdf(&circle, "")), None);
    let whole = pdf(&page(DRAWN), "");
    for end in (0..whole.len()).step_by(7) {
        // Whatever it makes of it: it comes back.
        let _ = told(&whole[..end]);
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let _ = told(&pdf(std::slice::from_ref(&deep), ""));
    let _ = told(&pdf(&page(&deep), ""));
}

#[test]
fn plain_text_is_read_in_the_letters_it_says() {
    let of_print = "o\u{FB03}ce, soft\u{AD}ware";
    assert_eq!(told(of_print.as_bytes()).as_deref(), Some("office, software"));
    let text = "Họ tên;Lớp\r\nAn;5A\n";
    let units = || std::iter::once(0xFEFF).chain(text.encode_utf16());
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    for bytes in [text.as_bytes().to_vec(), format!("\u{FEFF}{text}").into_bytes(), little, big] {
        assert_eq!(told(&bytes).as_deref(), Some("Họ tên;Lớp\nAn;5A"));
    }
    for none in [&b""[..], b" \n\t ", b"a\0b", b"\xFF\xFEa", b"\xD0\xCF\x11\xE0 old Word", b"\x89PNG\r\n"] {
        assert_eq!(told(none), None);
    }
}

#[test]
fn what_was_made_to_do_harm_says_nothing() {
    let whole = packed(&[("word/document.xml", "<d><t>Chữ</t></d>")]);
    assert_eq!(told(&whole).as_deref(), Some("Chữ"));
    for end in 4..whole.len() {
        assert_eq!(told(&whole[..end]), None, "cut after {end} bytes");
    }
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0x5A;
        // Whatever it makes of it: it comes back.
        let _ = told(&broken);
    }
    // Packed a thousand times smaller than it is, with words at its end.
    let bomb = format!("<d>{}<t>Chữ</t></d>", " ".repeat(70_000_000));
    let bomb = packed(&[("word/document.xml", &bomb)]);
    assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
    assert_eq!(told(&bomb), None);
    let grows = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><d><t>&b;&lt;</t></d>";
    assert_eq!(told(&packed(&[("word/document.xml", grows)])).as_deref(), Some("<"));
    let open = "<d>".repeat(200_000);
    assert_eq!(told(&packed(&[("word/document.xml", &open)])), None);
    assert_eq!(told(&packed(&[("tranh.png", "<t>Chữ</t>")])), None, "a packed picture is no document");
}

#[test]
fn no_more_is_kept_than_there_is_room_for() {
    let long = format!("<d><t>{}</t></d>", "chữ ".repeat(200_000));
    for bytes in [packed(&[("word/document.xml", &long)]), "chữ ".repeat(200_000).into_bytes()] {
        let text = told(&bytes).unwrap();
        assert!(text.len() <= MOST_TEXT && text.len() > MOST_TEXT - 10, "{}", text.len());
    }
}

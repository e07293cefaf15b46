//! Articles as trees: what is a heading, a list, a link, a picture; and that everything else is read as it stands.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use lantoa_shared::prose::{Block, Inline, Level, MAX_BYTES, MAX_DEPTH, Words, pictures, read};
use proptest::prelude::*;

/// The pictures that the item has.
const PICTURES: [&str; 2] = ["anh-1.jpg", "nhịp cầu.jpg"];

fn tree(text: &str) -> Vec<Block> {
    read(text, &|name| PICTURES.contains(&name))
}

/// A tree in one line, to be compared.
fn told(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Heading(Level::Two, line) => format!("h2({})", line_of(line)),
        Block::Heading(Level::Three, line) => format!("h3({})", line_of(line)),
        Block::Paragraph(line) => format!("p({})", line_of(line)),
        Block::Quote(blocks) => format!("q({})", told(blocks)),
        Block::Picture { file, caption } => format!("img({file}|{caption})"),
        Block::List { is_numbered, items } => {
            let item = |item: &lantoa_shared::prose::Item| {
                let number = item.number.map(|number| format!("{number}:")).unwrap_or_default();
                format!("li({number}{})", told(&item.blocks))
            };
            let items = items.iter().map(item).collect::<String>();
            format!("{}({items})", if *is_numbered { "ol" } else { "ul" })
        }
    };
    blocks.iter().map(block).collect()
}

fn words_of(words: &Words) -> String {
    let text = &words.text;
    match (words.is_bold, words.is_italic) {
        (false, false) => text.clone(),
        (true, false) => format!("B[{text}]"),
        (false, true) => format!("I[{text}]"),
        (true, true) => format!("BI[{text}]"),
    }
}

fn line_of(line: &[Inline]) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Words(words) => words_of(words),
        Inline::Link { to, words } => format!("a[{to}|{}]", words.iter().map(words_of).collect::<String>()),
        Inline::Break => "⏎".to_owned(),
    };
    line.iter().map(inline).collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(&tree(text)), expected, "{text:?}");
}

#[test]
fn what_the_toolbar_writes_is_read() {
    check("## Việc đầu tiên\nNói cho **dễ hiểu**.", "h2(Việc đầu tiên)p(Nói cho B[dễ hiểu].)");
    check("## Một\n\n### Hai\n\nBa", "h2(Một)h3(Hai)p(Ba)");
    check("- một\n- *hai*\n\nsau", "ul(li(p(một))li(p(I[hai])))p(sau)");
    check("1. một\n2. hai", "ol(li(1:p(một))li(2:p(hai)))");
    check("> lời\n> nói", "q(p(lời⏎nói))");
    check("xem [Sở](https://hue.gov.vn/a?b=1&c=2) nhé", "p(xem a[https://hue.gov.vn/a?b=1&c=2|Sở] nhé)");
    check("![Cổng trường](anh-1.jpg)", "img(anh-1.jpg|Cổng trường)");
    check("![](<nhịp cầu.jpg>)", "img(nhịp cầu.jpg|)");
    check("trước\n![giữa](anh-1.jpg)\nsau", "p(trước)img(anh-1.jpg|giữa)p(sau)");
    check("***cả hai*** và **[đậm](http://x.vn)**", "p(BI[cả hai] và a[http://x.vn|B[đậm]])");
    check(
        "<ban@hue.vn> <https://hue.vn>",
        "p(a[mailto:ban@hue.vn|ban@hue.vn] a[https://hue.vn|https://hue.vn])",
    );
}

#[test]
fn a_plain_text_of_old_reads_as_it_always_did() {
    check("Một dòng.\nDòng nữa.\n\nĐoạn hai.", "p(Một dòng.⏎Dòng nữa.)p(Đoạn hai.)");
    check("    Lùi đầu dòng **đậm**.\n\n\tLùi nữa.", "p(Lùi đầu dòng B[đậm].)p(Lùi nữa.)");
    check("Tiêu đề\n-----\nSau", "p(Tiêu đề⏎-----)p(Sau)");
    check("Trước\n\n***\n\nSau", "p(Trước)p(***)p(Sau)");
    check("#hashtag và 5 * 3 = 15, snake_case_name", "p(#hashtag và 5 * 3 = 15, snake_case_name)");
    check("a &amp; b &copy; c & d", "p(a &amp; b &copy; c & d)");
    check("Một\r\nhai\r\n\r\nba", "p(Một⏎hai)p(ba)");
    check("", "");
    check(" \n\n ", "");
}

#[test]
fn numbers_stay_those_that_were_written() {
    check("3. ba\n7. bảy", "ol(li(3:p(ba))li(7:p(bảy)))");
    check("2026. Năm học mới", "ol(li(2026:p(Năm học mới)))");
}

#[test]
fn a_heading_never_leaves_a_level_out() {
    check("### Một\n### Hai\n# Ba\n##### Bốn", "h2(Một)h3(Hai)h2(Ba)h3(Bốn)");
}

#[test]
fn what_is_none_of_ours_is_text() {
    check("<script>alert(1)</script>", "p(<script>alert(1)</script>)");
    check("một <b onclick=x>hai</b> ba", "p(một <b onclick=x>hai</b> ba)");
    check("<!-- kín -->\nhở", "p(<!-- kín -->)p(hở)");
    check("`mã **x**` và | a | b |", "p(`mã **x**` và | a | b |)");
    check("~~~ rust\nfn x() {}\n~~~", "p(~~~ rust⏎fn x() {}⏎~~~)");
    check("chú thích[^1]\n\n[^1]: ở đây", "p(chú thích[^1])p([^1]: ở đây)");
    check("[a][b] [b]\n\n[b]: https://x.vn 'tên'", "p([a][b] [b])p([b]: https://x.vn 'tên')");
    check("`a]: b`\n\n[c]: https://x.vn", "p(`a]: b`)p([c]: https://x.vn)");
    check("[c]: https://x.vn\n[c]: https://y.vn", "p([c]: https://x.vn⏎[c]: https://y.vn)");
}

#[test]
fn only_addresses_of_the_web_and_of_mailboxes_are_links() {
    for bad in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert)",
        "[x](data:text/html;base64,AAAA)",
        "[x](//evil.example)",
        "[x](/api/v1/session)",
        "[x](https://)",
        "[x](https:///evil)",
        "[x](vbscript:x)",
        "[x](https://x.vn \"tên\")",
        "[x](https://a.vn/&copy;)",
        "<javascript:alert>",
        "![x](https://x.vn/a.jpg)",
        "![x](//x.vn/anh-1.jpg)",
        "![x](../anh-1.jpg)",
        "![x](khac.jpg)",
        "![x](anh-1.jpg \"tên\")",
        "![**x**](anh-1.jpg)",
        "![x](data:image/png;base64,AA)",
    ] {
        check(bad, &format!("p({bad})"));
    }
    check("[HTTPS](HTTPS://X.vn)", "p(a[HTTPS://X.vn|HTTPS])");
    check("[](https://x.vn)", "p(a[https://x.vn|https://x.vn])");
    check("[![x](anh-1.jpg)](https://x.vn)", "p(a[https://x.vn|![x](anh-1.jpg)])");
    check("## ![x](anh-1.jpg)", "h2(![x](anh-1.jpg))");
}

#[test]
fn a_bomb_is_a_text_among_others() {
    let deep = format!("{} trong cùng", ">".repeat(5_000));
    assert!(depth(&tree(&deep)) <= MAX_DEPTH);
    assert!(told(&tree(&deep)).contains("trong cùng"));
    let lists = (0..400).map(|level| format!("{}- mục {level}\n", "  ".repeat(level))).collect::<String>();
    assert!(depth(&tree(&lists)) <= MAX_DEPTH);
    assert!(told(&tree(&lists)).contains("– mục 399"));
    let definitions = (0..7_000).map(|at| format!("[a{}]: b\n", at % 3)).collect::<String>();
    assert_eq!(told(&tree(&definitions)).matches("]: b").count(), 7_000);
    for begin in ["[", "![", "*a ", "**", "<", "`", "- ", "1. ", "&", "]("] {
        tree(&begin.repeat(100_000 / begin.len()));
    }
    let long = "**chữ** ".repeat(MAX_BYTES / 8);
    assert!(matches!(tree(&long)[0], Block::Paragraph(ref line) if line.len() == 1));
}

#[test]
fn a_picture_stands_in_a_text_once() {
    let again = "![](anh-1.jpg)\n\n".repeat(5_000);
    let blocks = tree(&again);
    assert_eq!(pictures(&blocks), ["anh-1.jpg"]);
    assert_eq!(
        told(&blocks).matches("p(![](anh-1.jpg))").count(),
        4_999,
        "what was written is read all the same"
    );
}

#[test]
fn pictures_are_found_wherever_they_stand() {
    let blocks = tree("![](anh-1.jpg)\n\n> - ![x](<nhịp cầu.jpg>)");
    assert_eq!(pictures(&blocks), ["anh-1.jpg", "nhịp cầu.jpg"]);
}

fn depth(blocks: &[Block]) -> usize {
    let one = |block: &Block| match block {
        Block::Quote(blocks) => 1 + depth(blocks),
        Block::List { items, .. } => 2 + items.iter().map(|item| depth(&item.blocks)).max().unwrap_or(0),
        _ => 0,
    };
    blocks.iter().map(one).max().unwrap_or(0)
}

/// Everything that is read in a tree, and where it leads.
fn everything(blocks: &[Block]) -> String {
    let line = |line: &[Inline]| {
        let inline = |inline: &Inline| match inline {
            Inline::Words(words) => words.text.clone(),
            Inline::Link { to, words } => {
                format!("{} {to}", words.iter().map(|words| words.text.as_str()).collect::<String>())
            }
            Inline::Break => " ".to_owned(),
        };
        line.iter().map(inline).collect::<String>()
    };
    let block = |block: &Block| match block {
        Block::Heading(_, its) | Block::Paragraph(its) => line(its),
        Block::Quote(blocks) => everything(blocks),
        Block::Picture { file, caption } => format!("{file} {caption}"),
        Block::List { items, .. } => {
            let item = |item: &lantoa_shared::prose::Item| {
                format!(
                    "{} {}",
                    item.number.map(|it| it.to_string()).unwrap_or_default(),
                    everything(&item.blocks)
                )
            };
            items.iter().map(item).collect::<Vec<_>>().join(" ")
        }
    };
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

/// What is left of a text without signs: letters and digits.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// Whether all words of one text are in another, however often.
fn has_all_words(of: &str, within: &str) -> Result<(), String> {
    let within: String = letters(within).into_iter().collect();
    for word in of.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // Zeros before a number of an item count for nothing.
        let word =
            if word.bytes().all(|byte| byte.is_ascii_digit()) { word.trim_start_matches('0') } else { word };
        if !within.contains(word) {
            return Err(word.to_owned());
        }
    }
    Ok(())
}

/// Pieces of texts that mean something, and words, in any order.
fn pieced() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zàđêô]{1,6}".prop_map(|word| word),
        3 => Just("\n".to_owned()),
        2 => Just("\n\n".to_owned()),
        3 => Just(" ".to_owned()),
        8 => proptest::sample::select(vec![
            "# ", "## ", "### ", "- ", "* ", "+ ", "1. ", "7) ", "> ", ">", "    ", "\t", "**", "*", "_", "__", "`", "```",
            "~~~", "[", "]", "(", ")", "](", "![", "]: ", "](https://x.vn/abc)", "](javascript:x)", "](anh-1.jpg)",
            "](<nhịp cầu.jpg>)", "<", ">", "<b>", "</b>", "<!--", "-->", "<script>", "&amp;", "&", ";", "\\", "---", "===",
            "|", "\r\n", "\u{a0}", "\"", "'", "![c](anh-1.jpg)", "<https://y.vn>", "[^1]", "~~", "$", ":::", "{#x}", "<?", "<![CDATA[",
        ]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_word_is_in_the_tree_and_nothing_is_too_deep(text in pieced()) {
        let blocks = tree(&text);
        prop_assert!(depth(&blocks) <= MAX_DEPTH);
        let missing = has_all_words(&text, &everything(&blocks));
        prop_assert!(missing.is_ok(), "{missing:?} of {text:?} in {}", told(&blocks));
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let blocks = tree(&text);
        prop_assert!(depth(&blocks) <= MAX_DEPTH);
        let missing = has_all_words(&text, &everything(&blocks));
        prop_assert!(missing.is_ok(), "{missing:?} of {text:?} in {}", told(&blocks));
    }

    #[test]
    fn no_link_leads_anywhere_but_to_the_web_or_a_mailbox(text in pieced()) {
        fn links(blocks: &[Block], found: &mut Vec<String>) {
            for block in blocks {
                match block {
                    Block::Heading(_, line) | Block::Paragraph(line) => {
                        for inline in line {
                            if let Inline::Link { to, .. } = inline {
                                found.push(to.clone());
                            }
                        }
                    }
                    Block::Quote(blocks) => links(blocks, found),
                    Block::List { items, .. } => items.iter().for_each(|item| links(&item.blocks, found)),
                    Block::Picture { .. } => {}
                }
            }
        }
        let blocks = tree(&text);
        let mut found = Vec::new();
        links(&blocks, &mut found);
        for to in found {
            prop_assert!(["https://", "http://", "mailto:"].iter().any(|scheme| to.to_lowercase().starts_with(scheme)), "{to}");
        }
        prop_assert!(pictures(&blocks).iter().all(|name| PICTURES.contains(name)));
    }
}

//! Two devices answer the same question without seeing each other: nothing is lost, a person chooses.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

/// A field of the first sections that nothing else depends on.
const FIELD: &str = "hdr_preparer_name";

/// Two devices of a person, ready for a time without a network, with the same question on screen.
async fn two_devices_at(server: &Server, field: &str) -> Result<[Person; 2]> {
    let devices = [
        Person::signed_in(Kind::Chromium, server, "truong").await?,
        Person::signed_in(Kind::Chromium, server, "truong").await?,
    ];
    for device in &devices {
        device.is_ready_for_offline().await?;
        device.open_duty("FA", PERIOD).await?;
        device.walk_to(field).await?;
    }
    Ok(devices)
}

#[tokio::test]
async fn of_two_answers_given_offline_a_person_chooses_one_and_both_devices_end_equal() -> Result<()> {
    let mut server = Server::demo()?;
    let [phone, laptop] = two_devices_at(&server, FIELD).await?;
    server.kill();
    let answers = ["Nguyễn Thị Hoa", "Hoàng Thị Hòa"];
    for (device, answer) in [&phone, &laptop].into_iter().zip(answers) {
        device.answer(FIELD, answer).await?;
        device.saved(FIELD).await?;
    }
    server.start_again()?;
    for device in [&phone, &laptop] {
        device.sync_is("attention").await?;
        let shown = device.clash(FIELD).await?;
        ensure!(answers.iter().all(|it| shown.contains(it)), "not both answers are shown: {shown}");
        ensure!(shown.contains("hai máy"), "one person is said to be two: {shown}");
    }
    // Wherever one looks for the report, it says that a choice is to be made.
    laptop.open_app().await?;
    laptop.reads("1 chỉ tiêu có nhiều câu trả lời").await?;
    laptop.open_page("/sync").await?;
    laptop.browser.click("[data-test=place][data-place=attention] a").await?;
    laptop.walk_to(FIELD).await?;
    laptop.chooses(FIELD, answers[0]).await?;
    for device in [&laptop, &phone] {
        device.browser.gone(&format!("[data-clash={FIELD}]")).await?;
        device.holds(FIELD, answers[0]).await?;
        device.sync_is("synced").await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_that_arrives_while_one_types_is_neither_hidden_nor_overwritten_unseen() -> Result<()> {
    let server = Server::demo()?;
    let phone = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    let laptop = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    for device in [&phone, &laptop] {
        device.open_duty("FA", PERIOD).await?;
        device.walk_to(FIELD).await?;
    }
    // Typed and kept, with the cursor still in the field, while another answer comes in.
    phone.types(FIELD, "Lan").await?;
    phone.saved(FIELD).await?;
    laptop.holds(FIELD, "Lan").await?;
    laptop.answer(FIELD, "Phạm Thị Mai").await?;
    laptop.sync_is("synced").await?;
    phone.is_told(FIELD, "Phạm Thị Mai").await?;
    phone.leaves(FIELD).await?;
    phone.holds(FIELD, "Phạm Thị Mai").await?;

    // The same once more, and this time the person types on.
    phone.types(FIELD, "Cúc").await?;
    phone.saved(FIELD).await?;
    laptop.holds(FIELD, "Cúc").await?;
    laptop.answer(FIELD, "Lê Văn Tám").await?;
    laptop.sync_is("synced").await?;
    phone.is_told(FIELD, "Lê Văn Tám").await?;
    phone.types_on(FIELD, " Hương").await?;
    phone.leaves(FIELD).await?;
    for device in [&phone, &laptop] {
        let shown = device.clash(FIELD).await?;
        for answer in ["Cúc Hương", "Lê Văn Tám"] {
            ensure!(shown.contains(answer), "{answer} is not shown: {shown}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn two_devices_that_go_on_in_one_long_text_end_with_all_that_both_wrote() -> Result<()> {
    const TEXT: &str = "eva_results";
    let base = "Trường tổ chức ba buổi sinh hoạt. Phụ huynh tham dự đông đủ. Nhà trường phát tờ rơi tới từng lớp. \
        Có hai bài đăng trên trang của trường.";
    let mut server = Server::demo()?;
    let [phone, laptop] = two_devices_at(&server, TEXT).await?;
    phone.answer(TEXT, base).await?;
    phone.sync_is("synced").await?;
    laptop.holds(TEXT, base).await?;

    // Each is saved several times without a network.
    server.kill();
    for times in ["bốn", "năm"] {
        phone.answer(TEXT, &base.replace("ba buổi", &format!("{times} buổi"))).await?;
        phone.saved(TEXT).await?;
    }
    laptop.types(TEXT, base).await?;
    for words in [" Phường", " đã", " đưa tin."] {
        laptop.types_on(TEXT, words).await?;
        laptop.saved(TEXT).await?;
    }
    laptop.leaves(TEXT).await?;
    server.start_again()?;

    let both = format!("{} Phường đã đưa tin.", base.replace("ba buổi", "năm buổi"));
    for device in [&phone, &laptop] {
        device.sync_is("synced").await?;
        device.holds(TEXT, &both).await?;
        let shown = device.clash(TEXT).await?;
        ensure!(shown.contains("đã ghép") || shown.contains("Đã ghép"), "it is not said: {shown}");
    }
    Ok(())
}

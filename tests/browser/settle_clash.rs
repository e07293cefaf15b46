//! Two devices answer the same question without seeing each other: nothing is lost, a person chooses.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";

/// A field of the first sections that nothing else depends on.
const FIELD: &str = "hdr_preparer_name";

#[tokio::test]
async fn of_two_answers_given_offline_a_person_chooses_one_and_both_devices_end_equal() -> Result<()> {
    let mut server = Server::demo()?;
    let phone = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    let laptop = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    for device in [&phone, &laptop] {
        device.is_ready_for_offline().await?;
        device.open_duty("FA", PERIOD).await?;
        device.walk_to(FIELD).await?;
    }
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

//! The app opens: with a network, and without one on a device that opened it before.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::place;
use lantoa_tests::server::Server;

mod the_app_opens {
    in_every_browser!(super::the_app_opens);
}

async fn the_app_opens(kind: Kind) -> Result<()> {
    let server = Server::demo()?;
    let person = Person::arrives(kind, &server).await?;
    person.browser.find("input[name=account]").await?;
    Ok(())
}

mod the_app_opens_without_a_network {
    in_every_browser!(super::the_app_opens_without_a_network);
}

async fn the_app_opens_without_a_network(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let mut person = Person::arrives(kind, &server).await?;
    person.is_ready_for_offline().await?;
    server.kill();
    if kind.keeps_its_profile() {
        person.closes_and_opens_again().await?;
    } else {
        person.open_app().await?;
    }
    person.browser.find("input[name=account]").await?;
    Ok(())
}

#[tokio::test]
async fn a_first_visit_downloads_no_more_than_the_budget_up_to_the_open_form() -> Result<()> {
    let server = Server::demo()?;
    let person = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    person.open_duty("FA", "2026-year").await?;
    let n_bytes = person.downloaded_bytes(&server).await?;
    ensure!(n_bytes > 0, "the browser did not say what it downloaded");
    let budget: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(place::root().join("bundle-budget.json"))?)?;
    let limit =
        budget["limit_brotli_kb"].as_u64().context("bundle-budget.json has no limit_brotli_kb")? * 1000;
    ensure!(n_bytes <= limit, "{n_bytes} bytes are more than the {limit} of bundle-budget.json");
    Ok(())
}

//! The library without a network: what a person keeps, and what is pinned for all units, is read, played and wound
//! forward from the device; what is withdrawn leaves it, pinned or not.

use anyhow::{Result, bail, ensure};
use lantoa_tests::axe;
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::place;
use lantoa_tests::server::Server;
use lantoa_tests::wait;
use std::path::Path;

/// A film of twelve seconds, without the free space that lies between its table and what plays.
const FILM: &[u8] = include_bytes!("keep_library/film.mp4");
const TITLE: &str = "Một ngày ở trường Vĩnh Ninh";
const HEADING: &str = "Hướng dẫn năm học";

/// The film with its free space: what plays lies in another of the pieces in which bytes lie on a device than the
/// table.
pub fn film() -> Vec<u8> {
    let free = FILM.windows(4).position(|name| name == b"free").expect("a film with free space");
    let (size, rest) = (&FILM[free - 4..free], free + 4);
    let size = usize::try_from(u32::from_be_bytes(size.try_into().expect("four bytes"))).expect("a size");
    [&FILM[..rest], &vec![0; size - 8], &FILM[rest..]].concat()
}

/// The school makes an item with a film, and the department takes it in.
async fn shared_item(server: &Server, folder: &Path) -> Result<(Person, Person)> {
    let preparer = Person::signed_in(Kind::Chromium, server, "truong").await?;
    preparer.begins_item("video", TITLE).await?;
    let file = folder.join("phim.mp4");
    std::fs::write(&file, film())?;
    preparer.attaches("files", &file).await?;
    preparer.saved("files").await?;
    preparer.fills_item().await?;
    preparer.command("hand-over").await?;
    preparer.sync_is("synced").await?;
    let head = Person::signed_in(Kind::Chromium, server, "hieutruong").await?;
    head.opens_item("ready").await?;
    head.command("approve").await?;
    head.sync_is("synced").await?;
    let department = Person::signed_in(Kind::Chromium, server, "so").await?;
    department.opens_item("submitted").await?;
    department.command("accept").await?;
    department.item_is("accepted").await?;
    department.sync_is("synced").await?;
    Ok((preparer, department))
}

async fn what_is_kept_is_played_without_a_network_and_goes_when_it_is_withdrawn(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let folder = place::folder()?;
    let (preparer, _) = shared_item(&server, folder.path()).await?;

    let mut commune = Person::signed_in(kind, &server, "xa").await?;
    commune.is_ready_for_offline().await?;
    commune.finds_in_library("vinh ninh").await?;
    commune.keeps_item().await?;
    // "Back" leads to what was searched.
    commune.browser.click(".back").await?;
    commune.browser.find("[data-test=tile]").await?;
    let address = commune.browser.script("return location.search", vec![]).await?;
    ensure!(address.as_str().is_some_and(|it| it.contains("q=vinh%20ninh")), "the search is lost: {address}");

    server.kill();
    commune.closes_and_opens_again().await?;
    commune.opens_on_device(TITLE).await?;
    commune.reads(TITLE).await?;
    commune.plays("video", 8.0).await?;
    if kind == Kind::Chromium {
        let got = folder.path().join("got");
        std::fs::create_dir(&got)?;
        let (taken, film) = (commune.takes_out("phim.mp4", &got).await?, film());
        let (_, end) = film.split_at(film.len() - 100_000);
        ensure!(taken.len() == film.len() && taken.ends_with(end), "{} bytes came out", taken.len());
    }

    // A parent takes a consent back.
    server.start_again()?;
    preparer.opens_item("accepted").await?;
    preparer.browser.write("#withdraw-reason", "Phụ huynh rút chấp thuận.").await?;
    preparer.command("withdraw").await?;
    preparer.item_is("withdrawn").await?;
    preparer.sync_is("synced").await?;
    commune.browser.click("a[href='/media']").await?;
    commune.browser.click("a[href='/media?tab=device']").await?;
    commune.browser.find(".empty").await?;
    ensure!(commune.stocked_bytes().await? == 0, "bytes of what was withdrawn are still here");
    Ok(())
}

/// The department, which has the item open, looks again until so many units have it, or have opened it.
async fn spread_is(department: &Person, what: &str, told: &str) -> Result<()> {
    wait::until(&format!("{what} to be {told}"), async || {
        department.browser.script("location.reload()", vec![]).await?;
        let count = department.browser.find(&format!("[data-test={what}] dd")).await?.text().await?;
        if count.starts_with(told) { Ok(Some(())) } else { bail!("it is {count:?}") }
    })
    .await
}

#[tokio::test]
async fn in_chromium() -> Result<()> {
    what_is_kept_is_played_without_a_network_and_goes_when_it_is_withdrawn(Kind::Chromium).await
}

#[tokio::test]
async fn in_firefox() -> Result<()> {
    what_is_kept_is_played_without_a_network_and_goes_when_it_is_withdrawn(Kind::Firefox).await
}

#[tokio::test]
async fn what_the_department_pins_comes_by_itself_under_its_heading() -> Result<()> {
    let mut server = Server::demo()?;
    let folder = place::folder()?;
    let (_preparer, department) = shared_item(&server, folder.path()).await?;
    let commune = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    commune.is_ready_for_offline().await?;
    department.finds_in_library("vinh ninh").await?;
    department.browser.write("[data-test=collection]", HEADING).await?;
    department.browser.click("[data-test=pin]").await?;
    department.browser.find("[data-test=unpin]").await?;
    axe::nothing_serious(&department.browser, "a pinned item").await?;

    // Home leads to what is not opened yet.
    commune.browser.click("[data-test=items-unread]").await?;
    commune.reads(HEADING).await?;
    commune.browser.find("[data-test=tile] [data-kept=whole]").await?;
    commune.browser.find("[data-test=tile] .pill").await?;
    // The school that made it has it, too.
    spread_is(&department, "units-here", "2 trên 3").await?;
    axe::nothing_serious(&commune.browser, "what lies on the device").await?;
    server.kill();
    commune.opens_on_device(TITLE).await?;
    commune.plays("video", 6.0).await?;
    axe::nothing_serious(&commune.browser, "an item with a film").await?;
    server.start_again()?;
    // Opened without a network, it is told of afterwards, and is new no more.
    commune.open_page("/media?tab=device").await?;
    commune.browser.find("[data-test=tile] [data-kept=whole]").await?;
    commune.browser.gone("[data-test=tile] .pill").await?;
    spread_is(&department, "units-opened", "1 trên 3").await?;
    axe::nothing_serious(&department.browser, "how far an item spread").await?;
    commune.opens_on_device(TITLE).await?;
    commune.reads(TITLE).await?;

    // Nobody else finds the way to pin.
    ensure!(!commune.browser.has("[data-test=pin]").await?, "a commune may pin");
    department.browser.click("[data-test=unpin]").await?;
    department.browser.gone("[data-test=unpin]").await?;
    // It stays while there is room, and the room is the person's.
    commune.browser.click("a[href='/media']").await?;
    commune.browser.click("a[href='/media?tab=device']").await?;
    commune.browser.find("[data-test=tile] [data-kept=whole]").await?;
    commune.gives_library_room(0).await?;
    commune.browser.click("a[href='/media']").await?;
    commune.browser.click("a[href='/media?tab=device']").await?;
    commune.browser.find(".empty").await?;
    ensure!(commune.stocked_bytes().await? == 0, "bytes that nobody wishes are still here");
    Ok(())
}

#[tokio::test]
async fn of_all_that_was_searched_only_the_last_answers_are_kept() -> Result<()> {
    let server = Server::demo()?;
    let commune = Person::signed_in(Kind::Chromium, &server, "xa").await?;
    for at in 0..23 {
        commune.browser.go(&server.page(&format!("/media?tab=library&q=tu{at}"))).await?;
        commune.browser.find(".empty").await?;
        commune.keeps_search(&format!("q=tu{at}&")).await?;
    }
    ensure!(commune.kept_searches().await?.len() == 20, "{:?}", commune.kept_searches().await?);
    Ok(())
}

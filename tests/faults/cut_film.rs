//! A film of fifty megabytes goes up over a line that breaks twenty times, from a phone whose battery runs out in
//! between.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use lantoa_shared::op::Path;
use lantoa_shared::value::{FileRef, Value};
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::chance::Chance;
use lantoa_tests::person::Person;
use lantoa_tests::proxy::Fault;
use lantoa_tests::report::Row;
use lantoa_tests::{place, wait};
use sha2::{Digest as _, Sha256};

use crate::world::{ACCOUNT, World};

/// Where bytes go up.
const UPLOADS: &str = "/api/v1/uploads";
/// A film of a second, from its first box to its last.
const FILM: &[u8] = include_bytes!("../browser/share_media/film.mp4");
/// How large it is made, in bytes.
const SIZE: usize = 50_000_000;
/// How often the line breaks.
const CUTS: usize = 20;
/// After which of these the battery runs out, while bytes are on their way.
const DEATHS: [usize; 2] = [CUTS / 3, 2 * CUTS / 3];
/// What is sent in all is less than the film and a tenth of it.
const MOST: usize = SIZE / 10 * 11;
/// How long a slow machine may take to bring it onto the disk, or to the centre.
const PATIENCE: Duration = Duration::from_secs(120);

mod a_film_of_fifty_megabytes_on_a_line_cut_twenty_times_arrives_whole_and_is_sent_once {
    in_browsers!(super::on_a_line_that_breaks; in_chromium: Chromium, in_firefox: Firefox);
}

async fn on_a_line_that_breaks(kind: Kind) -> Result<()> {
    let mut world = World::new("cut_film", kind)?;
    let browser = Browser::open(kind).await?;
    let mut person = Person::arrives_at(browser, &world.proxy.page("/")).await?;
    person.sign_in(ACCOUNT).await?;
    person.is_ready_for_offline().await?;
    // Closed in good order once: the cookie jar of a browser is written late, which is not ours to mend.
    person.closes_and_opens_again().await?;
    let folder = place::folder()?;
    for round in 0..world.rounds {
        let began = Instant::now();
        let (film, title) = (long_film(&mut world.chance), format!("Phim về ngày hội {round}"));
        let file = folder.path().join("phim.mp4");
        std::fs::write(&file, &film)?;
        let (sent, cut) = (world.proxy.carried(UPLOADS), world.proxy.ended(Fault::CutRequest, UPLOADS));
        world.proxy.make_on(Fault::Fragile, "/api/v1/uploads/");
        person.begins_item("video", &title).await?;
        person.attaches("files", &file).await?;
        wait::until_within(PATIENCE, "the film on the phone", async || {
            Ok(person.browser.has("[data-field=files][data-saved=true]").await?.then_some(()))
        })
        .await?;
        // The camera's own copy is gone.
        std::fs::remove_file(&file)?;
        for n in 1..=CUTS {
            wait::until_within(PATIENCE, "another cut", async || {
                line_is_back(&person).await?;
                Ok((world.proxy.ended(Fault::CutRequest, UPLOADS) >= cut + n).then_some(()))
            })
            .await
            .with_context(|| world.proxy.told())?;
            if DEATHS.contains(&n) {
                let before = world.proxy.carried(UPLOADS);
                wait::until_within(PATIENCE, "bytes on their way", async || {
                    line_is_back(&person).await?;
                    Ok((world.proxy.carried(UPLOADS) > before).then_some(()))
                })
                .await?;
                person.loses_power_and_opens_again().await?;
            }
        }
        world.proxy.make(Fault::Pass);
        let arrived = arrived(&world, &person, &title).await?;
        ensure!(arrived.len() == film.len(), "{} of {} bytes arrived", arrived.len(), film.len());
        ensure!(arrived[FILM.len()..] == film[FILM.len()..], "other bytes arrived");
        let sent = world.proxy.carried(UPLOADS) - sent;
        ensure!(sent < MOST, "{sent} bytes were sent for {}\n{}", film.len(), world.proxy.told());
        println!("{sent} bytes were sent for {}", film.len());
        let seconds = began.elapsed().as_secs_f64();
        let browser = format!("{kind:?}");
        let fault = "film cut, battery empty".to_owned();
        Row { fault, browser, rounds: CUTS, typed: 1, arrived: 1, lost: 0, seconds }.add()?;
    }
    person.sync_is("synced").await
}

/// The film, as long as one that a phone takes: behind its last box another with samples, which nobody can press into
/// less room. It is the same film to whoever plays it.
fn long_film(chance: &mut Chance) -> Vec<u8> {
    const HEAD: usize = 8;
    let more = SIZE - FILM.len();
    let mut film = FILM.to_vec();
    film.extend(u32::try_from(more).unwrap_or_default().to_be_bytes());
    film.extend(b"mdat");
    film.extend((0..(more - HEAD).div_ceil(8)).flat_map(|_| chance.number().to_le_bytes()));
    film.truncate(SIZE);
    film
}

/// Nobody waits for the next try: the line says that it is back.
async fn line_is_back(person: &Person) -> Result<()> {
    person.browser.script("dispatchEvent(new Event('online'))", vec![]).await.map(drop)
}

/// The film that the item of this title names at the centre, once it is there; it has the hash by which it is named.
async fn arrived(world: &World, person: &Person, title: &str) -> Result<Vec<u8>> {
    let centre = world.centre().await?;
    let bytes_of = async |file: &FileRef| centre.file(&file.sha256).await;
    let (file, bytes) = wait::until_within(PATIENCE, "the film at the centre", async || {
        line_is_back(person).await?;
        let Some(row) = centre.entry("title", title).await? else { return Ok(None) };
        let Some(Value::Files(files)) = row.record.value(&Path::field("files")) else { return Ok(None) };
        let [file] = &files[..] else { anyhow::bail!("{} files are named", files.len()) };
        Ok(bytes_of(file).await?.map(|bytes| (file.clone(), bytes)))
    })
    .await?;
    ensure!(file.location_removed && file.name == "phim.mp4", "{file:?}");
    ensure!(hex::encode(Sha256::digest(&bytes)) == file.sha256, "the centre has it under another hash");
    Ok(bytes)
}

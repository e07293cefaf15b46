//! Where a story happens: a demo server, a network before it that can fail, and chance.
//!
//! `LANTOA_FAULTS_SEED` and `LANTOA_FAULTS_ROUNDS` choose seed and length, as `cargo xtask test faults` passes them on.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use lantoa_tests::browser::{Browser, Kind};
use lantoa_tests::centre::Centre;
use lantoa_tests::chance::Chance;
use lantoa_tests::person::{PASSWORD, Person};
use lantoa_tests::proxy::Proxy;
use lantoa_tests::report::Row;
use lantoa_tests::server::Server;
use lantoa_tests::wait;

use crate::writer::Writer;

/// Who types: the preparer of a school.
pub const ACCOUNT: &str = "truong";
/// The report that is typed into.
pub const FORM: &str = "FA";
/// The open period of the demo's forms.
pub const PERIOD: &str = "2026-year";

/// The seed of whoever names none.
const SEED: u64 = 71;

/// After a long fault the app may wait its longest pause before it tries again.
const SETTLING: Duration = Duration::from_secs(60);

/// Latest end of a moment drawn by chance, in microseconds: a push is over by then.
const MOMENT: usize = 40_000;

/// Where a story happens.
pub struct World {
    /// Which browser everybody uses.
    pub kind: Kind,
    /// The server.
    pub server: Server,
    /// The network before it.
    pub proxy: Proxy,
    /// The story's own chance.
    pub chance: Chance,
    /// How long the story is to be: 1 in a short run.
    pub rounds: usize,
    /// The writer's password.
    pub password: String,
    /// When what is settled next began.
    began: Instant,
}

impl World {
    /// A world in which everything works so far.
    pub fn new(story: &str, kind: Kind) -> Result<Self> {
        let seed = named("LANTOA_FAULTS_SEED").unwrap_or(SEED);
        let story = format!("{story} in {kind:?}");
        // Shown only beside a failure.
        println!("{story}: seed {seed}");
        let mut chance = Chance::of(seed, &story);
        let server = Server::demo()?;
        let proxy = Proxy::before(&server, chance.number())?;
        let rounds = named("LANTOA_FAULTS_ROUNDS").and_then(|it| it.try_into().ok()).unwrap_or(1);
        Ok(Self { kind, server, proxy, chance, rounds, password: PASSWORD.to_owned(), began: Instant::now() })
    }

    /// Somebody with a new browser, signed in, with the report open where numbers are asked.
    pub async fn writer(&mut self) -> Result<Writer> {
        self.writer_with(Browser::open(self.kind).await?).await
    }

    /// [`World::writer`] with a browser that was made ready for something special.
    pub async fn writer_with(&mut self, browser: Browser) -> Result<Writer> {
        let person = Person::arrives_at(browser, &self.proxy.page("/")).await?;
        person.sign_in(ACCOUNT).await?;
        person.is_ready_for_offline().await?;
        let writer = Writer::opens_the_report(person, Chance::new(self.chance.number())).await?;
        self.began = Instant::now();
        Ok(writer)
    }

    /// Lets a moment pass, of a length drawn by chance: where a fault strikes, not a wait for anything.
    pub async fn moment(&mut self) {
        let micros = u64::try_from(self.chance.below(MOMENT)).unwrap_or(0);
        tokio::time::sleep(Duration::from_micros(micros)).await;
    }

    /// Waits until the app says that all is at the centre, and compares what the centre holds with what was typed
    /// so far. The row goes into the table before anything fails; rows of one fault add up there.
    pub async fn settle(&mut self, fault: &str, rounds: usize, writer: &mut Writer) -> Result<()> {
        let said = writer.is_synced_within(SETTLING).await;
        let record = self.centre().await?.record(FORM, PERIOD).await?;
        let lost = writer.missing(record.as_ref().map(|row| &row.record));
        let typed = writer.take_typed();
        let row = Row {
            fault: fault.to_owned(),
            browser: format!("{:?}", self.kind),
            rounds,
            typed,
            arrived: typed.saturating_sub(lost.len()),
            lost: lost.len(),
            seconds: self.began.elapsed().as_secs_f64(),
        };
        row.add()?;
        self.began = Instant::now();
        ensure!(lost.is_empty(), "{fault}: {}\n{}", lost.join("\n"), self.proxy.told());
        said.map_err(|error| error.context(format!("{fault}:\n{}", self.proxy.told())))
    }

    /// What the centre holds, as the writer may see it.
    pub async fn centre(&self) -> Result<Centre> {
        Centre::seen_by(&self.server, ACCOUNT, &self.password).await
    }

    /// Waits until the centre holds all that was typed, whatever any screen says.
    pub async fn holds_all(&self, writer: &Writer) -> Result<()> {
        let centre = self.centre().await?;
        wait::until_within(SETTLING, "everything at the centre", async || {
            let record = centre.record(FORM, PERIOD).await?;
            let missing = writer.missing(record.as_ref().map(|row| &row.record));
            ensure!(missing.is_empty(), "{}", missing.join("; "));
            Ok(Some(()))
        })
        .await
    }
}

fn named(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

//! Pictures of every screen: phone and desktop, light and dark, Vietnamese and English.
//!
//! `cargo xtask shots` builds what this needs and calls it with the folder to write into. A screen that cannot be
//! reached is named at the end; the others are taken all the same.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::screens::{self, SCREENS};
use lantoa_tests::server::Server;

/// Widths and heights in CSS pixels.
const SIZES: [(&str, u32, u32); 2] = [("phone", 360, 740), ("desktop", 1280, 800)];
const LANGUAGES: [&str; 2] = ["vi", "en"];
const THEMES: [&str; 2] = ["light", "dark"];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("name the folder to write into")?);
    std::fs::create_dir_all(&folder)?;
    let server = Server::demo()?;
    let mut failed = Vec::new();
    let mut accounts: Vec<Option<&str>> = SCREENS.iter().map(|screen| screen.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        if let Err(error) = look_around(&server, account, &folder, &mut failed).await {
            failed.push(format!("{account:?}: {error:#}"));
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("not taken:\n{}", failed.join("\n")) }
}

/// Takes all pictures of one account.
async fn look_around(
    server: &Server,
    account: Option<&str>,
    folder: &Path,
    failed: &mut Vec<String>,
) -> Result<()> {
    let person = Person::arrives(Kind::Chromium, server).await?;
    if let Some(account) = account {
        person.sign_in(account).await?;
    }
    for screen in SCREENS.iter().filter(|screen| screen.account == account) {
        for (size, width, height) in SIZES {
            person.browser.be_sized(width, height, size == "phone").await?;
            for (language, theme) in LANGUAGES.iter().flat_map(|l| THEMES.iter().map(move |t| (*l, *t))) {
                person.prefers(language, theme).await?;
                let name = format!("{}-{size}-{theme}-{language}.png", screen.name);
                let taken = match screens::lead(&person, screen).await {
                    Ok(()) => person.browser.picture(&folder.join(&name)).await,
                    Err(error) => Err(error),
                };
                match taken {
                    Ok(()) => println!("{name}"),
                    Err(error) => failed.push(format!("{name}: {error:#}")),
                }
            }
        }
    }
    Ok(())
}

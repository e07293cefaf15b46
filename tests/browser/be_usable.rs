//! Every screen is usable: nothing serious by the rules of accessibility, nothing wider than a small phone.

use anyhow::{Result, ensure};
use lantoa_tests::axe;
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::screens::{self, SCREENS};
use lantoa_tests::server::Server;

/// How every screen is looked at: on a phone or not, in which language, light or dark.
const LOOKS: [(bool, &str, &str); 4] =
    [(true, "vi", "light"), (true, "en", "dark"), (false, "vi", "dark"), (false, "en", "light")];

#[tokio::test]
async fn no_screen_breaks_a_serious_rule_or_leaves_a_phone() -> Result<()> {
    let server = Server::demo()?;
    let mut complaints = Vec::new();
    let mut accounts: Vec<Option<&str>> = SCREENS.iter().map(|screen| screen.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        let person = Person::arrives(Kind::Chromium, &server).await?;
        if let Some(account) = account {
            person.sign_in(account).await?;
        }
        for (on_phone, language, theme) in LOOKS {
            person.browser.be_phone(on_phone).await?;
            person.prefers(language, theme).await?;
            for screen in SCREENS.iter().filter(|screen| screen.account == account) {
                let look = format!("{}, {language}, {theme}", if on_phone { "phone" } else { "desktop" });
                if let Err(error) = look_at(&person, screen, &look).await {
                    complaints.push(format!("{error:#}"));
                }
            }
        }
    }
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(())
}

async fn look_at(person: &Person, screen: &screens::Screen, look: &str) -> Result<()> {
    screens::lead(person, screen).await?;
    axe::nothing_serious(&person.browser, &format!("{} ({look})", screen.name)).await?;
    let code = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let excess = person.browser.script(code, vec![]).await?.as_i64().unwrap_or(0);
    ensure!(excess <= 0, "{} ({look}): {excess} pixels wider than the screen", screen.name);
    Ok(())
}

//! Every screen of the app, once: where it is and who sees it.
//!
//! Pictures and the rules of accessibility go through this table; a new screen is a new row.

use anyhow::Result;

use crate::person::{ACCEPTED, Person};
use crate::wait;

/// One screen.
#[derive(Debug)]
pub struct Screen {
    /// Names the picture.
    pub name: &'static str,
    /// The account that looks, or nobody yet.
    pub account: Option<&'static str>,
    /// How to get there from the first page.
    pub way: &'static [Step],
}

/// One step on the way to a screen.
#[derive(Debug)]
pub enum Step {
    /// Opens a page by its path.
    Go(&'static str),
    /// Clicks the first of such elements.
    Click(&'static str),
    /// Waits for such an element.
    See(&'static str),
}

use Step::{Click, Go, See};

/// The school report of the period that is over, as those who receive it see it.
const ACCEPTED_FA: &str = "/review/FA:2026-h1:TH-0001";

/// All screens. Each account signs in once, and again for each row that signs nobody in.
pub const SCREENS: &[Screen] = &[
    Screen { name: "sign-in", account: None, way: &[See("input[name=account]")] },
    Screen { name: "home-school", account: Some("truong"), way: &[See("[data-test=duty]")] },
    Screen {
        name: "form",
        account: Some("truong"),
        way: &[Go("/report/FA:2026-year:TH-0001/HDR"), See("[data-field]")],
    },
    Screen {
        name: "form-numbers",
        account: Some("truong"),
        way: &[Go("/report/FA:2026-year:TH-0001/FA2"), See("[data-field] input[inputmode]")],
    },
    Screen {
        name: "check",
        account: Some("truong"),
        way: &[Go("/report/FA:2026-year:TH-0001/check"), See("[data-section-answers], .problems, main h2")],
    },
    Screen {
        name: "report-accepted",
        account: Some("truong"),
        way: &[Go("/report/FA:2026-h1:TH-0001/check"), See("[data-answer]")],
    },
    Screen { name: "media", account: Some("truong"), way: &[Go("/media"), See("[data-test=add-item]")] },
    Screen {
        name: "media-library",
        account: Some("truong"),
        way: &[Go("/media?tab=library"), See("[data-test=tile] img")],
    },
    Screen { name: "media-device", account: Some("truong"), way: &[Go("/media?tab=device"), See(".empty")] },
    Screen {
        name: "media-item",
        account: Some("truong"),
        way: &[Go("/media"), Click("[data-test=add-item]"), See("[data-field=title]")],
    },
    Screen { name: "sync", account: Some("truong"), way: &[Go("/sync"), See("main")] },
    Screen { name: "unknown", account: Some("truong"), way: &[Go("/no-such-page"), See("main h1")] },
    Screen {
        name: "form-commune",
        account: Some("xa.lap"),
        way: &[Go("/report/FB:2026-year:XP-20161/FB3"), See("[data-field=managed_schools]")],
    },
    Screen { name: "home-head", account: Some("hieutruong"), way: &[See("main")] },
    Screen {
        name: "inbox-commune",
        account: Some("xa"),
        way: &[Go("/inbox"), See(ACCEPTED), Click(ACCEPTED)],
    },
    Screen {
        name: "review",
        account: Some("xa"),
        way: &[Go("/inbox"), Click(ACCEPTED), Click("[data-test=received] a"), See("[data-answer]")],
    },
    Screen {
        name: "remark",
        account: Some("xa"),
        way: &[Go(ACCEPTED_FA), Click("[data-answer=learner_total] button"), See("[data-answer] textarea")],
    },
    Screen {
        name: "figures-commune",
        account: Some("xa"),
        way: &[Go("/figures"), See("[data-test=target]")],
    },
    Screen {
        name: "figures-behind",
        account: Some("xa"),
        way: &[
            Go("/figures?unit=XP-20161&form=FA&period=2026-h1&field=staff_total"),
            See("[data-test=contribution]"),
        ],
    },
    Screen { name: "home-consolidator", account: Some("so.tonghop"), way: &[See("[data-test=glance]")] },
    Screen {
        name: "report-from-above",
        account: Some("so.tonghop"),
        way: &[Go(ACCEPTED_FA), See("[data-answer]")],
    },
    Screen { name: "home-reader", account: Some("ubnd"), way: &[See("[data-test=glance]")] },
    Screen { name: "home-administrator", account: Some("quantri"), way: &[See("main")] },
    Screen { name: "home-city", account: Some("so"), way: &[See("main")] },
    Screen { name: "inbox-city", account: Some("so"), way: &[Go("/inbox"), See("main")] },
    Screen { name: "figures-city", account: Some("so"), way: &[Go("/figures"), See("[data-test=target]")] },
];

/// Leads a person who is signed in to a screen, until it is drawn and quiet.
pub async fn lead(person: &Person, screen: &Screen) -> Result<()> {
    person.open_app().await?;
    for step in screen.way {
        match step {
            Go(path) => person.open_page(path).await?,
            Click(css) => person.browser.click(css).await?,
            See(css) => drop(person.browser.find(css).await?),
        }
    }
    settled(person).await
}

/// Waits until fonts are there and nothing moves any more.
async fn settled(person: &Person) -> Result<()> {
    let code = "return document.fonts.status === 'loaded'
        && document.getAnimations().every(it => it.playState !== 'running' || it.effect?.getTiming().iterations === Infinity)
        && !document.querySelector('[aria-busy=true], .skeleton')";
    wait::until("a quiet screen", async || {
        Ok(person.browser.script(code, vec![]).await?.as_bool().filter(|quiet| *quiet))
    })
    .await?;
    Ok(())
}

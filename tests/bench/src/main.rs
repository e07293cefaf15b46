//! What sync and media cost in a real Chromium, beside the least that the same browser or server needs for the same
//! bytes.
//!
//! `cargo xtask bench sync` and `bench media` build what this needs and show what it prints: one JSON object a figure,
//! with every measurement. Apart from the other tests because it knows the inside: it puts into the database what no
//! person could file in an afternoon.

mod figures;
mod floor;
mod media;
mod records;
mod sync;

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("sync") => sync::measure().await,
        Some("media") => media::measure().await,
        other => bail!("sync or media is measured here, not {other:?}"),
    }
}

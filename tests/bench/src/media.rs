//! What media cost: a photo from the camera onto the phone, bytes onto the disk and to the centre, a large library.

mod gallery;
mod intake;
mod memory;
mod photo;
mod picture;
mod shelf;
mod upload;

use anyhow::Result;
use lantoa_tests::server::Server;

/// How much slower than this machine a cheap phone is.
const PHONE: u32 = 4;

/// Measures it.
pub async fn measure() -> Result<()> {
    let mut server = Server::demo()?;
    photo::measure(&server).await?;
    intake::measure(&server).await?;
    upload::measure(&server).await?;
    server.stop()?;
    shelf::fill(server.data()).await?;
    server.start_again()?;
    gallery::measure(&server).await?;
    server.stop()
}

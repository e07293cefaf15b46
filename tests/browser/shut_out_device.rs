//! A phone that was lost is shut out: what its owner did goes up, and what the centre sent goes, also from the screen.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;
use lantoa_tests::wait;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";
/// A field of the first sections that nothing else depends on.
const FIELD: &str = "hdr_preparer_name";

/// The device of the store, and how much of the centre's it holds.
const LOOK: &str = "
const done = arguments[arguments.length - 1];
const request = indexedDB.open('lantoa');
request.onsuccess = () => {
  const reading = request.result.transaction(['meta', 'base']);
  const identity = reading.objectStore('meta').get('identity');
  const rows = reading.objectStore('base').getAllKeys();
  reading.oncomplete = () => {
    request.result.close();
    // What everybody may read is not counted.
    const own = rows.result.filter(key => key.split('|')[1] !== 'pub');
    done({ device: JSON.parse(identity.result).device, rows: own.length });
  };
};";

#[tokio::test]
async fn a_device_that_is_shut_out_delivers_and_shows_nothing_any_more_until_it_is_let_in_again() -> Result<()>
{
    let mut server = Server::demo()?;
    let phone = Person::signed_in(Kind::Chromium, &server, "truong").await?;
    phone.open_duty("FA", PERIOD).await?;
    phone.walk_to(FIELD).await?;
    let before = phone.browser.driver().execute_async(LOOK, vec![]).await?;
    let device = before.json()["device"].as_str().context("a store without a device")?.to_owned();
    // Without a server it cannot hear of it before the answer is given: then the screen goes from under the keys.
    server.kill();
    server.errand(&["device", "revoke", &device], "")?;
    phone.answer(FIELD, "Lan").await?;
    phone.saved(FIELD).await?;
    server.start_again()?;

    phone.browser.gone(&format!("[data-field={FIELD}]")).await?;
    phone.reads("Máy này đã bị ngắt").await?;
    phone.browser.gone("main .skeleton").await?;
    let after = phone.browser.driver().execute_async(LOOK, vec![]).await?;
    ensure!(after.json()["rows"] == 0, "it still holds {}", after.json()["rows"]);
    // What was entered is at the centre, and its author reads of which report it is.
    phone.open_page("/sync").await?;
    phone.reads("FA · ").await?;
    phone.reads("Người lập báo cáo").await?;
    ensure!(!phone.browser.has("[data-test=try-again]").await?, "nothing else would be taken either");
    ensure!(!phone.browser.has(".notice[data-kind=success]").await?, "all is said to be well");

    // Let in again: what was delivered is judged soon, and the page says so without being loaded anew.
    server.errand(&["device", "allow", &device], "")?;
    wait::until("the answer to be taken", async || {
        phone.browser.click("[data-test=sync-now]").await?;
        Ok((!phone.browser.has("[data-test=attention]").await?).then_some(()))
    })
    .await?;
    phone.open_app().await?;
    phone.open_duty("FA", PERIOD).await?;
    phone.walk_to(FIELD).await?;
    phone.holds(FIELD, "Lan").await
}

//! Another tab holds an older store, and does not hear that it is to let go.

use anyhow::{Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::proxy::Fault;

use crate::world::{ACCOUNT, World};

/// Makes the store as the first version of the app did, and holds it.
const HOLD: &str = "
const done = arguments[arguments.length - 1];
const request = indexedDB.open('lantoa', 1);
request.onupgradeneeded = () => {
  for (const name of ['meta', 'base', 'chunks', 'views']) request.result.createObjectStore(name);
  request.result.createObjectStore('outbox', { autoIncrement: true });
  request.transaction.objectStore('meta').put(JSON.stringify({ device: arguments[0], person: null }), 'identity');
};
request.onsuccess = () => { window.held = request.result; done('held'); };
request.onerror = () => done('refused');";

/// The device that the store belongs to.
const DEVICE: &str = "
const done = arguments[arguments.length - 1];
const request = indexedDB.open('lantoa');
request.onsuccess = () => {
  const get = request.result.transaction('meta').objectStore('meta').get('identity');
  get.onsuccess = () => { request.result.close(); done(JSON.parse(get.result).device); };
};";

/// A page of the same origin without the app.
const ASIDE: &str = "/icons/favicon.svg";

mod a_tab_that_holds_an_older_store_is_named_and_the_app_goes_on_when_it_is_closed {
    in_browsers!(super::an_older_store; in_chromium: Chromium, in_firefox: Firefox, in_webkit: WebKit);
}

async fn an_older_store(kind: Kind) -> Result<()> {
    let world = World::new("hold_store", kind)?;
    let browser = lantoa_tests::browser::Browser::open(kind).await?;
    browser.go(&world.proxy.page(ASIDE)).await?;
    let device = "11111111-2222-4333-8444-555555555555";
    let held = browser.driver().execute_async(HOLD, vec![device.into()]).await?;
    ensure!(held.json().as_str() == Some("held"), "the store could not be held");
    let older = browser.tab().await?;
    let newer = browser.open_tab().await?;
    let person = lantoa_tests::person::Person::arrives_at(browser, &world.proxy.page("/")).await?;
    let told = person.browser.text(".notice[data-kind=error]").await?;
    ensure!(told.contains("Thẻ khác"), "{told}");

    person.browser.look_at(&older).await?;
    person.browser.script("window.held.close()", vec![]).await?;
    person.browser.look_at(&newer).await?;
    person.browser.gone(".notice[data-kind=error]").await?;
    person.sign_in(ACCOUNT).await?;
    let now = person.browser.driver().execute_async(DEVICE, vec![]).await?;
    ensure!(now.json().as_str() == Some(device), "the older store was not kept: {}", now.json());
    ensure!(world.proxy.begun(Fault::Pass, "/api/") > 0, "nobody asked the centre");
    Ok(())
}

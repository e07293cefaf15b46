//! A store that an earlier version of the app wrote is opened by this one, without a network.

use anyhow::{Context, Result, ensure};
use lantoa_tests::browser::Kind;
use lantoa_tests::person::Person;
use lantoa_tests::server::Server;

/// The open period of the demo's forms.
const PERIOD: &str = "2026-year";
/// A field of the first sections that nothing else depends on.
const FIELD: &str = "hdr_preparer_name";
/// A page of the same origin without the app.
const ASIDE: &str = "/icons/favicon.svg";

/// Writes the store anew as the second version of the app had it: with a row for the number of each row, and one for
/// what lists need. Says how many rows that were.
const AGE: &str = r"
const done = arguments[arguments.length - 1];
const all = (store) => new Promise((found) => {
  const [keys, values] = [store.getAllKeys(), store.getAll()];
  values.onsuccess = () => found(keys.result.map((key, at) => [key, values.result[at]]));
});
const BESIDE = { record: 'brief', form: 'title', duty: 'owed' };
indexedDB.open('lantoa').onsuccess = async ({ target: { result: now } }) => {
  if (now.version !== 3) return done(`version ${now.version}`);
  const names = ['meta', 'outbox', 'base', 'kept', 'chunks', 'views', 'outlines'];
  const reading = now.transaction(names);
  const held = {};
  for (const name of names) held[name] = await all(reading.objectStore(name));
  now.close();
  const versions = [];
  for (const [key, page] of held.outlines) {
    const bucket = key.slice(0, key.lastIndexOf('|'));
    for (const { kind, id, seq, body } of JSON.parse(page)) {
      versions.push([`${kind}|${bucket}|${id}`, String(seq)]);
      if (body) held.base.push([`${BESIDE[kind] ?? ''}|${bucket}|${id}`, JSON.stringify(body)]);
    }
  }
  held.base = held.base.filter(([key]) => !key.startsWith('|'));
  held.meta = held.meta.map(([key, value]) => [key.replace(/^mark\|/, 'cursor|'), value]);
  delete held.outlines;
  indexedDB.deleteDatabase('lantoa').onsuccess = () => {
    const opening = indexedDB.open('lantoa', 2);
    opening.onupgradeneeded = () => {
      const made = opening.result;
      for (const name of ['meta', 'base', 'chunks', 'views', 'versions', 'kept']) made.createObjectStore(name);
      made.createObjectStore('outbox', { autoIncrement: true });
      for (const [name, rows] of Object.entries({ ...held, versions })) {
        for (const [key, value] of rows) opening.transaction.objectStore(name).put(value, key);
      }
    };
    opening.onsuccess = () => { opening.result.close(); done(versions.length); };
    opening.onerror = () => done(String(opening.error));
  };
};";

/// Version, marks and leftovers of the store.
const LOOK: &str = r"
const done = arguments[arguments.length - 1];
indexedDB.open('lantoa').onsuccess = ({ target: { result: now } }) => {
  const reading = now.transaction(['meta', 'versions', 'outlines']);
  const [keys, versions, outlines] = ['meta', 'versions', 'outlines'].map((it) => reading.objectStore(it).getAllKeys());
  reading.oncomplete = () => {
    now.close();
    const marks = keys.result.filter((key) => key.startsWith('mark|')).length;
    done({ version: now.version, marks, versions: versions.result.length, outlines: outlines.result.length });
  };
};";

mod an_older_store_is_moved_over_without_a_network_and_nothing_is_missing {
    in_every_browser!(super::an_older_store);
}

async fn an_older_store(kind: Kind) -> Result<()> {
    let mut server = Server::demo()?;
    let person = Person::signed_in(kind, &server, "truong").await?;
    person.is_ready_for_offline().await?;
    person.open_duty("FA", PERIOD).await?;
    person.walk_to(FIELD).await?;
    person.answer(FIELD, "Nguyễn Thị Hoa").await?;
    person.sync_is("synced").await?;
    person.browser.go(&server.page(ASIDE)).await?;
    let aged = person.browser.driver().execute_async(AGE, vec![]).await?;
    let n_rows = aged.json().as_u64().with_context(|| aged.json().to_string())?;
    ensure!(n_rows > 5, "a store of {n_rows} rows");

    server.kill();
    person.open_app().await?;
    person.open_duty("FA", PERIOD).await?;
    person.walk_to(FIELD).await?;
    person.holds(FIELD, "Nguyễn Thị Hoa").await?;
    let now = person.browser.driver().execute_async(LOOK, vec![]).await?;
    let now = now.json();
    ensure!(now["version"] == 3 && now["versions"] == 0, "{now}");
    ensure!(now["marks"].as_u64() > Some(1) && now["outlines"].as_u64() > Some(1), "{now}");
    person.answer(FIELD, "Trần Thị Lan").await?;
    person.saved(FIELD).await?;
    server.start_again()?;
    person.sync_is("synced").await
}

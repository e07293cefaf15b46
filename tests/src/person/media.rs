//! Media items: whoever makes one, and whoever decides on it.

use anyhow::Result;

use super::Person;
use crate::wait;
use std::path::Path;
use thirtyfour::Key;

/// Where an item in a state stands on the list. The ids of the demo's are counted, and no device draws such a one.
fn item_in(state: &str) -> String {
    format!("[data-test=item][data-state={state}]:not(:has(a[href*='-7000-8000-']))")
}

impl Person {
    /// Begins an item of a kind, such as `photo`, and stays in its first section.
    pub async fn begins_item(&self, kind: &str, title: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.click("[data-test=add-item]").await?;
        let choose = "const it = document.querySelector('[data-field=media_kind] select');
            it.value = arguments[0];
            it.dispatchEvent(new Event('change', { bubbles: true }));";
        self.browser.find("[data-field=media_kind] select").await?;
        self.browser.script(choose, vec![kind.into()]).await?;
        self.saved("media_kind").await?;
        self.answer("title", title).await?;
        self.saved("title").await
    }

    /// Gets a file from another app, as a system hands it over: the app is opened with it.
    pub async fn is_handed(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let hand_over =
            "const file = new File([new Uint8Array(arguments[1])], arguments[0], { type: 'image/jpeg' });
            const files = new DataTransfer();
            files.items.add(file);
            const form = document.createElement('form');
            const input = document.createElement('input');
            Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data' });
            Object.assign(input, { type: 'file', name: 'files', files: files.files });
            form.append(input);
            document.body.append(form);
            form.submit();";
        self.browser.script(hand_over, vec![name.into(), bytes.into()]).await?;
        self.browser.find("[data-test=handed]").await?;
        self.reads(name).await
    }

    /// Opens a file of the device with the app, once: the system does so only with an app that was installed by hand, so
    /// the browser's queue of what is opened is filled in its place.
    pub async fn opens_with_the_app(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let system = format!(
            "const file = new File([new Uint8Array({bytes:?})], {name:?}, {{ type: 'image/jpeg' }});
            const setConsumer = (consume) => {{
              // Chromium says it again at every reload.
              const {{ type }} = performance.getEntriesByType('navigation')[0];
              if (location.search !== '?opened' && type !== 'reload') return;
              consume({{ files: [{{ getFile: async () => file }}] }});
            }};
            Object.defineProperty(window, 'launchQueue', {{ value: {{ setConsumer }} }});"
        );
        let source = serde_json::json!({ "source": system });
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
        self.browser.go(&format!("{}media?opened", self.start)).await?;
        self.browser.find("[data-test=handed]").await?;
        self.reads(name).await
    }

    /// Answers everything that is asked from here to the end, without rows in groups; every unit may use it again.
    pub async fn fills_item(&self) -> Result<()> {
        self.fills_item_for("city").await
    }

    /// The same, but whoever a licence such as `public` names may use it again.
    pub async fn fills_item_for(&self, licence: &str) -> Result<()> {
        loop {
            let licence = format!("[data-field=licence] label:has(input[value={licence}])");
            if !self.browser.all(&licence).await?.is_empty() {
                self.browser.click(&licence).await?;
                self.saved("licence").await?;
            }
            self.fill_section().await?;
            self.give_reasons().await?;
            if !self.next().await? {
                return Ok(());
            }
        }
    }

    /// Opens the only item that stands in a state, such as `submitted`, at its list; those of the demo do not count.
    pub async fn opens_item(&self, state: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.click(&format!("{} a", item_in(state))).await?;
        self.browser.find("[data-field], [data-answer]").await.map(drop)
    }

    /// Asks that photos be kept as they are, and sees the tick. While a section is being drawn it moves, and a driver
    /// that aimed before presses beside it.
    pub async fn keeps_originals(&self) -> Result<()> {
        // An article's pictures have one of their own.
        let box_of = "[data-field=files] [data-test=originals]";
        let label = "[data-field=files] label:has([data-test=originals])";
        let is_ticked = async || {
            let ticked = self.browser.find(box_of).await?.prop("checked").await?;
            Ok((ticked.as_deref() == Some("true")).then_some(()))
        };
        self.browser.click(label).await?;
        if wait::until_within(wait::PRESS, "the tick", is_ticked).await.is_err() {
            self.browser.click(label).await?;
        }
        wait::until("the tick", is_ticked).await
    }

    /// Finds an item in the library by some of its words, and opens it.
    pub async fn finds_in_library(&self, words: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.click("a[href='/media?tab=library']").await?;
        self.browser.write("[data-test=library-search]", words).await?;
        self.browser.find("[data-test=library-search]").await?.send_keys(Key::Enter).await?;
        // What was there before the answer came goes.
        self.browser.click("li:only-child > [data-test=tile]").await?;
        self.browser.find("[data-test=library-item]").await.map(drop)
    }

    /// Whether an answer of the centre is kept on this device that holds a text.
    pub async fn keeps_answers_with(&self, text: &str) -> Result<bool> {
        let look = "const request = indexedDB.open('lantoa');
            const database = await new Promise(done => request.onsuccess = () => done(request.result));
            const views = database.transaction('views').objectStore('views').getAll();
            await new Promise(done => views.onsuccess = done);
            database.close();
            return views.result.some(view => JSON.stringify(view).includes(arguments[0]));";
        let look = format!("return (async (...arguments) => {{ {look} }})(...arguments)");
        Ok(self.browser.script(&look, vec![text.into()]).await?.as_bool().unwrap_or(false))
    }

    /// Waits until an item stands in a state on the list; those of the demo do not count.
    pub async fn item_is(&self, state: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.find(&item_in(state)).await.map(drop)
    }
}

/// What lies on the device of the library.
impl Person {
    /// Keeps the item on screen on this device, and waits until all of it is there.
    pub async fn keeps_item(&self) -> Result<()> {
        self.browser.click("[data-test=keep]").await?;
        self.browser.find("[data-test=kept][data-kept=whole]").await.map(drop)
    }

    /// Opens an item that lies on this device.
    pub async fn opens_on_device(&self, title: &str) -> Result<()> {
        self.browser.click("a[href='/media']").await?;
        self.browser.click("a[href='/media?tab=device']").await?;
        self.reads(title).await?;
        self.browser.click("[data-test=on-device] [data-test=tile]").await?;
        self.browser.find("[data-test=library-item]").await.map(drop)
    }

    /// Starts the first film (`video`) or sound (`audio`) of the item on screen, winds it forward to `seconds`, and
    /// waits until it plays on from there.
    pub async fn plays(&self, what: &str, seconds: f64) -> Result<()> {
        self.browser.click(&format!("[data-test=play][data-plays={what}]")).await?;
        self.browser.find(&format!("{what}[src]")).await?;
        let wind = "const it = document.querySelector(arguments[0]);
            it.muted = true;
            it.currentTime = arguments[1];
            it.play();";
        self.browser.script(wind, vec![what.into(), seconds.into()]).await?;
        let look = "const it = document.querySelector(arguments[0]);
            return it.error ? it.error.message || 'an error' : it.currentTime > arguments[1] + 0.3 && it.seekable.end(0) > arguments[1]";
        wait::until(&format!("the {what} to play beyond {seconds} s"), async || {
            let told = self.browser.script(look, vec![what.into(), seconds.into()]).await?;
            if let Some(error) = told.as_str() {
                anyhow::bail!("the {what} cannot be played: {error}");
            }
            Ok(told.as_bool().filter(|plays| *plays))
        })
        .await?;
        self.browser.script("document.querySelector(arguments[0]).pause()", vec![what.into()]).await.map(drop)
    }

    /// Takes a file of the item on screen out of the device, into a folder.
    pub async fn takes_out(&self, name: &str, folder: &Path) -> Result<Vec<u8>> {
        self.browser.download_to(folder).await?;
        let click = "const all = [...document.querySelectorAll('[data-test=file]')];
            all.find(it => it.textContent.trim() === arguments[0]).click();";
        self.browser.script(click, vec![name.into()]).await?;
        wait::until(&format!("{name} to be taken out"), async || {
            // A browser may lay an empty file there first.
            Ok(std::fs::read(folder.join(name)).ok().filter(|bytes| !bytes.is_empty()))
        })
        .await
    }

    /// How many runs of bytes of the library lie on this device.
    pub async fn stocked_bytes(&self) -> Result<u64> {
        let look = "const request = indexedDB.open('lantoa');
            const database = await new Promise(done => request.onsuccess = () => done(request.result));
            const keys = database.transaction('chunks').objectStore('chunks').getAllKeys();
            await new Promise(done => keys.onsuccess = done);
            database.close();
            return keys.result.filter(key => key.startsWith('stock|')).length;";
        let look = format!("return (async () => {{ {look} }})()");
        Ok(self.browser.script(&look, vec![]).await?.as_u64().unwrap_or_default())
    }

    /// Says how many megabytes of the library may lie on this device.
    pub async fn gives_library_room(&self, megabytes: u32) -> Result<()> {
        self.open_page("/sync").await?;
        let choose = "const it = document.querySelector('[data-test=library-room]');
            it.value = arguments[0];
            it.dispatchEvent(new Event('change', { bubbles: true }));";
        self.browser
            .find("[data-test=library-room] option[selected], [data-test=library-room] option")
            .await?;
        self.browser.script(choose, vec![megabytes.to_string().into()]).await?;
        self.browser.find("[data-test=library-holds]").await.map(drop)
    }

    /// The searches of which the answers are kept on this device.
    pub async fn kept_searches(&self) -> Result<Vec<String>> {
        let look = "const request = indexedDB.open('lantoa');
            const database = await new Promise(done => request.onsuccess = () => done(request.result));
            const keys = database.transaction('views').objectStore('views').getAllKeys();
            await new Promise(done => keys.onsuccess = done);
            database.close();
            return keys.result.filter(key => key.includes('/library?'));";
        let look = format!("return (async () => {{ {look} }})()");
        Ok(serde_json::from_value(self.browser.script(&look, vec![]).await?)?)
    }

    /// Waits until the answer to a search is kept that has these words in its address.
    pub async fn keeps_search(&self, words: &str) -> Result<()> {
        wait::until(&format!("the answer to {words} to be kept"), async || {
            Ok(self.kept_searches().await?.iter().any(|key| key.contains(words)).then_some(()))
        })
        .await
    }
}

// Starts the app. Four duties, each independent of the others:
//   1. put the person's theme and language on <html> before the first paint,
//   2. load and start the WebAssembly app, or say plainly that it did not start, and fetch styles when they are wanted,
//   3. register the service worker and tell the app when a new version waits,
//   4. hand files that the system opens with the app to the service worker, as those that another app shares.
// A failing service worker never keeps the app from starting, and a new version is only taken
// when the person asks for it: a reload must never meet somebody in the middle of typing.

const THEME_KEY = "lantoa.theme"; // light | dark | auto
const LANGUAGE_KEY = "lantoa.language"; // vi | en
const BAR_COLOURS = { light: "#faf7f2", dark: "#1f1926" }; // as in the theme-color tags of the page
const SLOW_AFTER_MS = 12_000;
const LOOK_FOR_UPDATE_EVERY_MS = 60 * 60 * 1000;

const byId = (id) => document.getElementById(id);

/** Reads a preference; a browser that forbids storage simply has none. */
function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function applyPreferences() {
  const root = document.documentElement;
  const theme = stored(THEME_KEY);
  const forced = theme === "light" || theme === "dark";
  if (forced) root.dataset.theme = theme;
  else delete root.dataset.theme;

  for (const tag of document.querySelectorAll('meta[name="theme-color"]')) {
    const own = tag.media.includes("dark") ? "dark" : "light";
    tag.content = BAR_COLOURS[forced ? theme : own];
  }

  root.lang = stored(LANGUAGE_KEY) === "en" ? "en" : "vi";
}

applyPreferences();
window.addEventListener("lantoa-preferences", applyPreferences);
window.addEventListener("storage", (event) => {
  if (event.key === THEME_KEY || event.key === LANGUAGE_KEY) applyPreferences();
});

function whenParsed() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

async function start() {
  const slow = setTimeout(() => (byId("app-slow").hidden = false), SLOW_AFTER_MS);
  try {
    const app = await import("{{app_js}}");
    await whenParsed();
    await app.default({ module_or_path: "{{app_wasm}}" });
    byId("app-shell").remove();
    addStyles("{{later_styles}}");
  } catch (reason) {
    await whenParsed();
    showFailure(reason);
  } finally {
    clearTimeout(slow);
  }
}

/** Adds styles, and says when they are there; without a network they are asked for again when there is one. */
function addStyles(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((done) => {
    link.onload = done;
    link.onerror = () => {
      link.remove();
      window.addEventListener("online", () => addStyles(href), { once: true });
      done();
    };
  });
}

let pieceStyles;

/** The styles of what is drawn by pieces of the code: the app asks for them together with its first piece. */
window.lantoaStyles = () => (pieceStyles = pieceStyles || addStyles("{{piece_styles}}"));

function showFailure(reason) {
  console.error(reason);
  byId("app-opening").hidden = true;
  byId("app-reason").textContent = `${reason} · {{version}}`;
  byId("app-retry").addEventListener("click", () => location.reload());
  byId("app-failed").hidden = false;
}

/** Says once per waiting version that it waits; the attribute is for an app that starts to listen later. */
function announceUpdate() {
  document.documentElement.dataset.update = "ready";
  window.dispatchEvent(new CustomEvent("lantoa-update-ready"));
}

async function watchForUpdates() {
  if (!("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  const hadController = workers.controller !== null;
  let asked = false;

  // Another tab may have taken the new version. This tab then keeps running the old one, which is
  // whole in memory, and offers a reload instead of forcing it.
  workers.addEventListener("controllerchange", () => {
    if (asked) location.reload();
    else if (hadController) announceUpdate();
  });

  const registration = await workers.register("/sw.js", { updateViaCache: "none" });

  window.addEventListener("lantoa-update-apply", () => {
    asked = true;
    if (registration.waiting) registration.waiting.postMessage("skip-waiting");
    else location.reload();
  });

  const announceWhenInstalled = (worker) =>
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && workers.controller) announceUpdate();
    });
  if (registration.waiting && workers.controller) announceUpdate();
  announceWhenInstalled(registration.installing);
  registration.addEventListener("updatefound", () => announceWhenInstalled(registration.installing));

  // A phone may keep the app open for days: look again when the person comes back to it.
  let lookedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - lookedAt < LOOK_FOR_UPDATE_EVERY_MS) return;
    lookedAt = Date.now();
    registration.update().catch(() => {}); // no network: the next visit looks again
  });
}

/** Sends them where shared files go: a form of the page takes the very way that the system's own form takes. */
async function handOver({ files }) {
  const opened = new DataTransfer();
  for (const handle of files) opened.items.add(await handle.getFile());
  const input = Object.assign(document.createElement("input"), { type: "file", name: "files", files: opened.files });
  const how = { method: "post", action: "/share", enctype: "multipart/form-data", hidden: true };
  const form = Object.assign(document.createElement("form"), how);
  form.append(input);
  await whenParsed();
  document.body.append(form);
  if (files.length) form.submit();
}

// Chromium says once more at a reload what was opened: then it is in the app already. A file that is gone, or that the
// person does not let the app read, is said like one that could not be shared.
if (performance.getEntriesByType("navigation")[0]?.type !== "reload") {
  window.launchQueue?.setConsumer((launch) => handOver(launch).catch(() => location.replace("/media?shared=failed")));
}

// The app first: on a weak signal the service worker's own downloads must not compete with it.
start().finally(() => watchForUpdates().catch((reason) => console.warn("service worker:", reason)));

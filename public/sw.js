// The service worker: keeps one whole version of the app on the device, so that it opens without a
// network, and never mixes two versions.
//
//   install   fetch every file of this version; one missing file and the old version stays in charge
//   activate  throw the caches of other versions away
//   fetch     pages of the app → the cached shell; its files → cache first; all else → network, untouched
//   share     files that another app hands over → a tray, until the person says where they belong
//
// Data is not its business: /api/ answers are never cached here (the app keeps records in IndexedDB).

const VERSION = "{{version}}";
/** Addresses of every file of this version, "/" (the shell) among them; written by the build. */
const PRECACHE = /*{{precache}}*/[];
const SHELL = "/";
const PREFIX = "lantoa-";
const CACHE = PREFIX + VERSION;
const TRAY = "shared"; // without the prefix: it outlives this version
const PARALLEL = 3; // gentle on one bar of signal

/** Pictures for the home screen: the system asks for them when it installs the app, the app never does. */
const isForInstaller = (path) => /^\/icons\/(icon|maskable|apple)-?/.test(path);

const files = new Set(PRECACHE.filter((path) => !isForInstaller(path))).add(SHELL);

/** A file whose name carries a hash of its content never changes: any copy of it is the right one. */
const isHashed = (path) => /[-.][0-9a-f]{8,}\.\w+$/.test(path);

self.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const cache = await caches.open(CACHE);
  const queue = [...files];
  // Each file is stored as soon as it is here, so that an interrupted install goes on where it stopped.
  const worker = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) await keep(cache, path);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

async function keep(cache, path) {
  if (isHashed(path)) {
    if (await cache.match(path, { ignoreVary: true })) return;
    const older = await caches.match(path, { ignoreVary: true }); // the same bytes in another version: nothing to download
    if (older) return cache.put(path, older);
  }
  const response = await fetch(path, { cache: isHashed(path) ? "default" : "no-cache", credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
  if (path === SHELL) {
    // The server may have been updated between this script and the page: then this is not one version.
    const page = await response.clone().text();
    if (!page.includes(`content="${VERSION}"`)) throw new Error(`shell is not version ${VERSION}`);
  }
  await cache.put(path, response);
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim(); // the first visit is served from here at once, without a reload
}

// The page asks for this only after the person pressed "update".
self.addEventListener("message", (event) => {
  if (event.data === "skip-waiting") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.pathname === "/share") return event.respondWith(take(request));
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isAppPage(request, url)) event.respondWith(kept(SHELL, request));
  else if (files.has(url.pathname)) event.respondWith(kept(url.pathname, request));
  // Anything else goes to the network as if there were no service worker.
});

/** Lays what was shared into the tray, each file with its name. */
async function take(request) {
  try {
    const [tray, form] = await Promise.all([caches.open(TRAY), request.formData()]);
    for (const file of form.getAll("files")) {
      const headers = { "content-type": file.type, "x-name": encodeURIComponent(file.name) };
      await tray.put(`/share/${Date.now()}-${Math.random()}`, new Response(file, { headers }));
    }
    return Response.redirect("/media", 303);
  } catch {
    return Response.redirect("/media?shared=failed", 303);
  }
}

/** Addresses of the app have no extension; what the server draws and answers itself is no page of the app. */
function isAppPage(request, url) {
  const isServers = /^\/(api|healthz|oembed|tep|(en\/)?truyen-thong)(\/|$)/;
  return request.mode === "navigate" && !isServers.test(url.pathname) && !/\.\w+$/.test(url.pathname);
}

/** From this version's cache; a browser that evicted the entry falls back to the network. */
async function kept(path, request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(path, { ignoreVary: true });
  if (found) return found;
  const response = await fetch(request);
  if (response.ok && isHashed(path)) await cache.put(path, response.clone());
  return response;
}

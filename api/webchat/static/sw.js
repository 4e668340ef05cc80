// The service worker: without a connection a page becomes the offline page, with the emergency numbers and the hall.
// It keeps no answer of the API and nothing of a resident; everything else goes to the network as always.

const KEPT = "linyu-{version}";
const OFFLINE = "/offline";
const FILES = [OFFLINE, "/public/style.css"];
const FIELD = "/staff/field"; // the grid worker's page, which keeps itself (field.js)

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("linyu-") && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  const isKept = FILES.includes(pathname) || pathname === FIELD || pathname.startsWith("/staff/static/");
  if (event.request.mode !== "navigate" && !isKept) return;
  const answer = async () => {
    try {
      return await fetch(event.request);
    } catch {
      const kept = isKept && (await caches.match(pathname, { ignoreSearch: true }));
      return kept || (await caches.match(OFFLINE)) || Response.error();
    }
  };
  event.respondWith(answer());
});

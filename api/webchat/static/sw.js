// The service worker: without a connection a page becomes the offline page, with the emergency numbers and the hall.
// News comes here when no page is open (web push); it says that there is some, and nothing of whom.
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

self.addEventListener("push", (event) => {
  const { title = "邻语", body = "", language = "zh", tag = "news" } = event.data?.json() ?? {};
  const shown = { body, tag, lang: language === "en" ? "en" : "zh-CN", icon: "/static/{version}/icon.svg" };
  event.waitUntil(self.registration.showNotification(title, shown));
});

/* To the page that is open, or to a new one; what it is about stands in the conversation there. */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const go = async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    const open = pages.find((page) => new URL(page.url).pathname === "/");
    return open ? open.focus() : self.clients.openWindow("/");
  };
  event.waitUntil(go());
});

// The service worker: one page for when there is no connection, and pushes. It caches nothing else.
const CACHE = "enishi-1";
const OFFLINE = "/offline/";

const keep = async () => {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { credentials: "omit" });
  const html = await page.clone().text();
  const parts = [...html.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map(([, path]) => path);
  await cache.put(OFFLINE, page);
  await cache.addAll([...new Set(parts)]);
};

const drop = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(drop()));

// "Back" to a page that a form had sent cannot be fetched again, with or without a connection: its
// address can. Without a connection that one fails as well, and the offline page comes.
const unreached = (request) =>
  request.method === "POST" ? Response.redirect(request.url, 303) : caches.match(OFFLINE);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => unreached(request)));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

self.addEventListener("push", (event) => {
  const { title, body, url, tag } = event.data.json();
  const icon = "/static/icons/icon-192.png";
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});

/* The service worker of the report page, and of nothing else. It keeps one page without a name and the files that page
   needs; an answer of the server to somebody who signed in is never kept. */
"use strict";
const { page, shell, version } = self.BOLWERK;
const KEPT = `bolwerk-report-${version}`;
const FILES = /<(?:link[^>]+href|script[^>]+src|img[^>]+src|use href)="(\/[^"#]+)/g;

const keep = async () => {
  const store = await caches.open(KEPT);
  const answer = await fetch(shell, { credentials: "omit", cache: "reload" });
  if (!answer.ok) throw new Error("no page to keep");
  const files = new Set(Array.from((await answer.clone().text()).matchAll(FILES), (found) => found[1].replaceAll("&amp;", "&")));
  await store.put(shell, answer);
  await store.addAll(Array.from(files, (file) => new Request(file, { credentials: "omit" })));
};
const forgetOlder = async () => {
  for (const name of await caches.keys()) if (name.startsWith("bolwerk-report-") && name !== KEPT) await caches.delete(name);
};
const places = { standing: `${shell}wie/`, receive: `${shell}binnen/` };

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));
self.addEventListener("sync", (event) => event.waitUntil(self.bolwerkQueue.flush(places)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const place = new URL(request.url);
  if (request.method !== "GET" || place.origin !== self.location.origin) return;
  const kept = async (what) => (await caches.open(KEPT)).match(what);
  if (place.pathname === page || place.pathname === shell) {
    event.respondWith(fetch(request).catch(async () => (await kept(shell)) ?? Response.error()));
  } else if (place.searchParams.has("v")) {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  }
});

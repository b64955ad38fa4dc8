// The service worker: the app without a network, photos shared from other apps, and sending when the page is closed.

import { drain } from "./queue.js";
import { keepShared } from "./shared.js";
import { fromShell, fromNetwork, keepOffline, keepShell, onlyThis } from "./shell.js";
import { fact } from "./store.js";
import { open, subscribeAgain, tell } from "./told.js";

async function sendLater() {
  const { is } = await drain((await fact("account")) ?? "", { patient: false });
  // A failed sync event is the browser's sign to come again: also when a page is sending, which may be closed meanwhile.
  if (is === "offline" || is === "later" || is === "busy") throw new Error(is);
}

function answer(event, app) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/share") event.respondWith(keepShared(request));
  if (request.method !== "GET") return;
  if (pathname.startsWith("/static/")) event.respondWith(fromShell(request, app));
  else if (request.mode === "navigate" && !pathname.startsWith("/api/")) {
    const page = fromNetwork(request, app);
    event.respondWith(page);
    // The page for later speaks the language of the others.
    if (pathname.startsWith("/language/")) event.waitUntil(page.then(() => keepOffline(app)).catch(() => {}));
  }
}

/** Begin: `app` says version, files, and the address of the page without a network. */
export function serve(app) {
  self.addEventListener("install", (event) => event.waitUntil(keepShell(app)));
  self.addEventListener("activate", (event) => event.waitUntil(onlyThis(app).then(() => self.clients.claim())));
  self.addEventListener("fetch", (event) => answer(event, app));
  self.addEventListener("sync", (event) => event.tag === "send" && event.waitUntil(sendLater()));
  self.addEventListener("push", (event) => event.waitUntil(tell(event.data)));
  self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));
}

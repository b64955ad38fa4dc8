// The Scan page: every photo is kept on the phone before the page says so, then sent; below, what became of each.

import { follow, refresh } from "./following.js";
import { whereAndWhat } from "./gathering.js";
import { isPicture } from "./photo.js";
import { phoneIsFull, send } from "./sender.js";
import { startSaid } from "./said.js";
import { fact, open, setFact } from "./store.js";
import { takeFiles } from "./taking.js";
import { start as offerCamera } from "./viewfinder.js";
import { onCount, show } from "./waiting.js";

const form = document.querySelector("[data-photos]");

function listen() {
  for (const input of form.querySelectorAll('input[type="file"]')) {
    const chosen = () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) takeFiles(files, "file");
    };
    input.addEventListener("change", chosen);
    chosen(); // whoever was quicker than this script
  }
  const finder = document.querySelector("[data-finder]");
  addEventListener("dragover", (event) => {
    event.preventDefault();
    finder.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => event.relatedTarget || finder.classList.remove("dropping"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    finder.classList.remove("dropping");
    takeFiles([...event.dataTransfer.files].filter(isPicture), "drop");
  });
  addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files].filter(isPicture);
    if (files.length) takeFiles(files, "paste");
  });
}

/** Back from "Share": the photos are in the list by now; the address forgets it, so that a reload says nothing. */
function wasShared() {
  const shared = new URLSearchParams(location.search).get("shared");
  if (!shared) return;
  phoneIsFull(shared === "full");
  history.replaceState(null, "", location.pathname);
}

/** What the phone no longer keeps, the server has: its rows say how the reading goes. */
function followTheServer() {
  // As if one had waited: the service worker, or another page, may have sent it since these rows were written.
  let before = 1;
  onCount((going) => {
    if (going < before) refresh();
    if (going) document.querySelector("[data-empty]")?.remove();
    before = going;
  });
  follow();
}

async function start() {
  try {
    await open();
  } catch {
    // No storage (some private windows): the plain form still works, and its button shows.
    form.classList.add("by-form");
    return;
  }
  // The page without a network knows nobody, and takes the last who was here.
  if (form.dataset.account) await setFact("account", form.dataset.account);
  else form.dataset.account = (await fact("account")) ?? "";
  await whereAndWhat();
  await startSaid();
  await show();
  listen();
  await offerCamera();
  followTheServer();
  wasShared();
  document.body.dataset.ready = "photos";
  send();
}

start();
// It keeps the app on the phone; without it (plain http, private windows) only that is missing.
navigator.serviceWorker?.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => {});

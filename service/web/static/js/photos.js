// The Scan page: every photo is kept on the phone before the page says so, then sent; below, what became of each.

import { follow, refresh } from "./following.js";
import { words, whereAndWhat } from "./gathering.js";
import { isPicture, rowOf } from "./photo.js";
import { phoneIsFull, send } from "./sender.js";
import { fact, keep, open, PhoneFull, setFact } from "./store.js";
import { onCount, show } from "./waiting.js";

const form = document.querySelector("[data-photos]");
/** Whose photos these are; the page without a network knows nobody, and takes the last who was here. */
let account = form.dataset.account;

/** Keep pictures on the phone and send them; true when all of them are safe. */
async function take(files, source) {
  const kept = words();
  try {
    for (const [at, file] of files.entries()) {
      const { name, type, size } = file;
      const row = rowOf({ account, name: name || "photo.jpg", type, size, source, at, ...kept });
      await keep(row, await file.arrayBuffer());
    }
  } catch (error) {
    if (!(error instanceof PhoneFull)) throw error;
    phoneIsFull(true);
    return false;
  } finally {
    send();
  }
  form.elements.note.value = "";
  return true;
}

function listen() {
  for (const input of form.querySelectorAll('input[type="file"]')) {
    const chosen = () => {
      const files = [...input.files];
      input.value = "";
      if (files.length) take(files, "file");
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
    take([...event.dataTransfer.files].filter(isPicture), "drop");
  });
  addEventListener("paste", (event) => take([...event.clipboardData.files].filter(isPicture), "paste"));
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
  let before = 0;
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
  if (account) await setFact("account", account);
  else account = form.dataset.account = (await fact("account")) ?? "";
  await whereAndWhat();
  await show();
  listen();
  followTheServer();
  wasShared();
  document.body.dataset.ready = "photos";
  send();
}

start();
// It keeps the app on the phone; without it (plain http, private windows) only that is missing.
navigator.serviceWorker?.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => {});

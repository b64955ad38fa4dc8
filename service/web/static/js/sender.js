// When to send: at once, when the network comes back, when the page is looked at again; and what to say of the queue.

import { drain, pause } from "./queue.js";
import { list } from "./store.js";

const state = { is: "idle", full: false };
const form = document.querySelector("[data-photos]");
let running = false;
let again = false;
let losses = 0;
let timer;
let tell = () => {};

/** Hear of every change of the queue: {is, full}. */
export function onState(callback) {
  tell = callback;
}

export function phoneIsFull(full) {
  state.full = full;
  tell(state);
}

/** Send now what waits; a call during a run makes it run once more, for a photo may have come in between. */
export async function send() {
  again = true;
  if (running) return;
  running = true;
  clearTimeout(timer);
  try {
    while (again) {
      again = false;
      Object.assign(state, { due: undefined, reason: undefined, sent: 0 }, await drain(form.dataset.account));
    }
  } finally {
    running = false;
  }
  plan();
  tell(state);
  backAgain();
}

/** The page without a network gives way to the real one when the server answers again. */
function backAgain() {
  const answered = state.reason || (state.is === "idle" && state.sent);
  if (answered && document.querySelector("[data-offline]") && !document.querySelector("dialog[open]")) location.reload();
}

/** The next run: at the time of the first photo, or of the network, whose waits grow until it is back. */
async function plan() {
  losses = state.is === "offline" ? losses + 1 : 0;
  if (state.is === "idle") state.full = false;
  if (state.is === "later") timer = setTimeout(send, Math.max(0, state.due - Date.now()));
  if (state.is === "offline") timer = setTimeout(send, Math.min(60_000, pause(losses)));
  if (state.is === "idle" || state.is === "paused" || !(await list()).length) return;
  // Where there is Background Sync the service worker goes on when this page is closed.
  const worker = await navigator.serviceWorker?.getRegistration();
  worker?.sync?.register("send").catch(() => {});
}

addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());

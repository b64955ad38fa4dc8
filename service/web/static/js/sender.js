// When to send: at once, when the network comes back, when the page is looked at again; and what to say of the queue.

import { drain, pause } from "./queue.js";
import { list } from "./store.js";

const state = { is: "idle", full: false };
const form = document.querySelector("[data-photos]");
// At its own address that page is what was asked for, and would come again for ever.
const withoutNetwork = location.pathname !== "/offline" && document.querySelector("[data-offline]");
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
      Object.assign(state, { due: undefined, reason: undefined, sent: 0 }, await run());
    }
  } finally {
    running = false;
  }
  plan();
  tell(state);
  backAgain();
}

/** One run. Where the page without a network had nothing to send itself, only the server can say whether it is back. */
async function run() {
  const found = await drain(form.dataset.account);
  const answered = found.is === "later" || found.is === "offline" || found.sent || found.reason;
  if (!withoutNetwork || answered || (await serverAnswers())) return found;
  return { ...found, is: "offline" };
}

async function serverAnswers() {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** The page without a network gives way to the real one when the server answers again, but not under an open camera. */
function backAgain() {
  if (!withoutNetwork || (state.is !== "idle" && state.is !== "paused")) return;
  if (document.querySelector("dialog[open]")) timer = setTimeout(send, 5000);
  else location.reload();
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

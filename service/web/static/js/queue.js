// Sending what the phone keeps: at most three at once, one sender a phone, and nothing forgotten before it is answered.

import { carry } from "./carry.js";
import * as store from "./store.js";

const AT_ONCE = 3;
const SECOND = 1000;
const LONGEST_WAIT = 5 * 60 * SECOND;
const LOCK = "undrawer-sending";

/** How long to wait before try number `tries` + 1: doubling, with some chance so that many phones do not come together. */
export function pause(tries, chance = Math.random()) {
  return Math.min(LONGEST_WAIT, SECOND * 2 ** tries) * (0.5 + chance / 2);
}

/**
 * What an answer means for the photo and the queue; `status` 0 is no answer at all.
 * kept: forget it here; later: try again after `wait`; failed: the person decides; paused: nobody is signed in; offline.
 */
export function verdict(status, { tries = 0, retryAfter = "", code = "", chance } = {}) {
  if (status === 200 || status === 201) return { is: "kept" };
  if (status === 0) return { is: "offline" };
  if (status === 401) return { is: "paused", reason: code };
  // A sign-in in between (3xx), a damaged transfer (400), a server in trouble: none of these is the photo's fault.
  if (status < 401 || [408, 425, 429].includes(status) || status >= 500) {
    const asked = Number(retryAfter) * SECOND;
    return { is: "later", wait: asked > 0 ? Math.min(asked, LONGEST_WAIT) : pause(tries, chance) };
  }
  return { is: "failed", reason: code };
}

async function hash(bytes) {
  // Over plain http a browser gives no hashes; the server takes the photo without one.
  if (!globalThis.crypto?.subtle) return {};
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { "X-Sha256": [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

async function put(row, url, bytes, headers) {
  const patience = 30 * SECOND + bytes.byteLength / 10; // 10 KB a second is a bad network, not a dead one
  const common = { Accept: "application/json", "X-Requested-With": "undrawer" };
  const { status, retryAfter, said } = await carry(row.id, url, { bytes, patience, headers: { ...common, ...headers } });
  return { ...verdict(status, { tries: row.tries, retryAfter, code: said?.code }), url: said?.url };
}

/** What is said of the photo, by the names of the server; only what was said at all. */
function about(row) {
  const names = { name: row.name, gathering: row.gathering, place: row.place, met_on: row.metOn, note: row.note };
  const more = { promise: row.promise, promise_on: row.promiseOn, side: row.side, pair: row.pair };
  return new URLSearchParams(Object.entries({ ...names, ...more }).filter(([, value]) => value));
}

async function putPhoto(row, account) {
  const bytes = await store.bytesOf(row.id);
  const headers = { "Content-Type": row.type || "application/octet-stream", "X-Account": account };
  return put(row, `/api/v1/photos/${row.id}?${about(row)}`, bytes, { ...headers, ...(await hash(bytes)) });
}

async function sendOne(row, account) {
  await store.change(row.id, { state: "sending" });
  let found = await putPhoto(row, account);
  const spoken = row.spoken && found.is === "kept" && (await store.spokenOf(row.id));
  // The server may have known the photo under another id: its answer says where the note belongs.
  if (spoken) found = await put(row, `${found.url}/spoken-note`, spoken, { "Content-Type": row.spoken });
  await settle(row, found);
  return found;
}

function settle(row, { is, wait, reason }) {
  if (is === "kept") return store.forget(row.id);
  if (is === "failed") return store.change(row.id, { state: "failed", error: reason || "refused" });
  if (is === "later") return store.change(row.id, { state: "waiting", tries: row.tries + 1, due: Date.now() + wait });
  return store.change(row.id, { state: "waiting" });
}

/** Rows of this account, or of nobody: shared to the phone before anyone had signed in here. */
const mine = (account) => (row) => row.account === account || !row.account;

async function sendAll(account) {
  const stuck = (await store.list()).filter((row) => row.state === "sending");
  // Whoever was sending these was ended: the lock, where there is one, is ours.
  for (const row of stuck) await store.change(row.id, { state: "waiting" });
  const flying = new Map();
  let end;
  let sent = 0;
  for (;;) {
    const waiting = (await store.list()).filter(mine(account)).filter((row) => row.state === "waiting");
    const due = waiting.filter((row) => row.due <= Date.now() && !flying.has(row.id));
    while (!end && flying.size < AT_ONCE && due.length) {
      const row = due.shift();
      flying.set(row.id, sendOne(row, account).then((found) => ({ id: row.id, found })));
    }
    if (!flying.size) return { ...(end ?? { is: waiting.length ? "later" : "idle", due: soonest(waiting) }), sent };
    const { id, found } = await Promise.race(flying.values());
    flying.delete(id);
    if (found.is === "kept") sent += 1;
    if (found.is === "paused" || found.is === "offline") end ??= found;
  }
}

const soonest = (rows) => rows.reduce((first, row) => Math.min(first, row.due), Infinity);

/**
 * Send all that waits. Says how it ended: idle, later (`due`), offline, paused, or busy (someone else sends; only where
 * `patient` is false, else it takes its turn).
 */
export async function drain(account, { patient = true } = {}) {
  if (!account) return { is: "paused" };
  if (!navigator.locks) return sendAll(account);
  return navigator.locks.request(LOCK, { ifAvailable: !patient }, (lock) => (lock ? sendAll(account) : { is: "busy" }));
}

// From a picture to the phone's disk: every photo is kept before anybody says that it is.

import { where } from "./gathering.js";
import { rowOf } from "./photo.js";
import { said } from "./said.js";
import { phoneIsFull, send } from "./sender.js";
import { keep, PhoneFull } from "./store.js";

const form = document.querySelector("[data-photos]");

let lastFront = null;
let shot = Promise.resolve();

/** Keep the pictures; the rows, or null where the phone is full. */
async function take(pictures) {
  const { spoken, ...words } = said();
  const stamp = { account: form.dataset.account, ...where(), ...words };
  const kept = [];
  try {
    for (const [at, { about, bytes }] of pictures.entries()) {
      const row = rowOf({ ...stamp, ...about, at, spoken: spoken?.type ?? "" });
      await keep(row, await bytes(), spoken?.bytes);
      kept.push(row);
    }
  } catch (error) {
    if (!(error instanceof PhoneFull)) throw error;
    phoneIsFull(true);
    return null;
  } finally {
    send();
  }
  form.dispatchEvent(new Event("stamped"));
  return kept;
}

/** Keep chosen files as they are; true when all of them are safe. */
export async function takeFiles(files, source) {
  const about = ({ name, type, size }) => ({ name: name || "photo.jpg", type, size, source });
  return Boolean(await take(files.map((file) => ({ about: about(file), bytes: () => file.arrayBuffer() }))));
}

/** Whether a back taken now is that of a front taken just before. */
export const frontWaits = () => Boolean(lastFront);

/**
 * Keep a shot of the camera after the one before it, however quick the taps: what was said goes with one photo only, and
 * a back belongs to the front before it.
 */
export function takeShot(bytes, side) {
  const keepIt = () => keepShot(bytes, side);
  return (shot = shot.then(keepIt, keepIt));
}

/** Its name says when it was taken. */
async function keepShot(bytes, side) {
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
  const name = `${now.slice(0, 19).replace("T", " ").replaceAll(":", ".")}${side === "back" ? " back" : ""}.jpg`;
  const pair = side === "back" ? lastFront : null;
  const about = { name, type: "image/jpeg", size: bytes.byteLength, side, pair, source: "camera" };
  const kept = await take([{ about, bytes: () => bytes }]);
  if (kept) lastFront = side === "front" ? kept[0].id : null;
  return Boolean(kept);
}

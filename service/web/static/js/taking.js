// From a picture to the phone's disk: every photo is kept before anybody says that it is.

import { words } from "./gathering.js";
import { rowOf } from "./photo.js";
import { phoneIsFull, send } from "./sender.js";
import { keep, PhoneFull } from "./store.js";

const form = document.querySelector("[data-photos]");

async function take(pictures) {
  const stamp = { account: form.dataset.account, ...words() };
  try {
    for (const [at, { about, bytes }] of pictures.entries()) await keep(rowOf({ ...stamp, ...about, at }), await bytes());
  } catch (error) {
    if (!(error instanceof PhoneFull)) throw error;
    phoneIsFull(true);
    return false;
  } finally {
    send();
  }
  form.elements.note.value = "";
  form.dispatchEvent(new Event("stamped"));
  return true;
}

/** Keep chosen files as they are; true when all of them are safe. */
export function takeFiles(files, source) {
  const about = ({ name, type, size }) => ({ name: name || "photo.jpg", type, size, source });
  return take(files.map((file) => ({ about: about(file), bytes: () => file.arrayBuffer() })));
}

/** Keep a shot of the camera; its name says when it was taken, and that it is of a back. */
export function takeShot(bytes, side) {
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
  const name = `${now.slice(0, 19).replace("T", " ").replaceAll(":", ".")}${side === "back" ? " back" : ""}.jpg`;
  const about = { name, type: "image/jpeg", size: bytes.byteLength, side, source: "camera" };
  return take([{ about, bytes: () => bytes }]);
}

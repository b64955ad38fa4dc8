// The photos that are on this phone only: one row each, with its state, and one calm line about all of them.

import { onProgress } from "./carry.js";
import { bytesOf, change, forget, list, watch } from "./store.js";
import { onState, send } from "./sender.js";
import { ofTheFile, say, whyRefused } from "./words.js";

const MOST_ROWS = 12;
const place = document.querySelector("[data-sending]");
const notice = document.querySelector("[data-notice]");
const status = document.querySelector("[data-status]");
const form = document.querySelector("[data-photos]");
const rows = new Map();
const heard = new Set();

let queue = { is: "idle" };
let drawing = Promise.resolve();
let told = "";

export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Hear how many photos wait after each change. */
export const onCount = (callback) => heard.add(callback);

function button(word, act) {
  const made = element("button", "link", say(word));
  made.type = "button";
  made.onclick = act;
  return made;
}

async function picture(row, image) {
  const url = URL.createObjectURL(new Blob([await bytesOf(row.id)], { type: row.type }));
  image.onload = () => URL.revokeObjectURL(url);
  // HEIC outside of Safari, or no photo at all: a plain tile instead of the browser's torn page.
  image.onerror = () => {
    URL.revokeObjectURL(url);
    image.replaceWith(element("span", "thumb tile"));
  };
  image.src = url;
}

async function saveAsFile(row) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([await bytesOf(row.id)], { type: row.type }));
  link.download = row.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function ways(row) {
  const box = element("div", "trouble");
  const retry = () => change(row.id, { state: "waiting", error: "", due: 0 }).then(send);
  if (!ofTheFile(row.error)) box.append(button("again", retry));
  box.append(button("save", () => saveAsFile(row)), button("discard", () => forget(row.id)));
  return box;
}

function newRow(row) {
  const item = element("li", "");
  item.dataset.waiting = row.id;
  const image = element("img", "thumb");
  image.alt = "";
  picture(row, image).catch(() => {});
  const said = element("div", "grow");
  const box = element("div", "row");
  box.append(image, said);
  item.append(box);
  rows.set(row.id, { item, said, state: "" });
}

function update(row) {
  const kept = rows.get(row.id);
  if (kept.state === row.state) return;
  kept.state = kept.item.dataset.state = row.state;
  kept.said.replaceChildren(element("span", "", row.name || say("photo")));
  kept.bar = null;
  if (row.state !== "failed") return kept.said.append(element("div", "second small", say(row.state)));
  const why = whyRefused(row.error);
  const look = element("p", "");
  look.append(element("span", "state look", say("failed")));
  kept.said.append(look, element("p", "second", why), ways(row));
  status.textContent = `${row.name}: ${why}`;
}

/** How far a photo is, where it is big enough or the network slow enough for that to be seen. */
function advance(id, share) {
  const kept = rows.get(id);
  if (kept?.state !== "sending" || share >= 1) return;
  if (!kept.bar) {
    kept.bar = element("progress", "");
    kept.bar.setAttribute("aria-label", say("sending"));
    kept.said.append(kept.bar);
  }
  kept.bar.value = share;
}

/** One sentence at a time: no room matters more than no session, and that more than no network. */
function sentence(mine, others) {
  if (queue.full) return say("full");
  if (queue.is === "paused" && mine) return say("paused", mine);
  if (queue.is === "offline" && mine) return say("offline", mine);
  if (queue.is === "later" && mine) return say("later", mine);
  return others ? say("others", others) : "";
}

function tell(mine, others) {
  const text = sentence(mine, others);
  if (text === told) return;
  told = text;
  notice.replaceChildren();
  notice.hidden = !text;
  if (!text) return;
  notice.append(element("p", "", text));
  if (queue.is === "paused" && !queue.full) {
    const link = element("a", "link", say("signIn"));
    link.href = "/sign-in";
    notice.append(link);
  } else if (queue.is !== "idle") notice.append(button("now", send));
}

async function draw() {
  const all = await list();
  const mine = all.filter((row) => row.account === form.dataset.account || !row.account);
  const shown = mine.slice(0, MOST_ROWS);
  for (const [id, { item }] of rows) {
    if (shown.some((row) => row.id === id)) continue;
    item.remove();
    rows.delete(id);
  }
  for (const row of shown) {
    if (!rows.has(row.id)) newRow(row);
    update(row);
    if (!rows.get(row.id).item.isConnected) place.append(rows.get(row.id).item);
  }
  place.nextElementSibling.textContent = mine.length > shown.length ? say("more", mine.length - shown.length) : "";
  const going = mine.filter((row) => row.state !== "failed").length;
  tell(going, all.length - mine.length);
  document.body.dataset.waiting = String(mine.length);
  heard.forEach((callback) => callback(going));
}

export const redraw = () => (drawing = drawing.then(draw, draw));

export function show() {
  watch(redraw);
  onProgress(advance);
  onState((state) => {
    queue = { ...state };
    document.body.dataset.queue = queue.is;
    redraw();
  });
  return redraw();
}

// The front page: chosen photos go off at once, and the rows below follow what becomes of them.

import { replaceFrom } from "./fresh.js";
import { sendAll, sendOne } from "./send.js";

const SOON = 1200;
const LATER = 5000;

const form = document.querySelector("[data-photos]");
const rows = document.querySelector("[data-rows]");
const sending = document.querySelector("[data-sending]");
const status = document.querySelector("[data-status]");
const lines = new Map();

let timer;
let pause = SOON;

async function refresh() {
  clearTimeout(timer);
  const changed = await replaceFrom(rows.dataset.rows + location.search, rows).catch(() => null);
  if (changed) {
    const summary = rows.querySelector("[data-summary]");
    status.textContent = summary.textContent;
    count(summary.dataset.waiting);
    pause = SOON;
  } else {
    pause = Math.min(pause * 1.3, LATER);
  }
  wait();
}

/** The number on the bar, which stands outside of the rows. */
function count(waiting) {
  const link = document.querySelector('.bar a[href="/cards"]');
  link.querySelector(".badge")?.remove();
  if (waiting !== "0") link.append(" ", element("span", "badge", waiting));
}

function wait() {
  clearTimeout(timer);
  const reading = Number(rows.querySelector("[data-reading]")?.dataset.reading ?? 0);
  if (reading && !document.hidden) timer = setTimeout(refresh, pause);
}

function words() {
  return { gathering: form.elements.gathering.value.trim(), note: form.elements.note.value.trim() };
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** One row for a photo on its way: its picture from the phone itself, its name, how far it is. */
function line(file) {
  const item = element("li", "");
  const row = element("div", "row");
  const picture = element("img", "thumb");
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  // A HEIC photo outside of Safari, or no photo at all: a plain tile instead of the browser's torn page.
  picture.onerror = () => {
    URL.revokeObjectURL(picture.src);
    picture.removeAttribute("src");
  };
  const text = element("div", "grow");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", file.name);
  const said = element("p", "second small", form.dataset.sendingWord);
  text.append(element("span", "", file.name), said, bar);
  row.append(picture, text);
  item.append(row);
  sending.append(item);
  lines.set(file, { item, bar, said });
}

function trouble(file, sentence, retry) {
  const { item, bar, said } = lines.get(file);
  bar.remove();
  said.textContent = sentence;
  status.textContent = `${file.name}: ${sentence}`;
  item.dataset.state = "failed";
  if (!retry) return;
  const again = element("button", "link", form.dataset.again);
  again.type = "button";
  again.onclick = () => {
    forget(file);
    line(file);
    sendOne(file, words(), told);
  };
  said.after(again);
}

/** The photo is only here so far: whoever signs in does so beside it, and then sends it again. */
function signedOut(file) {
  trouble(file, form.dataset.signedOut, true);
  const link = element("a", "link", form.dataset.signIn);
  link.href = "/sign-in";
  link.target = "_blank";
  lines.get(file).said.after(link);
}

/** The sentence for a refusal in the language of the page, else the server's own. */
function sentenceOf(refused) {
  const words = form.querySelector("template").content;
  return words.querySelector(`[data-trouble="${refused?.code}"]`)?.textContent ?? refused?.detail;
}

function forget(file) {
  lines.get(file)?.item.remove();
  lines.delete(file);
}

const told = {
  moved: (file, share) => (lines.get(file).bar.value = share),
  failed: (file) => trouble(file, form.dataset.noNetwork, true),
  ended(file, { status: code, body }) {
    const refused = body?.photos?.[0]?.error ?? (code >= 400 ? body : null);
    if (code === 401) return signedOut(file);
    if (refused || code >= 400) {
      return trouble(file, sentenceOf(refused) ?? form.dataset.noNetwork, code >= 500);
    }
    if (body?.photos?.[0]?.known) trouble(file, form.dataset.known, false);
    else forget(file);
    pause = SOON;
    return refresh();
  },
};

async function send(files) {
  const photos = [...files];
  if (!photos.length) return;
  rows.querySelector("[data-empty]")?.remove();
  photos.forEach(line);
  const kept = words();
  form.elements.note.value = "";
  await sendAll(photos, kept, told);
}

for (const input of form.querySelectorAll('input[type="file"]')) {
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    send(files);
  });
}

// A desktop drops and pastes.
const finder = document.querySelector("[data-finder]");
const pictures = (list) => [...list].filter((file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name));
addEventListener("dragover", (event) => {
  event.preventDefault();
  finder.classList.add("dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget || finder.classList.remove("dropping"));
addEventListener("drop", (event) => {
  event.preventDefault();
  finder.classList.remove("dropping");
  send(pictures(event.dataTransfer.files));
});
addEventListener("paste", (event) => send(pictures(event.clipboardData.files)));

// The gathering stays on its chip and on the server until it is changed.
const chip = form.querySelector("[data-gathering]");
form.elements.gathering.addEventListener("input", () => {
  chip.textContent = words().gathering || chip.dataset.gathering;
});

document.addEventListener("visibilitychange", () => document.hidden || refresh());
wait();
document.body.dataset.ready = "photos";

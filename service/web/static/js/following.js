// What the server says of its photos: a fresh list while something is being read.

import { replaceFrom } from "./fresh.js";
import { element } from "./waiting.js";

const SOON = 1200;
const LATER = 5000;
const rows = document.querySelector("[data-rows]");
const status = document.querySelector("[data-status]");

let timer;
let pause = SOON;

export async function refresh() {
  if (!rows) return;
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

export function follow() {
  if (!rows) return;
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  wait();
}

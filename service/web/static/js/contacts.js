// Search as one types; the address keeps the question, so Back and reload find the same people.

import { replaceFrom } from "./fresh.js";

const PAUSE = 180;
const form = document.querySelector("[data-search]");
const rows = document.getElementById("rows");
let timer;

async function search() {
  const query = form.elements.q.value.trim();
  const url = query ? `${location.pathname}?q=${encodeURIComponent(query)}` : location.pathname;
  await replaceFrom(url, rows, "#rows").catch(() => form.submit());
  history.replaceState(null, "", url);
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});
document.body.dataset.ready = "contacts";

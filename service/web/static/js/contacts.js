// The drawer: search as one types, and the next page as one scrolls. The address keeps the question, so that Back and
// reload find the same people; without scripts the form and the link "More" do the same.

import { load } from "./fresh.js";

const PAUSE = 120;
const AHEAD = "1200px";
const form = document.querySelector("[data-search]");
const rows = document.getElementById("rows");
let timer;
let asked = 0;

/** The list alone for an address of the whole page. */
async function list(address) {
  const url = new URL(address, location.href);
  url.pathname = form.dataset.rows;
  const page = await load(url.href);
  return [...page.body.childNodes].map((node) => document.importNode(node, true));
}

function addressOfForm() {
  const said = [...new FormData(form)].filter(([, value]) => value.trim()).map(([name, value]) => [name, value.trim()]);
  const query = new URLSearchParams(said).toString();
  return query ? `${form.action}?${query}` : form.action;
}

/** The chips narrow down what is being looked for now. */
function tellChips() {
  for (const chip of document.querySelectorAll("[data-chip]")) {
    const url = new URL(chip.href);
    const query = form.elements.q.value.trim();
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    chip.href = url;
  }
}

async function search() {
  const mine = ++asked;
  const address = addressOfForm();
  const found = await list(address).catch(() => null);
  // An answer that comes after the next one is of no use.
  if (mine !== asked) return;
  if (!found) {
    form.submit();
    return;
  }
  rows.replaceChildren(...found);
  history.replaceState(null, "", address);
  tellChips();
  watchEnd();
}

const end = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && goOn(), { rootMargin: AHEAD });

function watchEnd() {
  end.disconnect();
  const more = rows.querySelector("[data-more]");
  if (more) end.observe(more);
}

async function goOn() {
  end.disconnect();
  const mine = asked;
  const more = rows.querySelector("[data-more]");
  const found = await list(more.firstElementChild.href).catch(() => null);
  // The link stays where nothing came: it leads to the next page by itself.
  if (!found || mine !== asked) return;
  const hadFocus = more.contains(document.activeElement);
  more.replaceWith(...found);
  if (hadFocus) found.find((node) => node.querySelector?.("a"))?.querySelector("a").focus();
  watchEnd();
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search();
});
if (form) watchEnd();
document.querySelector(".filters [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
document.body.dataset.ready = "contacts";

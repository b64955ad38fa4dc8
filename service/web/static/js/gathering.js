// "I'm at: …": chosen once, with its day and place, it stamps every photo until it is changed.

import { inWords, today } from "./days.js";
import { lastSaid, nowAt } from "./place.js";

const form = document.querySelector("[data-photos]");
const chips = document.querySelectorAll("[data-gathering]");
const FIELDS = { gathering: "gathering", place: "place", metOn: "met_on" };

const value = (field) => form.elements[field].value.trim();

/** What stamps the next photo. */
export function where() {
  const gathering = value("gathering");
  return { gathering, place: gathering && value("place"), metOn: (gathering && value("met_on")) || today() };
}

function shown() {
  const { gathering, metOn } = where();
  const text = gathering && metOn !== today() ? `${gathering} · ${inWords(metOn)}` : gathering;
  for (const chip of chips) chip.textContent = text || chip.dataset.gathering;
}

function changed() {
  // A gathering that is begun today is of today, until somebody says otherwise.
  if (value("gathering") && !value("met_on")) form.elements.met_on.value = today();
  shown();
  return nowAt(where());
}

function choose({ name = "", place = "", day = "" }) {
  for (const [field, text] of Object.entries({ gathering: name, place, met_on: day })) form.elements[field].value = text;
  changed();
}

/** The phone remembers it by itself: the server hears of it with the first photo that arrives. */
export async function whereAndWhat() {
  const said = await lastSaid();
  const fields = Object.entries(FIELDS).map(([name, field]) => [name, form.elements[field]]);
  // Whoever was quicker than this script is not overruled by what was said before.
  const typed = fields.some(([, field]) => field.value !== field.defaultValue);
  if (said && !typed) for (const [name, field] of fields) field.value = said[name] ?? "";
  if (value("gathering") && !value("met_on")) form.elements.met_on.value = today();
  shown();
  for (const [, field] of fields) field.addEventListener("input", changed);
  if (typed) await nowAt(where());
  for (const known of document.querySelectorAll("[data-known]")) known.onclick = () => choose(known.dataset);
}

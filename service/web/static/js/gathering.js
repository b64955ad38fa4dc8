// Where the person is: chosen once, it stamps every photo until it is changed or a day has passed.

import { nowAt, whereNow } from "./place.js";

const form = document.querySelector("[data-photos]");
const chips = document.querySelectorAll("[data-gathering]");

/** What stamps the next photo. */
export function words() {
  return { gathering: form.elements.gathering.value.trim(), note: form.elements.note.value.trim() };
}

function shown() {
  for (const chip of chips) chip.textContent = words().gathering || chip.dataset.gathering;
}

/** The phone remembers the place itself: the server hears of it with the first photo that arrives. */
export async function whereAndWhat() {
  const field = form.elements.gathering;
  field.value = (await whereNow()) ?? field.value;
  shown();
  field.addEventListener("input", () => {
    shown();
    nowAt(field.value.trim());
  });
}

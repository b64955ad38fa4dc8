// Review: Enter confirms, E edits, D discards, the arrows go on and back; a tap on a reading answers its doubt.

import { answers } from "./review-doubts.js";
import { follow } from "./review-again.js";
import { lines } from "./review-lines.js";
import { swipes } from "./review-swipe.js";

const form = document.querySelector("[data-review]");
const press = (act) => document.querySelector(`button[form="review"][value="${act}"]:enabled, .acts [value="${act}"]`)?.click();

function edit() {
  const doubt = form.querySelector(".doubt[data-doubt]");
  const block = doubt?.querySelector("details.typed") ?? form.querySelector("[data-right]") ?? form.querySelector("[data-missing]");
  if (!block) return;
  block.open = true;
  block.querySelector("input[type=text], textarea")?.focus();
}

const KEYS = { Enter: () => press("confirm"), ArrowLeft: () => press("previous"), ArrowRight: () => press("next") };
// Who dictates, or touches keys by accident, turns these off in the settings (WCAG 2.1.4).
const LETTERS = { d: () => press("discard"), e: edit };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape" && event.target.closest("input, textarea")) return event.target.blur();
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
  const act = KEYS[event.key] ?? (form.dataset.letters === "on" ? LETTERS[event.key.toLowerCase()] : undefined);
  if (!act) return;
  event.preventDefault();
  act();
});

answers(form);
lines(form);
swipes(form.querySelector("[data-swipe]"), (step) => press(step));
follow(form);

// One tap, one answer: a second one on a slow line would hit the next card.
const buttons = () => [...form.elements].filter((element) => element.type === "submit");
form.addEventListener("submit", () => setTimeout(() => buttons().forEach((button) => (button.disabled = true))));
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.body.dataset.ready = "review";

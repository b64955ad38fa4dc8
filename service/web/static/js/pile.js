// The pile beside the shutter: how many cards were taken, the last of them, and that all are safe.

import { onCount } from "./waiting.js";
import { say } from "./words.js";

const screen = document.querySelector("[data-camera]");
const part = (name) => screen.querySelector(`[data-${name}]`);

let taken = 0;
let waiting = 0;

function safe() {
  const going = waiting ? say("safeAndGoing", waiting) : say("safe");
  part("safe").textContent = taken || waiting ? going : "";
}

function blink() {
  navigator.vibrate?.(30);
  part("view").classList.remove("shot");
  requestAnimationFrame(() => part("view").classList.add("shot"));
}

/** One more is on the phone's disk; `mini` is its small picture. */
export function added(mini) {
  taken += 1;
  blink();
  const picture = part("mini");
  if (picture.src) URL.revokeObjectURL(picture.src);
  picture.src = URL.createObjectURL(new Blob([mini], { type: "image/jpeg" }));
  picture.hidden = part("taken").hidden = false;
  screen.dataset.taken = part("taken").textContent = String(taken);
  part("pile").setAttribute("aria-label", say("taken", taken));
  safe();
}

export function countWaiting() {
  onCount((going) => {
    waiting = going;
    safe();
  });
}

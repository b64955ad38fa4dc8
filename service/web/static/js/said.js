// What is said of the next photo: a line, a spoken note, a promise with its day. After that photo it is forgotten.

import { today } from "./days.js";
import { canRecord, record } from "./spoken.js";
import { fact, setFact } from "./store.js";
import { say } from "./words.js";

const form = document.querySelector("[data-photos]");
const part = (name) => document.querySelector(`[data-${name}]`);
const marks = document.querySelectorAll("[data-noted]");

let spoken = null;
let asking = false;
let running = null;
let clock;

/** What goes with the next photo. */
export function said() {
  const { note, promise, promise_on: on } = form.elements;
  const promised = promise.value.trim();
  return { note: note.value.trim(), promise: promised, promiseOn: promised && (on.value || today(1)), spoken };
}

/** Whether a recording is under way: no photo is shot by itself meanwhile. */
export const recording = () => Boolean(running);

function shown() {
  const { note, promise } = said();
  for (const mark of marks) mark.classList.toggle("noted", Boolean(note || promise || spoken));
  part("promise-day").hidden = !promise;
  for (const chip of document.querySelectorAll("[data-promise]")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.promise === promise));
  }
  for (const chip of document.querySelectorAll("[data-in-days]")) {
    const day = today(Number(chip.dataset.inDays));
    chip.setAttribute("aria-pressed", String(day === (form.elements.promise_on.value || today(1))));
  }
}

function promise(chip) {
  const same = form.elements.promise.value === chip.dataset.promise;
  form.elements.promise.value = same ? "" : chip.dataset.promise;
  if (!form.elements.promise_on.value) form.elements.promise_on.value = today(1);
  shown();
}

function hear(recorded) {
  spoken = recorded;
  const player = part("player");
  if (player.src) URL.revokeObjectURL(player.src);
  player.removeAttribute("src");
  if (recorded) player.src = URL.createObjectURL(new Blob([recorded.bytes], { type: recorded.type }));
  part("heard").hidden = !recorded;
  part("record").hidden = Boolean(recorded);
  shown();
}

function tick(since) {
  const seconds = Math.floor((performance.now() - since) / 1000);
  const at = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  part("record").lastElementChild.textContent = `${say("stop")} · ${at}`;
}

async function startOrStop() {
  if (running) return running.stop();
  // A second tap while the phone asks about the microphone would begin a recording that nobody could stop.
  if (asking) return;
  asking = true;
  try {
    running = await record();
  } catch {
    part("mute").hidden = false;
    return;
  } finally {
    asking = false;
  }
  const since = performance.now();
  clock = setInterval(tick, 500, since);
  tick(since);
  part("record").setAttribute("aria-pressed", "true");
  const recorded = await running.done;
  clearInterval(clock);
  running = null;
  part("record").setAttribute("aria-pressed", "false");
  part("record").lastElementChild.textContent = say("record");
  await keep(recorded);
}

/** Kept on the phone before it is shown, so that it outlives a page that closes before the photo is taken. */
async function keep(recorded) {
  try {
    await setFact("spoken", recorded);
  } finally {
    hear(recorded);
  }
}

/** Take everything that was said away: it went with a photo. */
function clear() {
  for (const field of ["note", "promise", "promise_on"]) form.elements[field].value = "";
  if (spoken) setFact("spoken", null);
  hear(null);
}

export async function startSaid() {
  form.addEventListener("stamped", clear);
  for (const chip of document.querySelectorAll("[data-promise]")) chip.onclick = () => promise(chip);
  for (const chip of document.querySelectorAll("[data-in-days]")) {
    chip.onclick = () => {
      form.elements.promise_on.value = today(Number(chip.dataset.inDays));
      shown();
    };
  }
  for (const field of ["note", "promise", "promise_on"]) form.elements[field].addEventListener("input", shown);
  part("record").onclick = startOrStop;
  part("unsay").onclick = () => keep(null);
  part("spoken").hidden = !canRecord();
  hear((await fact("spoken")) ?? null);
}

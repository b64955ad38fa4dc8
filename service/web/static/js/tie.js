// The circle of a contact: dragging the slider names the circle, letting it go moves the contact there.

const PAUSE = 900;
const form = document.querySelector("[data-circle]");
const slider = form?.querySelector("input[type=range]");
const shown = form?.querySelector("[data-circle-name]");
const names = [...(form?.querySelectorAll("datalist option") ?? [])].map((option) => option.label);
const before = slider?.value;
let timer;
let sent;

function name() {
  shown.textContent = names[slider.value];
  slider.setAttribute("aria-valuetext", names[slider.value]);
}

/** Arrow keys change it step by step: only where it comes to rest is meant. */
function settle() {
  clearTimeout(timer);
  timer = slider.value === before ? 0 : setTimeout(() => form.requestSubmit(form.querySelector("button")), PAUSE);
}

function settled() {
  clearTimeout(timer);
  timer = 0;
}

/** Whoever leaves before it came to rest meant it all the same: it is sent behind their back. */
function leave() {
  if (!timer) return;
  settled();
  const body = new FormData(form);
  body.set("act", "circle");
  sent = fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
}

/** Who comes back to this page sees what came of it. */
async function back() {
  if (document.visibilityState !== "visible" || !sent) return;
  await sent;
  location.reload();
}

slider?.addEventListener("input", name);
slider?.addEventListener("change", settle);
form?.addEventListener("submit", settled);
addEventListener("pagehide", leave);
addEventListener("pageshow", back);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : back()));

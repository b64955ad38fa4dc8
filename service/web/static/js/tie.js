// The circle of a contact: dragging the slider names the circle, letting it go moves the contact there.

const PAUSE = 900;
const form = document.querySelector("[data-circle]");
const slider = form?.querySelector("input[type=range]");
const shown = form?.querySelector("[data-circle-name]");
const names = [...(form?.querySelectorAll("datalist option") ?? [])].map((option) => option.label);
const before = slider?.value;
let timer;

function name() {
  shown.textContent = names[slider.value];
  slider.setAttribute("aria-valuetext", names[slider.value]);
}

/** Arrow keys change it step by step: only where it comes to rest is meant. */
function settle() {
  clearTimeout(timer);
  timer = setTimeout(() => slider.value !== before && form.requestSubmit(form.querySelector("button")), PAUSE);
}

slider?.addEventListener("input", name);
slider?.addEventListener("change", settle);

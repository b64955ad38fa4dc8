// Review by keyboard, for a desk: Enter confirms, E edits, D discards; never while something is being typed.

const form = document.querySelector("[data-review]");
const press = (act) => form.querySelector(`.acts [value="${act}"]`).click();

function edit() {
  form.querySelector("details.right").open = true;
  form.querySelector(".doubt input, .right input, .right textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, button, a, summary")) return;
  const act = { Enter: () => press("confirm"), d: () => press("discard"), e: edit }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// What is typed wins over what is chosen, so nothing stays chosen beside it.
form.addEventListener("input", ({ target }) => {
  if (!target.name?.endsWith("-typed")) return;
  const choices = [...form.querySelectorAll(`input[type="radio"][name="${target.name.slice(0, -6)}"]`)];
  choices.forEach((choice, at) => (choice.checked = !target.value && at === 0));
});

// One tap, one answer: a second one on a slow line would hit the next card.
form.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("button").forEach((b) => (b.disabled = true))));
addEventListener("pageshow", () => form.querySelectorAll("button").forEach((b) => (b.disabled = false)));
document.body.dataset.ready = "review";

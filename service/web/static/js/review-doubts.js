// Doubts: a tap on a reading answers one, which then takes a line and no longer a screen; typing answers it too.

export function answers(form) {
  for (const doubt of form.querySelectorAll("[data-doubt]")) answerable(doubt);
}

function answerable(doubt) {
  const { radios, typed, details } = parts(doubt);
  // Only a pointer's tap folds it away: who goes through the readings by the arrow keys is still choosing.
  for (const radio of radios) {
    radio.addEventListener("click", ({ detail }) => {
      typed.value = "";
      details.open = !radio.value;
      if (detail > 0 && radio.value) fold(doubt, radio.value);
    });
  }
  details.addEventListener("toggle", () => {
    if (details.open && !typed.value) typed.value = radios.find((radio) => radio.checked)?.value ?? "";
  });
  // What is typed wins over what is chosen, so nothing stays chosen beside it.
  typed.addEventListener("input", () => radios.forEach((radio, at) => (radio.checked = !typed.value && at === 0)));
}

function parts(doubt) {
  return {
    radios: [...doubt.querySelectorAll('input[type="radio"]')],
    typed: doubt.querySelector('[name$="-typed"]'),
    details: doubt.querySelector("details.typed"),
  };
}

function fold(doubt, value) {
  const answer = document.createElement("button");
  const said = document.createElement("b");
  const change = document.createElement("span");
  answer.type = "button";
  answer.className = "answer";
  said.textContent = value;
  change.textContent = doubt.closest("form").dataset.change;
  answer.append(said, change);
  doubt.append(answer);
  doubt.classList.add("answered");
  mark(doubt).forEach((one) => (one.style.display = "none"));
  answer.addEventListener("click", () => unfold(doubt, answer));
}

function unfold(doubt, answer) {
  answer.remove();
  doubt.classList.remove("answered");
  mark(doubt).forEach((one) => (one.style.display = ""));
  doubt.querySelector("input:checked")?.focus();
}

const mark = (doubt) => doubt.closest("form").querySelectorAll(`[data-mark="${doubt.dataset.doubt}"]`);

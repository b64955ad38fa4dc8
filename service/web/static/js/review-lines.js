// Lines that no field took: dragged onto a field, from the list or off the picture. The choice beside each does the same.

const NEAR_PX = 6;

export function lines(form) {
  const tray = document.querySelector("[data-tray]");
  if (!tray) return;
  for (const row of form.querySelectorAll("[data-left]")) {
    const pick = row.querySelector("select");
    row.querySelector(".grip").addEventListener("pointerdown", (event) => begin(event, pick, tray));
  }
  for (const mark of form.querySelectorAll("[data-line]")) {
    const pick = form.elements[`line-${mark.dataset.line}`];
    mark.addEventListener("pointerdown", (event) => begin(event, pick, tray));
  }
}

function begin(event, pick, tray) {
  if (!event.isPrimary || event.button) return;
  event.preventDefault();
  const text = pick.closest("label").firstElementChild.textContent;
  const drag = { pick, tray, text, from: event, label: undefined, over: undefined };
  const move = (moved) => moved.pointerId === event.pointerId && carry(drag, moved);
  const end = (ended) => {
    if (ended.pointerId !== event.pointerId) return;
    removeEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, end);
    drop(drag, ended.type === "pointerup");
  };
  addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end);
}

function carry(drag, { clientX, clientY }) {
  if (!drag.label && Math.hypot(clientX - drag.from.clientX, clientY - drag.from.clientY) < NEAR_PX) return;
  if (!drag.label) {
    drag.label = document.createElement("div");
    drag.label.className = "carried";
    drag.label.textContent = drag.text;
    document.body.append(drag.label);
    drag.tray.hidden = false;
  }
  drag.label.style.transform = `translate(${clientX + 8}px, ${clientY - 56}px)`;
  const field = document.elementFromPoint(clientX, clientY)?.closest("[data-field]");
  if (field === drag.over) return;
  drag.over?.classList.remove("over");
  field?.classList.add("over");
  drag.over = field;
}

function drop(drag, meant) {
  drag.label?.remove();
  drag.tray.hidden = true;
  drag.over?.classList.remove("over");
  const field = meant && drag.label && drag.over?.dataset.field;
  if (!field || ![...drag.pick.options].some((option) => option.value === field)) return;
  drag.pick.value = field;
  const told = drag.pick.form.querySelector("[data-given]");
  told.textContent = `${drag.text}: ${drag.pick.selectedOptions[0].textContent}`;
}

// The sheets of the camera screen: the very fields of the page beneath, lent to it while one is open.

const screen = document.querySelector("[data-camera]");
const form = document.querySelector("[data-photos]");
const sheet = screen.querySelector("[data-words]");
const lent = sheet.querySelector("[data-lent]");

/** Whether one is typing: no photo is shot by itself meanwhile. */
export const sheetIsOpen = () => !sheet.hidden;

function show(name) {
  giveBack();
  const fields = document.querySelector(`[data-fields="${name}"]`);
  fields.home = fields.parentElement;
  lent.append(fields);
  sheet.hidden = false;
  fields.querySelector("input").focus();
}

function giveBack() {
  for (const fields of [...lent.children]) fields.home.append(fields);
}

function done() {
  giveBack();
  sheet.hidden = true;
  screen.querySelector("[data-shutter]").focus();
}

screen.querySelector("[data-where]").onclick = () => show("where");
screen.querySelector("[data-note]").onclick = () => show("said");
screen.querySelector("[data-gallery]").onclick = () => form.querySelector('input[type="file"][multiple]').click();
sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  done();
});
// Enter in a field of the page's own form would send that form.
lent.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  done();
});
screen.addEventListener("cancel", (event) => {
  if (!sheetIsOpen()) return;
  event.preventDefault();
  done();
});
screen.addEventListener("close", done);

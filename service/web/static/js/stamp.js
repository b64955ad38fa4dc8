// The words of the camera screen: the same place and note as on the page beneath, and the gallery's button.

const screen = document.querySelector("[data-camera]");
const form = document.querySelector("[data-photos]");
const sheet = screen.querySelector("[data-words]");

function show(name) {
  sheet.hidden = false;
  for (const field of ["gathering", "note"]) sheet.elements[field].value = form.elements[field].value;
  sheet.elements[name].focus();
}

screen.querySelector("[data-where]").onclick = () => show("gathering");
screen.querySelector("[data-note]").onclick = () => show("note");
screen.querySelector("[data-gallery]").onclick = () => form.querySelector('input[type="file"][multiple]').click();
sheet.addEventListener("input", ({ target }) => {
  form.elements[target.name].value = target.value;
  form.elements[target.name].dispatchEvent(new Event("input"));
});
sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  sheet.hidden = true;
  const noted = Boolean(sheet.elements.note.value.trim());
  screen.querySelector("[data-note]").classList.toggle("noted", noted);
});
// The note belongs to one photo.
form.addEventListener("stamped", () => screen.querySelector("[data-note]").classList.remove("noted"));

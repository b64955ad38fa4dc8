// One tap copies the address.

const button = document.querySelector("[data-copy]");
const said = document.querySelector("[data-copied]");

button.hidden = !navigator.clipboard;
button.onclick = async () => {
  await navigator.clipboard.writeText(document.querySelector("[data-copied-text]").textContent);
  said.textContent = button.dataset.done;
};
document.body.dataset.ready = "copy";

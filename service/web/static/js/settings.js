// A switch holds as soon as it is touched; without scripts there is a button.

for (const form of document.querySelectorAll("[data-at-once]")) {
  const said = form.querySelector("[data-saved]");
  let saved = Promise.resolve();
  const save = async () => {
    said.textContent = "";
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (answer?.ok) said.textContent = said.dataset.words;
    else form.submit();
  };
  // One after the other: what is said last is what stays.
  form.addEventListener("change", () => (saved = saved.then(save)));
}
document.body.dataset.ready = "settings";

// A contact's page: share it with whom the phone knows, and go back to the drawer as it was left.

const button = document.querySelector("[data-share]");
const text = document.querySelector("[data-text]").content.textContent.trim();
const status = document.querySelector("[data-shared]");

/** The vCard as a file, fetched as soon as a finger comes near: a share must follow its tap at once. */
let file;
const vcard = () =>
  (file ??= fetch(button.dataset.share)
    .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(`${answer.status}`))))
    .then((blob) => new File([blob], `${button.dataset.name}.vcf`, { type: "text/vcard" }))
    .catch(() => null));

// Chromium shares files of some kinds only, and says so too late: its answer to `canShare` is yes, to the share no
// (https://github.com/mdn/browser-compat-data/issues/15875). It alone has this property.
const sharesAnyFile = !navigator.userAgentData;

async function whatToShare() {
  const card = sharesAnyFile ? await vcard() : null;
  const asFile = card && { files: [card], title: button.dataset.name };
  return asFile && navigator.canShare?.(asFile) ? asFile : { title: button.dataset.name, text };
}

async function share() {
  // Whoever closes the sheet of the phone has changed their mind: no word about it.
  await navigator.share(await whatToShare()).catch(() => {});
}

async function copy() {
  await navigator.clipboard.writeText(text);
  status.textContent = button.dataset.copied;
  button.querySelector("[data-to-copy]").textContent = button.dataset.copied;
}

if (navigator.share || navigator.clipboard) {
  const act = navigator.share ? share : copy;
  button.querySelector("[data-to-share]").hidden = !navigator.share;
  button.querySelector("[data-to-copy]").hidden = Boolean(navigator.share);
  button.hidden = false;
  button.onclick = act;
  if (navigator.share && sharesAnyFile) {
    button.addEventListener("pointerdown", vcard);
    button.addEventListener("focus", vcard);
  }
}

// The drawer comes back as it was left: the same search, the same place in the list.
document.querySelector("[data-back]").onclick = (event) => {
  const before = document.referrer && new URL(document.referrer);
  if (before?.origin !== location.origin || before.pathname !== new URL(event.currentTarget.href).pathname) return;
  event.preventDefault();
  history.back();
};
document.body.dataset.ready = "contact";

// Today: what is written goes along into the program that sends it; coming back, the page asks whether it was sent.

const sheet = document.querySelector("[data-touch]");
const draft = sheet?.querySelector("[data-draft]");
const form = sheet?.querySelector("form");

/** The link of a way with the text as it stands now. */
function filled(href, text, subject) {
  const said = encodeURIComponent(text);
  if (href.startsWith("mailto:")) return `${href.split("?")[0]}?subject=${encodeURIComponent(subject)}&body=${said}`;
  if (href.startsWith("https://wa.me/")) return `${href.split("?")[0]}?text=${said}`;
  if (href.startsWith("sms:")) return `${href.split("?")[0]}?body=${said}`;
  return href;
}

function follow() {
  const subject = form.elements.subject?.value ?? "";
  for (const way of sheet.querySelectorAll("[data-way]")) way.href = filled(way.href, draft.value, subject);
}

/** Tell the server which way was opened; it asks "sent?" from then on, also on another device. */
async function opened(way) {
  form.elements.channel.value = way.dataset.way;
  // A site takes no text with it: it waits on the clipboard.
  if (way.dataset.way === "linkedin" && draft) await navigator.clipboard?.writeText(draft.value).catch(() => {});
  const body = new FormData(form);
  body.set("channel", way.dataset.way);
  await fetch(sheet.dataset.opened, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  sheet.dataset.left = "yes";
}

function back() {
  if (document.visibilityState === "visible" && sheet?.dataset.left) location.reload();
}

let looks = 0;

/** A quiet note where the text reads like a pitch; the words are the server's. */
async function look() {
  const mine = (looks += 1);
  const note = sheet.querySelector("[data-selling]");
  const answer = await fetch("/today/selling", { method: "POST", body: new FormData(form) }).catch(() => null);
  const said = answer?.ok && (await answer.json());
  // An answer about what stood there before is of no use.
  if (said && mine === looks) note.hidden = said.sells.length === 0;
}

if (draft) {
  draft.addEventListener("input", follow);
  form.elements.subject?.addEventListener("input", follow);
  // As tall as what it holds, so that nothing of the text is hidden.
  const grow = () => {
    draft.style.height = "auto";
    draft.style.height = `${draft.scrollHeight + 3}px`;
  };
  draft.addEventListener("input", grow);
  let timer;
  draft.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 700);
  });
  grow();
}
for (const way of sheet?.querySelectorAll("[data-way]") ?? []) way.addEventListener("click", () => opened(way));
document.addEventListener("visibilitychange", back);
addEventListener("focus", back);
form?.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("button").forEach((b) => (b.disabled = true))));
addEventListener("pageshow", () => form?.querySelectorAll("button").forEach((b) => (b.disabled = false)));
document.body.dataset.ready = "today";

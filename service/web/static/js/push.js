// Notices on this device: asked for by a tap, never by itself.

const box = document.querySelector("[data-push]");
const said = box.querySelector("[data-said]");
const WORKER = ["/sw.js", { type: "module", updateViaCache: "none" }];

function show(state) {
  for (const one of box.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== state;
  box.dataset.state = state;
}

function octets(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

const same = (one, other) => one?.byteLength === other.length && new Uint8Array(one).every((octet, at) => octet === other[at]);

async function mark(endpoint) {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(sum)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

async function subscription() {
  const worker = await navigator.serviceWorker.getRegistration();
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** The row of this device, if the server tells it: by the same key, under the same address. */
async function row() {
  const known = await subscription();
  if (!known || !same(known.options.applicationServerKey, octets(box.dataset.push))) return null;
  return document.querySelector(`[data-device="${await mark(known.endpoint)}"]`);
}

function whatIsMissing() {
  if (!isSecureContext) return "insecure";
  if ("PushManager" in window && "Notification" in window && navigator.serviceWorker) return "";
  return /iPhone|iPad/.test(navigator.userAgent) ? "home" : "unsupported";
}

async function look() {
  const missing = whatIsMissing();
  if (missing) return show(missing);
  if (Notification.permission === "denied") return show("denied");
  const mine = await row();
  if (mine) mine.querySelector("[data-this]").hidden = false;
  return show(mine && Notification.permission === "granted" ? "on" : "off");
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return look();
  await navigator.serviceWorker.register(...WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && !same(old.options.applicationServerKey, octets(box.dataset.push))) await old.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(box.dataset.push) });
  const answer = await fetch("/api/v1/devices", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "undrawer" },
    body: JSON.stringify(made),
  });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return location.reload();
}

box.querySelector("[data-turn-on]").onclick = async ({ currentTarget: button }) => {
  button.disabled = true;
  said.textContent = "";
  await turnOn().catch(() => (said.textContent = box.dataset.failed));
  button.disabled = false;
};

for (const form of document.querySelectorAll("[data-remove]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sure || !navigator.serviceWorker) return;
    event.preventDefault();
    form.dataset.sure = "yes";
    const mine = await row().catch(() => null);
    if (mine && mine === form.closest("[data-device]")) await (await subscription()).unsubscribe().catch(() => {});
    form.requestSubmit();
  });
}

await look();
document.body.dataset.ready = "push";

// The page of trust: says by itself when this phone has come to trust the machine, and takes the sign-in along.

const link = document.querySelector("[data-open]");
const status = document.querySelector('[role="status"]');
const EVERY_MS = 2500;

// What stands behind the # never goes over the network: it becomes part of the address by HTTPS here, in the phone.
const secret = location.hash.slice(1);
if (/^[A-Za-z0-9_-]+$/.test(secret)) link.href = `${link.dataset.open}/sign-in/${secret}`;

async function look() {
  let trusted = false;
  if (!document.hidden) {
    trusted = await fetch(`${link.dataset.open}/trusted`, { cache: "no-store" }).then((answer) => answer.ok, () => false); // prettier-ignore
    const said = trusted ? status.dataset.trusted : status.dataset.notYet;
    if (status.textContent !== said) status.textContent = said;
    status.classList.toggle("yes", trusted);
  }
  if (!trusted) setTimeout(look, EVERY_MS);
}

look();

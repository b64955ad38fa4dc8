// Putting a fresh piece of the server's own HTML in place of an old one, only where what it says has changed.

/** Fetch a document. XMLHttpRequest parses it itself: no string of HTML passes through our hands. */
export function load(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    // A session that ended answers with the sign-in page, which is not what was asked for.
    const asked = new URL(url, location.href).pathname;
    request.onload = () => {
      const came = request.status === 200 && new URL(request.responseURL).pathname === asked;
      if (came) resolve(request.response);
      else reject(new Error(`no ${asked}`));
    };
    request.onerror = () => reject(new Error("no network"));
    request.send();
  });
}

/** Of each place, which question it shows the answer to: they are numbered as they are asked. */
const shown = new WeakMap();
let asked = 0;

/** Replace what is in `place` by what came; `within` picks a part of the answer. True where something changed. */
export async function replaceFrom(url, place, within = "body") {
  const mine = (asked += 1);
  const fresh = (await load(url)).querySelector(within);
  // An older answer that comes after a newer one would take away what is there by now.
  if (mine < (shown.get(place) ?? 0)) return false;
  shown.set(place, mine);
  if (!fresh || fresh.textContent === place.textContent) return false;
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  if (focused) [...place.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  return true;
}

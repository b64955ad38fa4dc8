// A mail that is on its way: look again until it is not, then show what became of it.

const place = document.querySelector("[data-on-its-way]");
const EVERY_MS = 1500;
const AT_MOST = 80;

async function look(times) {
  if (document.visibilityState === "visible") {
    const answer = await fetch(place.dataset.onItsWay).catch(() => null);
    if (answer?.ok && !(await answer.json()).under_way) {
      // An address with a # would only scroll.
      if (place.dataset.then) location.replace(place.dataset.then);
      else location.reload();
      return;
    }
  }
  if (times < AT_MOST) setTimeout(() => look(times + 1), EVERY_MS);
}

if (place) setTimeout(() => look(0), EVERY_MS);

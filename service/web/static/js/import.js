// The page of an import: fresh figures while a worker is at it.

import { replaceFrom } from "./fresh.js";

const PAUSE = 1000;
const place = document.querySelector("[data-import]");

function atWork() {
  return place.querySelector("[data-at-work]").dataset.atWork === "yes";
}

async function follow() {
  if (!document.hidden) await replaceFrom(location.href, place, "[data-import]").catch(() => false);
  if (atWork()) setTimeout(follow, PAUSE);
}

if (atWork()) setTimeout(follow, PAUSE);

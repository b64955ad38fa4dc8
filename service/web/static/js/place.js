// Where the person said to be, while that is not long ago.

import { fact, setFact } from "./store.js";

const A_DAY = 20 * 3600 * 1000;

/** The place, or undefined where nothing was said lately. */
export async function whereNow() {
  const last = await fact("gathering");
  return last && Date.now() - last.at < A_DAY ? last.value : undefined;
}

export const nowAt = (value) => setFact("gathering", { value, at: Date.now() });

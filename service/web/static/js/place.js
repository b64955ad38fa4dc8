// Where the person said to be, which stamps every photo until it is changed: the gathering, its place and its day.

import { today } from "./days.js";
import { fact, setFact } from "./store.js";

const NOWHERE = { gathering: "", place: "", metOn: "" };

/** What was said last on this phone; undefined where nothing ever was. */
export const lastSaid = () => fact("gathering");

/** What stamps a photo that is taken now. Without a gathering the day is today's. */
export async function whereNow() {
  const said = (await lastSaid()) ?? NOWHERE;
  return { ...said, metOn: (said.gathering && said.metOn) || today() };
}

export const nowAt = (said) => setFact("gathering", said);

// The sentences that scripts say: the server writes them into the page in its language, here they get their numbers.

const said = JSON.parse(document.getElementById("words").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);

/** The sentence of this name; `n` chooses its form and stands in it. */
export function say(name, n) {
  const sentence = said[name];
  const form = typeof sentence === "string" ? sentence : (sentence[plural.select(n)] ?? sentence.other);
  return form.replace("{n}", n);
}

/** Why a photo was refused, by the code of the server. */
export function whyRefused(code) {
  return said.troubles[code] ?? said.refused;
}

/** Whether a refusal lies in the file itself, however often it is sent. */
export const ofTheFile = (code) => said.ofTheFile.includes(code);

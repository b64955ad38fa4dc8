// A card that is being read again: look every second whether it is done, and show it then.

const EVERY_MS = 1000;

export function follow(form) {
  const address = form.dataset.following;
  if (address) setTimeout(() => look(form, address), EVERY_MS);
}

async function look(form, address) {
  let state = "waiting";
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) state = (await answer.json()).reading_again;
  } catch {
    // No network: it is asked again.
  }
  if (state === "waiting") setTimeout(() => look(form, address), EVERY_MS);
  else location.reload();
}

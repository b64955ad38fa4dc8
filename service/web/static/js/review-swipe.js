// A swipe to the left is the next card, one to the right the one before; the arrows in the head do the same.

const FAR = 72;
const CLEARLY_SIDEWAYS = 2;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function swipes(picture, step) {
  const area = picture.closest("main");
  let from;
  area.addEventListener("pointerdown", (event) => {
    const own = event.target.closest("input, textarea, select, [data-left], [data-line]");
    // A mouse marks text; on the picture there is none.
    const meant = event.isPrimary && (event.pointerType !== "mouse" || picture.contains(event.target));
    from = meant && !own ? { x: event.clientX, y: event.clientY } : undefined;
  });
  addEventListener("pointermove", (event) => {
    if (from && event.isPrimary) show(picture, sideways(from, event));
  });
  addEventListener("pointerup", (event) => {
    if (!from || !event.isPrimary) return;
    const dx = sideways(from, event);
    from = undefined;
    show(picture, 0);
    if (Math.abs(dx) >= FAR) step(dx < 0 ? "next" : "previous");
  });
  addEventListener("pointercancel", () => {
    from = undefined;
    show(picture, 0);
  });
}

function sideways(from, { clientX, clientY }) {
  const dx = clientX - from.x;
  return Math.abs(dx) > CLEARLY_SIDEWAYS * Math.abs(clientY - from.y) ? dx : 0;
}

function show(picture, dx) {
  picture.style.transform = dx && !still.matches ? `translateX(${Math.round(dx / 2)}px)` : "";
}

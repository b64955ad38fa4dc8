"""Thirty cards laid before the camera one after the other, and what every second of it went into, by the page's events."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Page

CARDS = 30

WATCH = """(count) => {
  const camera = document.querySelector('[data-camera]');
  const outline = camera.querySelector('polygon');
  const events = window.events = [];
  const note = (what) => events.push([what, performance.now()]);
  let seen = false;
  new MutationObserver(() => {
    const now = Boolean(outline.getAttribute('points'));
    if (now !== seen) note(now ? 'seen' : 'gone');
    seen = now;
  }).observe(outline, {attributes: true});
  new MutationObserver(() => {
    note('kept');
    // Here and now, before the page looks for another: whoever watches from outside may come late.
    if (Number(camera.dataset.taken) === count) camera.querySelector('[data-auto]').click();
  }).observe(camera, {attributes: true, attributeFilter: ['data-taken']});
  document.addEventListener('click', ({ isTrusted }) => isTrusted && note('tap'), {capture: true});
}"""


@dataclass(frozen=True)
class Timed:
    """Seconds, as the page saw them: from the first tap to the last card kept; and of each card, from seen to kept."""

    cards: int
    taps: int
    whole: float
    waits: tuple[float, ...]

    @property
    def a_card(self) -> float:
        return self.whole / self.cards

    @property
    def typical_wait(self) -> float:
        return median(self.waits)

    @property
    def long_wait(self) -> float:
        """Of twenty cards one takes longer."""
        return sorted(self.waits)[int(0.95 * (len(self.waits) - 1))]


def shoot(page: Page, count: int = CARDS, *, patience_seconds: float = 180) -> Timed:
    """Open the camera with one tap and wait until so many cards are on the phone's disk; then close it."""
    page.evaluate(WATCH, count)
    page.locator("[data-open-camera]").click()
    camera = page.locator("[data-camera]")
    for _ in range(int(patience_seconds * 10)):
        if int(camera.get_attribute("data-taken") or 0) >= count:
            break
        page.wait_for_timeout(100)
    events: list[tuple[str, float]] = page.evaluate("window.events")
    page.keyboard.press("Escape")
    return timed(events)


def timed(events: Sequence[tuple[str, float]]) -> Timed:
    """Make seconds of the events; a wait begins where a card is first outlined after the one before was kept."""
    began = next(at for what, at in events if what == "tap")
    waits, seen, last = [], began, began
    waiting = False
    kept = 0
    for what, at in events:
        if what == "seen" and not waiting:
            seen, waiting = at, True
        elif what == "kept":
            waits.append((at - seen) / 1000 if waiting else 0.0)
            waiting, last = False, at
            kept += 1
    taps = sum(what == "tap" for what, _ in events)
    return Timed(kept, taps, (last - began) / 1000, tuple(waits))

# ruff: noqa: INP001 - a script beside others
"""Time thirty cards before the camera, in real Chromium, without a network: `.venv/bin/python script/thirty_cards.py`.

A film stands in for the camera: a hand lays a card down (0.9 s of bare desk) and leaves it there for 1.2 s. The figures
are counted from the page's own events; docs/phone.md gives them.
"""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from screenshots import new_account, running

from service.storage import accounts
from tests.pages.capturing import Phone, at_work, queue_is, ready
from tests.pages.conftest import FLAGS
from tests.pages.film import CARD_FRAMES, DESK_FRAMES, film
from tests.pages.thirty import CARDS, Timed, shoot

FRAMES_A_SECOND = 30  # of every film of JPEGs


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = flow(Path(folder))
    before = os.getloadavg()[0]
    hand = DESK_FRAMES / FRAMES_A_SECOND
    for line in (
        f"{found.cards} cards, {found.taps} tap, {found.whole:.1f} s: {found.a_card:.2f} s a card",
        f"of which the film's hand: {hand:.2f} s, and a card lies there for {CARD_FRAMES / FRAMES_A_SECOND:.2f} s",
        f"from outlined to safe on the phone's disk: {found.typical_wait:.2f} s (of twenty, one {found.long_wait:.2f} s)",
        f"so a hand that goes on at the blink: {hand + found.typical_wait:.2f} s a card",
        f"load of this machine: {before:.1f} on {os.cpu_count()} cores",
    ):
        print(line)  # noqa: T201 - a script prints


def flow(folder: Path) -> Timed:
    (folder / "data").mkdir()
    reel = film(folder / "cards.mjpeg", CARDS)
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags = [*FLAGS, *fake, f"--use-file-for-fake-video-capture={reel}"]
    with running(folder / "data") as (parts, address), sync_playwright() as playwright:
        phone = Phone(playwright, shutil.which("chromium") or "", folder / "phone", address, flags)
        owner = new_account(parts)
        with parts.db.transaction() as tx:
            link = accounts.new_sign_in_link(tx, owner=owner)
        page = phone.start()
        page.goto(f"/sign-in/{link}")
        page.locator("main form button").click()
        ready(page)
        at_work(page)
        phone.context.set_offline(True)
        found = shoot(page)
        queue_is(page, "offline", CARDS)
        phone.end()
    return found


if __name__ == "__main__":
    main()

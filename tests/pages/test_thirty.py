"""Thirty cards before the camera without a network, a flat battery half-way through sending: thirty at the server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import Playwright, expect

from tests.pages.capturing import Faults, Phone, at_work, queue_is, ready
from tests.pages.conftest import FLAGS, Enter
from tests.pages.film import film
from tests.pages.keeping import Keeper
from tests.pages.thirty import CARDS, shoot, timed

pytestmark = pytest.mark.browser

FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def phone(playwright: Playwright, address: str, tmp_path: Path) -> Iterator[Phone]:
    reel = film(tmp_path / "cards.mjpeg", CARDS + 6)  # a slow machine may miss some, and is shown none twice for it
    flags = [*FLAGS, *FAKE, f"--use-file-for-fake-video-capture={reel}"]
    carried = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", address, flags)
    yield carried
    carried.end()
    reel.unlink()


def test_thirty_cards_shot_offline_arrive_once_each_though_the_phone_dies(
    phone: Phone, app: APIFlask, enter: Enter, keeper: Keeper
) -> None:
    faults = Faults(app.wsgi_app)
    app.wsgi_app = faults  # type: ignore[assignment] # the place for what stands before an application
    page = phone.start()
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    at_work(page)
    phone.context.set_offline(True)
    taken = shoot(page)
    assert (taken.cards, taken.taps) == (CARDS, 1)
    queue_is(page, "offline", CARDS)
    faults.let_in = 12
    phone.context.set_offline(False)
    while len(faults.stored()) < 12:
        page.wait_for_timeout(20)
    phone.kill()
    assert len(faults.stored()) == 12
    faults.open_again()
    page = phone.start()
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    expect(page.locator("body")).to_have_attribute("data-waiting", "0", timeout=60_000)
    assert len(faults.stored()) == len(set(faults.stored())) == CARDS
    assert len({photo.sha256 for photo in keeper.photos()}) == CARDS


def test_time_is_counted_from_the_tap_and_from_the_outline() -> None:
    events = [("tap", 0.0), ("seen", 1000.0), ("kept", 1400.0), ("gone", 2000.0), ("seen", 3000.0), ("kept", 3600.0)]
    found = timed(events)
    assert (found.cards, found.taps, found.whole, found.a_card) == (2, 1, 3.6, 1.8)
    assert found.waits == (0.4, 0.6)

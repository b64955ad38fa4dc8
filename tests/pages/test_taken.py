"""What was said at the shutter is seen, and heard, beside the card and the contact."""

import re
from datetime import date

import pytest
from apiflask import APIFlask
from playwright.sync_api import expect

from service.domain.reading.stamp import Stamp
from service.storage.accounts import Account
from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser


@pytest.fixture
def card(app: APIFlask, ana: Account, keeper: Keeper) -> str:
    """Give a card whose photo carries a promise and a spoken note."""
    stamp = Stamp(promise="el contacto de Carmen", promise_on=date(2026, 3, 5))
    photo_id = keeper.photo("a.jpg", content=b"a", kind="image/jpeg", stamp=stamp)
    parts = app.extensions["undrawer"]
    keeper.speak(photo_id, parts.files.put(b"\x1a\x45\xdf\xa3 spoken"))
    return keeper.read(photo_id, some_cards()[1])[0]


def test_the_promise_and_the_spoken_note_stand_beside_the_card(enter: Enter, card: str) -> None:
    page = enter(f"/cards/{card}", language="es-ES")
    expect(page.get_by_text("Prometiste: el contacto de Carmen, para el 5 mar.")).to_be_visible()
    player = page.get_by_label("Nota de voz")
    expect(player).to_be_visible()
    heard = page.request.get(str(player.get_attribute("src")))
    assert (heard.headers["content-type"], heard.body()) == ("audio/webm", b"\x1a\x45\xdf\xa3 spoken")


def test_the_spoken_note_stays_with_the_contact(enter: Enter, keeper: Keeper, card: str) -> None:
    page = enter(f"/contacts/{keeper.confirm(card)}")
    expect(page.get_by_label("Spoken note")).to_have_attribute("src", re.compile("/spoken-note$"))

"""The page of the installation, for its owner alone, in her language, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from bench.keeping import signed_in
from service.storage import accounts
from service.storage.reading import photos
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser


def test_what_failed_is_tried_again_with_a_tap(enter: Enter, keeper: Keeper) -> None:
    photo_id = keeper.photo("tarde.jpg")
    found = enter.app.extensions["undrawer"]
    with found.db.transaction() as tx:
        photos.give_up(tx, id=photo_id, reason="gave_up")
    page = enter("/settings", language="es-ES", size={"width": 390, "height": 844})
    page.get_by_role("link", name="Esta instalación").click()
    page.get_by_role("button", name=re.compile("Intentar de nuevo:")).click()
    expect(page.get_by_text("Se vuelve a leer 1 foto.")).to_be_visible()
    with found.db.reading() as tx:
        assert photos.waiting(tx)[0] == 1


def test_a_second_account_finds_neither_link_nor_page(enter: Enter) -> None:
    db = enter.app.extensions["undrawer"].db
    with db.transaction() as tx:
        second = accounts.create(tx, name="Bruno Lima")
    client = signed_in(db, enter.app, second.id)
    assert client.get("/today").status_code == 200
    assert "/status" not in client.get("/settings").text
    assert client.get("/status").status_code == 404

"""A contact's page in a browser: how one met, both sides of the card, and sharing with whatever the browser has."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.capturing import until
from tests.pages.conftest import Enter
from tests.pages.drawn import back_of_the_first, some_cards
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser

PHONE_SHARES = """() => {
    window.shared = [];
    Object.defineProperty(navigator, "userAgentData", { value: undefined });
    navigator.canShare = () => true;
    navigator.share = async (what) => window.shared.push(what);
}"""
PHONE_SHARES_TEXT = """() => {
    window.shared = [];
    navigator.canShare = () => true;
    navigator.share = async (what) => window.shared.push(what);
}"""


def one_with_both_sides(keeper: Keeper) -> str:
    front = keeper.card(some_cards()[0], "front.jpg", gathering="Feria de Bilbao", note="Busca sensores")
    keeper.join(keeper.card(back_of_the_first(), "back.jpg"), front)
    return keeper.confirm(front)


def opened(enter: Enter, contact: str, script: str = "", **look: Any) -> Page:
    page = enter(**look)
    if script:
        page.add_init_script(f"({script})()")
    page.goto(f"/contacts/{contact}")
    return page


def test_how_one_met_is_told_once(enter: Enter, keeper: Keeper) -> None:
    keeper.confirm(keeper.card(some_cards()[1], gathering="Feria de Bilbao"))
    page = opened(enter, one_with_both_sides(keeper), language="es-ES")
    meeting = page.locator("section", has=page.get_by_role("heading", name="Cómo os conocisteis"))
    expect(meeting.get_by_text("Feria de Bilbao,")).to_have_count(1)
    expect(meeting.get_by_text("Busca sensores", exact=True)).to_be_visible()
    meeting.get_by_role("link", name="1 persona más de allí").click()
    expect(page.locator("#rows li")).to_have_count(2)


def test_both_sides_of_the_card_are_there(enter: Enter, keeper: Keeper) -> None:
    page = opened(enter, one_with_both_sides(keeper))
    for side in ("The card", "The back of the card"):
        picture = page.get_by_alt_text(side, exact=True)
        expect(picture).to_be_visible()
        assert picture.evaluate("one => one.complete && one.naturalWidth > 0")


def test_a_contact_is_shared_as_its_vcard(enter: Enter, keeper: Keeper) -> None:
    page = opened(enter, one_with_both_sides(keeper), PHONE_SHARES)
    page.get_by_role("button", name="Share").click()
    until(page, "shared.length")
    shared = page.evaluate(
        "async () => ({name: shared[0].files[0].name, type: shared[0].files[0].type, text: await shared[0].files[0].text()})"
    )
    assert (shared["name"], shared["type"]) == ("Nerea Urrutia Landa.vcf", "text/vcard")
    assert shared["text"].startswith("BEGIN:VCARD")


def test_a_browser_that_refuses_vcards_shares_the_words(enter: Enter, keeper: Keeper) -> None:
    page = opened(enter, one_with_both_sides(keeper), PHONE_SHARES_TEXT)
    page.evaluate("Object.defineProperty(navigator, 'userAgentData', { value: {} })")
    page.get_by_role("button", name="Share").click()
    until(page, "shared.length")
    shared = page.evaluate("shared[0]")
    assert shared["title"] == "Nerea Urrutia Landa"
    lines = shared["text"].splitlines()
    assert lines[:2] == ["Nerea Urrutia Landa", "Directora de compras, Talleres Argiz"]
    assert "+34 655 41 20 93" in lines


def test_a_browser_that_shares_nothing_copies(enter: Enter, keeper: Keeper) -> None:
    page = opened(enter, one_with_both_sides(keeper))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "nerea.urrutia@talleresargiz.es" in page.evaluate("navigator.clipboard.readText()")


def test_the_vcard_is_saved_to_the_phone(enter: Enter, keeper: Keeper) -> None:
    page = opened(enter, one_with_both_sides(keeper), script="", language="es-ES")
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar en este teléfono").click()
    assert download.value.suggested_filename == "Nerea Urrutia Landa.vcf"

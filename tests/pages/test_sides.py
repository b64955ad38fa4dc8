"""Two sides of a card on the screens: asked about, joined with one tap, chosen by hand, undone, and shown together."""

import pytest
from playwright.sync_api import Page, expect

from service.domain.reading.card import Doubt
from tests.pages.conftest import Enter
from tests.pages.drawn import back_of_the_first, some_cards
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser


@pytest.fixture
def front(keeper: Keeper) -> str:
    return keeper.card(some_cards()[0], "front.jpg", note="Busca sensores")


@pytest.fixture
def back(keeper: Keeper, front: str) -> str:
    assert front
    return keeper.card(back_of_the_first(doubt=Doubt.WEAK_LETTERS), "back.jpg")


def pictures(page: Page) -> list[str | None]:
    page.wait_for_load_state()
    return [picture.get_attribute("src") for picture in page.locator("main img.picture").all()]


@pytest.mark.parametrize("script", [True, False])
def test_a_back_is_asked_about_and_joined_with_one_tap(enter: Enter, front: str, back: str, *, script: bool) -> None:
    page = enter(f"/cards/{back}", script=script)
    question = page.get_by_role("group", name="Is this the back of the card of Nerea Urrutia Landa?")
    expect(question).to_contain_text("Both are of the same company.")
    question.get_by_role("button", name="Yes, one card").click()
    expect(page).to_have_url(f"{enter.visit.address}/cards/{front}")
    expect(page.get_by_text("Front and back are one card now.")).to_be_visible()
    assert pictures(page) == [f"/api/v1/cards/{front}/image", f"/api/v1/cards/{back}/image"]
    expect(page.get_by_text("1 of 1")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("They are two cards again.")).to_be_visible()
    expect(page.get_by_text("of 2")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Front and back are one card now.")).to_be_visible()


def test_a_doubt_on_the_back_is_shown_on_the_back(enter: Enter, front: str, back: str) -> None:
    page = enter(f"/cards/{front}")
    page.get_by_role("button", name="Yes, one card").click()
    site = page.get_by_role("group", name="What is the website?")
    expect(site.locator("image")).to_have_attribute("href", f"/api/v1/cards/{back}/image")
    for at in (0, 1):
        expect(page.locator(".seen").nth(at).locator("rect.edge")).to_have_count(1)


def test_who_says_no_is_not_asked_again_and_may_change_their_mind(enter: Enter, front: str, back: str) -> None:
    page = enter(f"/cards/{front}")
    page.get_by_role("group", name="Is this its back?").get_by_role("button", name="No, two cards").click()
    expect(page.get_by_text("They stay two cards.")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, one card")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="No, two cards").click()
    expect(page.get_by_text("They stay two cards.")).to_be_visible()
    page.goto(f"/cards/{back}")
    expect(page.get_by_role("button", name="Yes, one card")).to_have_count(0)


def test_the_other_side_is_chosen_by_hand(enter: Enter, keeper: Keeper, front: str) -> None:
    back = keeper.card(back_of_the_first("Grupo Mimbre"), "back.jpg")
    page = enter(f"/cards/{front}")
    expect(page.get_by_role("button", name="Grupo Mimbre")).to_be_hidden()
    page.get_by_text("Has it another side?").click()
    page.get_by_role("button", name="Grupo Mimbre").click()
    expect(page).to_have_url(f"{enter.visit.address}/cards/{front}")
    page.get_by_role("button", name="Take front and back apart").click()
    expect(page.get_by_text("They are two cards again.")).to_be_visible()
    page.goto(f"/cards/{back}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Grupo Mimbre")


def test_what_was_typed_before_the_tap_is_kept(enter: Enter, front: str, back: str) -> None:
    page = enter(f"/cards/{front}")
    assert back
    company = page.get_by_role("group", name="What is the company?")
    company.get_by_text("It says something else").click()
    company.get_by_role("textbox").fill("Talleres Árgiz")
    page.get_by_role("button", name="Yes, one card").click()
    page.get_by_text("Looks right").click()
    expect(page.get_by_role("textbox", name="Company")).to_have_value("Talleres Árgiz")


def test_the_contact_shows_both_sides_and_has_what_both_say(
    enter: Enter, keeper: Keeper, front: str, back: str
) -> None:
    page = enter(f"/cards/{back}", language="es-ES")
    page.get_by_role("button", name="Sí, es la misma").click()
    page.get_by_role("button", name="Confirmar", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nerea Urrutia Landa")
    expect(page.get_by_role("link", name="talleresargiz.es", exact=True)).to_be_visible()
    expect(page.get_by_alt_text("El reverso de la tarjeta")).to_be_visible()
    assert pictures(page) == [f"/api/v1/cards/{front}/image", f"/api/v1/cards/{back}/image"]
    assert len(keeper.contacts()) == 1
    page.goto("/cards")
    expect(page.get_by_text("No queda nada por revisar")).to_be_visible()


def test_a_back_that_was_joined_meanwhile_leads_to_its_front(enter: Enter, front: str, back: str) -> None:
    page, other = enter(f"/cards/{back}"), enter(f"/cards/{back}")
    other.get_by_role("button", name="Yes, one card").click()
    expect(other).to_have_url(f"{enter.visit.address}/cards/{front}")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page).to_have_url(f"{enter.visit.address}/cards/{front}")

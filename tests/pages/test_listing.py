"""The drawer's list in a browser: it goes on as one scrolls, narrows down by chips, and says what is to be decided."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_journey import ready

pytestmark = pytest.mark.browser

FAIR, LUNCH = "Feria de Bilbao", "Comida en Vigo"
PERSON = ".person .serif:not(.tile)"


def met(keeper: Keeper) -> list[str]:
    """Three cards confirmed: two of a fair, one of a lunch."""
    places = (FAIR, FAIR, LUNCH)
    return [
        keeper.confirm(keeper.card(card, f"{at}.jpg", gathering=place))
        for at, (card, place) in enumerate(zip(some_cards(), places, strict=True))
    ]


def imported(keeper: Keeper, number: int) -> None:
    """Contacts without a card and without a tie, as if brought from elsewhere."""
    keeper.write(*(vcard(f"Persona {at:03}", note="habla de barcos" if at == 7 else "") for at in range(number)))


def vcard(name: str, *, note: str = "") -> str:
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uuid4()}", f"FN:{name}", f"N:{name};;;;", f"NOTE:{note}", "END:VCARD")
    return "".join(line + "\r\n" for line in lines)


def names(page: Page) -> list[str]:
    return [name.strip() for name in page.locator(PERSON).all_text_contents()]


def found_all(page: Page, said: str) -> None:
    """Wait for what all that was typed finds: its first letters may find the same, and what they found goes away again."""
    expect(page).to_have_url(re.compile(f"[?&]q={said}(&|$)"))


def test_people_stand_under_the_gathering_where_they_were_met(enter: Enter, keeper: Keeper) -> None:
    met(keeper)
    page = enter("/contacts", language="es-ES")
    assert page.locator("#rows h2").all_inner_texts() == [f"{LUNCH}, hoy", f"{FAIR}, hoy"]
    expect(page.locator("#rows section").last.locator("li")).to_have_count(2)
    page.locator(".filters").get_by_role("link", name=FAIR).click()
    expect(page.locator("#rows li")).to_have_count(2)
    expect(page.locator(".filters [aria-current]")).to_contain_text(FAIR)
    page.get_by_role("searchbox").press_sequentially("tomas")
    found_all(page, "tomas")
    expect(page.locator("#rows li")).to_have_count(1)
    page.locator(".filters").get_by_role("link", name=FAIR).click()
    expect(page.get_by_role("searchbox")).to_have_value("tomas")
    expect(page.locator(".filters [aria-current]")).to_have_count(1)


def test_nobody_is_without_a_next_step_unless_it_says_so(enter: Enter, keeper: Keeper) -> None:
    met(keeper)
    imported(keeper, 2)
    page = enter("/contacts", language="es-ES")
    expect(page.locator(".person", has_text="Persona").get_by_text("Falta decidir")).to_have_count(2)
    assert all(page.locator(".person .step").all_inner_texts())
    page.locator(".filters").get_by_role("link", name="Falta decidir").click()
    expect(page.locator(PERSON)).to_have_text(["Persona 001", "Persona 000"])


def test_the_list_goes_on_as_one_scrolls(enter: Enter, keeper: Keeper) -> None:
    imported(keeper, 130)
    page = enter("/contacts")
    expect(page.locator("#rows li")).to_have_count(50)
    for number in (100, 130):
        # No further than that: whoever scrolls on when the next are there already has asked for those after them too.
        page.locator("#rows li").last.scroll_into_view_if_needed()
        expect(page.locator("#rows li")).to_have_count(number)
    assert names(page) == [f"Persona {at:03}" for at in reversed(range(130))]
    expect(page.locator("[data-more]")).to_have_count(0)
    assert page.locator("#rows h2").count() == 1


def test_the_list_goes_on_without_scripts(enter: Enter, keeper: Keeper) -> None:
    imported(keeper, 60)
    page = enter("/contacts", script=False)
    page.get_by_role("link", name="More").click()
    expect(page.locator("#rows li")).to_have_count(10)
    page.get_by_role("searchbox").fill("barcos")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(PERSON)).to_have_text(["Persona 007"])


def test_what_is_typed_last_is_what_is_shown(enter: Enter, keeper: Keeper) -> None:
    imported(keeper, 20)
    page = enter("/contacts")

    asked: list[Route] = []
    page.route("**/contacts/rows?q=persona", lambda route: asked.append(route))  # noqa: PLW0108 - it wants a function
    search = page.get_by_role("searchbox")
    search.fill("persona")
    while not asked:
        page.wait_for_timeout(20)
    search.fill("persona 011")
    expect(page.locator("#rows li")).to_have_count(1)
    asked[0].continue_()  # the answer to the first question comes after the second's
    page.wait_for_timeout(500)
    assert names(page) == ["Persona 011"]


def test_the_way_back_from_a_contact_leads_to_the_same_search(enter: Enter, keeper: Keeper) -> None:
    met(keeper)
    page = enter("/contacts")
    page.get_by_role("searchbox").fill("quiroga")
    expect(page.locator("#rows li")).to_have_count(1)
    page.locator("#rows a").first.click()
    ready(page, "contact")  # without its script the link leads to the whole drawer
    page.get_by_role("link", name="Back to the drawer").click()
    expect(page.get_by_role("searchbox")).to_have_value("quiroga")
    expect(page.locator("#rows li")).to_have_count(1)


def test_every_gathering_has_its_line_on_a_page_of_its_own(enter: Enter, keeper: Keeper) -> None:
    met(keeper)
    page = enter("/gatherings")
    page.get_by_role("link", name=FAIR).click()
    expect(page.get_by_role("heading", name=FAIR)).to_be_visible()


def test_the_keyboard_alone_finds_and_opens_somebody(enter: Enter, keeper: Keeper) -> None:
    met(keeper)
    page = enter("/contacts")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("greta")
    found_all(page, "greta")
    expect(page.locator("#rows li")).to_have_count(1)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.person')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Greta Lindqvist")).to_be_visible()


def test_a_row_says_where_the_word_was_found(enter: Enter, keeper: Keeper) -> None:
    imported(keeper, 9)
    page = enter("/contacts?q=barc")
    assert page.locator(".person .found").inner_text() == "habla de barcos"
    assert page.locator(".person mark").inner_text() == "barcos"
    page.get_by_role("searchbox").fill("persona 007")
    expect(page.locator(".person .found")).to_have_count(0)

"""What every screen owes everybody: axe finds nothing, text may be twice its size, and both languages say it all."""

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import pytest
from playwright.sync_api import Page

from service.domain.card import Reading
from tests.pages.conftest import Enter
from tests.pages.drawn import back_of_the_first, some_cards
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
DESK = {"width": 1280, "height": 800}
NARROW_AT_TWICE = {"width": 195, "height": 422}
"""A phone of 390 pixels whose text is twice its size has room for as much as one of 195."""

Screens = Callable[[], list[str]]


@pytest.fixture
def screens(keeper: Keeper) -> list[str]:
    """Give the addresses of every screen, each with something to show."""
    doubtful, sure, last = some_cards()
    to_review = keeper.card(
        doubtful, "a.jpg", gathering="Feria de Bilbao", note="Busca sensores para la línea de corte"
    )
    keeper.card(back_of_the_first(), "back.jpg")
    joined = keeper.card(sure, "b.jpg")
    keeper.join(keeper.card(replace(back_of_the_first(), reading=Reading()), "b-back.jpg"), joined)
    contact = keeper.confirm(keeper.card(last, "c.jpg", gathering="Feria de Bilbao", note="Prometió muestras"))
    keeper.photo("IMG_2042.heic")
    keeper.give_up(keeper.photo("IMG_2043.heic"), "no_card")
    pages = (
        "/",
        f"/cards/{to_review}",
        f"/cards/{joined}",
        "/contacts",
        "/contacts?q=zzz",
        f"/contacts/{contact}",
        f"/contacts/{contact}/edit",
    )
    return [*pages, "/nowhere"]


def faults_of(page: Page) -> list[str]:
    """Ask axe; evaluated from outside, so the page's own policy stays as strict as it is."""
    page.evaluate(AXE)
    found = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found["violations"]]


@pytest.mark.parametrize(("language", "scheme"), [("en-GB", "light"), ("es-ES", "dark")])
@pytest.mark.parametrize("size", [None, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(
    enter: Enter, screens: list[str], language: str, scheme: str, size: dict[str, int] | None
) -> None:
    page = enter(language=language, scheme=scheme, size=size)
    faults = []
    for screen in screens:
        page.goto(screen)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        faults += faults_of(page)
    page.context.clear_cookies()
    for screen in ("/sign-in", "/sign-in/some-token"):
        page.goto(screen)
        faults += faults_of(page)
    enter.visit.forgive("404")
    assert faults == []


def test_axe_finds_nothing_in_an_empty_drawer(enter: Enter) -> None:
    page = enter(language="es-ES")
    faults = []
    for screen in ("/", "/cards", "/contacts"):
        page.goto(screen)
        faults += faults_of(page)
    assert faults == []


def test_text_twice_its_size_needs_no_scrolling_sideways(enter: Enter, screens: list[str]) -> None:
    page = enter(language="es-ES", size=NARROW_AT_TWICE)
    wide = []
    for screen in screens:
        page.goto(screen)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(screen)
    enter.visit.forgive("404")
    assert wide == []


def test_a_thumb_hits_everything(enter: Enter, screens: list[str]) -> None:
    page = enter()
    small = []
    for screen in screens[:-1]:
        page.goto(screen)
        small += page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
                .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden, .skip, .choice, .finder label'))
                .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
                .filter(([box]) => box.height < 44 || box.width < 44).map(([, html]) => html)"""
        )
    assert small == []


def test_the_browsers_language_decides_and_the_switch_overrules(enter: Enter) -> None:
    page = enter(language="es-MX")
    assert page.locator("html").get_attribute("lang") == "es"
    page.get_by_label("Menú").click()
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/contacts")
    assert page.get_by_role("heading", level=1).inner_text() == "Drawer"

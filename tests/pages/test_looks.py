"""What every page owes everybody: axe finds nothing, text may be twice its size, and both languages say it all."""

from importlib.resources import files
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import Page, expect

from tests.pages.conftest import PHONE, Enter
from tests.pages.every_page import ELSEWHERE, PATHS, fill, paths, send_sheet
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
DESK = {"width": 1280, "height": 800}
NARROW_AT_TWICE = {"width": 195, "height": 422}
"""A phone of 390 pixels whose text is twice its size has room for as much as one of 195."""
RULES = "['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']"


@pytest.fixture
def screens(keeper: Keeper) -> list[str]:
    """Give the addresses of every page, each with something to show, and one that is not there."""
    return [*paths(fill(keeper)), "/nowhere"]


def faults_of(page: Page, rules: str = RULES) -> list[str]:
    """Ask axe of the whole page; evaluated from outside, so the page's own policy stays as strict as it is."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate(f"() => axe.run(document, {{runOnly: {rules}}})")
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found["violations"]]


def open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => (fold.open = true))")


def show_all_at_once(page: Page) -> None:
    """Make the window as high as the page: what the bar at the foot covers for the moment is a scroll away, and no fault."""
    size = page.viewport_size or PHONE
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": height})


def faults_in_both_lights(page: Page) -> list[str]:
    """All rules by day; by night only the colours are others."""
    open_folds(page)
    show_all_at_once(page)
    page.emulate_media(color_scheme="light")
    by_day = faults_of(page)
    page.emulate_media(color_scheme="dark")
    return by_day + [f"dark: {fault}" for fault in faults_of(page, "{type: 'rule', values: ['color-contrast']}")]


def test_every_page_is_walked(app: APIFlask) -> None:
    pages = {
        rule.endpoint.removeprefix("pages.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("pages.") and "GET" in (rule.methods or ())
    }
    assert pages == {*PATHS, *ELSEWHERE}


@pytest.mark.timeout(1800)  # sixty pages, each asked twice: a slow machine needs more than for others
@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_has_a_fault_a_complaint_or_a_word_with_strangers(
    enter: Enter, screens: list[str], language: str, size: dict[str, int], tmp_path: Path
) -> None:
    """The fixture `watch` hears every console and sees every request, also those that a policy refuses."""
    page = enter(language=language, size=size)
    faults = []
    for screen in [*screens, send_sheet(page, tmp_path)]:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        answer = page.goto(screen)
        policy = answer.headers["content-security-policy"] if answer else ""
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.locator("html").get_attribute("lang") == language[:2]
        faults += faults_in_both_lights(page)
    page.context.clear_cookies()
    for screen in ("/sign-in", "/sign-in/some-token"):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.goto(screen)
        faults += faults_in_both_lights(page)
    enter.visit.forgive("404")
    assert faults == []


def test_axe_finds_nothing_in_an_empty_drawer(enter: Enter) -> None:
    page = enter(language="es-ES")
    faults = []
    for screen in ("/", "/cards", "/cards/themselves", "/contacts", "/gatherings", "/today", "/week", "/sorting"):
        page.goto(screen)
        faults += faults_of(page)
    assert faults == []


def test_text_twice_its_size_needs_no_scrolling_sideways(enter: Enter, screens: list[str]) -> None:
    page = enter(language="es-ES", size=NARROW_AT_TWICE)
    wide = []
    for screen in screens:
        page.goto(screen)
        open_folds(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(screen)
    enter.visit.forgive("404")
    assert wide == []


def test_a_thumb_hits_everything(enter: Enter, screens: list[str]) -> None:
    page = enter()
    small = []
    for screen in screens[:-1]:
        page.goto(screen)
        # What stands in the midst of a sentence is as high as its line; a label takes the tap for its switch.
        small += page.evaluate(
            """() => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
                .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden, .skip, .choice, .finder label'))
                .filter((one) => !one.matches('p a:not(.link, .button, .plain)'))
                .map((one) => [(one.closest('label') ?? one).getBoundingClientRect(), one.outerHTML.slice(0, 120)])
                .filter(([box]) => box.height < 44 || box.width < 44).map(([, html]) => `${location.pathname} ${html}`)"""
        )
    assert not small, "\n".join(small)


def test_the_browsers_language_decides_and_the_switch_overrules(enter: Enter) -> None:
    page = enter(language="es-MX")
    assert page.locator("html").get_attribute("lang") == "es"
    page.get_by_label("Menú").click()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/contacts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Drawer")

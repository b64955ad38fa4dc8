"""The page of all the ways to keep ties: reached from the bar, and nothing on it that leads nowhere."""

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "name"), [("en-GB", "Ties"), ("es-ES", "Vínculos")])
def test_the_bar_leads_to_the_ties_and_every_row_leads_on(enter: Enter, language: str, name: str) -> None:
    page = enter("/today", language=language, size={"width": 360, "height": 740})
    tabs = page.locator(".bar a")
    tops = {round(tab.bounding_box()["y"]) for tab in tabs.all()}  # type: ignore[index] # it is seen
    assert (tabs.count(), len(tops)) == (5, 1)
    page.locator(".bar").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    for href in [row.get_attribute("href") or "" for row in page.locator(".hub a").all()]:
        answer = page.goto(href)
        assert answer is not None
        assert answer.ok, href

"""Contacts taken away in a browser: for which address book, what it would lose, and the file."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests.domain.exports.people import everybody
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("language", "carry", "outlook", "lost", "download"),
    [
        ("es-ES", "Llevarte estos contactos", "Outlook, un archivo", "varias páginas web", "Descargar 5 contactos"),
        ("en-GB", "Take these contacts along", "Outlook, one file", "several websites", "Download 5 contacts"),
    ],
)
def test_what_outlook_loses_is_told_before_its_file_is_fetched(
    enter: Enter, keeper: Keeper, language: str, carry: str, outlook: str, lost: str, download: str
) -> None:
    keeper.write(*everybody())
    page = enter("/contacts", language=language)
    page.locator("main").get_by_role("link", name=carry).click()
    page.get_by_role("link", name=outlook).click()
    expect(page.get_by_text(lost)).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name=download).click()
    with zipfile.ZipFile(fetched.value.path()) as archive:
        assert len(archive.namelist()) == 5


def test_only_what_was_searched_for_goes_along(enter: Enter, keeper: Keeper) -> None:
    keeper.write(*everybody())
    page = enter("/contacts?q=gross", script=False)
    page.locator("main").get_by_role("link", name="Take these contacts along").click()
    page.get_by_role("link", name="vCard 4.0").click()
    expect(page.get_by_text("Everything.")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Download 1 contact").click()
    assert fetched.value.path().read_text(encoding="utf-8").count("VERSION:4.0") == 1


def test_a_phone_is_given_the_form_of_its_own_address_book(enter: Enter, keeper: Keeper) -> None:
    contact = keeper.write(everybody()[0])[0]
    page = enter("/export")
    asked = {"User-Agent": ANDROID}
    saved = page.request.get(f"/contacts/{contact}.vcf", headers=asked)
    assert "attachment" in saved.headers["content-disposition"]
    assert "\r\n " not in saved.text()
    on_iphone = page.request.get(
        f"/contacts/{contact}.vcf", headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5)"}
    )
    assert on_iphone.headers["content-disposition"].startswith("inline")
    assert page.request.get("/export/fax").status == 404

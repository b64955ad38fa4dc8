"""The drawer in a browser: find, change, delete and bring back; photos in trouble; samples; no script at all."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser


def filled(keeper: Keeper) -> list[str]:
    return [keeper.confirm(keeper.card(card, f"{at}.jpg")) for at, card in enumerate(some_cards())]


def test_search_finds_as_one_types_whatever_the_accents(enter: Enter, keeper: Keeper) -> None:
    filled(keeper)
    page = enter("/contacts")
    expect(page.locator("#rows li")).to_have_count(3)
    page.get_by_role("searchbox").press_sequentially("tomas")
    expect(page).to_have_url(re.compile("[?]q=tomas$"))  # "tom" finds the same
    expect(page.locator("#rows li")).to_have_count(1)
    expect(page.get_by_text("Tomás Quiroga Vela")).to_be_visible()
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("tomas")
    page.get_by_role("searchbox").fill("nobody at all")
    expect(page.get_by_text("Nobody found")).to_be_visible()


def test_of_very_many_contacts_the_page_says_that_there_are_more(
    enter: Enter, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(keeper)
    monkeypatch.setattr("service.storage.people.drawer.COUNTED_TO", 2)
    monkeypatch.setattr("service.web.pages.people.contacts.COUNTED_TO", 2)
    page = enter("/contacts", language="es-ES")
    expect(page.get_by_text("Más de 2 contactos")).to_be_visible()
    expect(page.locator("#rows li")).to_have_count(3)


def test_a_contact_can_be_called_written_to_and_found(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/contacts/{filled(keeper)[0]}")
    assert page.get_by_role("link", name="Call").get_attribute("href") == "tel:+34655412093"
    assert page.get_by_role("link", name="E-mail").get_attribute("href") == "mailto:nerea.urrutia@talleresargiz.es"
    assert "Bilbao" in (page.get_by_role("link", name="Map").get_attribute("href") or "")
    expect(page.get_by_alt_text("The card")).to_be_visible()


def test_a_change_keeps_what_was_not_touched(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/contacts/{filled(keeper)[0]}")
    before = keeper.contacts()[-1].vcard
    page.get_by_label("More").click()
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Job title").fill("Directora general")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Directora general")).to_be_visible()
    after = keeper.contacts()[-1].vcard
    assert [line for line in before.splitlines() if line.startswith(("TEL", "ADR", "EMAIL", "UID", "N:"))] == [
        line for line in after.splitlines() if line.startswith(("TEL", "ADR", "EMAIL", "UID", "N:"))
    ]


def test_deleting_can_be_undone(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/contacts/{filled(keeper)[0]}")
    page.get_by_label("More").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#rows li")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Nerea Urrutia Landa")).to_be_visible()


def test_the_card_of_a_deleted_contact_leads_back_to_the_cards(enter: Enter, keeper: Keeper) -> None:
    card = keeper.card(some_cards()[0])
    page = enter(f"/contacts/{keeper.confirm(card)}")
    page.get_by_label("More").click()
    page.get_by_role("button", name="Delete").click()
    page.goto(f"/cards/{card}")
    expect(page).to_have_url(re.compile("/cards$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_everything_can_be_carried_away_at_once(enter: Enter, keeper: Keeper) -> None:
    filled(keeper)
    page = enter("/contacts")
    page.locator("main").get_by_role("link", name="Take these contacts along").click()
    page.get_by_role("link", name="iPhone").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download 3 contacts").click()
    assert download.value.path().read_text(encoding="utf-8").count("BEGIN:VCARD") == 3


def test_a_photo_in_trouble_says_why_and_can_be_tried_again_or_dropped(enter: Enter, keeper: Keeper) -> None:
    photo = keeper.photo("IMG_2030.heic")
    keeper.give_up(photo, "no_card")
    page = enter(language="es-ES")
    expect(page.get_by_text("No hemos encontrado ninguna tarjeta")).to_be_visible()
    page.get_by_role("button", name="Intentar de nuevo").click()
    expect(page.get_by_text("leyendo…")).to_be_visible()
    keeper.give_up(photo, "too_small")
    expect(page.get_by_text("demasiado pequeña")).to_be_visible()
    expect(page.get_by_role("button", name="Intentar de nuevo")).to_have_count(0)  # it stays as small as it is
    page.get_by_role("button", name="Descartar").click()
    expect(page.get_by_text("El cajón está vacío")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "said"),
    [("es-ES", "O trae los contactos que ya tienes"), ("en-GB", "Or bring in the contacts you have already")],
)
def test_an_empty_drawer_leads_to_the_import_of_an_address_book_too(enter: Enter, language: str, said: str) -> None:
    page = enter("/contacts", language=language)
    page.get_by_role("link", name=said).click()
    expect(page.locator("input[type=file]")).to_be_visible()


def test_a_photo_outlives_the_end_of_the_session(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "argiz.jpg").write_bytes(some_cards()[0].picture)
    page = enter()
    page.context.clear_cookies()
    page.get_by_label("Choose photos").set_input_files(tmp_path / "argiz.jpg")
    expect(page.get_by_text("You were signed out").last).to_be_visible()
    page.get_by_role("link", name="Sign in").first.click()
    page.goto(enter.link())
    page.locator("main form button").click()
    expect(page.locator("[data-photo]")).to_have_count(1)
    assert [photo.name for photo in keeper.photos()] == ["argiz.jpg"]
    enter.visit.forgive("401")


def test_the_list_waits_where_the_session_ended(enter: Enter, keeper: Keeper) -> None:
    keeper.photo("IMG_2042.heic")
    page = enter()
    with page.expect_response(lambda answer: "/sign-in" in answer.url):
        page.context.clear_cookies()
    expect(page.get_by_text("IMG_2042.heic")).to_be_visible()
    expect(page.get_by_label("Password")).to_have_count(0)


def test_samples_go_the_way_of_any_photo(enter: Enter, keeper: Keeper) -> None:
    page = enter()
    page.get_by_role("button", name="Try it with sample cards").click()
    expect(page.locator("[data-photo]")).to_have_count(4)
    assert {photo.state for photo in keeper.photos()} == {"received"}


def test_all_of_it_works_with_scripts_off(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    card = some_cards()[0]
    file = tmp_path / "argiz.jpg"
    file.write_bytes(card.picture)
    (tmp_path / "letter.jpg").write_bytes(b"Dear Sir or Madam")
    page = enter(script=False)
    page.get_by_label("Choose photos").set_input_files([file, tmp_path / "letter.jpg"])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("1 photo is safe here.")).to_be_visible()
    expect(page.get_by_text("letter.jpg: This is not a photo")).to_be_visible()
    keeper.read(keeper.photos()[0].id, card)
    page.get_by_role("link", name="Refresh").click()
    page.get_by_role("link", name="Start reviewing").click()
    number = page.locator(".doubt", has_text="What is the phone number?")
    number.get_by_text("It says something else").click()
    number.get_by_label("Type it").fill("+34 944 23 18 09")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("+34 944 23 18 09")).to_be_visible()
    page.goto("/contacts")
    page.get_by_role("searchbox").fill("argiz")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#rows li")).to_have_count(1)

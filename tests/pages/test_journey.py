"""The main job in a browser: sign in, look a card over, correct it, confirm it, and carry the contact away."""

import re
from pathlib import Path

import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.pages.conftest import Enter, Visit
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser


def test_a_link_signs_in_once_and_only_when_the_button_is_pressed(enter: Enter, visit: Visit) -> None:
    link = enter.link()
    visit.open().goto(link)  # as a mail program does that looks at links
    page = visit.open()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Choose photos")).to_be_visible()
    other = visit.open(script=False)
    other.goto(link)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("alert")).to_contain_text("used already")
    visit.forgive("401")


def test_mail_and_password_sign_in_and_lead_back_to_the_page_asked_for(ana: object, visit: Visit) -> None:
    page = visit.open(script=False)
    page.goto("/contacts?q=vela")
    page.get_by_label("E-mail").fill("ana@example.com")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Password").fill("cien tarjetas")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{visit.address}/contacts?q=vela")
    page.get_by_label("Menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/contacts")
    expect(page.get_by_label("Password")).to_be_visible()
    visit.forgive("401")


def test_a_photo_changes_its_state_without_a_reload(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    card = some_cards()[0]
    file = tmp_path / "argiz.jpg"
    file.write_bytes(card.picture)
    page = enter()
    page.get_by_label("Photograph a card").set_input_files(file)
    expect(page.get_by_text("reading…")).to_be_visible()
    page.evaluate("document.body.dataset.same = 'yes'")
    keeper.read(keeper.photos()[0].id, card)
    expect(page.get_by_text("read: 1 card")).to_be_visible()
    expect(page.get_by_text("1 card to review").last).to_be_visible()
    expect(page.get_by_role("link", name="Review 1")).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "yes"


def test_many_photos_go_at_once_and_carry_gathering_and_note(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    files = [tmp_path / f"{at}.jpg" for at in range(4)]
    for at, file in enumerate(files):
        file.write_bytes(some_cards()[0].picture + bytes([at]))
    page = enter()
    form = page.locator("[data-photos]")
    form.get_by_text("Where are you?").click()
    page.get_by_label("I'm at").fill("Feria de Bilbao")
    form.locator("summary", has_text="Note").click()
    page.get_by_label("Note for the next photo").fill("Busca sensores")
    page.get_by_label("Choose photos").set_input_files(files)
    expect(page.locator("[data-photo]")).to_have_count(4)
    assert {(photo.gathering, photo.note) for photo in keeper.photos()} == {("Feria de Bilbao", "Busca sensores")}
    page.reload()
    expect(page.get_by_label("I'm at")).to_have_value("Feria de Bilbao")


def test_a_file_that_is_no_photo_gets_its_reason_and_stops_nobody(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "good.jpg").write_bytes(some_cards()[0].picture)
    (tmp_path / "letter.jpg").write_bytes(b"Dear Sir or Madam")
    page = enter(language="es-ES")
    page.get_by_label("Elegir fotos").set_input_files([tmp_path / "letter.jpg", tmp_path / "good.jpg"])
    expect(page.get_by_text("Esto no es una foto que se pueda leer").last).to_be_visible()
    expect(page.locator("[data-state=failed] img[src]")).to_have_count(0)
    expect(page.locator("[data-photo]")).to_have_count(1)
    enter.visit.forgive("status of 4")


def test_doubts_come_first_and_the_other_reading_is_one_tap_away(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(some_cards()[0])}")
    phone = page.get_by_role("group", name="What is the phone number?")
    expect(phone).to_contain_text("We read it twice")
    expect(phone.get_by_role("img")).to_be_visible()
    phone.get_by_text("other reading").click()
    company = page.get_by_role("group", name="What is the company?")
    company.get_by_text("It says something else").click()
    company.get_by_role("textbox").fill("Talleres Árgiz")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page).to_have_url(re.compile("/contacts/"))  # the heading is the card's as well
    contact = keeper.contacts()[0]
    assert contact.org == "Talleres Árgiz"
    assert "78 07" in contact.vcard.replace("7807", "78 07")


def test_the_last_card_leads_to_its_contact_and_the_vcard_reads_back(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(some_cards()[1], gathering='Feria de Bilbao', note='Prometió muestras')}")
    page.get_by_role("button", name="Confirm", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save to this phone").click()
    card = vobject.readOne(download.value.path().read_text(encoding="utf-8"))
    assert card.fn.value == "Tomás Quiroga Vela"
    assert card.n.value.family == "Quiroga Vela"
    assert "Feria de Bilbao" in card.note.value
    assert "Prometió muestras" in card.note.value


def test_before_the_first_card_review_and_today_say_what_will_stand_there(enter: Enter) -> None:
    page = enter("/cards", language="es-ES")
    expect(page.get_by_role("heading", name="Aún no hay nada que revisar")).to_be_visible()
    page.goto("/today")
    expect(page.get_by_text("Cuando confirmes tu primera tarjeta")).to_be_visible()


def test_after_the_last_of_a_pile_all_of_the_evening_may_be_saved_and_the_count_begins_anew(
    enter: Enter, keeper: Keeper
) -> None:
    for at, card in enumerate(some_cards()[1:]):
        keeper.card(card, f"{at}.jpg", gathering="Feria de Bilbao")
    page = enter("/cards")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.get_by_role("button", name="Confirm", exact=True).click()
    page.get_by_role("link", name="Save all 2 from there").click()
    expect(page.get_by_text("2 contacts. Where shall they go?")).to_be_visible()
    page.goto(f"/cards/{keeper.card(some_cards()[0])}")
    expect(page.get_by_text("1 of 1")).to_be_visible()


def test_after_a_card_comes_the_next_with_the_way_back(enter: Enter, keeper: Keeper) -> None:
    for at, card in enumerate(some_cards()):
        keeper.card(card, f"{at}.jpg")
    page = enter("/cards")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    expect(page.get_by_text(f"{first} is in the drawer.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    assert keeper.contacts() == []
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text(f"{first} was discarded.")).to_be_visible()


def test_a_line_left_over_can_be_given_to_a_field(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(some_cards()[1])}")
    page.get_by_text("Something missing?").click()
    page.get_by_label("Desde 1962").select_option(label="Department")
    page.get_by_label("Another: phone").fill("+34 986 41 22 31")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("+34 986 41 22 31")).to_be_visible()
    expect(page.locator("main").get_by_text("Desde 1962", exact=True)).to_be_visible()


def test_review_goes_by_keyboard_alone(enter: Enter, keeper: Keeper) -> None:
    for at, card in enumerate(some_cards()):
        keeper.card(card, f"{at}.jpg")
    page = enter("/cards")
    for at in (1, 2):
        expect(page.get_by_text(f"{at} of 3")).to_be_visible()
        ready(page, "review")
        page.keyboard.press("Enter")
    expect(page.get_by_text("3 of 3")).to_be_visible()
    ready(page, "review")
    page.keyboard.press("e")
    page.keyboard.type("de")  # letters in a field are letters
    expect(page.get_by_text("3 of 3")).to_be_visible()


def ready(page: Page, script: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-ready", script)

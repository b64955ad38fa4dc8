"""Duplicates in a browser: an import that brings somebody twice, a merge, a bad merge undone, a new card of one known."""

from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import expect

from service.domain.people.vcard import edit
from service.domain.reading.card import Evidence, Found, PersonName, Phone, PhoneType, ReadCard, Reading
from service.storage.moment import now
from service.storage.people import contacts
from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_imports import work

pytestmark = pytest.mark.browser

SURE = Evidence(("rapidocr",), 0.99)
DRAWER = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:marta\r\nFN:Marta Ruiz Gil\r\nN:Ruiz Gil;Marta;;;\r\nORG:Faro Norte\r\n"
    "TITLE:Comercial\r\nEMAIL;TYPE=INTERNET:marta@faro.example\r\nREV:2025-01-01T00:00:00Z\r\nEND:VCARD\r\n"
)
PHONE = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Marta Ruiz\nN:Ruiz;Marta;;;\nTEL;type=CELL:+34 655 41 20 93\n"
    "EMAIL;type=INTERNET:marta@faro.example\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nNOTE:nadie\nEND:VCARD\n"
)


def card_of(title: str, org: str, *, mobile: str = "+34655412093") -> ReadCard:
    reading = Reading(
        name=Found(PersonName("Marta Ruiz", "Marta", "Ruiz"), SURE),
        org=Found(org, SURE),
        title=Found(title, SURE),
        phones=(Found(Phone(mobile, mobile, PhoneType.MOBILE), SURE),),
        lang="es",
    )
    return replace(some_cards()[0], reading=reading)


WORDS = {
    "es-ES": (
        "Verlo primero",
        "Traer 2 tarjetas",
        "1 pareja podría ser",
        "El mismo correo.",
        "La misma: unirlas",
        "Lo que vino de ahí",
        "Teléfono",
        "Separar",
        "Vuelven a ser dos",
    ),
    "en-GB": (
        "Look at it first",
        "Bring in 2 cards",
        "1 pair may be",
        "The same e-mail address.",
        "The same: join them",
        "What came from there",
        "Phone",
        "Take apart",
        "They are two again",
    ),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_phones_contacts_come_in_one_is_joined_and_taken_apart_again(
    enter: Enter, app: APIFlask, keeper: Keeper, tmp_path: Path, language: str
) -> None:
    look, bring, pair, why, join, came, what, apart, told = WORDS[language]
    [marta] = keeper.write(DRAWER)
    file = tmp_path / "contactos.vcf"
    file.write_text(PHONE, encoding="utf-8")
    page = enter("/import", language=language)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=look).click()
    expect(page.get_by_text("Marta Ruiz", exact=True)).to_be_visible()
    page.get_by_role("button", name=bring).click()
    work(app, page)
    expect(page.locator("dd")).to_have_text(["1", "0", "1"])
    page.get_by_role("link", name=pair).click()
    expect(page.get_by_text(why)).to_be_visible()
    page.get_by_role("button", name=join).click()
    page.goto(f"/contacts/{marta}")
    expect(page.get_by_role("link", name="+34 655 41 20 93").last).to_be_visible()
    page.get_by_text(came).click()
    expect(page.locator("details", has_text=came).get_by_role("listitem")).to_have_text([f"+34 655 41 20 93{what}"])
    page.get_by_role("button", name=apart).click()
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_role("link", name="+34 655 41 20 93")).to_have_count(0)
    page.goto("/contacts")
    expect(page.locator("a.person")).to_have_count(2)


def test_a_bad_merge_is_undone_after_later_edits_without_script(enter: Enter, app: APIFlask, keeper: Keeper) -> None:
    other = (
        DRAWER.replace("UID:marta", "UID:other").replace("Marta Ruiz Gil", "Marta Ruiz").replace("Comercial", "Notaria")
    )
    one, two = keeper.write(DRAWER, other)
    keeper.look_for_duplicates(one, two)
    page = enter(f"/contacts/{one}", script=False)
    page.get_by_role("link", name="Is this the same as").click()
    page.get_by_role("button", name="The same: join them").click()
    db = app.extensions["undrawer"].db
    with db.transaction() as tx:
        kept = contacts.get(tx, owner=enter.ana.id, id=one)
        contacts.write(tx, owner=enter.ana.id, vcard=edit(kept.vcard, {"title": "Gerente"}, now=now()), id=one)
    page.goto("/duplicates")
    page.get_by_role("button", name="Take apart").click()
    with db.reading() as tx:
        titles = {contacts.get(tx, owner=enter.ana.id, id=id_).title for id_ in (one, two)}
        assert contacts.get(tx, owner=enter.ana.id, id=two).name == "Marta Ruiz"
    assert "Gerente" in titles


def test_two_of_one_name_stay_two_and_are_not_asked_about_again(enter: Enter, keeper: Keeper) -> None:
    one, two = keeper.write(DRAWER, DRAWER.replace("UID:marta", "UID:other").replace("marta@", "m@"))
    keeper.look_for_duplicates(one, two)
    page = enter("/duplicates", language="es-ES")
    page.get_by_role("button", name="No es la misma").click()
    expect(page.get_by_text("Nadie está dos veces")).to_be_visible()
    keeper.look_for_duplicates(one, two)
    page.reload()
    expect(page.get_by_text("Nadie está dos veces")).to_be_visible()


def test_a_new_card_of_somebody_known_is_offered_as_such_and_goes_to_them(enter: Enter, keeper: Keeper) -> None:
    first = keeper.confirm(keeper.card(card_of("Comercial", "Faro Norte"), "a.jpg"))
    card = keeper.card(card_of("Directora", "Sol"), "b.jpg")
    page = enter(f"/cards/{card}", language="es-ES")
    expect(page.get_by_text("Marta Ruiz ya está en el cajón.")).to_be_visible()
    page.get_by_role("button", name="Confirmar").last.click()
    expect(page.get_by_text("tiene tarjeta nueva")).to_be_visible()
    page.goto(f"/contacts/{first}")
    expect(page.get_by_text("Directora", exact=True).first).to_be_visible()
    page.goto("/contacts")
    expect(page.locator("a.person")).to_have_count(1)


def test_somebody_else_of_the_same_name_becomes_a_contact_of_their_own(enter: Enter, keeper: Keeper) -> None:
    keeper.confirm(keeper.card(card_of("Comercial", "Faro Norte"), "a.jpg"))
    page = enter(f"/cards/{keeper.card(card_of('Directora', 'Sol'), 'b.jpg')}", script=False)
    page.get_by_label("Somebody else").check()
    page.get_by_role("button", name="Confirm").last.click()
    page.goto("/contacts")
    expect(page.locator("a.person")).to_have_count(2)

"""Referrals, the three and what is worth it on a phone: from who sent whom to the event where it began."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from service.storage.following import deeds, focus, policies, referrals, ties
from service.storage.following.ties import Met
from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.web.parts import Parts
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper
from tests.pages.test_looks import faults_in_both_lights

pytestmark = pytest.mark.browser

WORDS = {
    "en-GB": {
        "log": "Somebody sent me somebody",
        "this": "It was Nuria Vidal",
        "name": "Name",
        "write": "Write it down",
        "client": "Became a client",
        "value": "What is it worth? (€, if you like)",
        "won": "1 referral · 1 client · €1,200.50",
        "seen": "Yes, seen: Nuria Vidal",
        "seen_now": "Seen this week: today",
        "little": "One event says little.",
    },
    "es-ES": {
        "log": "Me han mandado a alguien",
        "this": "Fue Nuria Vidal",
        "name": "Nombre",
        "write": "Apuntarlo",
        "client": "Se hizo cliente",
        "value": "¿Cuánto vale? (en €, si quieres)",
        "won": "1 recomendación · 1 cliente · 1.200,50",
        "seen": "Sí, nos hemos visto: Nuria Vidal",
        "seen_now": "Os habéis visto esta semana: hoy",
        "little": "Un solo evento dice poco.",
    },
}


def vcard(name: str) -> str:
    given, _, family = name.partition(" ")
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{given}\r\nFN:{name}\r\nN:{family};{given};;;\r\nEND:VCARD\r\n"


@pytest.fixture(autouse=True)
def tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """An open day, whatever day the tests run on."""
    monkeypatch.setattr(policies, "now", lambda: datetime(2030, 3, 5, 11, tzinfo=UTC))


def parts_of(enter: Enter) -> Parts:
    found: Parts = enter.app.extensions["undrawer"]
    return found


@pytest.fixture
def nuria(enter: Enter, keeper: Keeper) -> str:
    """Somebody met at the fair; her contact."""
    keeper.write(vcard("Nuria Vidal"))
    known = keeper.contacts()[0]
    with parts_of(enter).db.transaction() as tx:
        day = policies.today(tx, owner=enter.ana.id) - timedelta(days=20)
        fair = gatherings.meet(tx, owner=enter.ana.id, name="Feria de Bilbao", day=day)
        contacts.write(tx, owner=enter.ana.id, vcard=known.vcard, id=known.id, gathering_id=fair)
        ties.begin(tx, owner=enter.ana.id, contact_id=known.id, met=Met(on=day, gathering_id=fair))
    return known.id


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_from_a_referral_to_the_event_that_was_worth_it(enter: Enter, nuria: str, language: str) -> None:
    assert nuria
    said = WORDS[language]
    page = enter("/referrals", language=language)
    page.get_by_role("link", name=said["log"]).click()
    page.locator("input[name=q]").fill("nuria")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=said["this"]).click()
    page.get_by_label(said["name"], exact=True).fill("Teresa Marín")
    page.get_by_role("button", name=said["write"]).click()
    expect(page.locator(".chain").first).to_have_text("Teresa Marín← Nuria Vidal← Feria de Bilbao")
    page.locator(".referral summary").click()
    page.get_by_label(said["value"]).fill("1.200,50")
    page.get_by_role("button", name=said["write"]).click()
    expect(page.locator("main .large").first).to_contain_text(said["won"])
    assert faults_in_both_lights(page) == []
    page.goto("/worth")
    expect(page.locator("svg.chart title")).to_have_count(1)
    assert page.locator(".table").evaluate_all("all => all.every(it => it.scrollWidth <= it.clientWidth)")
    row = page.locator("table.worth").last.locator("tbody tr").first
    expect(row).to_contain_text("Feria de Bilbao")
    expect(row).to_contain_text(said["little"])
    assert row.locator("td").all_inner_texts()[:5] == ["1", "1", "1", "1", "1"]
    page.goto("/contacts")
    page.get_by_role("link", name="Teresa Marín").first.click()
    expect(page.locator(".chain")).to_have_text("Teresa Marín← Nuria Vidal← Feria de Bilbao")


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_one_of_the_three_is_seen_with_one_tap_and_gives_way_to_another(
    enter: Enter, nuria: str, language: str
) -> None:
    said = WORDS[language]
    page = enter("/focus?q=nuria", language=language)
    page.locator(".sort-choices button").click()
    page.get_by_role("button", name=said["seen"]).click()
    expect(page.locator("section.sheet")).to_contain_text(said["seen_now"])
    page.locator(".quiet button").click()
    expect(page.get_by_role("button", name=said["seen"])).to_be_visible()
    with parts_of(enter).db.reading() as tx:
        [one] = focus.three(tx, owner=enter.ana.id)
        assert (one.history.contact_id, one.seen) == (nuria, None)


def test_whom_one_asked_for_is_in_the_draft_and_offered_again(enter: Enter, nuria: str) -> None:
    page = enter(f"/contacts/{nuria}", language="es-ES")
    page.locator("#tie-ask ~ details summary").click()
    page.get_by_label("¿Conoces a alguien que…? Di a quién buscas").fill("una clínica dental pequeña")
    page.get_by_label("¿Por qué ahora, aun así?").fill("se va en mayo")
    page.locator("#tie-ask ~ details button").click()
    page.goto("/today")
    expect(page.locator("[data-draft]")).to_contain_text("Estoy buscando una clínica dental pequeña.")
    page.goto(f"/contacts/{nuria}")
    expect(page.locator("input[name=seeking]")).to_have_value("una clínica dental pequeña")


def test_it_all_works_without_scripts(enter: Enter, nuria: str) -> None:
    with parts_of(enter).db.transaction() as tx:
        known = ties.of_contact(tx, owner=enter.ana.id, contact_id=nuria)
        assert known is not None
        deeds.talked(tx, owner=enter.ana.id, tie_id=known.tie.id, talk="coffee")
        sent = referrals.new_person(tx, owner=enter.ana.id, name="Teresa Marín")
        referrals.log(tx, owner=enter.ana.id, tie_id=known.tie.id, contact_id=sent)
    page = enter("/referrals", script=False)
    expect(page.get_by_role("link", name="Thank Nuria Vidal")).to_have_count(1)
    page.goto("/worth")
    expect(page.locator("svg.chart desc")).to_have_count(1)
    page.goto("/focus?q=nuria")
    page.get_by_role("button", name="Choose Nuria Vidal").click()
    expect(page.locator("section.sheet")).to_contain_text("Sent you somebody (Teresa Marín)")

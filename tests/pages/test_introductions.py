"""Introductions on a phone: proposed or by hand, both asked without a name, made with two yeses, and what came of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import icalendar
import pytest
from playwright.sync_api import Page, expect

from service.domain.ties.note import NoteKind
from service.storage.following import deeds, policies, ties
from service.storage.following.ties import Met
from service.storage.people import contacts
from service.web.parts import Parts
from tests.pages.conftest import Enter
from tests.pages.test_looks import DESK, NARROW_AT_TWICE, faults_of

pytestmark = pytest.mark.browser

NEED = "filtros hechos más cerca que en China"
WORDS = {
    "en-GB": {
        "reason": f"Elena Sanz needs “{NEED}”, and Luis Prat offers “vende filtros industriales”.",
        "ask": "Ask Elena first",
        "write": "Write to {name}",
        "done": "It is done",
        "yes": "Yes, gladly",
        "second": "Ask Luis.",
        "both": "Both said yes. Introduce them.",
        "introduce": "Write the introduction",
        "three": "Choose a day",
        "day": "Which day?",
        "time": "At what time?",
        "where": "Where?",
        "save": "Save",
        "invitation": "Invitation for the calendar",
        "came": "What came of it?",
        "work": "They work together",
        "introduced": "Introduced",
        "undo": "Undo",
    },
    "es-ES": {
        "reason": f"Lo que necesita Elena Sanz («{NEED}») lo ofrece Luis Prat: «vende filtros industriales».",
        "ask": "Preguntar antes a Elena",
        "write": "Escribir a {name}",
        "done": "Ya está hecho",
        "yes": "Sí, con gusto",
        "second": "Pregunta a Luis.",
        "both": "Hay dos síes. Haz la presentación.",
        "introduce": "Escribir la presentación",
        "three": "Elegir un día",
        "day": "¿Qué día?",
        "time": "¿A qué hora?",
        "where": "¿Dónde?",
        "save": "Guardar",
        "invitation": "Invitación para el calendario",
        "came": "¿Qué ha salido de ahí?",
        "work": "Colaboran",
        "introduced": "Presentación hecha",
        "undo": "Deshacer",
    },
}


class Days:
    """The account's day, which the test turns."""

    day = date(2030, 3, 4)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


@pytest.fixture(autouse=True)
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    turned = Days()
    monkeypatch.setattr(policies, "now", turned)
    return turned


@pytest.fixture
def parts(enter: Enter) -> Parts:
    found: Parts = enter.app.extensions["undrawer"]
    return found


def known(parts: Parts, enter: Enter, name: str, org: str, *notes: tuple[NoteKind, str]) -> str:
    """Somebody one had a coffee with lately; gives the contact."""
    given, _, family = name.partition(" ")
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uuid4()}", f"FN:{name}", f"N:{family};{given};;;", f"ORG:{org}")
    vcard = "".join(f"{line}\r\n" for line in (*lines, f"EMAIL:{given.lower()}@example.com", "END:VCARD"))
    with parts.db.transaction() as tx:
        contact = contacts.write(tx, owner=enter.ana.id, vcard=vcard).id
        met = Met(on=Days.day - timedelta(days=60), language="es")
        tie = ties.begin(tx, owner=enter.ana.id, contact_id=contact, met=met)
        deeds.talked(tx, owner=enter.ana.id, tie_id=tie, talk="coffee", day=Days.day - timedelta(days=20))
        for kind, text in notes:
            ties.add_note(tx, owner=enter.ana.id, id=tie, kind=kind, text=text)
    return contact


@pytest.fixture
def elena(parts: Parts, enter: Enter) -> str:
    return known(parts, enter, "Elena Sanz", "Riegos Sur", (NoteKind.NEED, NEED))


@pytest.fixture
def luis(parts: Parts, enter: Enter) -> str:
    return known(parts, enter, "Luis Prat", "Faro Norte", (NoteKind.OFFER, "vende filtros industriales"))


def write(page: Page, button: str, done: str) -> str:
    """Follow the button to the draft, say that it was sent, and give its text."""
    page.get_by_role("link", name=button).click()
    text = page.locator("[data-draft]").input_value()
    press(page, done)
    return text


def press(page: Page, button: str) -> None:
    """Press it, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_from_a_need_and_an_offer_to_what_came_of_it(
    enter: Enter, elena: str, luis: str, days: Days, language: str
) -> None:
    said = WORDS[language]
    page = enter("/introductions", language=language)
    expect(page.get_by_text(said["reason"])).to_be_visible()
    page.get_by_role("button", name=said["ask"]).click()
    page.wait_for_url("**/introductions/*")
    here = page.url
    ask = write(page, said["write"].format(name="Elena"), said["done"])
    assert NEED in ask
    assert "Luis" not in ask
    page.goto(here)
    page.get_by_role("button", name=said["yes"]).click()
    expect(page.get_by_role("heading", name=said["second"])).to_be_visible()
    second = write(page, said["write"].format(name="Luis"), said["done"])
    assert "Elena" not in second
    page.goto(here)
    page.get_by_role("button", name=said["yes"]).click()
    expect(page.get_by_role("heading", name=said["both"])).to_be_visible()
    page.get_by_text(said["three"], exact=True).click()
    page.get_by_label(said["day"]).fill("2030-03-14")
    page.get_by_label(said["time"]).fill("17:30")
    page.get_by_label(said["where"]).fill("Café Faro")
    page.get_by_role("button", name=said["save"]).click()
    with page.expect_download() as file:
        page.get_by_role("link", name=said["invitation"]).click()
    event = next(iter(icalendar.Calendar.from_ical(file.value.path().read_bytes()).walk("VEVENT")))
    assert (event["LOCATION"], event.decoded("DTSTART").hour) == ("Café Faro", 17)
    page.get_by_role("link", name=said["introduce"]).click()
    mail = page.locator("[data-way=mail]")
    assert "mailto:elena@example.com,luis@example.com?" in (mail.get_attribute("href") or "")
    letter = page.locator("[data-draft]").input_value()
    assert all(word in letter for word in ("Elena", "Luis", NEED, "Café Faro"))
    press(page, said["done"])
    page.goto(here)
    expect(page.get_by_role("heading", name=said["came"])).to_be_visible()
    page.get_by_role("button", name=said["work"]).click()
    expect(page.get_by_role("heading", name=said["work"])).to_be_visible()
    for contact in (elena, luis):
        page.goto(f"/contacts/{contact}")
        expect(page.get_by_text(said["work"]).first).to_be_visible()
        expect(page.locator("ol.rows li", has_text=said["introduced"])).to_have_count(1)


def test_by_hand_with_a_promise_for_tomorrow_and_taken_back(enter: Enter, elena: str, luis: str, days: Days) -> None:
    page = enter(f"/contacts/{luis}")
    page.get_by_role("link", name="Introduce Luis to …").click()
    page.get_by_label("Who is the other one?").first.fill("elena")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name="Elena Sanz").check()
    page.get_by_label("What is needed").fill("un local en Irún")
    page.get_by_role("radio", name="the other one").check()
    page.get_by_label("I promised it to Luis").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("You promised it to Luis.")).to_be_visible()
    expect(page.get_by_text("Elena needs “un local en Irún”.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Introductions", exact=True)).to_be_visible()
    page.goto(f"/contacts/{luis}")
    expect(page.get_by_text("an introduction to Elena Sanz")).to_have_count(0)


def test_the_tick_at_capture_becomes_an_introduction_once_the_other_is_chosen(
    enter: Enter, parts: Parts, elena: str, luis: str, days: Days
) -> None:
    with parts.db.transaction() as tx:
        tie = ties.of_contact(tx, owner=enter.ana.id, contact_id=luis)
        assert tie
        ties.add_promise(tx, owner=enter.ana.id, id=tie.tie.id, text="an introduction", due_on=days.day)
    page = enter("/today", script=False)
    page.get_by_role("link", name="It is an introduction: choose whom").click()
    page.get_by_role("radio", name="Elena Sanz").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Write to Elena").click()
    expect(page.get_by_text("You promised Luis")).to_be_visible()
    press(page, "It is done")
    page.goto("/introductions")
    page.get_by_role("link", name="Luis Prat and Elena Sanz").click()
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("link", name="Write to Luis").click()
    expect(page.get_by_role("link", name="A kind word to Luis")).to_be_visible()
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_role("link", name="It is an introduction: choose whom")).to_have_count(0)


def test_not_these_two_are_proposed_no_more_and_what_was_given_up_goes_on(
    enter: Enter, elena: str, luis: str, days: Days
) -> None:
    page = enter("/introductions", script=False)
    page.get_by_role("button", name="Not these two").click()
    expect(page.get_by_role("heading", name="Elena and Luis")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Ask Elena first").click()
    page.get_by_role("button", name="Give it up").click()
    expect(page.get_by_role("heading", name="You gave it up.")).to_be_visible()
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_role("heading", name="Ask Elena.")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("es-ES", "light", None), ("en-GB", "dark", DESK), ("es-ES", "dark", NARROW_AT_TWICE)],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(
    enter: Enter, elena: str, luis: str, days: Days, language: str, scheme: str, size: dict[str, int] | None
) -> None:
    page = enter("/introductions", language=language, scheme=scheme, size=size)
    faults = faults_of(page)
    page.locator(".sheet form button").first.click()
    page.wait_for_url("**/introductions/*-*")
    for path in (page.url, "/introductions", "/introductions/new", f"/introductions/new?contact={elena}"):
        page.goto(path)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        faults += faults_of(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{path} is wider than the screen")
    assert faults == []

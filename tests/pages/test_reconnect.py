"""Reconnect on a phone: from the ranked to a word, a warm answer, three times offered, and the call in the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from service.domain.ties.act import Outcome
from service.storage.following import calls, policies, ties, touches
from service.storage.following.ties import Imported
from service.web.parts import Parts
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper
from tests.pages.test_looks import faults_in_both_lights

pytestmark = pytest.mark.browser

VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:inigo\r\nFN:Íñigo Zubia\r\nN:Zubia;Íñigo;;;\r\nORG:Argiz\r\n"
    "TEL;TYPE=CELL:+34600111222\r\nEMAIL:inigo@argiz.example\r\nEND:VCARD\r\n"
)
WORDS = {
    "en-GB": {
        "remember": "What do you remember?",
        "write": "Yes: write today",
        "title": "Pick up the thread with Íñigo Zubia",
        "done": "It is done",
        "chosen": "The call is on",
        "calendar": "Into the calendar",
    },
    "es-ES": {
        "remember": "¿Qué recuerdas?",
        "write": "Sí: escribir hoy",
        "title": "Retomar el hilo con Íñigo Zubia",
        "done": "Ya está hecho",
        "chosen": "La llamada es el",
        "calendar": "Al calendario",
    },
}


class Days:
    """The account's day, which the test turns; a Monday at noon."""

    def __init__(self) -> None:
        self.day = date(2030, 3, 4)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 11, tzinfo=UTC)

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    turned = Days()
    for module in (policies, calls):
        monkeypatch.setattr(module, "now", turned)
    return turned


@pytest.fixture
def contact(enter: Enter, keeper: Keeper, days: Days) -> str:
    """Somebody out of a list, of whom nothing was heard for years."""
    keeper.write(VCARD)
    id_ = keeper.contacts()[0].id
    with parts_of(enter).db.transaction() as tx:
        told = Imported(id_, last_contact=date(days.day.year - 6, 3, 4))
        ties.begin_many(tx, owner=enter.ana.id, imported=[told])
    return id_


def parts_of(enter: Enter) -> Parts:
    found: Parts = enter.app.extensions["undrawer"]
    return found


def answer_warmly(enter: Enter, contact: str) -> None:
    with parts_of(enter).db.transaction() as tx:
        known = ties.of_contact(tx, owner=enter.ana.id, contact_id=contact)
        assert known is not None
        done = known.acts[-1]
        touches.answer(tx, owner=enter.ana.id, act_id=done.id, outcome=Outcome.WARM)


def write_to_the_first(page: Page, said: dict[str, str]) -> None:
    page.goto("/ties")
    page.locator(".hub a[href='/reconnect']").click()
    page.get_by_label(said["remember"]).fill("aquellas partidas de mus")
    page.get_by_role("button", name=said["write"]).click()


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_a_warm_answer_leads_to_a_call_in_the_calendar(enter: Enter, contact: str, days: Days, language: str) -> None:
    said = WORDS[language]
    page = enter(language=language)
    write_to_the_first(page, said)
    expect(page.get_by_role("link", name=said["title"])).to_be_visible()
    expect(page.locator("[data-draft]")).to_contain_text("aquellas partidas de mus")
    page.get_by_role("button", name=said["done"]).click()
    expect(page.locator("[data-touch]")).to_have_count(0)
    answer_warmly(enter, contact)
    days.forward(3)
    page.goto("/today")
    times = "mañana a las 10:00, el lunes a las 16:00 o el martes a las 10:00"
    in_english = "tomorrow at 10:00, on Monday at 16:00 or on Tuesday at 10:00"
    expect(page.locator("[data-draft]")).to_contain_text(times if language == "es-ES" else in_english)
    page.get_by_role("button", name=said["done"]).click()
    expect(page.locator("[data-touch]")).to_have_count(0)
    page.goto("/reconnect")
    assert faults_in_both_lights(page) == []
    page.locator(".call .answers button").nth(1).click()
    expect(page.locator(".quiet")).to_contain_text(said["chosen"])
    with page.expect_download() as download:
        page.get_by_role("link", name=said["calendar"]).click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "DTSTART;TZID=Europe/Madrid:20300311T160000" in text
    days.forward(4)
    page.goto("/today")
    expect(page.locator("[data-touch] h2")).to_contain_text("Íñigo Zubia")


def test_hours_are_the_users_own_and_a_wrong_one_is_told(enter: Enter, contact: str) -> None:
    assert contact
    page = enter("/reconnect")
    page.locator("details:has(input[type=time]) summary").last.click()
    page.get_by_label("Thursday").uncheck()
    page.locator("input[name=ends1]").fill("15:00")
    page.locator("form:has(input[name=ends1]) button").click()
    expect(page.locator("main")).to_contain_text("The hours end after they begin.")
    enter.visit.forgive("422")
    page.goto("/reconnect")
    page.locator("details:has(input[name=ends1]) summary").click()
    page.get_by_label("Thursday").uncheck()
    page.locator("form:has(input[name=ends1]) button").click()
    page.locator("details:has(input[name=ends1]) summary").click()
    expect(page.get_by_label("Thursday")).not_to_be_checked()


def test_nobody_is_written_to_of_whom_nothing_is_remembered(enter: Enter, contact: str) -> None:
    assert contact
    page = enter("/reconnect", script=False)
    page.get_by_role("button", name="I remember nothing").click()
    expect(page.locator(".quiet")).to_contain_text("Not for a year, then.")
    expect(page.locator("details .score")).to_have_count(0)

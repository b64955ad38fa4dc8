"""The calendar to subscribe to: what is due and what has a day, for whoever has its address and nobody else."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from service.storage import accounts
from service.storage.accounts import Account
from service.storage.following import policies, ties
from service.storage.following.ties import Met
from service.storage.meeting import gatherings, introductions
from service.storage.reaching import feeds
from service.storage.reaching.feed_tables import feed_events
from service.storage.reaching.feed_tables import feeds as feeds_table
from service.web.parts import Parts
from tests.pages.conftest import Enter
from tests.pages.elsewhere import events_of
from tests.storage.test_ties import contact

MONDAY = date(2026, 3, 2)


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (policies, feeds):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


@pytest.fixture
def ics(found: Parts, ana: Account) -> str:
    with found.db.transaction() as tx:
        return f"/calendar/{feeds.make(tx, owner=ana.id, locale='es')}.ics"


def promised(found: Parts, ana: Account, text: str = "el catálogo") -> str:
    with found.db.transaction() as tx:
        tie = ties.begin(tx, owner=ana.id, contact_id=contact(tx, ana.id), met=Met(on=MONDAY))
        ties.add_promise(tx, owner=ana.id, id=tie, text=text, due_on=date(2026, 3, 5))
    return tie


def events(client: FlaskClient, ics: str) -> dict[str, icalendar.Event]:
    answer = client.get(ics)
    assert answer.status_code == 200
    return {str(event["SUMMARY"]): event for event in icalendar.Calendar.from_ical(answer.data).events}


def test_it_shows_what_is_due_without_names(app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock) -> None:
    promised(found, ana)
    answer = app.test_client().get(ics)
    assert answer.mimetype == "text/calendar"
    there = events(app.test_client(), ics)
    promise = there["Una promesa"]
    assert (promise.start, promise.end) == (date(2026, 3, 5), date(2026, 3, 6))
    assert promise["TRANSP"] == "TRANSPARENT"
    assert "/today?touch=" in str(promise["URL"])
    assert not re.search("Nuria|Prat|Faro|catálogo", answer.text)


def test_with_names_it_says_whom(app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock) -> None:
    promised(found, ana)
    before = events(app.test_client(), ics)["Una promesa"]
    clock.at += timedelta(minutes=5)
    with found.db.transaction() as tx:
        feeds.set_names(tx, owner=ana.id, names=True)
    after = events(app.test_client(), ics)["Lo que prometiste a Nuria Prat"]
    assert (after["UID"], after["DESCRIPTION"]) == (before["UID"], "el catálogo")
    assert after.sequence == before.sequence + 1
    assert clock.at == after.LAST_MODIFIED


def test_what_the_week_chose_stands_within_the_week(
    app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock
) -> None:
    with found.db.transaction() as tx:
        ties.begin(tx, owner=ana.id, contact_id=contact(tx, ana.id), met=Met(on=MONDAY))
    event = events(app.test_client(), ics)["Un primer mensaje"]
    assert MONDAY <= event.start <= event.end <= date(2026, 3, 9)


def test_gatherings_calls_and_introductions_stand_at_their_hours(
    app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock, chromium: Browser
) -> None:
    with found.db.transaction() as tx:
        one, other = (
            ties.begin(tx, owner=ana.id, contact_id=contact(tx, ana.id, name, name)) for name in ("Iker", "Eva")
        )
        meal = gatherings.meet(tx, owner=ana.id, name="Cena en Vigo", day=date(2026, 3, 28), place="Vigo")
        wanted = introductions.Wanted(one=one, other=other)
        made = introductions.begin(tx, wanted, owner=ana.id)
        introductions.meet(tx, owner=ana.id, id=made.id, day=date(2026, 3, 30), at="10:30", place="Bilbao")
        feeds.set_names(tx, owner=ana.id, names=True)
    answer = app.test_client().get(ics).text
    read = {event["summary"]: event for event in events_of(chromium, answer)}
    assert read["Cena en Vigo"]["uid"] == f"gathering-{meal}@undrawer"
    meeting = next(event for said, event in read.items() if said.startswith("Presentación: "))
    assert meeting["start"] == datetime(2026, 3, 30, 8, 30, tzinfo=UTC).timestamp()
    assert meeting["location"] == "Bilbao"


def test_what_changes_counts_on_and_what_stays_keeps_its_number(
    app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock
) -> None:
    tie = promised(found, ana)
    client = app.test_client()
    first, again = client.get(ics), client.get(ics)
    assert first.data == again.data
    clock.at += timedelta(hours=2)
    assert client.get(ics).data == first.data
    with found.db.transaction() as tx:
        ties.add_promise(tx, owner=ana.id, id=tie, text="las fotos", due_on=date(2026, 3, 6))
    second = client.get(ics)
    assert second.headers["ETag"] != first.headers["ETag"]
    numbers = [event.sequence for event in icalendar.Calendar.from_ical(second.data).events]
    assert set(numbers) == {0}
    with found.db.reading() as tx:
        assert set(tx.execute(select(feed_events.c.gone_at)).scalars()) >= {None}


def test_a_program_that_has_it_is_told_so(app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock) -> None:
    promised(found, ana)
    client = app.test_client()
    first = client.get(ics)
    assert "private" in first.headers["Cache-Control"]
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(ics, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(ics, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    clock.at += timedelta(minutes=5)
    with found.db.transaction() as tx:
        feeds.set_names(tx, owner=ana.id, names=True)
    fresh = client.get(ics, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert fresh.status_code == 200
    assert client.head(ics).status_code == 200


def test_nothing_but_the_address_opens_it(app: APIFlask, found: Parts, ana: Account, ics: str) -> None:
    client = app.test_client()
    secret = ics.removeprefix("/calendar/").removesuffix(".ics")
    wrong = [secret[:-1], secret + "A", secret.swapcase(), "x", "%00", "é", "A" * 5000, ana.id]
    assert {client.get(f"/calendar/{one}.ics").status_code for one in wrong} == {404}
    with found.db.transaction() as tx:
        assert secret not in str(tx.execute(select(feeds_table)).all())
        fresh = feeds.make(tx, owner=ana.id, locale="es")
    assert client.get(ics).status_code == 404
    assert client.get(f"/calendar/{fresh}.ics").status_code == 200
    with found.db.transaction() as tx:
        feeds.revoke(tx, owner=ana.id)
    assert client.get(f"/calendar/{fresh}.ics").status_code == 404


def test_nobody_elses_days_are_in_it(app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock) -> None:
    with found.db.transaction() as tx:
        stranger = accounts.create(tx, name="Bruno Lima")
    promised(found, stranger)
    assert events(app.test_client(), ics) == {}


def test_numbers_of_events_long_gone_are_removed(
    app: APIFlask, found: Parts, ana: Account, ics: str, clock: Clock
) -> None:
    promised(found, ana)
    events(app.test_client(), ics)
    with found.db.transaction() as tx:
        tx.execute(feed_events.update().values(gone_at=clock.at - timedelta(days=feeds.REMEMBERED_DAYS + 1)))
        feeds.forget(tx)
        assert tx.execute(select(feed_events)).all() == []


@pytest.mark.browser
def test_the_address_is_made_shown_once_and_withdrawn(enter: Enter, app: APIFlask) -> None:
    page = enter("/feed", language="es-ES")
    page.get_by_role("button", name="Crear la dirección").click()
    shown = page.locator("[data-copied-text]").inner_text()
    assert app.test_client().get(re.sub(r"^https?://[^/]+", "", shown)).status_code == 200
    expect(page.get_by_role("img", name="La dirección en un código QR")).to_be_visible()
    page.get_by_label("Nombres de personas").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_label("Nombres de personas")).to_be_checked()
    expect(page.locator("[data-copied-text]")).to_have_count(0)
    page.get_by_role("button", name="Retirarla").click()
    expect(page.get_by_role("button", name="Crear la dirección")).to_be_visible()
    assert app.test_client().get(re.sub(r"^https?://[^/]+", "", shown)).status_code == 404

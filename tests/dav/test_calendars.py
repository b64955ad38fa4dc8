"""Tasks and events as a device sees them, and what it does to a task as an act."""

import re
from datetime import date, timedelta

import pytest

from service.domain.ties.act import ActSource, ActType
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import policies, ties, touches
from service.storage.following.tie_tables import acts as act_rows
from service.storage.following.ties import Met
from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.storage.tables import accounts as account_rows
from tests.dav.conftest import Device, card


@pytest.fixture
def tie(db: Database, ana: Account) -> str:
    """Give the tie with Lucía, who was promised something; to Bruno a first message is due."""
    with db.transaction() as tx:
        policies.set_quiet_weekdays(tx, owner=ana.id, weekdays=frozenset())
        today = policies.today(tx, owner=ana.id)
        who = contacts.write(tx, owner=ana.id, vcard=card("Lucía Ferrer", lines=("EMAIL:l@faro.example",)))
        other = contacts.write(tx, owner=ana.id, vcard=card("Bruno Lima", lines=("EMAIL:b@lima.example",)))
        ties.begin(tx, owner=ana.id, contact_id=other.id, met=Met(on=today - timedelta(days=2)))
        met = Met(on=today - timedelta(days=2), promise="el catálogo", promise_on=today + timedelta(days=3))
        return ties.begin(tx, owner=ana.id, contact_id=who.id, met=met)


def tasks(phone: Device) -> dict[str, str]:
    """The texts of the tasks by their summary."""
    found = phone.fetch(*phone.listing("touches"), book="touches")
    return {summary_of(text): text for text in found.values()}


def summary_of(text: str) -> str:
    found = re.search(r"SUMMARY:(.*)", text.replace("\n ", ""))
    assert found
    return found[1].strip()


def name_of(text: str) -> str:
    found = re.search(r"UID:touch-(.*)@undrawer", text)
    assert found
    return f"{found[1].strip()}.ics"


def send(phone: Device, text: str, **headers: str) -> int:
    sent = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return phone.ask("PUT", f"touches/{name_of(text)}", sent, Content_Type="text/calendar", **headers).status_code


def last_act(db: Database, owner: Account) -> tuple[str, str, date | None]:
    with db.reading() as tx:
        mine = act_rows.select().where(act_rows.c.account_id == owner.id).order_by(act_rows.c.at.desc())
        row = tx.execute(mine.limit(1)).one()
    return row.type, row.source, row.until


def test_debts_and_the_touches_of_the_week_are_tasks(phone: Device, tie: str) -> None:
    found = tasks(phone)
    assert set(found) == {"Cumplir con Lucía Ferrer", "Escribir a Bruno Lima"}
    assert all("STATUS:NEEDS-ACTION" in text and "VTODO" in text for text in found.values())
    assert phone.listing("touches") == phone.listing("touches")


def test_completing_a_task_does_the_touch(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Cumplir con Lucía Ferrer"]
    token = phone.token("touches")
    assert send(phone, text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nPERCENT-COMPLETE:100")) == 204
    assert last_act(db, ana)[:2] == (ActType.DID, ActSource.CALENDAR)
    changed, _ = phone.changes(token, "touches")
    assert changed[name_of(text)]
    assert "STATUS:COMPLETED" in tasks(phone)["Cumplir con Lucía Ferrer"]


def test_taking_the_tick_back_undoes_it(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Cumplir con Lucía Ferrer"]
    send(phone, text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    assert send(phone, text) == 204
    assert last_act(db, ana)[0] == ActType.UNDONE
    assert "STATUS:NEEDS-ACTION" in tasks(phone)["Cumplir con Lucía Ferrer"]


def test_another_due_day_is_another_day(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Escribir a Bruno Lima"]
    with db.reading() as tx:
        wanted = policies.today(tx, owner=ana.id) + timedelta(days=8)
    moved = re.sub(r"DUE;VALUE=DATE:\d+", f"DUE;VALUE=DATE:{wanted:%Y%m%d}", text)
    assert send(phone, moved) == 204
    assert last_act(db, ana) == (ActType.POSTPONED, ActSource.CALENDAR, wanted)
    assert f"{wanted:%Y%m%d}" in tasks(phone)["Escribir a Bruno Lima"]


def test_a_day_out_of_reach_is_refused_and_said_so(phone: Device, tie: str) -> None:
    text = tasks(phone)["Escribir a Bruno Lima"]
    moved = re.sub(r"DUE;VALUE=DATE:\d+", "DUE;VALUE=DATE:20990101", text)
    answer = phone.ask("PUT", f"touches/{name_of(text)}", moved.encode(), Content_Type="text/calendar")
    assert answer.status_code == 403
    assert "out of reach" in answer.text


def test_deleting_a_task_is_not_this_one_and_a_promise_stays(
    phone: Device, db: Database, ana: Account, tie: str
) -> None:
    found = tasks(phone)
    first, promise = found["Escribir a Bruno Lima"], found["Cumplir con Lucía Ferrer"]
    assert phone.ask("DELETE", f"touches/{name_of(first)}").status_code == 200
    assert last_act(db, ana)[:2] == (ActType.SKIPPED, ActSource.CALENDAR)
    refused = phone.ask("DELETE", f"touches/{name_of(promise)}")
    assert refused.status_code == 403
    assert "kept or dropped" in refused.text
    assert set(tasks(phone)) == {"Cumplir con Lucía Ferrer"}


def test_a_task_that_was_done_can_be_cleared_away(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Cumplir con Lucía Ferrer"]
    send(phone, text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    assert phone.ask("DELETE", f"touches/{name_of(text)}").status_code == 200
    assert "Cumplir con Lucía Ferrer" not in tasks(phone)
    assert last_act(db, ana)[0] == ActType.DID


def test_new_tasks_other_words_and_other_things_are_refused(phone: Device, tie: str) -> None:
    text = tasks(phone)["Escribir a Bruno Lima"]
    answer = phone.ask(
        "PUT", f"touches/{name_of(text)}", text.replace("Escribir a", "Gritar a").encode(), Content_Type="text/calendar"
    )
    assert answer.status_code == 403
    assert "words" in answer.text
    new = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:{kind}\r\nUID:new\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nSUMMARY:x\r\nEND:{kind}\r\nEND:VCALENDAR\r\n"
    for kind in ("VTODO", "VEVENT", "VJOURNAL"):
        sent = phone.ask("PUT", "touches/new.ics", new.format(kind=kind).encode(), Content_Type="text/calendar")
        assert sent.status_code == 403
        assert "planned in Undrawer" in sent.text
    assert phone.ask("PUT", "gatherings/new.ics", new.format(kind="VEVENT").encode()).status_code == 403


def test_what_a_device_keeps_for_itself_changes_nothing(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Escribir a Bruno Lima"]
    etag, before = phone.listing("touches")[name_of(text)], last_act(db, ana)
    mine = text.replace("END:VTODO", "X-APPLE-SORT-ORDER:7\nEND:VTODO")
    answer = phone.ask("PUT", f"touches/{name_of(text)}", mine.encode(), Content_Type="text/calendar", If_Match=etag)
    assert answer.status_code == 204
    assert "ETag" not in answer.headers
    assert last_act(db, ana) == before


def test_nobody_does_twice_what_two_devices_tick(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Cumplir con Lucía Ferrer"]
    etag = phone.listing("touches")[name_of(text)]
    done = text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    assert send(phone, done, If_Match=etag) == 204
    assert send(phone, done, If_Match=etag) == 412
    assert send(phone, done) == 204
    with db.reading() as tx:
        rows = tx.execute(act_rows.select().where(act_rows.c.type == ActType.DID)).all()
    assert len(rows) == 1


def test_gatherings_are_events_for_looking_at(phone: Device, db: Database, ana: Account) -> None:
    with db.transaction() as tx:
        day = policies.today(tx, owner=ana.id) + timedelta(days=5)
        id_ = gatherings.meet(tx, owner=ana.id, name="Feria de Bilbao", day=day, place="BEC")
    [text] = phone.fetch(f"{id_}.ics", book="gatherings").values()
    assert "SUMMARY:Feria de Bilbao" in text
    assert f"{day:%Y%m%d}" in text
    assert phone.ask("DELETE", f"gatherings/{id_}.ics").status_code == 403
    listing = phone.ask("PROPFIND", "gatherings/", Depth="0").text
    assert "write" not in listing
    assert 'name="VEVENT"' in listing


def test_names_are_in_the_language_of_the_account(phone: Device, db: Database, ana: Account, tie: str) -> None:
    with db.transaction() as tx:
        tx.execute(account_rows.update().values(locale="en"))
    assert "Keep your word to Lucía Ferrer" in tasks(phone)
    assert "Undrawer · Touches" in phone.ask("PROPFIND", "", Depth="1").text


def test_a_touch_done_in_the_app_is_done_on_the_device(phone: Device, db: Database, ana: Account, tie: str) -> None:
    text = tasks(phone)["Cumplir con Lucía Ferrer"]
    token = phone.token("touches")
    with db.transaction() as tx:
        touches.done(tx, owner=ana.id, id=name_of(text).removesuffix(".ics"))
    assert name_of(text) in phone.changes(token, "touches")[0]
    assert phone.changes(phone.token("touches"), "touches")[0] == {}

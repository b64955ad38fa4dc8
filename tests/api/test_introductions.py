"""Introductions over HTTP: from the proposal to what came of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import icalendar
import pytest

from service.domain.ties.note import NoteKind
from service.storage.following import deeds, policies, ties
from service.storage.following.ties import Met
from service.storage.people import contacts
from service.web.parts import Parts
from tests.api.asking import Person

TODAY = date(2030, 3, 6)  # a Wednesday


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "now", lambda: datetime(2030, 3, 6, 12, tzinfo=UTC))


def known(found: Parts, ana: Person, name: str, kind: NoteKind, line: str) -> str:
    vcard = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uuid4()}\r\nFN:{name}\r\nN:;{name};;;\r\nEND:VCARD\r\n"
    with found.db.transaction() as tx:
        contact = contacts.write(tx, owner=ana.account.id, vcard=vcard).id
        tie = ties.begin(tx, owner=ana.account.id, contact_id=contact, met=Met(on=TODAY - timedelta(days=60)))
        deeds.talked(tx, owner=ana.account.id, tie_id=tie, talk="coffee", day=TODAY - timedelta(days=20))
        ties.add_note(tx, owner=ana.account.id, id=tie, kind=kind, text=line)
    return tie


@pytest.fixture
def elena(found: Parts, ana: Person) -> str:
    return known(found, ana, "Elena", NoteKind.NEED, "filtros más cerca que en China")


@pytest.fixture
def luis(found: Parts, ana: Person) -> str:
    return known(found, ana, "Luis", NoteKind.OFFER, "filtros industriales")


def ask_and_say_yes(ana: Person, path: str, tie: str) -> None:
    due = ana.ask("GET", f"/ties/{tie}").json["touches"]
    [touch] = [one for one in due if one["cause"].startswith("introduction:")]
    assert ana.ask("POST", f"/touches/{touch['id']}/done", json={}).status_code == 200
    assert ana.ask("POST", f"{path}/said", json={"tie": tie, "word": "yes"}).status_code == 200


def test_from_the_proposal_to_what_came_of_it(ana: Person, elena: str, luis: str) -> None:
    [found] = ana.ask("GET", "/introductions/proposals").json["proposals"]
    assert (found["needs"], found["helps"], found["how"]) == (elena, luis, "same")
    begun = ana.ask("POST", "/introductions", json={"one": elena, "other": luis, "need": found["need"]})
    assert (begun.status_code, begun.json["step"]) == (200, "ask")
    path = f"/introductions/{begun.json['id']}"
    assert ana.ask("POST", f"{path}/said", json={"tie": elena, "word": "yes"}).json["code"] == "not_asked_yet"
    assert ana.ask("POST", f"{path}/outcome", json={"outcome": "talked"}).json["code"] == "introduction_unmade"
    for tie in (elena, luis):
        ask_and_say_yes(ana, path, tie)
    meeting = {"day": "2030-03-14", "at": "17:30", "place": "Café Faro"}
    assert ana.ask("PUT", f"{path}/meeting", json=meeting).json["meets_at"] == "17:30"
    event = icalendar.Calendar.from_ical(ana.ask("GET", f"{path}/meeting.ics").data).walk("VEVENT")[0]
    assert event["LOCATION"] == "Café Faro"
    [owed] = [one for one in ana.ask("GET", f"/ties/{elena}").json["touches"] if one["kind"] == "introduce"]
    ana.ask("POST", f"/touches/{owed['id']}/done", json={})
    act = ana.ask("POST", f"{path}/outcome", json={"outcome": "work together"}).json
    told = ana.ask("GET", path).json
    assert (told["step"], told["made_on"], told["outcome"]) == ("made", TODAY.isoformat(), "work together")
    ana.ask("POST", f"/acts/{act['id']}/undo")
    assert ana.ask("GET", path).json["outcome"] is None
    assert ana.ask("GET", "/introductions/proposals").json["proposals"] == []


def test_a_pair_comes_once_and_is_nobody_elses(ana: Person, bruno: Person, elena: str, luis: str) -> None:
    pair = {"one": elena, "other": luis}
    assert bruno.ask("POST", "/introductions", json=pair).status_code == 404
    begun = ana.ask("POST", "/introductions", json=pair).json
    again = ana.ask("POST", "/introductions", json={"one": luis, "other": elena})
    assert (again.status_code, again.json["code"]) == (409, "introduced_already")
    assert bruno.ask("GET", f"/introductions/{begun['id']}").status_code == 404
    assert bruno.ask("GET", "/introductions").json["introductions"] == []


def test_it_can_be_given_up_taken_up_and_taken_back(ana: Person, elena: str, luis: str) -> None:
    begun = ana.ask("POST", "/introductions", json={"one": elena, "other": luis}).json
    path = f"/introductions/{begun['id']}"
    assert ana.ask("POST", f"{path}/state", json={"state": "dropped"}).json["step"] == "dropped"
    assert ana.ask("POST", f"{path}/state", json={"state": "open"}).json["step"] == "ask"
    assert ana.ask("DELETE", path).status_code == 204
    assert ana.ask("GET", path).status_code == 404
    refused = ana.ask("POST", "/introductions/refused", json={"one": elena, "other": luis}).json
    assert refused["step"] == "dropped"
    assert ana.ask("GET", "/introductions/proposals").json["proposals"] == []


def test_no_file_without_a_day(ana: Person, elena: str, luis: str) -> None:
    begun = ana.ask("POST", "/introductions", json={"one": elena, "other": luis}).json
    assert ana.ask("GET", f"/introductions/{begun['id']}/meeting.ics").status_code == 404

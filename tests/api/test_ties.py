"""Ties over HTTP: every act has its route, is done once, and can be undone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from service.storage.following import policies
from tests.api.asking import Person

TODAY = date(2030, 3, 6)  # a Wednesday


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Give a list whose one day is today."""
    days = [TODAY]

    def now() -> datetime:
        return datetime(days[0].year, days[0].month, days[0].day, 12, tzinfo=UTC)

    monkeypatch.setattr(policies, "now", now)
    return days


@pytest.fixture
def tie(ana: Person, contact_id: str) -> dict[str, Any]:
    [found] = ana.ask("GET", "/ties", query_string={"contact": contact_id}).json["ties"]
    told: dict[str, Any] = ana.ask("GET", f"/ties/{found['id']}").json
    return told


def first(ana: Person, tie: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ana.ask("GET", f"/ties/{tie['id']}").json["touches"][0]
    return found


def test_a_confirmed_card_has_a_tie_with_a_next_step(tie: dict[str, Any], contact_id: str) -> None:
    assert (tie["contact"], tie["stage"], tie["circle"]) == (contact_id, "card", "active")
    assert tie["standing"] in ("planned", "to sort")


def test_a_promise_is_due_on_its_day_done_once_answered_and_undone(ana: Person, tie: dict[str, Any]) -> None:
    due = TODAY.isoformat()
    assert (
        ana.ask("POST", f"/ties/{tie['id']}/promises", json={"text": "el contacto", "due_on": due}).status_code == 200
    )
    [touch] = ana.ask("GET", "/touches", query_string={"on": due}).json["touches"]
    assert (touch["kind"], touch["reason_text"], touch["day"]) == ("promise", "el contacto", due)
    path = f"/touches/{touch['id']}"
    one = ana.ask("POST", f"{path}/done", json={"channel": "mail", "text": "Hola"}).json
    two = ana.ask("POST", f"{path}/done", json={}).json
    assert (one["first"], two["first"], one["act"]) == (True, False, two["act"])
    answered = ana.ask("POST", f"{path}/answer", json={"outcome": "warm"}).json
    assert (answered["type"], answered["outcome"]) == ("answered", "warm")
    fallen = ana.ask("POST", f"{path}/undo").json["acts"]
    assert {act["type"] for act in fallen} == {"did", "answered"}
    assert ana.ask("GET", path).json["state"] == "planned"


def test_another_day_not_this_one_and_something_else(ana: Person, tie: dict[str, Any]) -> None:
    day = (TODAY + timedelta(days=1)).isoformat()
    made = ana.ask("POST", f"/ties/{tie['id']}/plan", json={"kind": "hello", "day": TODAY.isoformat()})
    assert made.json["type"] == "planned"
    path = f"/touches/{first(ana, tie)['id']}"
    assert ana.ask("POST", f"{path}/postpone", json={"day": TODAY.isoformat()}).status_code == 422
    assert ana.ask("POST", f"{path}/postpone", json={"day": day}).json["until"] == day
    assert ana.ask("POST", f"{path}/swap", json={"kind": "call"}).status_code == 200
    assert ana.ask("GET", path).json["kind"] == "call"
    skipped = ana.ask("POST", f"{path}/skip", json={}).json
    assert ana.ask("POST", f"{path}/skip", json={}).json["code"] == "touch_gone"
    assert ana.ask("POST", f"/acts/{skipped['id']}/undo").json["acts"][0]["type"] == "skipped"
    assert ana.ask("GET", path).json["state"] == "planned"


def test_what_is_said_of_a_tie_can_be_changed_and_its_stage_cannot(ana: Person, tie: dict[str, Any]) -> None:
    path = f"/ties/{tie['id']}"
    changed = ana.ask("PATCH", path, json={"circle": "inner", "starred": True, "language": "fr"}).json
    assert (changed["circle"], changed["starred"], changed["language"]) == ("inner", True, "fr")
    assert ana.ask("PATCH", path, json={"stage": "advocate"}).status_code == 422
    assert ana.ask("PATCH", path, json={"prefers": "sms"}).json["code"] == "channel"
    assert ana.ask("PATCH", path, json={"starred": None}).status_code == 422


def test_asking_too_early_says_what_is_missing_and_a_reason_overrides(ana: Person, tie: dict[str, Any]) -> None:
    assert {one["lack"] for one in tie["missing"]} >= {"gives", "contact"}
    shut = ana.ask("POST", f"/ties/{tie['id']}/ask", json={})
    assert (shut.status_code, shut.json["code"]) == (409, "gate_shut")
    assert ana.ask("POST", f"/ties/{tie['id']}/ask", json={"reason": "cierra mañana"}).status_code == 200


def test_what_happened_elsewhere_is_logged_once(ana: Person, tie: dict[str, Any]) -> None:
    path = f"/ties/{tie['id']}/log"
    talk = ana.ask("POST", path, json={"talk": "coffee"}).json
    assert ana.ask("POST", path, json={"talk": "coffee"}).json == talk
    gift = ana.ask("POST", path, json={"gift": "referral", "text": "Teresa", "value_cents": 120000}).json
    assert (gift["gift"], gift["value_cents"]) == ("referral", 120000)
    assert ana.ask("GET", f"/ties/{tie['id']}").json["stage"] == "advocate"
    for wrong in ({}, {"talk": "call", "wrote": True}, {"talk": "shout"}, {"talk": "call", "day": "2030-12-01"}):
        assert ana.ask("POST", path, json=wrong).status_code == 422, wrong


def test_letting_go_waits_for_open_promises_and_is_revived(ana: Person, tie: dict[str, Any]) -> None:
    path = f"/ties/{tie['id']}"
    told = ana.ask("POST", f"{path}/promises", json={"text": "fotos", "due_on": "2030-03-08"}).json
    assert ana.ask("POST", f"{path}/let-go").json["code"] == "promise_open"
    assert ana.ask("POST", f"/promises/{told['promises'][0]['id']}/release").status_code == 200
    assert ana.ask("POST", f"{path}/let-go").json["type"] == "let go"
    assert ana.ask("GET", path).json["standing"] == "let go"
    assert ana.ask("POST", f"{path}/revive").json["type"] == "revived"


def test_a_note_is_kept_once_and_goes_when_it_is_told_to(ana: Person, tie: dict[str, Any]) -> None:
    path = f"/ties/{tie['id']}/notes"
    for text in ("Pádel", "padel"):
        told = ana.ask("POST", path, json={"kind": "passion", "text": text}).json
    passions = [note for note in told["notes"] if note["kind"] == "passion"]
    assert len(passions) == 1
    assert ana.ask("DELETE", f"/notes/{passions[0]['id']}").status_code == 204
    assert passions[0] in ana.ask("POST", f"/notes/{passions[0]['id']}/back").json["notes"]
    assert ana.ask("POST", path, json={"kind": "passion", "text": ""}).status_code == 422


def test_the_week_and_its_raise(ana: Person, tie: dict[str, Any]) -> None:
    ana.ask("POST", f"/ties/{tie['id']}/promises", json={"text": "fotos", "due_on": TODAY.isoformat()})
    week = ana.ask("GET", "/week").json
    assert (week["monday"], week["seats"]) == ("2030-03-04", 5)
    assert [touch["kind"] for touch in week["chosen"]] == ["promise"]
    assert week["share"] == [week["chosen"][0]["id"]]
    assert ana.ask("POST", "/week/more", json={"more": 5}).json["seats"] == 10
    assert ana.ask("POST", "/week/more", json={"more": 6}).status_code == 422
    assert ana.ask("DELETE", "/week/more").status_code == 204
    assert ana.ask("GET", "/week").json["seats"] == 5
    assert ana.ask("GET", "/plan").json["touches"]


def test_the_policy_says_every_source_and_takes_what_is_within_bounds(ana: Person) -> None:
    rules = ana.ask("GET", "/policy").json
    assert rules["numbers"]["budget"] == {"value": 5, "default": 5, "source": "ours", "low": 1, "high": 50}
    changes = {"zone": "America/Bogota", "quiet_weekdays": [6], "numbers": {"budget": 8}}
    changed = ana.ask("PATCH", "/policy", json=changes).json
    assert (changed["zone"], changed["quiet_weekdays"], changed["numbers"]["budget"]["value"]) == (
        "America/Bogota",
        [6],
        8,
    )
    for wrong in (
        {"zone": "Mars/Base"},
        {"quiet_weekdays": [0, 1, 2, 3, 4, 5, 6]},
        {"numbers": {"budget": 0}},
        {"numbers": {"luck": 7}},
        {"zone": None},
    ):
        assert ana.ask("PATCH", "/policy", json=wrong).status_code == 422, wrong
    kept = ana.ask("POST", "/policy/stretches", json={"first": "2030-08-01", "last": "2030-08-31"}).json
    [stretch] = kept["stretches"]
    assert ana.ask("POST", "/policy/stretches", json={"first": "2030-08-31", "last": "2030-08-01"}).status_code == 422
    assert ana.ask("DELETE", f"/policy/stretches/{stretch['id']}").status_code == 204


def test_what_waits_for_a_word_is_listed_answered_and_undone(
    ana: Person, tie: dict[str, Any], clock: list[date]
) -> None:
    talk = ana.ask("POST", f"/ties/{tie['id']}/log", json={"talk": "coffee"}).json
    [asked] = ana.ask("GET", "/questions").json["questions"]
    assert (asked["kind"], asked["on"], asked["tie"]) == ("busy with?", talk["id"], tie["id"])
    assert asked["replies"] == ["need", "line", "nothing"]
    path, word = f"/ties/{tie['id']}/questions", {"kind": asked["kind"], "on": asked["on"]}
    assert ana.ask("POST", path, json={**word, "reply": "perhaps"}).status_code == 422
    assert ana.ask("POST", path, json={**word, "reply": "need", "line": "un almacén"}).json == {"act": None}
    assert ana.ask("GET", path).json["questions"] == []
    for days in (30, 30):
        clock[0] += timedelta(days=days)
        ana.ask("POST", f"/ties/{tie['id']}/log", json={"talk": "call"})
    [closer] = [one for one in ana.ask("GET", "/questions").json["questions"] if one["kind"] == "closer?"]
    assert closer["to"] == "close"
    answer = {"kind": "closer?", "on": closer["on"], "reply": "yes"}
    act = ana.ask("POST", path, json=answer).json["act"]
    assert (act["type"], act["circle"]) == ("circle", "close")
    ana.ask("POST", f"/acts/{act['id']}/undo")
    assert ana.ask("GET", f"/ties/{tie['id']}").json["circle"] == "active"


def test_where_one_is_and_will_be(ana: Person) -> None:
    day = (TODAY + timedelta(days=2)).isoformat()
    ana.ask("POST", "/policy/towns", json={"name": "Madrid"})
    towns = ana.ask("POST", "/policy/towns", json={"name": "Bilbao", "first": day}).json["towns"]
    assert [(one["name"], one["first"], one["last"]) for one in towns] == [("Madrid", None, None), ("Bilbao", day, day)]
    assert ana.ask("POST", "/policy/towns", json={"name": "Vigo", "first": "2020-01-01"}).status_code == 422
    assert ana.ask("DELETE", f"/policy/towns/{towns[1]['id']}").status_code == 204
    assert [one["name"] for one in ana.ask("GET", "/policy").json["towns"]] == ["Madrid"]


def test_nobody_touches_the_ties_of_another(ana: Person, bruno: Person, tie: dict[str, Any]) -> None:
    ana.ask("POST", f"/ties/{tie['id']}/promises", json={"text": "fotos", "due_on": TODAY.isoformat()})
    touch = first(ana, tie)
    assert bruno.ask("GET", f"/ties/{tie['id']}").status_code == 404
    assert bruno.ask("POST", f"/touches/{touch['id']}/done", json={}).status_code == 404
    assert bruno.ask("POST", f"/acts/{tie['acts'][0]['id']}/undo").status_code == 404
    assert bruno.ask("POST", "/ties", json={"contact": tie["contact"]}).status_code == 404
    assert bruno.ask("GET", "/touches").json["touches"] == []

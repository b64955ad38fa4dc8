"""What comes of ties over HTTP: the ranked and their calls, referrals, the three, and what events were worth."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from service.storage.following import calls, policies
from tests.api.asking import Person

TODAY = date(2030, 3, 4)  # a Monday


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (policies, calls):
        monkeypatch.setattr(module, "now", lambda: datetime(2030, 3, 4, 12, tzinfo=UTC))


def tie_of(ana: Person, contact_id: str) -> dict[str, Any]:
    [found] = ana.ask("GET", "/ties", query_string={"contact": contact_id}).json["ties"]
    told: dict[str, Any] = ana.ask("GET", f"/ties/{found['id']}").json
    return told


def test_a_referral_its_client_and_the_sums_of_all(ana: Person, contact_id: str) -> None:
    new = {"by": contact_id, "name": "Teresa Marín", "phone": "600 111 222"}
    made = ana.ask("POST", "/referrals", json=new).json
    assert (made["by"], made["person_name"], made["thanked_on"], made["client_on"]) == (
        contact_id,
        "Teresa Marín",
        None,
        None,
    )
    assert made["chain"][:2] == ["Teresa Marín", made["by_name"]]
    [thank] = [one for one in tie_of(ana, contact_id)["touches"] if one["kind"] == "thank"]
    assert thank["day"] == (TODAY + timedelta(days=1)).isoformat()
    won = ana.ask("POST", f"/referrals/{made['id']}/client", json={"value_cents": 120_000}).json
    assert (won["client_on"], won["value_cents"]) == (TODAY.isoformat(), 120_000)
    listed = ana.ask("GET", "/referrals").json
    assert (listed["count"], listed["clients"], listed["value_cents"], listed["next"]) == (1, 1, 120_000, None)
    worth = ana.ask("GET", "/worth").json
    assert (worth["total"]["referrals"], worth["total"]["clients"], worth["total"]["value_cents"]) == (1, 1, 120_000)
    assert sum(event["sums"]["clients"] for event in worth["events"]) == 1


@pytest.mark.parametrize(
    "given", [{"name": "x"}, {"by": "no id"}, {"by": "00000000-0000-4000-8000-000000000000", "name": "x"}, {}]
)
def test_a_referral_of_nobody_is_refused(ana: Person, contact_id: str, given: dict[str, str]) -> None:
    assert contact_id
    assert ana.ask("POST", "/referrals", json=given).status_code in (404, 422)


def test_somebody_sends_neither_himself_nor_for_less_than_nothing(ana: Person, contact_id: str) -> None:
    own = ana.ask("POST", "/referrals", json={"by": contact_id, "person": contact_id})
    assert (own.status_code, own.json["code"]) == (422, "referral_self")
    made = ana.ask("POST", "/referrals", json={"by": contact_id, "name": "Teresa"}).json
    wrong = ana.ask("POST", f"/referrals/{made['id']}/client", json={"value_cents": -1})
    assert wrong.status_code == 422


def test_one_of_the_three_is_seen(ana: Person, contact_id: str) -> None:
    chosen = ana.ask("POST", "/focus", json={"contact": contact_id}).json
    [one] = chosen["near"]
    assert (one["contact"], one["seen_on"], chosen["at_most"]) == (contact_id, None, 3)
    assert ana.ask("POST", f"/focus/{one['tie']}/seen").json["talk"] == "seen"
    assert ana.ask("GET", "/focus").json["near"][0]["seen_on"] == TODAY.isoformat()


def test_of_whom_nothing_is_heard_the_ranked_tell_and_a_word_brings_a_call(ana: Person, contact_id: str) -> None:
    assert contact_id
    ranked = ana.ask("GET", "/reconnect").json
    assert (ranked["calls"], ranked["warm_up"]) == ([], None)
    assert ranked["count"] == len(ranked["candidates"])
    strange = "00000000-0000-4000-8000-000000000000"
    assert ana.ask("POST", f"/reconnect/{strange}/take").status_code == 404
    assert ana.ask("POST", f"/reconnect/{strange}/relevant", json={"reply": "no"}).status_code == 404
    at = {"at": "2030-03-07T10:00:00+01:00"}
    assert ana.ask("POST", f"/calls/{strange}/time", json=at).status_code == 404
    tie = tie_of(ana, contact_id)["id"]
    refused = ana.ask("POST", f"/reconnect/{tie}/take")
    assert (refused.status_code, refused.json["code"]) in ((409, "not_ranked"), (409, "nothing_remembered"))

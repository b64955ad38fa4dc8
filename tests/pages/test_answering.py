"""The page of an invitation, attacked: other people's links, altered, expired, replayed, prefetched, enumerated."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import text
from werkzeug.test import TestResponse

from service.domain.entering.signed import sign
from service.storage import accounts
from service.storage.following import policies
from service.storage.meeting import gatherings, guests
from service.storage.meeting.guests import Guest
from service.web.invitation_links import link_of
from service.web.parts import Parts
from tests.storage.test_ties import Clock, contact

DAY = date(2035, 6, 21)
NAMES = ("Pau Riera", "Nuria Vidal", "Elena Soto")


@dataclass
class Evening:
    """An evening with three guests, the link of each, and a browser of nobody."""

    app: APIFlask
    parts: Parts
    owner: str
    id: str
    guests: list[Guest]
    links: list[str]
    client: FlaskClient

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **more)

    def say(self, path: str, answer: str, brings: str = "") -> TestResponse:
        return self.client.post(path, data={"answer": answer, "brings": brings}, buffered=True)

    def guest(self, at: int = 0) -> Guest:
        with self.parts.db.reading() as tx:
            return guests.get(tx, owner=self.owner, id=self.guests[at].id)

    def everything(self) -> str:
        """All that is kept of guests and of what happened, to see whether anything changed."""
        with self.parts.db.reading() as tx:
            kept = [
                tx.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in ("guests", "acts", "ties")
            ]
        return repr(kept)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(date(2035, 6, 4))
    monkeypatch.setattr(policies, "now", clock)
    return clock


@pytest.fixture
def evening(app: APIFlask) -> Evening:
    parts: Parts = app.extensions["undrawer"]
    with parts.db.transaction() as tx:
        owner = accounts.create(tx, name="Marcos Ibarra", email="marcos@example.com").id
        made = gatherings.add(tx, owner=owner, name="Cata de vinos", day=DAY, kind="own", begins="20:00", place="Lur")
        people = [contact(tx, owner, name, f"Casa {name[:3]}") for name in NAMES]
        guests.add(tx, owner=owner, gathering_id=made, contact_ids=people)
        there = sorted(guests.of_gathering(tx, owner=owner, gathering_id=made), key=lambda one: NAMES.index(one.name))
        gathering = gatherings.get(tx, owner=owner, id=made)
        with app.test_request_context():
            links = [link_of(tx, owner=owner, guest=one, gathering=gathering) for one in there]
    paths = [link.removeprefix("http://localhost") for link in links]
    return Evening(app, parts, owner, made, there, paths, app.test_client())


def test_a_guest_answers_and_names_whom_they_bring(evening: Evening) -> None:
    assert "Cata de vinos" in evening.get(evening.links[0]).text
    after = evening.say(evening.links[0], "yes", "Carmen Leal")
    assert after.status_code == 303
    assert "Marcos is counting on you" in evening.get(after.headers["Location"]).text
    assert (evening.guest().answer, evening.guest().brings) == ("yes", "Carmen Leal")


def test_looking_changes_nothing_and_leaves_no_cookie(evening: Evening) -> None:
    """A mail scanner opens every link, with every method but one, and follows what it finds."""
    before = evening.everything()
    for path in (evening.links[0], evening.links[0] + "/invitation.ics", evening.links[0] + "?answer=yes&thanks=1"):
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = evening.client.open(path, method=method, buffered=True)
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
    assert evening.everything() == before


def test_a_page_shows_nothing_of_anybody_else(evening: Evening) -> None:
    evening.say(evening.links[1], "yes", "Carmen Leal")
    evening.say(evening.links[2], "no")
    for path in (evening.links[0], evening.links[0] + "/invitation.ics"):
        shown = evening.get(path).text
        for word in (
            "Nuria",
            "Vidal",
            "Elena",
            "Soto",
            "Carmen",
            "Casa",
            evening.id[:13] if "ics" not in path else "@@",
        ):
            assert word not in shown, word
    assert "Riera" not in evening.get(evening.links[0]).text, "not even the guest's own surname"


def test_a_link_is_told_to_no_other_site_cache_or_search_engine(evening: Evening) -> None:
    for path in (evening.links[0], evening.links[0] + "/invitation.ics", "/i/nothing"):
        headers = evening.get(path).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "no-store" in headers["Cache-Control"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_same_answer_again_is_one_answer(evening: Evening) -> None:
    evening.say(evening.links[0], "yes", "Carmen")
    before = evening.everything()
    for _ in range(3):
        assert evening.say(evening.links[0], "yes", "Carmen").status_code == 303
    assert evening.everything() == before


def test_a_changed_mind_counts(evening: Evening) -> None:
    for answer in ("yes", "no", "maybe"):
        evening.say(evening.links[0], answer)
        assert evening.guest().answer == answer


def tampered(path: str) -> Iterator[str]:
    """The same link with one thing of it otherwise."""
    token = path.removeprefix("/i/")
    body, signature = token.rsplit(".", 1)
    for at in (0, len(body) // 2, len(body) - 1):
        yield f"/i/{body[:at]}{'A' if body[at] != 'A' else 'B'}{body[at + 1 :]}.{signature}"
    yield f"/i/{body}.{signature[:-4]}AAAA"
    yield f"/i/{body}"
    yield f"/i/{token[:-1]}"
    said = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    changes: list[dict[str, Any]] = [{"e": said["e"] + 10**6}, {"p": "digest"}, {"i": "another"}, {"v": {}}]
    for change in changes:
        forged = urlsafe_b64encode(json.dumps({**said, **change}).encode()).rstrip(b"=").decode()
        yield f"/i/{forged}.{signature}"


def test_an_altered_link_opens_nothing(evening: Evening) -> None:
    before = evening.everything()
    for path in tampered(evening.links[0]):
        for answer in (evening.get(path), evening.say(path, "yes"), evening.get(path + "/invitation.ics")):
            assert answer.status_code == 404, path
            assert "Cata" not in answer.text
            assert "This link opens nothing" in answer.text
    assert evening.everything() == before


def test_a_link_for_something_else_opens_nothing(evening: Evening) -> None:
    keys, later = evening.parts.config.signing_keys, datetime.now(UTC) + timedelta(days=9)
    guest = evening.guests[0]
    for purpose, values, id_ in (
        ("digest", {"s": guest.secret}, guest.id),
        ("guest", {"s": evening.guests[1].secret}, guest.id),
        ("guest", {"s": ""}, guest.id),
        ("guest", {"s": 7}, guest.id),
        ("guest", {}, guest.id),
        ("guest", {"s": guest.secret}, "nobody"),
        ("guest", {"s": guest.secret}, evening.guests[1].id),
    ):
        path = f"/i/{sign(keys, purpose, values, later, id=id_)}"
        assert evening.get(path).status_code == 404
        assert evening.say(path, "yes").status_code == 404


def test_an_expired_link_says_so_kindly(evening: Evening) -> None:
    guest, past = evening.guests[0], datetime.now(UTC) - timedelta(seconds=1)
    path = f"/i/{sign(evening.parts.config.signing_keys, 'guest', {'s': guest.secret}, past, id=guest.id)}"
    for answer in (evening.get(path), evening.say(path, "yes")):
        assert answer.status_code == 410
        assert "these are over" in answer.text
        assert "Cata" not in answer.text
    assert evening.guest().answer == ""


def test_after_the_day_and_when_it_is_called_off_nothing_is_answered(evening: Evening, clock: Clock) -> None:
    clock.day = DAY + timedelta(days=1)
    assert "This is over" in evening.get(evening.links[0]).text
    assert evening.say(evening.links[0], "yes").status_code == 410
    clock.day = DAY
    with evening.parts.db.transaction() as tx:
        gatherings.cancel(tx, owner=evening.owner, id=evening.id)
    assert "called off" in evening.get(evening.links[0]).text
    assert evening.say(evening.links[0], "yes").status_code == 410
    assert evening.guest().answer == ""


def test_a_link_that_was_taken_back_opens_nothing(evening: Evening) -> None:
    with evening.parts.db.transaction() as tx:
        guests.renew(tx, owner=evening.owner, id=evening.guests[0].id)
        guests.drop(tx, owner=evening.owner, id=evening.guests[1].id)
    for path in evening.links[:2]:
        assert evening.get(path).status_code == 404
        assert evening.say(path, "yes").status_code == 404


def test_strangers_who_try_addresses_learn_nothing(evening: Evening) -> None:
    """What was never there, what is somebody's and what was taken back look the same, and no page lists any."""
    guest = evening.guests[0]
    asked = [guest.id, evening.id, guest.secret, "", "a", "%00", "..", "0" * 3000, f"{guest.id}.{guest.secret}"]
    pages = {evening.get(f"/i/{one}").text for one in asked if one and one != ".."}
    assert len(pages) == 1
    assert evening.get("/i/").status_code == 404
    for path in (f"/gatherings/{evening.id}", f"/gatherings/{evening.id}/door", "/gatherings"):
        assert evening.get(path).status_code == 302, "sign in first"


def test_what_is_typed_is_text(evening: Evening) -> None:
    evening.say(evening.links[0], "yes", "<script>alert(1)</script>\r\nBcc: x\x00" + "a" * 500)
    brings = evening.guest().brings
    assert len(brings) <= guests.LONGEST_NAME
    assert "\n" not in brings
    assert "<script>" not in evening.get(evening.links[0]).text
    assert evening.say(evening.links[0], "perhaps").status_code == 303
    assert evening.say(evening.links[0], "").status_code == 303
    assert evening.guest().answer == "yes"


def test_nobody_answers_more_often_than_a_person_would(evening: Evening) -> None:
    codes = [evening.say(evening.links[0], "no" if n % 2 else "yes").status_code for n in range(25)]
    assert (codes[0], codes[-1]) == (303, 410)


def test_the_event_keeps_its_name_and_counts_its_changes(evening: Evening) -> None:
    def event() -> Any:
        [found] = Calendar.from_ical(evening.get(evening.links[0] + "/invitation.ics").data).walk("VEVENT")
        return found

    before = event()
    with evening.parts.db.transaction() as tx:
        gatherings.change(tx, owner=evening.owner, id=evening.id, begins="21:00")
        gatherings.change(tx, owner=evening.owner, id=evening.id, cost_cents=500)
    after = event()
    assert before["UID"] == after["UID"] == f"gathering-{evening.id}@undrawer"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (after["DTSTART"].dt.hour, str(after["DTSTART"].dt.tzinfo)) == (21, "Europe/Madrid")
    assert "ATTENDEE" not in after

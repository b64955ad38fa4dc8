"""The record and the sessions over HTTP: whole, in pages, and of nobody else."""

from apiflask import APIFlask

from service.storage import sessions
from service.storage.entering import record
from service.storage.entering.record import What
from service.web.parts import Parts
from tests.api.asking import Person


def test_the_record_comes_in_pages(found: Parts, ana: Person, bruno: Person) -> None:
    with found.db.transaction() as tx:
        for number in range(5):
            record.write(tx, What.EXPORTED, owner=ana.account.id, detail=str(number))
    first = ana.ask("GET", "/record?limit=3").json
    rest = ana.ask("GET", f"/record?limit=3&after={first['next']}").json
    assert [line["detail"] for line in first["lines"] + rest["lines"]] == ["4", "3", "2", "1", "0"]
    assert rest["next"] is None
    assert bruno.ask("GET", "/record").json["lines"] == []


def test_what_happens_again_within_the_hour_is_counted(found: Parts, ana: Person) -> None:
    for _ in range(3):
        assert ana.ask("GET", "/contacts.vcf").status_code == 200
    (line,) = ana.ask("GET", "/record").json["lines"]
    assert (line["what"], line["times"]) == ("exported", 3)


def test_a_session_is_listed_and_ended(app: APIFlask, found: Parts, ana: Person, bruno: Person) -> None:
    with found.db.transaction() as tx:
        sessions.start(tx, owner=ana.account.id, user_agent="a phone")
    (there,) = ana.ask("GET", "/sessions").json["sessions"]
    assert (there["user_agent"], there["is_this"]) == ("a phone", False)
    assert bruno.ask("DELETE", f"/sessions/{there['id']}").status_code == 404
    assert ana.ask("DELETE", f"/sessions/{there['id']}").status_code == 204
    assert ana.ask("GET", "/sessions").json["sessions"] == []

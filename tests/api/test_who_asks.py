"""Who asks: nobody passes without a proof, nobody sees what is another's, and a browser is not to be talked into it."""

import re
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest
from apiflask import APIFlask
from flask import g, session
from flask.testing import FlaskClient

from service.storage import sessions
from service.web import identity
from tests.api.asking import Person, picture


def routes(app: APIFlask) -> list[tuple[str, str]]:
    return [
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule.rule.startswith("/api/v1")
    ]


BODIES: dict[str, dict[str, Any]] = {
    "/corners": {"corners": [[0, 0], [90, 0], [90, 50], [0, 50]]},
    "/done": {},
    "/postpone": {"day": "2030-01-01"},
    "/skip": {},
    "/swap": {"kind": "hello"},
    "/answer": {"outcome": "warm"},
    "/log": {"wrote": True},
    "/notes": {"kind": "need", "text": "x"},
    "/promises": {"text": "x", "due_on": "2030-01-01"},
    "/ask": {},
    "/plan": {"kind": "hello", "day": "2030-01-01"},
    "/begin": {"columns": []},
}
"""What a request must say before it is looked at whose the thing is, by the end of its path."""


def body_for(method: str, path: str) -> dict[str, Any]:
    if method == "POST" and (ending := path[path.rindex("/") :]) in BODIES:
        return {"json": BODIES[ending]}
    if method == "PATCH":
        return {"json": {"starred": True} if path.startswith("/ties") else {"org": "x"}}
    return {"data": picture()} if method == "PUT" else {}


def test_every_route_refuses_who_brings_no_proof_or_a_wrong_one(app: APIFlask) -> None:
    client = app.test_client()
    proofs: list[dict[str, str]] = [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer "},
    ]
    places = cycle(range(256))
    for method, rule in routes(app):
        path = rule.replace("<uuid:photo_id>", str(uuid4())).replace("<uuid:card_id>", str(uuid4()))
        path = re.sub(r"<uuid:\w+>", str(uuid4()), path)
        for proof in proofs:
            elsewhere = {
                "REMOTE_ADDR": f"192.0.{next(places)}.1"
            }  # who is wrong too often at one place is told to wait
            more = {"headers": proof, "environ_overrides": elsewhere, **body_for(method, path)}
            answer = client.open(f"/api/v1{path}", method=method, **more)
            assert answer.status_code == 401, (method, path, proof)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert answer.mimetype == "application/problem+json"


def test_a_wrong_token_is_told_from_none(app: APIFlask) -> None:
    answer = app.test_client().get("/api/v1/cards", headers={"Authorization": "Bearer wrong\x7f"})
    assert answer.json is not None
    assert answer.json["code"] == "wrong_token"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("wrong", ["1", "..", "%00", "a" * 300, "00000000-0000-0000-0000-00000000000g"])
def test_an_id_that_is_none_is_not_found(ana: Person, wrong: str) -> None:
    for noun in ("photos", "cards", "contacts"):
        answer = ana.ask("GET", f"/{noun}/{wrong}")
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


@pytest.fixture
def browser(app: APIFlask, ana: Person) -> FlaskClient:
    """Ana, signed in by cookie."""
    client = app.test_client()
    with app.extensions["undrawer"].db.transaction() as tx:
        token = sessions.start(tx, owner=ana.account.id, user_agent="tests")
    with client.session_transaction() as cookie:
        cookie["token"] = token
    return client


def test_a_session_reads_freely_and_writes_with_the_header_only(browser: FlaskClient) -> None:
    assert browser.get("/api/v1/cards").status_code == 200
    path = f"/api/v1/photos/{uuid4()}"
    bare = browser.put(path, data=picture())
    assert (bare.status_code, (bare.json or {})["code"]) == (403, "header_missing")
    assert browser.put(path, data=picture(), headers={"X-Requested-With": "undrawer"}).status_code == 201


def test_a_session_that_was_ended_opens_nothing(app: APIFlask, ana: Person, browser: FlaskClient) -> None:
    with browser.session_transaction() as cookie, app.extensions["undrawer"].db.transaction() as tx:
        sessions.end(tx, cookie["token"])
    assert browser.get("/api/v1/cards").status_code == 401


def test_a_session_begins_and_ends_with_the_person(app: APIFlask, ana: Person) -> None:
    with app.test_request_context("/", headers={"User-Agent": "x" * 1000}):
        g.account = None
        identity.start(ana.account)
        token = session["token"]
        assert identity.account() == ana.account
        identity.stop()
        assert not session
        assert g.account is None
    with app.extensions["undrawer"].db.reading() as tx:
        assert sessions.account_of(tx, token) is None


def test_a_forged_cookie_opens_nothing(app: APIFlask) -> None:
    client = app.test_client()
    client.set_cookie("undrawer", "eyJ0b2tlbiI6IngifQ.aaaaaa.forged")
    assert client.get("/api/v1/cards").status_code == 401


def test_a_wrong_token_is_not_saved_by_a_good_cookie(browser: FlaskClient) -> None:
    assert browser.get("/api/v1/cards", headers={"Authorization": "Bearer wrong"}).status_code == 401

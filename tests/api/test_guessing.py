"""At the doors of the service, whoever guesses is told to wait, and learns nothing."""

import re

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from limits import parse
from werkzeug.test import TestResponse

from service.storage import accounts
from service.throttle import AT_ONE_NAME_FROM_ONE_PLACE, FROM_ONE_PLACE
from service.web.parts import Parts
from tests.api.asking import Person
from tests.api.test_nobody_let_in import OPEN

WORDS = {"name": "Carla", "email": "carla@example.com", "password": "a wrong guess", "answer": "{}"}
DOORS = {
    "pages.joining.accept": "/join/wrong",
    "pages.passkeys.use": "/sign-in/passkey",
    "pages.sign_in.by_link": "/sign-in/wrong",
    "pages.sign_in.by_mail": "/sign-in/link",
    "pages.sign_in.by_password": "/sign-in",
}
NO_DOORS = {
    "pages.joining.knocked",  # where sign-up is open: tests/pages/test_joining.py
    "pages.joining.make",  # the same; its link is signed, and guessed by nobody
    "pages.passkeys.asking",  # gives a question, and opens nothing
    "pages.second_factor.use",  # behind a first factor: tests/pages/test_second_factor.py
    "pages.sign_in.sign_out",
}


def test_a_right_token_is_let_in_beside_many_wrong_ones(app: APIFlask, ana: Person) -> None:
    client = app.test_client()
    wrong = {"headers": {"Authorization": "Bearer wrong"}}
    for _ in range(FROM_ONE_PLACE.amount):
        assert client.get("/api/v1/contacts", **wrong).status_code == 401
    refused = client.get("/api/v1/contacts", **wrong)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert ana.ask("GET", "/contacts").status_code == 200


def test_whoever_guesses_is_not_told_whether_there_is_such_an_account(app: APIFlask, found: Parts, ana: Person) -> None:
    with found.db.transaction() as tx:
        accounts.set_email(tx, owner=ana.account.id, email="ana@example.com")
        accounts.set_password(tx, owner=ana.account.id, password="a right password")
    told = []
    for email in ("ana@example.com", "nobody@example.com"):
        client = app.test_client()
        answers = [guess(client, email) for _ in range(AT_ONE_NAME_FROM_ONE_PLACE.amount + 1)]
        assert [answer.status_code for answer in answers[-2:]] == [401, 429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        told.append([re.sub(r'value="[^"]*"', "", answer.text) for answer in answers])
    assert told[0] == told[1]


def test_every_way_in_has_its_limit(app: APIFlask, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr("service.throttle.FROM_ONE_PLACE", parse("3 per 15 minutes"))
    ways = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert ways & OPEN == set(DOORS) | NO_DOORS
    for number, path in enumerate(DOORS.values()):
        place = {"REMOTE_ADDR": f"192.0.2.{number + 1}"}
        tried = [app.test_client().post(path, data=WORDS, environ_overrides=place) for _ in range(5)]
        assert {answer.status_code for answer in tried[:3]} & {429, 500} == set(), path
        assert [answer.status_code for answer in tried[3:]] == [429, 429], path
        assert int(tried[-1].headers["Retry-After"]) > 0


def guess(client: FlaskClient, email: str) -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token
    return client.post("/sign-in", data={"csrf_token": token[1], "email": email, "password": "a wrong guess"})

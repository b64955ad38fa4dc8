"""Another device by a code, a password, sessions ended, keys shown once: on the screens where a person does it."""

import re

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.config import GIVEN_OUT
from service.storage import accounts, sessions, tokens
from service.storage.accounts import Account
from service.storage.tokens import Scope
from service.web.given_out import elsewhere
from service.web.pages.access import device
from service.web.parts import Parts
from tests.pages.test_forms import post


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def signed_in(app: APIFlask, found: Parts, ana: Account, agent: str = "Firefox on Linux") -> FlaskClient:
    with found.db.transaction() as tx:
        link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=ana.id)}"
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = agent
    assert post(client, link, form=link).status_code == 303
    return client


PAGE = "/settings/access"


def test_a_code_signs_another_device_in_once(app: APIFlask, found: Parts, ana: Account) -> None:
    laptop, phone, other = signed_in(app, found, ana), app.test_client(), app.test_client()
    shown = post(laptop, f"{PAGE}/pair", form=PAGE)
    assert shown.headers["Cache-Control"].count("no-store") == 1
    link = re.search(r"/sign-in/[\w-]+", shown.text)
    assert link
    assert "<svg" in shown.text
    assert phone.get(link[0]).status_code == 200  # looking changes nothing
    assert post(phone, link[0], form=link[0]).status_code == 303
    assert phone.get("/contacts").status_code == 200
    assert post(other, link[0], form=link[0]).status_code == 401


@pytest.mark.parametrize(
    ("opened_at", "leads_to"),
    [("http://localhost:8750", "http://192.168.1.20:8750"), ("http://cards.example", "http://cards.example")],
)
def test_who_sits_at_the_machine_gives_out_an_address_that_others_reach(
    app: APIFlask, found: Parts, opened_at: str, leads_to: str
) -> None:
    (found.config.data / GIVEN_OUT).write_text("http://192.168.1.20:8750", encoding="ascii")
    with app.test_request_context(base_url=opened_at):
        assert elsewhere() == leads_to


def test_a_session_is_ended_from_another_one(app: APIFlask, found: Parts, ana: Account) -> None:
    phone = signed_in(app, found, ana, "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36")
    laptop = signed_in(app, found, ana)
    assert "Chrome · Android" in laptop.get(PAGE).text
    with found.db.reading() as tx:
        [there] = [one for one in sessions.of(tx, owner=ana.id) if "Android" in one.user_agent]
    assert post(laptop, f"{PAGE}/sessions/{there.id}/end", form=PAGE).status_code == 303
    assert phone.get("/contacts").status_code == 302
    assert laptop.get("/contacts").status_code == 200


def test_a_new_password_wants_the_old_one_and_signs_out_elsewhere(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        accounts.set_email(tx, owner=ana.id, email="ana@example.com")
        accounts.set_password(tx, owner=ana.id, password="the first one")
    phone, laptop = signed_in(app, found, ana), signed_in(app, found, ana)
    said = {"email": "ana@example.com", "new": "the second one"}
    assert post(laptop, f"{PAGE}/password", form=PAGE, old="a guess", **said).status_code == 422
    assert phone.get("/contacts").status_code == 200
    assert post(laptop, f"{PAGE}/password", form=PAGE, old="the first one", **said).status_code == 303
    assert phone.get("/contacts").status_code == 302
    with found.db.reading() as tx:
        assert accounts.check_password(tx, email="ana@example.com", password="the second one")


def test_trying_addresses_by_changing_ones_own_ends_soon(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        accounts.create(tx, name="Bruno Lima", email="bruno@example.com")
    laptop = signed_in(app, found, ana)
    said = {"email": "bruno@example.com", "old": "cien tarjetas", "new": "mil tarjetas"}
    tried = [post(laptop, f"{PAGE}/password", form=PAGE, **said).status_code for _ in range(12)]
    assert tried == [409] * 10 + [429] * 2


def test_a_key_is_shown_once_and_does_what_it_may(app: APIFlask, found: Parts, ana: Account) -> None:
    laptop, program = signed_in(app, found, ana), app.test_client()
    made = post(laptop, f"{PAGE}/keys", form=PAGE, name="my script", days="30")
    secret = re.search(r'class="secret">([\w-]{43})<', made.text)
    assert secret
    assert secret[1] not in laptop.get(PAGE).text
    bearer = {"Authorization": f"Bearer {secret[1]}"}
    assert program.get("/api/v1/contacts", headers=bearer).status_code == 200
    refused = program.patch("/api/v1/policy", headers=bearer, json={})
    assert (refused.status_code, (refused.json or {})["code"]) == (403, "token_reads_only")
    with found.db.reading() as tx:
        [key] = tokens.of(tx, owner=ana.id)
    assert (key.name, key.scope) == ("my script", Scope.READ)
    assert key.used_at
    assert key.expires_at
    post(laptop, f"{PAGE}/keys/{key.id}/withdraw", form=PAGE)
    assert program.get("/api/v1/contacts", headers=bearer).status_code == 401


def test_what_is_anothers_is_neither_ended_nor_withdrawn(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        bruno = accounts.create(tx, name="Bruno Lima")
        sessions.start(tx, owner=bruno.id, user_agent="x")
        tokens.create(tx, owner=bruno.id, name="his")
        [session], [key] = sessions.of(tx, owner=bruno.id), tokens.of(tx, owner=bruno.id)
    laptop = signed_in(app, found, ana)
    assert post(laptop, f"{PAGE}/sessions/{session.id}/end", form=PAGE).status_code == 404
    assert post(laptop, f"{PAGE}/keys/{key.id}/withdraw", form=PAGE).status_code == 404
    post(laptop, f"{PAGE}/sessions/others", form=PAGE)
    with found.db.reading() as tx:
        assert len(sessions.of(tx, owner=bruno.id)) == len(tokens.of(tx, owner=bruno.id)) == 1


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
    ],
)
def test_a_browser_is_told_in_two_words(agent: str, said: str) -> None:
    assert device(agent) == said

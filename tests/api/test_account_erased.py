"""The account erased over HTTP: by its owner's proof alone, never by mistake, and nobody else's."""

import pytest
from apiflask import APIFlask

from service.storage import accounts, tokens
from service.storage.tokens import Scope
from service.web.parts import Parts
from tests.api.asking import Person

PASSWORD = "cien tarjetas en un cajón"


@pytest.fixture
def ana(found: Parts, ana: Person) -> Person:
    with found.db.transaction() as tx:
        accounts.set_email(tx, owner=ana.account.id, email="ana@example.com")
        accounts.set_password(tx, owner=ana.account.id, password=PASSWORD)
    return ana


def test_a_key_and_the_password_erase_it_and_nobody_elses(found: Parts, ana: Person, bruno: Person) -> None:
    said = {"whose": "ana@example.com", "password": PASSWORD}
    assert bruno.ask("DELETE", "/account", json=said).status_code == 422
    assert ana.ask("DELETE", "/account", json=said).status_code == 204
    assert ana.ask("GET", "/contacts").status_code == 401
    assert bruno.ask("GET", "/contacts").status_code == 200
    with found.db.reading() as tx:
        assert accounts.by_email(tx, "ana@example.com") is None


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"whose": "ana@example.com"}, 403, "not_proved"),
        ({"whose": "ana@example.com", "password": "otra"}, 403, "not_proved"),
        ({"whose": "bruno", "password": PASSWORD}, 422, "not_sure"),
    ],
)
def test_without_proof_or_by_mistake_nothing_goes(ana: Person, said: dict[str, str], status: int, code: str) -> None:
    refused = ana.ask("DELETE", "/account", json=said)
    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert ana.ask("GET", "/contacts").status_code == 200


def test_a_key_that_only_looks_is_refused(found: Parts, ana: Person) -> None:
    with found.db.transaction() as tx:
        looks = tokens.create(tx, owner=ana.account.id, name="looks", scope=Scope.READ)
    said = {"whose": "ana@example.com", "password": PASSWORD}
    refused = Person(ana.account, looks, ana.client).ask("DELETE", "/account", json=said)
    assert (refused.status_code, refused.json["code"]) == (403, "token_reads_only")


def test_a_session_just_proved_needs_no_password(app: APIFlask, found: Parts, ana: Person) -> None:
    with found.db.transaction() as tx:
        link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=ana.account.id)}"
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.post(link).status_code == 303
    said = {"whose": "ana@example.com"}
    assert client.delete("/api/v1/account", json=said).status_code == 403, "another site may not"
    headers = {"X-Requested-With": "tests"}
    assert client.delete("/api/v1/account", json=said, headers=headers).status_code == 204

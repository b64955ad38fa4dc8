"""Erasing a person and an account on PostgreSQL: no row of any table says a word of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.people import contacts
from service.storage.tables import metadata
from service.web import create_app
from service.web.erasing import erase_account
from service.web.parts import Parts
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_forms import client as client  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import found as found  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import post
from tests.pages.test_privacy import known, words_of


@pytest.fixture
def app(config: Config, postgres_url: str) -> Iterator[APIFlask]:
    made = create_app(replace(config, database_url=postgres_url))
    yield made
    made.extensions["undrawer"].db.close()


def rows(found: Parts) -> str:
    with found.db.reading() as tx:
        return str([tx.execute(select(table)).all() for table in metadata.sorted_tables])


def test_a_person_and_then_the_account_are_gone(
    app: APIFlask, client: FlaskClient, keeper: Keeper, found: Parts, ana: Account
) -> None:
    contact_id = known(keeper, found, ana)
    other = keeper.confirm(keeper.card(some_cards()[0], "b.jpg"))
    with found.db.transaction() as tx:
        said = words_of(contacts.get(tx, owner=ana.id, id=contact_id).vcard)
        others = words_of(contacts.get(tx, owner=ana.id, id=other).vcard)
        stranger = accounts.create(tx, name="Bruno Lima").id
    assert all(word in rows(found) for word in said)
    path = f"/contacts/{contact_id}/erase"
    assert post(client, path, form=path, sure="yes").status_code == 303
    left = rows(found)
    assert [word for word in said if word in left] == []
    assert all(word in left for word in others)
    assert client.get(f"/contacts/{other}").status_code == 200

    with app.app_context():
        erase_account(owner=ana.id)
    left = rows(found)
    assert [word for word in (*others, ana.name, ana.id) if word in left] == []
    assert stranger in left

"""Two that change one contact at once, each another field of it: neither takes the other's change back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from apiflask import APIFlask

from service.config import Config
from service.storage.people import contacts
from service.web import create_app
from tests.api.asking import Person, person
from tests.dav.conftest import card

CHANGES = 12
FIELDS = ("title", "org", "note")


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, config: Config) -> Iterator[APIFlask]:
    url = config.database_url if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    made = create_app(replace(config, database_url=url))
    yield made
    made.extensions["undrawer"].db.close()


def test_each_keeps_what_it_wrote(app: APIFlask) -> None:
    ana = person(app, "Ana")
    with app.extensions["undrawer"].db.transaction() as tx:
        contact = contacts.write(tx, owner=ana.account.id, vcard=card("Eva Neumann"))
    together = Barrier(len(FIELDS))

    def write(field: str) -> None:
        mine = Person(ana.account, ana.token, app.test_client())
        together.wait()
        for number in range(CHANGES):
            said = f"{field} {number}"
            assert mine.ask("PATCH", f"/contacts/{contact.id}", json={field: said}).status_code == 200
            assert mine.ask("GET", f"/contacts/{contact.id}").json["fields"][field] == said

    with ThreadPoolExecutor(len(FIELDS)) as threads:
        list(threads.map(write, FIELDS))
    last = ana.ask("GET", f"/contacts/{contact.id}").json["fields"]
    assert [last[field] for field in FIELDS] == [f"{field} {CHANGES - 1}" for field in FIELDS]

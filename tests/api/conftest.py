"""The real application on real SQLite and Redis, and two people who ask it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from apiflask import APIFlask

from service.config import Config
from service.domain.reading.card import ReadCard
from service.storage.reading import cards, photos
from service.web import create_app
from service.web.parts import Parts
from tests.api.asking import Person, person, picture, reading


@pytest.fixture
def app(config: Config) -> Iterator[APIFlask]:
    made = create_app(config)
    made.testing = True
    yield made
    made.extensions["undrawer"].db.close()


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


@pytest.fixture
def ana(app: APIFlask) -> Person:
    return person(app, "Ana Torres Vidal")


@pytest.fixture
def bruno(app: APIFlask) -> Person:
    return person(app, "Bruno Lima")


@pytest.fixture
def photo_id(ana: Person) -> str:
    """Give the id of a photo of Ana's that waits to be read."""
    wanted = str(uuid4())
    assert ana.ask("PUT", f"/photos/{wanted}", data=picture()).status_code == 201
    return wanted


@pytest.fixture
def card_id(ana: Person, found: Parts, photo_id: str) -> str:
    """Give the id of a card of Ana's, as a worker leaves it."""
    squared = found.files.put(picture(90))
    corners = ((0.0, 0.0), (320.0, 0.0), (320.0, 200.0), (0.0, 200.0))
    read = ReadCard(corners=corners, picture=picture(90), width=320, height=200, reading=reading())
    with found.db.transaction() as tx:
        photo = photos.get(tx, owner=ana.account.id, id=photo_id)
        photos.finish(tx, photo=photo, cards=[read], pictures=[squared])
        return cards.of_photo(tx, owner=ana.account.id, photo_id=photo_id)[0].id


@pytest.fixture
def contact_id(ana: Person, card_id: str) -> str:
    made = ana.ask("POST", f"/cards/{card_id}/confirm")
    assert made.status_code == 200
    contact: str = made.json["id"]
    return contact

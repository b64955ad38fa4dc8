"""What was kept under an older revision of the tables is there under the newest, on both databases."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from service.domain.reading.card import Evidence, Found, PersonName, Reading
from service.domain.reading.reading_json import to_json
from service.storage.database import Database, upgrade
from service.storage.entering import entering_tables
from service.storage.following import outcome_tables, tie_tables
from service.storage.meeting import gathering_tables, gatherings, introduction_tables
from service.storage.people import contacts, duplicate_tables, erasure_tables, import_tables
from service.storage.people.which import Which
from service.storage.reaching import device_tables, feed_tables, mail_tables
from service.storage.reading import cards, sides
from tests.conftest import on_server
from tests.storage.comparing import differences

ALSO_TABLES = (
    duplicate_tables.merges,
    gathering_tables.guests,
    import_tables.imports,
    introduction_tables.introductions,
    mail_tables.outgoing,
    tie_tables.ties,
    device_tables.devices,
    erasure_tables.erased,
    feed_tables.feeds,
    entering_tables.record,
    outcome_tables.calls,
)
"""Of the tables that live in modules of their own; to import them is to have them compared."""

READING = Reading(name=Found(PersonName("Ana Muñoz"), Evidence(("rapidocr",), 0.9)))
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nFN:Ana Muñoz\r\nN:;Ana Muñoz;;;\r\nEND:VCARD\r\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    server = request.getfixturevalue("postgres")
    name = f"old_{uuid4().hex}"
    on_server(server.format(name="postgres"), f"CREATE DATABASE {name}")
    return str(server.format(name=name))


@pytest.fixture(name="db")
def database_from_before_sides(url: str) -> Iterator[Database]:
    """Give a database of today with three cards that were kept before a card had sides, one of them a contact."""
    upgrade(url, revision="0001")
    with closing(Database(url)) as db:
        with db.transaction() as tx:
            keep_as_before(tx)
        upgrade(url)
        yield db


def keep_as_before(tx: Connection) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None if tx.dialect.name == "sqlite" else UTC)
    reading = to_json(READING)
    del reading["other_langs"]
    tx.execute(text("INSERT INTO accounts (id, name, created_at) VALUES ('a', 'Ana', :at)"), {"at": at})
    photo = "('p', 'a', 'x', 1, 'image/jpeg', 'read', 'Feria de Bilbao', :at)"
    columns = "id, account_id, sha256, size, kind, state, gathering, received_at"
    tx.execute(text(f"INSERT INTO photos ({columns}) VALUES {photo}"), {"at": at})
    columns = "id, account_id, uid, kind, vcard, etag, created_at, updated_at"
    contact = "('k', 'a', 'u', 'person', :vcard, 'e', :at, :at)"
    tx.execute(text(f"INSERT INTO contacts ({columns}) VALUES {contact}"), {"at": at, "vcard": VCARD})
    columns = "id, account_id, photo_id, position, state, corners, picture, width, height, reading, changes"
    corners = "[[0,0],[9,0],[9,5],[0,5]]"
    for position, (state, contact_id) in enumerate([("confirmed", "k"), ("to review", None), ("to review", None)]):
        tx.execute(
            text(
                f"INSERT INTO cards ({columns}, contact_id, created_at) VALUES "
                "(:id, 'a', 'p', :position, :state, :corners, 'pic', 9, 5, :reading, :changes, :contact, :at)"
            ),
            {
                "id": f"c{position}",
                "position": position,
                "state": state,
                "corners": corners,
                "reading": json.dumps(reading),
                "changes": '{"org": "Taller Arce"}',
                "contact": contact_id,
                "at": at,
            },
        )


def test_cards_kept_before_they_had_sides_stand_alone(db: Database) -> None:
    with db.reading() as tx:
        found = cards.of_photo(tx, owner="a", photo_id="p")
        assert [(card.id, card.contact_id) for card in found] == [("c0", "k"), ("c1", None), ("c2", None)]
        assert {(card.side_of, card.back, card.apart_from) for card in found} == {(None, None, ())}
        assert all(card.reading == READING and card.changes == {"org": "Taller Arce"} for card in found)
        assert contacts.get(tx, owner="a", id="k").vcard == VCARD


def test_contacts_kept_before_can_be_found_and_know_where_they_were_met(db: Database) -> None:
    with db.reading() as tx:
        [found] = contacts.page(tx, owner="a", which=Which(query="munoz")).rows
        fair = gatherings.get(tx, owner="a", id=found.gathering_id or "")
    assert (fair.name, fair.day) == ("Feria de Bilbao", date(2026, 3, 1))


def test_cards_kept_before_they_had_sides_can_be_joined(db: Database) -> None:
    with db.transaction() as tx:
        sides.join(tx, owner="a", back="c2", front="c1")
        assert cards.confirm(tx, owner="a", id="c1")


def test_the_upgraded_tables_are_those_of_the_code_with_all_their_rules(db: Database) -> None:
    with db.transaction() as tx:
        assert differences(tx) == []
    for broken in (
        "UPDATE cards SET side_of = 'nobody' WHERE id = 'c1'",
        "UPDATE cards SET side_of = 'c0'",
        "UPDATE cards SET position = 0",
        "UPDATE cards SET photo_id = 'nothing'",
        "UPDATE contacts SET gathering_id = 'nowhere'",
    ):
        with pytest.raises(IntegrityError), db.transaction() as tx:
            tx.execute(text(broken))


def test_needs_noted_before_there_were_introductions_find_offers(url: str) -> None:
    upgrade(url, revision="0013")
    with closing(Database(url)) as db:
        with db.transaction() as tx:
            keep_as_before(tx)
            at = datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None if tx.dialect.name == "sqlite" else UTC)
            columns = "id, account_id, contact_id, source, begun_on, circle, created_at"
            tie = "('t', 'a', 'k', 'card', '2026-03-01', 'active', :at)"
            tx.execute(text(f"INSERT INTO ties ({columns}) VALUES {tie}"), {"at": at})
            columns = "id, account_id, tie_id, kind, text, normal, noted_on"
            noted = "('n', 'a', 't', 'need', 'filtros de agua', 'x', '2026-03-01')"
            tx.execute(text(f"INSERT INTO notes ({columns}) VALUES {noted}"))
        upgrade(url)
        with db.reading() as tx:
            found = tx.execute(select(introduction_tables.note_terms.c.term)).scalars().all()
    assert sorted(found) == ["agua", "filtr"]

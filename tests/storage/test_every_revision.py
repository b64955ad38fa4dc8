"""Whatever was kept by any revision is there under the newest: every row of every table, on both databases."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from service.storage import soundness
from service.storage.database import MIGRATIONS, Database, upgrade
from service.storage.people import contacts
from service.storage.people.which import Which
from tests.conftest import on_server
from tests.storage.filling import VCARD, Kept, fill, kept

REVISIONS = sorted(one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions())
MADE_ANEW = {"found_by", "found_row", "town", "gathering_id"}
"""Columns of contacts that a revision, or every upgrade, derives from the vCard or the cards again."""


@pytest.fixture
def empty_postgres(postgres: str) -> str:
    name = f"walked_{uuid4().hex}"
    on_server(postgres.format(name="postgres"), f"CREATE DATABASE {name}")
    return postgres.format(name=name)


def kept_under(url: str, revisions: Sequence[str]) -> Kept:
    """Add rows under each of these revisions in turn, then go to the newest; give what was kept, as it was kept."""
    before: Kept = {}
    for revision in revisions:
        upgrade(url, revision=revision)
        with closing(Database(url)) as db, db.transaction() as tx:
            fill(tx, revision)
            now = kept(tx)
        for table, rows in now.items():
            before.setdefault(table, {}).update({key: row for key, row in rows.items() if key not in before[table]})
    upgrade(url)
    return before


def demand_all(tx: Connection, before: Kept) -> None:
    now = kept(tx)
    for table, rows in before.items():
        assert rows.keys() <= now[table].keys(), f"rows of {table} are lost"
        derived = MADE_ANEW if table == "contacts" else set()
        for key, row in rows.items():
            changed = {
                name: (value, now[table][key][name]) for name, value in row.items() if now[table][key][name] != value
            }
            assert changed.keys() <= derived, (table, changed)
    for row in before["contacts"].values():
        [found] = contacts.page(tx, owner=row["account_id"], which=Which(query=f"muñoz {row['uid']}")).rows
        assert found.vcard == VCARD.format(uid=row["uid"])


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_of_every_table_outlive_the_way_from_any_revision(revision: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    before = kept_under(url, [revision])
    with closing(Database(url)) as db, db.transaction() as tx:
        demand_all(tx, before)
        assert soundness.troubles(tx) == []


def test_rows_added_under_each_revision_outlive_all_that_follow(empty_postgres: str) -> None:
    before = kept_under(empty_postgres, REVISIONS)
    with closing(Database(empty_postgres)) as db:
        with db.transaction() as tx:
            demand_all(tx, before)
        for broken in (
            "UPDATE photos SET account_id = 'nobody'",
            "UPDATE contacts SET uid = 'same', account_id = (SELECT max(id) FROM accounts)",
            "UPDATE cards SET position = 0, photo_id = (SELECT max(photo_id) FROM cards)",
            "UPDATE ties SET contact_id = 'nobody'",
            "UPDATE outgoing SET key = NULL",
        ):
            with pytest.raises(IntegrityError), db.transaction() as tx:
                tx.execute(text(broken))
        with db.transaction() as tx:
            tx.execute(text("DELETE FROM accounts"))
            left = {name: rows for name, rows in kept(tx).items() if rows and name not in NOBODYS}
            assert left == {}


NOBODYS = {"knocks"}
"""Tables whose rows belong to no account: they are of people who may have none."""

"""A database that is locked or gone is said to be away, so that phones come again; no mistake of ours is hidden by that."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from apiflask import APIFlask
from prometheus_client.parser import text_string_to_metric_families
from psycopg.errors import AdminShutdown, DiskFull
from sqlalchemy import text

from bench.keeping import signed_in
from service.config import Config
from service.storage import database
from service.storage.database import DatabaseAway, why_away
from service.web import create_app
from service.web.parts import Parts
from tests.api.asking import Person, person, picture


@pytest.fixture
def app(config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[APIFlask]:
    """Give an application that waits for no lock."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0)
    made = create_app(config)
    yield made
    made.extensions["undrawer"].db.close()


@pytest.fixture
def ana(app: APIFlask) -> Person:
    return person(app, "Ana Torres Vidal")


def test_who_sends_while_the_database_is_locked_is_told_when_to_come_back(ana: Person, found: Parts) -> None:
    with closing(sqlite3.connect(found.config.data / "undrawer.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = ana.ask("PUT", f"/photos/{uuid4()}", data=picture())
    assert (answer.status_code, answer.json["code"]) == (503, "not_ready")
    assert int(answer.headers["Retry-After"]) > 0
    assert ana.ask("GET", "/photos").json["photos"] == []


@pytest.mark.parametrize("path", ["/today", "/api/v1/contacts"])
def test_without_a_database_pages_and_api_say_so(app: APIFlask, ana: Person, found: Parts, path: str) -> None:
    client = signed_in(found.db, app, ana.account.id)
    lose(found)
    answer = client.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def lose(found: Parts) -> None:
    """Put something in the database's place that cannot be opened."""
    found.db.close()
    path = found.config.data / "undrawer.db"
    path.unlink()
    path.mkdir()


def test_a_question_that_no_table_answers_is_a_mistake_of_ours(found: Parts) -> None:
    with pytest.raises(DatabaseAway) as caught, found.db.reading() as tx:
        tx.execute(text("SELECT * FROM nothing_of_that_name"))
    assert why_away(caught.value) == ""


@pytest.mark.parametrize(("cause", "why"), [(AdminShutdown(), "away"), (DiskFull(), "full")])
def test_postgresql_says_by_its_code_what_is_the_matter(cause: Exception, why: str) -> None:
    assert why_away(DatabaseAway("", None, cause)) == why


def test_metrics_say_that_the_database_is_away(app: APIFlask, ana: Person, found: Parts) -> None:
    lose(found)
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    said = {"|".join([one.name, *one.labels.values()]): one.value for family in families for one in family.samples}
    assert (said["undrawer_up|database"], said["undrawer_up|redis"]) == (0, 1)
    assert "undrawer_disk_free_bytes" in said
    assert not [name for name in said if name.startswith("undrawer_photos")]

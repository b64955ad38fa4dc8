"""The night's work: only what changes by the day is planned again, in bounded batches, by the job that the sweep rings."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest

from service.config import Config
from service.domain.ties.touch import Kind
from service.queue import Queue
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import planning, policies, ties, touches
from service.storage.people import contacts
from tests.storage.test_ties import contact
from workers import jobs


@pytest.fixture
def surroundings(config: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
    """What a job reads its settings from."""
    monkeypatch.setitem(os.environ, "UNDRAWER_DATA", str(config.data))
    monkeypatch.setitem(os.environ, "UNDRAWER_REDIS_URL", config.redis_url)
    return config


def a_tie(db: Database, owner: str, *, days_ago: int) -> tuple[str, str]:
    with db.transaction() as tx:
        contact_id = contact(tx, owner)
        met = ties.Met(on=datetime.now(tz=UTC).date() - timedelta(days=days_ago))
        return contact_id, ties.begin(tx, owner=owner, contact_id=contact_id, met=met)


def ahead(monkeypatch: pytest.MonkeyPatch, days: int) -> date:
    later = datetime.now(tz=UTC) + timedelta(days=days)
    for module in (policies, planning):
        monkeypatch.setattr(module, "now", lambda: later)
    return later.date()


def kinds(db: Database, owner: str, tie: str) -> list[Kind]:

    with db.reading() as tx:
        return [one.touch.kind for one in touches.of_tie(tx, owner=owner, tie_id=tie)]


def test_nothing_is_planned_again_on_a_day_on_which_nothing_changes(db: Database, account: Account) -> None:
    a_tie(db, account.id, days_ago=1)
    with db.transaction() as tx:
        today = policies.today(tx, owner=account.id)
        planning.plan_due(tx, owner=account.id, today=today)
        assert planning.plan_due(tx, owner=account.id, today=today) == 0
        assert planning.owners_with_work(tx) == []


def test_a_first_message_that_nobody_wrote_becomes_a_late_hello(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tie = a_tie(db, account.id, days_ago=1)
    ahead(monkeypatch, 20)
    with db.transaction() as tx:
        assert planning.owners_with_work(tx) == [account.id]
        assert planning.plan_due(tx, owner=account.id, today=policies.today(tx, owner=account.id)) == 1
        assert planning.owners_with_work(tx) == []
    assert kinds(db, account.id, tie) == [Kind.LATE_HELLO]


def test_the_ties_of_deleted_contacts_ask_for_nothing(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact_id, _ = a_tie(db, account.id, days_ago=1)
    with db.transaction() as tx:
        contacts.delete(tx, owner=account.id, id=contact_id)
    ahead(monkeypatch, 20)
    with db.reading() as tx:
        assert planning.owners_with_work(tx) == []


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_the_sweep_rings_for_whom_the_day_has_turned_and_the_job_plans(
    surroundings: Config, db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tie = a_tie(db, account.id, days_ago=1)
    ahead(monkeypatch, 20)
    jobs.sweep()
    assert Queue(surroundings).asked_for("plan_touches") == {account.id}
    jobs.plan_touches(account.id)
    assert kinds(db, account.id, tie) == [Kind.LATE_HELLO]

"""Devices and their notices in both databases: each device belongs to one account, and is told a thing once."""

from datetime import time

import pytest
from sqlalchemy import select

from service.domain.errors import NotFound
from service.storage import sessions
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import policies
from service.storage.reaching import devices, notices
from service.storage.reaching.device_tables import devices as devices_table
from service.storage.reaching.notices import Settings
from tests.push_service import Browser
from tests.test_noticing import Clock, ring, rung

ADDRESS = "https://push.example/send/abc"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (policies, notices, devices):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def device(db: Database, account: Account) -> str:
    with db.transaction() as tx:
        device = devices.subscribe(tx, owner=account.id, subscription=Browser().subscription(ADDRESS), name="Android")
        notices.wind(tx, owner=account.id)
    return device.id


def test_what_was_told_in_the_morning_is_not_told_again_when_the_hour_is_changed(
    db: Database, account: Account, clock: Clock, device: str
) -> None:
    rung(db, account, clock)
    with db.transaction() as tx:
        notices.keep(tx, Settings(time(11, 0)), owner=account.id)
    clock.until(3, 10)
    assert ring(db, account) == []


def test_a_device_belongs_to_who_signed_in_there_last(
    db: Database, account: Account, stranger: Account, device: str
) -> None:
    to = Browser().subscription(ADDRESS)
    with db.transaction() as tx:
        theirs = devices.subscribe(tx, owner=stranger.id, subscription=to)
        assert devices.of(tx, owner=account.id) == []
        with pytest.raises(NotFound):
            devices.remove(tx, owner=account.id, id=theirs.id)
        assert [one.id for one in devices.of(tx, owner=stranger.id)] == [theirs.id]


def test_asking_again_keeps_the_device_and_what_was_chosen_for_it(db: Database, account: Account, device: str) -> None:
    with db.transaction() as tx:
        devices.change(tx, owner=account.id, id=device, name="Mi móvil", names=True)
        to = Browser().subscription(ADDRESS)
        again = devices.subscribe(tx, owner=account.id, subscription=to, name="Android")
    assert (again.id, again.name, again.names, again.subscription) == (device, "Mi móvil", True, to)


def test_signing_out_on_a_device_ends_its_notices(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        token = sessions.start(tx, owner=account.id, user_agent="x")
        to = Browser().subscription(ADDRESS)
        devices.subscribe(tx, owner=account.id, subscription=to, session_hash=sessions.hash_of(token))
        sessions.end(tx, token)
        assert tx.execute(select(devices_table)).all() == []

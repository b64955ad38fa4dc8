"""Notices: what is due goes to each device once a day at the account's hour, and nobody else can read it."""

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from py_vapid import Vapid02
from redis import Redis
from sqlalchemy import select

from service.config import Config
from service.domain.errors import Conflict
from service.domain.reaching import vapid
from service.domain.reaching.push import PushState
from service.queue import Queue
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import policies, ties
from service.storage.following.ties import Met
from service.storage.reaching import devices, notices
from service.storage.reaching.device_tables import notice_settings
from service.storage.reaching.device_tables import notices as notices_table
from service.storage.reaching.notices import Settings
from tests.push_service import STALL, Browser, Service, running
from tests.real_parts import PATIENCE_SECONDS, wait_until
from tests.storage.test_ties import contact
from workers import jobs, noticing

TUESDAY = date(2026, 3, 3)


class Clock:
    """A moment that the test turns, by UTC."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 3, 7, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def until(self, day: int, hour: int, minute: int = 0, month: int = 3) -> None:
        self.at = datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (policies, notices, noticing, devices):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def db(sqlite_url: str) -> Iterator[Database]:
    """What both databases do is in storage/test_notices.py; sending asks little of them."""
    with closing(Database(sqlite_url)) as database:
        yield database


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as service:
        yield service


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def at_home(config: Config) -> Config:
    return replace(config, push_at_home=True)


@pytest.fixture
def device(db: Database, account: Account, service: Service, browser: Browser) -> str:
    with db.transaction() as tx:
        to = browser.subscription(service.address + "/send/abc?x=1")
        device = devices.subscribe(tx, owner=account.id, subscription=to, name="Android", locale="es")
        notices.wind(tx, owner=account.id)
    return device.id


def promise(db: Database, account: Account, text: str = "el catálogo", name: str = "Nuria Prat") -> None:
    with db.transaction() as tx:
        tie = ties.begin(tx, owner=account.id, contact_id=contact(tx, account.id, name), met=Met(on=date(2026, 3, 2)))
        ties.add_promise(tx, owner=account.id, id=tie, text=text, due_on=TUESDAY)


def ring(db: Database, account: Account) -> list[str]:
    with db.transaction() as tx:
        return notices.ring(tx, owner=account.id)


def send(db: Database, config: Config, id_: str, *, patience_seconds: float = 20) -> None:
    with db.transaction() as tx:
        waiting = notices.claim(tx, id_, held_seconds=600)
    if waiting:
        noticing.tell(db, config, waiting, patience_seconds=patience_seconds)


def state(db: Database, id_: str) -> tuple[str, str]:
    with db.reading() as tx:
        row = tx.execute(select(notices_table).where(notices_table.c.id == id_)).one()
    return row.state, row.reason


def rung(db: Database, account: Account, clock: Clock) -> str:
    clock.until(3, 8)
    (id_,) = ring(db, account)
    return id_


def test_at_its_hour_an_account_is_told_once(
    db: Database, account: Account, clock: Clock, device: str, service: Service, browser: Browser, at_home: Config
) -> None:
    promise(db, account)
    assert ring(db, account) == []  # it is half past eight in Madrid
    clock.until(3, 8)
    (id_,) = ring(db, account)
    assert ring(db, account) == []
    send(db, at_home, id_)
    send(db, at_home, id_)
    (request,) = service.requests
    told = browser.read(request.body)
    assert told == {
        "title": "Hoy te toca cumplir una promesa",
        "body": "Ábrelo y lo ves.",
        "tag": "day:2026-03-03",
        "lang": "es",
        "url": "/today",
    }
    assert state(db, id_) == (PushState.SENT, "")
    with db.reading() as tx:
        assert devices.get(tx, owner=account.id, id=device).used_at == clock()
        (next_at,) = tx.execute(select(notice_settings.c.next_at)).scalars()
    assert next_at == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_names_are_told_only_where_they_are_allowed(
    db: Database, account: Account, clock: Clock, device: str, service: Service, browser: Browser, at_home: Config
) -> None:
    promise(db, account)
    promise(db, account, "las fotos", "Iker Solana")
    with db.transaction() as tx:
        devices.change(tx, owner=account.id, id=device, names=True)
    send(db, at_home, rung(db, account, clock))
    told = browser.read(service.requests[0].body)
    assert told["title"] == "Hoy te toca cumplir 2 promesas"
    assert told["body"] in {"Nuria Prat: el catálogo. Y una más.", "Iker Solana: las fotos. Y una más."}


def test_the_first_touch_of_the_day_is_told_without_a_name(
    db: Database, account: Account, clock: Clock, device: str, service: Service, browser: Browser, at_home: Config
) -> None:
    with db.transaction() as tx:
        ties.begin(tx, owner=account.id, contact_id=contact(tx, account.id), met=Met(on=date(2026, 3, 2)))
    send(db, at_home, rung(db, account, clock))
    told = browser.read(service.requests[0].body)
    assert (told["title"], told["body"]) == ("Para hoy", "Lo primero: un primer mensaje.")


def test_where_nothing_is_due_nothing_is_sent(
    db: Database, account: Account, clock: Clock, device: str, service: Service, at_home: Config
) -> None:
    id_ = rung(db, account, clock)
    send(db, at_home, id_)
    assert (service.requests, state(db, id_)) == ([], (PushState.NOTHING, ""))


def test_what_was_switched_off_is_not_told(
    db: Database, account: Account, clock: Clock, device: str, service: Service, at_home: Config
) -> None:
    promise(db, account)
    with db.transaction() as tx:
        notices.keep(tx, Settings(promises=False), owner=account.id)
    id_ = rung(db, account, clock)
    send(db, at_home, id_)
    assert state(db, id_) == (PushState.NOTHING, "")


def test_on_quiet_days_nobody_is_told(db: Database, account: Account, clock: Clock, device: str) -> None:
    with db.transaction() as tx:
        policies.add_stretch(tx, owner=account.id, first=TUESDAY, last=TUESDAY)
    clock.until(3, 8)
    assert ring(db, account) == []
    clock.until(4, 8)
    assert len(ring(db, account)) == 1


def test_an_hour_that_is_left_out_in_spring_is_the_next_one(
    db: Database, account: Account, clock: Clock, device: str
) -> None:
    clock.until(29, 0, 30)  # a Sunday; at 2 o'clock in Madrid it is 3
    with db.transaction() as tx:
        policies.set_quiet_weekdays(tx, owner=account.id, weekdays=frozenset())
        notices.keep(tx, Settings(time(2, 30)), owner=account.id)
    clock.until(29, 0, 59)
    assert ring(db, account) == []
    clock.until(29, 1)
    assert len(ring(db, account)) == 1


def test_an_hour_that_comes_twice_in_autumn_rings_the_first_time_only(
    db: Database, account: Account, clock: Clock, device: str
) -> None:
    clock.until(24, 12, month=10)
    with db.transaction() as tx:
        policies.set_quiet_weekdays(tx, owner=account.id, weekdays=frozenset())
        notices.keep(tx, Settings(time(2, 30)), owner=account.id)
    clock.until(25, 0, 30, month=10)
    assert len(ring(db, account)) == 1
    clock.until(25, 1, 30, month=10)
    assert ring(db, account) == []


def test_a_zone_further_west_rings_at_its_own_hour(db: Database, account: Account, clock: Clock, device: str) -> None:
    with db.transaction() as tx:
        policies.set_zone(tx, owner=account.id, zone="America/New_York")
    clock.until(3, 8)
    assert ring(db, account) == []
    clock.until(3, 14)
    assert len(ring(db, account)) == 1


def test_a_push_is_signed_for_its_service_by_the_key_that_the_browser_was_given(
    db: Database, account: Account, clock: Clock, device: str, service: Service, at_home: Config
) -> None:
    promise(db, account)
    send(db, at_home, rung(db, account, clock))
    (request,) = service.requests
    said = request.headers["Authorization"]
    assert Vapid02.verify(said)
    parts = dict(part.split("=", 1) for part in said.removeprefix("vapid ").split(","))
    assert parts["k"] == vapid.public_key(at_home.push_key)
    claims = json.loads(base64.urlsafe_b64decode(parts["t"].split(".")[1] + "=="))
    assert claims["aud"] == service.address
    assert clock().timestamp() < claims["exp"] <= clock().timestamp() + 24 * 3600
    assert claims["sub"] == noticing.CONTACT
    assert (request.path, request.headers["Content-Encoding"]) == ("/send/abc?x=1", "aes128gcm")
    assert request.headers["TTL"] == str(15 * 3600)  # to the end of the day in Madrid
    assert b"Nuria" not in request.body
    assert request.headers["Topic"] == "today"


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(
    db: Database, account: Account, clock: Clock, device: str, service: Service, at_home: Config, status: int
) -> None:
    promise(db, account)
    service.answers = [status]
    send(db, at_home, rung(db, account, clock))
    with db.reading() as tx:
        assert devices.of(tx, owner=account.id) == []
        assert tx.execute(select(notices_table)).all() == []


@pytest.mark.parametrize(
    ("answer", "trouble", "patience_seconds"), [(429, "429", 20), (503, "503", 20), (STALL, "unreachable", 0.2)]
)
def test_a_passing_failure_is_tried_again_later(
    db: Database,
    account: Account,
    clock: Clock,
    device: str,
    service: Service,
    at_home: Config,
    answer: int,
    trouble: str,
    patience_seconds: float,
) -> None:
    promise(db, account)
    service.answers, service.headers = [answer, 201], {"Retry-After": "90"}
    id_ = rung(db, account, clock)
    send(db, at_home, id_, patience_seconds=patience_seconds)
    assert state(db, id_) == (PushState.WAITING, trouble)
    with db.reading() as tx:
        assert devices.get(tx, owner=account.id, id=device).trouble == trouble
    with db.reading() as tx:
        (due_at,) = tx.execute(select(notices_table.c.due_at)).scalars()
    assert due_at - clock() == timedelta(seconds=60 if trouble == "unreachable" else 90)
    wait_until(lambda: service.answers == [201], seconds=PATIENCE_SECONDS)  # who was given up may be heard only now
    send(db, at_home, id_)
    assert state(db, id_) == (PushState.SENT, "")
    with db.reading() as tx:
        assert devices.get(tx, owner=account.id, id=device).trouble == ""


def test_a_service_that_is_away_all_day_is_left_alone_at_its_end(
    db: Database, account: Account, clock: Clock, device: str, service: Service, at_home: Config
) -> None:
    promise(db, account)
    service.answers = [500]
    id_ = rung(db, account, clock)
    for _ in range(30):
        send(db, at_home, id_)
        if state(db, id_)[0] != PushState.WAITING:
            break
        clock.at += timedelta(hours=1)
    assert state(db, id_) == (PushState.TOO_LATE, "500")


@pytest.mark.parametrize("status", [301, 400, 401, 403, 413])
def test_what_is_refused_is_not_tried_again_and_told(
    db: Database, account: Account, clock: Clock, device: str, service: Service, at_home: Config, status: int
) -> None:
    promise(db, account)
    service.answers, service.headers = [status], {"Location": service.address + "/elsewhere"}
    id_ = rung(db, account, clock)
    send(db, at_home, id_)
    assert state(db, id_) == (PushState.REFUSED, str(status))
    assert len(service.requests) == 1
    with db.reading() as tx:
        assert devices.get(tx, owner=account.id, id=device).trouble == str(status)


def test_a_name_that_leads_into_a_private_network_is_not_written_to(
    db: Database, account: Account, clock: Clock, device: str, service: Service, config: Config
) -> None:
    promise(db, account)
    id_ = rung(db, account, clock)
    send(db, config, id_)
    assert (service.requests, state(db, id_)) == ([], (PushState.REFUSED, "private_address"))


def test_a_trial_goes_at_once_and_says_nothing_of_anybody(
    db: Database, account: Account, device: str, service: Service, browser: Browser, at_home: Config
) -> None:
    promise(db, account)
    with db.transaction() as tx:
        id_ = notices.attempt(tx, owner=account.id, device_id=device)
    send(db, at_home, id_)
    assert browser.read(service.requests[0].body)["title"] == "Undrawer"


def test_the_sweep_rings_for_what_is_due_and_rings_again_for_what_waits(
    db: Database, account: Account, clock: Clock, device: str, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = {"DATA": config.data, "REDIS_URL": config.redis_url, "DATABASE_URL": config.database_url}
    for name, value in env.items():
        monkeypatch.setenv(f"UNDRAWER_{name}", str(value))
    promise(db, account)
    clock.until(3, 8)
    jobs.sweep()
    queue = Queue(config)
    (id_,) = queue.asked_for("send_notice")
    with closing(Redis.from_url(config.redis_url)) as client:
        client.flushall()
    with db.transaction() as tx:
        tx.execute(notices_table.update().values(due_at=clock() - timedelta(days=1)))
    jobs.sweep()
    assert queue.asked_for("send_notice") == {id_}


def test_devices_have_an_end(db: Database, account: Account, browser: Browser) -> None:
    with db.transaction() as tx:
        for n in range(devices.AT_MOST):
            devices.subscribe(tx, owner=account.id, subscription=browser.subscription(f"https://a.example/{n}"))
        with pytest.raises(Conflict):
            devices.subscribe(tx, owner=account.id, subscription=browser.subscription("https://a.example/more"))

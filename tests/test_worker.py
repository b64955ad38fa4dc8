import errno
import hashlib
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from redis import Redis
from sqlalchemy import select, update

from service.config import Config
from service.domain.reading.card import CardState, Corners, Doubt, Evidence, Found, ReadCard
from service.domain.reading.photo import PhotoState
from service.queue import JOBS, NAME, SIGNS_COUNT_SECONDS, SWEEP_EVERY_SECONDS, Queue, TookTooLong
from service.storage import preferences
from service.storage.accounts import Account
from service.storage.database import Database, DatabaseAway
from service.storage.files import Files
from service.storage.preferences import Preferences
from service.storage.reading import cards, photos, rereadings
from service.storage.reading.photos import Photo
from service.storage.reading.rereadings import Rereading, RereadingState
from service.storage.tables import photos as photos_table
from service.storage.tables import rereadings as rereadings_table
from tests.real_parts import end_with_its_children, start_redis, wait_until
from tests.toy_worker import card_of
from workers import jobs, sweeping, tries
from workers.schedule import SweepBell

ROOT = Path(__file__).parent.parent
TIMEOUT_SECONDS = 60
SOON_SECONDS = 4
"""Where the end of a job's time is waited for."""

PATIENCE_SECONDS = 300
"""What a worker may take on a machine that has much else to do; nobody waits so long where all is well."""

Start = Callable[[], subprocess.Popen[bytes]]


on_both = pytest.mark.parametrize("config", ["sqlite_url", "postgres_url"], indirect=True)


@pytest.fixture
def config(request: pytest.FixtureRequest, data: Path, redis_server: str) -> Config:
    url = request.getfixturevalue(getattr(request, "param", "sqlite_url"))
    env = {"UNDRAWER_DATA": str(data), "UNDRAWER_REDIS_URL": redis_server, "UNDRAWER_DATABASE_URL": url}
    return replace(Config.from_env(env), job_timeout_seconds=TIMEOUT_SECONDS, job_memory_mb=200)


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    with closing(Database(config.database_url)) as db:
        yield db


@pytest.fixture
def environment(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say to this process, and those that it starts, what `config` says."""
    monkeypatch.setenv("UNDRAWER_DATA", str(config.data))
    monkeypatch.setenv("UNDRAWER_REDIS_URL", config.redis_url)
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", config.database_url)
    monkeypatch.setenv("UNDRAWER_JOB_TIMEOUT_SECONDS", str(config.job_timeout_seconds))
    monkeypatch.setenv("UNDRAWER_JOB_MEMORY_MB", str(config.job_memory_mb))


@pytest.fixture
def start(environment: None, data: Path) -> Iterator[Start]:
    """Start workers that read as tests/toy_worker.py says, and end them after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start_one() -> subprocess.Popen[bytes]:
        with (data / "worker.log").open("ab") as log:
            command = [sys.executable, str(ROOT / "tests" / "toy_worker.py")]
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            started.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log))
        return started[-1]

    yield start_one
    for worker in started:
        end_with_its_children(worker)
    print((data / "worker.log").read_text())  # noqa: T201  # pytest shows it where the test failed


def post(config: Config, db: Database, account: Account, content: str) -> str:
    """Do what the service does with an upload: bytes, row, commit, ring."""
    sha = Files(config.files).put(content.encode())
    with db.transaction() as tx:
        photo, _ = photos.receive(
            tx, owner=account.id, id=str(uuid4()), sha256=sha, size=len(content), kind="image/jpeg"
        )
    assert Queue(config).ring("read_photo", photo.id)
    return photo.id


def look(db: Database, account: Account, photo_id: str) -> Photo:
    with db.reading() as tx:
        return photos.get(tx, owner=account.id, id=photo_id)


def names_on(db: Database, account: Account, photo_id: str) -> list[str]:
    with db.reading() as tx:
        found = cards.of_photo(tx, owner=account.id, photo_id=photo_id)
    return [card.reading.name.value.printed for card in found if card.reading.name]


def wait_for(db: Database, account: Account, *ids: str, seconds: float = PATIENCE_SECONDS) -> None:
    wait_until(lambda: all(look(db, account, id_).state != PhotoState.RECEIVED for id_ in ids), seconds=seconds)


@pytest.mark.parametrize("name", JOBS)
def test_every_job_that_can_be_rung_for_exists(name: str) -> None:
    module, _, function = JOBS[name].rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))


@on_both
def test_a_photo_is_read_into_its_cards_once(config: Config, db: Database, account: Account, start: Start) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres+Bruno Lima")
    for _ in range(4):
        Queue(config).ring("read_photo", photo_id)
    start()
    start()
    wait_until(lambda: Queue(config).worker_heard_from(), seconds=PATIENCE_SECONDS)
    wait_for(db, account, photo_id)
    wait_until(lambda: Queue(config).waiting() == 0, seconds=PATIENCE_SECONDS)
    assert names_on(db, account, photo_id) == ["Ana Torres", "Bruno Lima"]
    with db.reading() as tx:
        card = cards.of_photo(tx, owner=account.id, photo_id=photo_id)[0]
    assert Files(config.files).get(card.picture) == b"picture of Ana Torres"


@on_both
def test_what_takes_too_much_is_given_up_while_other_photos_go_on(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    fates = ("eat:", "die:", "quote:Ana Torres, 600 123 123", "cut:", "empty:")
    ids = {fate.partition(":")[0]: post(config, db, account, fate) for fate in fates}
    good = post(config, db, account, "cards:Carla Neri")
    start()
    start()
    wait_for(db, account, good, *ids.values(), seconds=PATIENCE_SECONDS)
    assert look(db, account, good).state == PhotoState.READ
    reasons = {fate: look(db, account, id_).reason for fate, id_ in ids.items()}
    assert reasons == {
        "eat": "gave_up",
        "die": "gave_up",
        "quote": "gave_up",
        "cut": "cut_short",
        "empty": "no_card",
    }
    tries = {fate: look(db, account, id_).tries for fate, id_ in ids.items()}
    assert tries == {"eat": 3, "die": 3, "quote": 3, "cut": 1, "empty": 1}
    wait_until(lambda: "TryFailed" in (config.data / "worker.log").read_text(), seconds=PATIENCE_SECONDS)
    assert "600 123 123" not in (config.data / "worker.log").read_text()


def test_what_takes_too_long_is_given_up(
    config: Config, db: Database, account: Account, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDRAWER_JOB_TIMEOUT_SECONDS", str(SOON_SECONDS))
    soon = replace(config, job_timeout_seconds=SOON_SECONDS)
    photo_id = post(soon, db, account, "hang:")
    for _ in range(config.job_tries):  # a machine that stops for so long ends a job before it began its try
        Queue(soon).ring("read_photo", photo_id)
    start()
    wait_for(db, account, photo_id)
    photo = look(db, account, photo_id)
    assert (photo.reason, photo.tries) == ("took_too_long", 3)


def test_killing_the_work_horse_in_the_middle_of_a_job_loses_nothing(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    note = config.data / "horse"
    photo_id = post(config, db, account, f"wait:{note}")
    start()
    wait_until(lambda: note.exists() and note.read_text(), seconds=PATIENCE_SECONDS)
    os.kill(int(note.read_text()), signal.SIGKILL)
    wait_for(db, account, photo_id, seconds=PATIENCE_SECONDS)
    assert look(db, account, photo_id).state == PhotoState.READ
    assert look(db, account, photo_id).tries == 2
    assert len(names_on(db, account, photo_id)) == 1


def test_a_worker_told_twice_to_stop_leaves_its_photo_free(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    note = config.data / "horse"
    photo_id = post(config, db, account, f"wait:{note}")
    worker = start()
    wait_until(lambda: note.exists() and note.read_text(), seconds=PATIENCE_SECONDS)
    worker.terminate()
    log = config.data / "worker.log"
    wait_until(lambda: "arm shut down" in log.read_text(), seconds=PATIENCE_SECONDS)
    time.sleep(1.2)  # RQ takes a second signal within a second of the first for the same one
    worker.terminate()
    assert worker.wait(timeout=PATIENCE_SECONDS) == 0
    with db.transaction() as tx:
        assert photos.claim(tx, photo_id, held_seconds=60)


@on_both
def test_killing_the_worker_and_its_horse_loses_nothing(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    note = config.data / "horse"
    photo_id = post(config, db, account, f"wait:{note}")
    worker = start()
    wait_until(lambda: note.exists() and note.read_text(), seconds=PATIENCE_SECONDS)
    worker.kill()
    os.kill(int(note.read_text()), signal.SIGKILL)
    make_claim_old(db, photo_id)
    jobs.sweep()
    start()
    wait_for(db, account, photo_id)
    assert names_on(db, account, photo_id) == [str(note)]


def test_the_claim_of_a_worker_that_gives_no_sign_of_life_is_nobodys(
    config: Config, db: Database, account: Account, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")
    with db.transaction() as tx:
        assert photos.claim(tx, photo_id, held_seconds=600)
    with monkeypatch.context() as slowly:
        slowly.setattr(sweeping, "SILENT_SECONDS", 3600)  # however long this machine takes from line to line
        jobs.sweep()
    assert claimed(db, photo_id)  # it may just have begun
    make_claim_old(db, photo_id, seconds=sweeping.SILENT_SECONDS + 1)
    jobs.sweep()
    assert not claimed(db, photo_id)


def test_whose_turn_it_was_when_its_worker_died_waits_behind_nobody(
    config: Config, db: Database, account: Account, environment: None
) -> None:
    lost, *others = (post(config, db, account, f"cards:Ana {number}") for number in range(3))
    line = Queue(config)._lines[NAME]  # noqa: SLF001  # in the order in which they are taken
    assert str(line.pop_job_id()).startswith(f"read_photo-{lost}")
    with db.transaction() as tx:
        assert photos.claim(tx, lost, held_seconds=600)
    make_claim_old(db, lost, seconds=sweeping.SILENT_SECONDS + 1)
    jobs.sweep()
    assert [job.removeprefix("read_photo-").rpartition("-")[0] for job in line.get_job_ids()] == [lost, *others]


def test_from_the_death_of_a_worker_to_the_next_ring_it_is_a_minute_at_the_most() -> None:
    assert SIGNS_COUNT_SECONDS + SWEEP_EVERY_SECONDS <= 60
    assert sweeping.SILENT_SECONDS <= SIGNS_COUNT_SECONDS


def test_a_claim_of_a_clock_that_was_ahead_is_nobodys_and_so_is_its_sign_of_life(
    config: Config, db: Database, account: Account, environment: None
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")
    queue = Queue(config)
    with db.transaction() as tx:
        assert photos.claim(tx, photo_id, held_seconds=600)
    make_claim_old(db, photo_id, seconds=-7200)
    redis = queue._redis  # noqa: SLF001  # what a worker writes there, in two hours
    redis.zadd("rq:wip:undrawer", {f"read_photo-{photo_id}-abc:execution": time.time() + 7200})
    jobs.sweep()
    assert not claimed(db, photo_id)
    with db.transaction() as tx:
        tx.execute(update(photos_table).values(received_at=datetime.now(UTC) + timedelta(hours=2)))
    redis.flushall()
    jobs.sweep()
    assert queue.asked_for("read_photo") == {photo_id}


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), DatabaseAway("locked", None, OSError())])
def test_a_full_disk_and_a_locked_database_are_no_fault_of_the_photo(
    config: Config,
    db: Database,
    account: Account,
    environment: None,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")

    def read(_photo: bytes, *, reader: str) -> list[ReadCard]:
        raise error

    monkeypatch.setattr("workers.extraction.read", read)
    for _ in range(config.job_tries + 1):
        with pytest.raises(tries.TryFailed):
            jobs.read_photo(photo_id)
    photo = look(db, account, photo_id)
    assert (photo.state, photo.tries) == (PhotoState.RECEIVED, 0)
    assert not claimed(db, photo_id)


def test_a_worker_that_takes_its_time_keeps_its_claim(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    note = config.data / "horse"
    photo_id = post(config, db, account, f"wait:{note}")
    start()
    wait_until(lambda: note.exists() and note.read_text(), seconds=PATIENCE_SECONDS)
    assert Queue(config).in_hand("read_photo") == {photo_id}
    make_claim_old(db, photo_id, seconds=sweeping.SILENT_SECONDS + 1)
    jobs.sweep()
    assert claimed(db, photo_id)


def claimed(db: Database, photo_id: str) -> bool:
    with db.reading() as tx:
        row = tx.execute(select(photos_table.c.claimed_at).where(photos_table.c.id == photo_id)).one()
    return row.claimed_at is not None


def test_losing_redis_loses_nothing(config: Config, db: Database, account: Account, start: Start) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")
    Queue(config)._redis.flushall()  # noqa: SLF001  # all of Redis is lost, which nothing in the service does
    with db.transaction() as tx:
        long_ago = datetime.now(UTC) - timedelta(minutes=5)
        tx.execute(update(photos_table).values(received_at=long_ago))
    start()
    wait_until(lambda: Queue(config).worker_heard_from(), seconds=PATIENCE_SECONDS)
    Queue(config).ring("sweep")  # which waits for nobody longer than until the next is due
    wait_for(db, account, photo_id)
    assert names_on(db, account, photo_id) == ["Ana Torres"]


def test_a_worker_outlives_a_redis_that_loses_all(
    config: Config, db: Database, account: Account, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="undrawer-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        mortal = replace(config, redis_url=f"unix://{socket}")
        monkeypatch.setenv("UNDRAWER_REDIS_URL", mortal.redis_url)
        with dying(start_redis(socket, Path(folder))):
            start()
            # Between two jobs it waits in Redis; one that is still starting may end, for its supervisor to start again.
            wait_until(lambda: waiting_in(mortal), seconds=PATIENCE_SECONDS)
        with dying(start_redis(socket, Path(folder))):
            photo_id = post(mortal, db, account, "cards:Ana Torres")
            # RQ waits twice as long before each further call to a Redis that is gone.
            wait_for(db, account, photo_id, seconds=PATIENCE_SECONDS)
            assert Queue(mortal).worker_heard_from()


def waiting_in(config: Config) -> bool:
    with Redis.from_url(config.redis_url) as redis:
        return bool(redis.info("clients")["blocked_clients"])


@contextmanager
def dying(server: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        server.kill()
        server.wait()


def test_the_sweep_rings_only_for_what_nobody_was_asked_for(
    config: Config, db: Database, account: Account, environment: None
) -> None:
    fresh = post(config, db, account, "cards:Ana Torres")
    queue = Queue(config)
    with db.transaction() as tx:
        long_ago = datetime.now(UTC) - timedelta(minutes=5)
        tx.execute(update(photos_table).values(received_at=long_ago))
    jobs.sweep()
    assert queue.waiting() == 1
    assert queue.asked_for("read_photo") == {fresh}


@pytest.mark.usefixtures("environment")
def test_of_a_try_that_fails_after_it_kept_its_pictures_nothing_stays(
    config: Config, db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")
    monkeypatch.setattr("workers.extraction.read", lambda *_, **__: [card_of("Ana Torres")])

    def too_late(_photo: bytes) -> None:
        raise TookTooLong

    monkeypatch.setattr("workers.extraction.screen_copy", too_late)
    with pytest.raises(tries.TryFailed):
        jobs.read_photo(photo_id)
    files = Files(config.files)
    assert files.set_aside() == [hashlib.sha256(card_of("Ana Torres").picture).hexdigest()]
    assert [sha256 for sha256, _ in files.there()] == [look(db, account, photo_id).sha256]


@pytest.mark.usefixtures("environment")
def test_of_a_photo_deleted_while_it_is_read_nothing_stays(
    config: Config, db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")

    def read(_photo: bytes, *, reader: str) -> list[ReadCard]:
        with db.transaction() as tx:
            photos.delete(tx, owner=account.id, id=photo_id)
        return [card_of("Ana Torres")]

    monkeypatch.setattr("workers.extraction.read", read)
    jobs.read_photo(photo_id)
    assert Files(config.files).set_aside() == [hashlib.sha256(card_of("Ana Torres").picture).hexdigest()]


def test_the_sweep_brings_back_a_file_that_was_deleted_while_it_came_again(
    config: Config, db: Database, account: Account, environment: None
) -> None:
    files = Files(config.files)
    unneeded = files.put(b"nobody's")
    photo_id = post(config, db, account, "cards:Ana Torres")
    sha = look(db, account, photo_id).sha256
    files.delete(sha)
    files.delete(unneeded)
    jobs.sweep()
    assert files.get(sha) == b"cards:Ana Torres"
    assert files.set_aside() == [unneeded]


def test_the_sweep_gives_up_what_was_claimed_three_times_and_never_ended(
    config: Config, db: Database, account: Account, environment: None
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")
    for _ in range(3):
        with db.transaction() as tx:
            assert photos.claim(tx, photo_id, held_seconds=60)
        make_claim_old(db, photo_id)
    jobs.sweep()
    photo = look(db, account, photo_id)
    assert (photo.state, photo.reason) == (PhotoState.UNREADABLE, "gave_up")


def test_the_timetable_goes_on_when_the_clock_is_put_back(config: Config) -> None:
    bell = SweepBell(Queue(config))
    assert bell.should_run()
    bell.enqueue(Queue(config)._redis)  # noqa: SLF001  # RQ's signature; it is not looked at
    bell.set_enqueue_time(datetime.now(UTC) + timedelta(hours=1))
    assert not bell.should_run()
    bell._rung_at -= SWEEP_EVERY_SECONDS  # noqa: SLF001  # so much later
    assert bell.should_run()


def test_the_schedule_rings_for_the_sweep(config: Config, environment: None) -> None:
    schedule = subprocess.Popen([sys.executable, "-m", "workers.schedule"], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: Queue(config).waiting(), seconds=PATIENCE_SECONDS)  # two, where this looks late
    finally:
        schedule.terminate()
        assert schedule.wait(timeout=PATIENCE_SECONDS) == 0


def read_and_ask(config: Config, db: Database, account: Account, corners: Corners) -> str:
    """Have a photo's card, which was read, read again within these corners; give the card's id."""
    photo_id = post(config, db, account, "cards:Ana Torres")
    wait_for(db, account, photo_id)
    with db.transaction() as tx:
        (card,) = cards.of_photo(tx, owner=account.id, photo_id=photo_id)
        asked = rereadings.ask(tx, owner=account.id, card_id=card.id, corners=corners)
    assert Queue(config).ring("read_again", asked.id)
    return card.id


def asked_for(db: Database, account: Account, card_id: str) -> Rereading:
    with db.reading() as tx:
        asked = rereadings.latest(tx, owner=account.id, card_id=card_id)
    assert asked
    return asked


@on_both
def test_a_card_is_read_again_where_a_person_says_it_lies(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    start()
    corners: Corners = ((1.5, 2), (90, 2), (90, 60), (1, 60))
    card_id = read_and_ask(config, db, account, corners)
    wait_until(lambda: asked_for(db, account, card_id).state == RereadingState.READ, seconds=PATIENCE_SECONDS)
    with db.reading() as tx:
        card = cards.get(tx, owner=account.id, id=card_id)
    assert card.corners == corners
    assert card.reading.name
    assert card.reading.name.value.printed == "Ana Torres, again"
    assert Files(config.files).get(card.picture) == b"picture of Ana Torres, again"


def test_a_second_reading_that_ends_the_work_horse_is_given_up_and_leaves_the_first(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    start()
    card_id = read_and_ask(config, db, account, ((99, 2), (190, 2), (190, 60), (99, 60)))
    wait_until(lambda: asked_for(db, account, card_id).state == RereadingState.FAILED, seconds=PATIENCE_SECONDS)
    assert asked_for(db, account, card_id).reason == "gave_up"
    with db.reading() as tx:
        assert cards.get(tx, owner=account.id, id=card_id).reading == card_of("Ana Torres").reading


def test_the_sweep_rings_for_cards_to_read_again_too(
    config: Config, db: Database, account: Account, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id = post(config, db, account, "cards:Ana Torres")
    monkeypatch.setattr("workers.extraction.read", lambda *_, **__: [card_of("Ana Torres")])
    jobs.read_photo(photo_id)
    with db.transaction() as tx:
        (card,) = cards.of_photo(tx, owner=account.id, photo_id=photo_id)
        asked = rereadings.ask(tx, owner=account.id, card_id=card.id, corners=card.corners)
        tx.execute(update(rereadings_table).values(asked_at=datetime.now(UTC) - timedelta(minutes=5)))
    jobs.sweep()
    assert Queue(config).asked_for("read_again") == {asked.id}


@pytest.mark.parametrize("wanted", [True, False])
def test_cards_without_a_doubt_confirm_themselves_where_the_account_wants_that(
    config: Config,
    db: Database,
    account: Account,
    environment: None,
    monkeypatch: pytest.MonkeyPatch,
    *,
    wanted: bool,
) -> None:
    with db.transaction() as tx:
        preferences.keep(tx, Preferences(confirms_sure=wanted), owner=account.id)
    photo_id = post(config, db, account, "cards:")
    sure = replace(card_of("Ana Torres").reading, emails=(Found("ana@example.com", Evidence(("toy",), 1.0)),))
    doubted = replace(sure, title=Found("Directora", Evidence(("toy",), 0.5), Doubt.WEAK_LETTERS))
    found = [replace(card_of("Ana Torres"), reading=reading) for reading in (sure, doubted)]
    monkeypatch.setattr("workers.extraction.read", lambda *_, **__: found)
    jobs.read_photo(photo_id)
    with db.reading() as tx:
        states = [card.state for card in cards.of_photo(tx, owner=account.id, photo_id=photo_id)]
    assert states == [CardState.CONFIRMED if wanted else CardState.TO_REVIEW, CardState.TO_REVIEW]


def make_claim_old(db: Database, photo_id: str, *, seconds: float = 3600) -> None:
    with db.transaction() as tx:
        old = datetime.now(UTC) - timedelta(seconds=seconds)
        tx.execute(update(photos_table).where(photos_table.c.id == photo_id).values(claimed_at=old))

"""What a person waits for comes before what may take until tomorrow, and neither stands still for the other."""

import re
from dataclasses import replace

import pytest
from redis import Redis
from rq import Queue as JobList
from rq.serializers import JSONSerializer

from service.config import Config
from service.queue import LATER, LINES, MAY_WAIT, NAME, Queue
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.files import Files
from service.storage.people import imports
from service.storage.people.imports import Import
from tests.real_parts import PATIENCE_SECONDS, wait_until
from tests.test_importing import COLUMNS, HEADINGS, SPAIN, person
from tests.test_worker import Start, look, post, wait_for
from tests.test_worker import config as config  # noqa: PLC0414  # fixtures
from tests.test_worker import db as db  # noqa: PLC0414
from tests.test_worker import environment as environment  # noqa: PLC0414
from tests.test_worker import start as start  # noqa: PLC0414
from tests.toy_worker import BETWEEN_BATCHES
from workers.__main__ import IN_A_ROW, ForkingWorker

ROWS = 1_000


def bulk(config: Config, db: Database, account: Account) -> Import:
    """Begin a long import, and ring for it."""
    text = HEADINGS + "".join(map(person, range(ROWS)))
    sha256 = Files(config.files).put(text.encode())
    with db.transaction() as tx:
        sent = imports.receive(
            tx, owner=account.id, sha256=sha256, name="all.csv", columns=COLUMNS, rows=ROWS, habits=SPAIN
        )
        begun = imports.begin(tx, owner=account.id, id=sent.id, columns=COLUMNS, habits=SPAIN)
    assert Queue(replace(config, job_timeout_seconds=PATIENCE_SECONDS)).ring("run_import", begun.id)
    return begun


def begun_jobs(config: Config) -> list[str]:
    """The jobs that the worker took, in order."""
    return re.findall(r": workers\.jobs\.(\w+)\(", (config.data / "worker.log").read_text())


def test_each_job_is_rung_for_in_its_line(config: Config) -> None:
    queue = Queue(config)
    assert not queue.someone_waits()
    for job in MAY_WAIT:
        queue.ring(job, "a")
    assert (queue.waiting_in(LATER), queue.waiting_in(NAME), queue.someone_waits()) == (len(MAY_WAIT), 0, False)
    assert queue.asked_for("run_import") == {"a"}
    queue.ring("read_photo", "b")
    assert (queue.waiting(), queue.someone_waits()) == (len(MAY_WAIT) + 1, True)


def test_a_photo_sent_after_a_bulk_import_is_read_first(
    config: Config, db: Database, account: Account, start: Start
) -> None:
    bulk(config, db, account)
    photo_id = post(config, db, account, "cards:Ana Torres")
    start()
    wait_for(db, account, photo_id, seconds=PATIENCE_SECONDS)
    wait_until(lambda: "run_import" in begun_jobs(config), seconds=PATIENCE_SECONDS)
    assert begun_jobs(config)[0] == "read_photo"


def test_an_import_under_way_gives_way_to_a_photo_and_goes_on_after_it(
    config: Config, db: Database, account: Account, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDRAWER_JOB_TIMEOUT_SECONDS", str(PATIENCE_SECONDS))
    between = config.data / BETWEEN_BATCHES
    between.touch()
    asked = bulk(config, db, account)
    start()

    def came_in() -> int:
        with db.reading() as tx:
            return imports.get(tx, owner=account.id, id=asked.id).came_in

    wait_until(came_in, seconds=PATIENCE_SECONDS)
    photo_id = post(config, db, account, "cards:Ana Torres")
    between.unlink()
    wait_for(db, account, photo_id, seconds=PATIENCE_SECONDS)
    wait_until(lambda: begun_jobs(config)[-1] == "run_import", seconds=PATIENCE_SECONDS)
    assert begun_jobs(config)[:3] == ["run_import", "read_photo", "run_import"]
    assert look(db, account, photo_id).tries == 1


def test_after_some_jobs_in_a_row_one_that_may_wait_has_its_turn(config: Config) -> None:
    worker = ForkingWorker(config)
    redis = Redis.from_url(config.redis_url)
    lines = [JobList(name, connection=redis, serializer=JSONSerializer) for name in LINES]

    def looks_after(taken: JobList) -> list[str]:
        worker.reorder_queues(taken)
        return [line.name for line in worker._ordered_queues]  # noqa: SLF001

    for _ in range(IN_A_ROW - 1):
        assert looks_after(lines[0]) == [NAME, LATER]
    assert looks_after(lines[0]) == [LATER, NAME]
    assert looks_after(lines[0]) == [LATER, NAME]
    assert looks_after(lines[1]) == [NAME, LATER]

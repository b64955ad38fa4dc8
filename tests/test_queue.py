import json
import logging
import tempfile
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis

from service.config import Config
from service.queue import Queue
from tests.real_parts import start_redis


@pytest.fixture
def queue(config: Config) -> Queue:
    return Queue(config)


@pytest.fixture
def deaf(config: Config, data: Path) -> Queue:
    """A queue whose Redis is not there."""
    return Queue(replace(config, redis_url=f"unix://{data}/nobody.sock"))


def test_a_ring_is_a_name_and_an_id_as_json(queue: Queue, config: Config) -> None:
    photo_id = str(uuid4())
    assert queue.ring("read_photo", photo_id)
    with closing(Redis.from_url(config.redis_url)) as redis:
        [key] = redis.keys("rq:job:*")
        job: Any = redis.hgetall(key)
    assert json.loads(zlib.decompress(job[b"data"])) == ["workers.jobs.read_photo", None, [photo_id], {}]
    assert job[b"timeout"] == b"60"


def test_it_is_known_what_waits(queue: Queue) -> None:
    ids = {str(uuid4()) for _ in range(3)}
    for photo_id in ids:
        queue.ring("read_photo", photo_id)
    queue.ring("sweep")
    assert queue.asked_for("read_photo") == ids
    assert queue.waiting() == 4


def test_the_same_photo_may_be_rung_for_again_and_again(queue: Queue) -> None:
    assert queue.ring("read_photo", "a")
    assert queue.ring("read_photo", "a")
    assert queue.waiting() == 2


def test_the_sweep_does_not_wait_behind_the_photos_and_goes_when_the_next_is_due(queue: Queue, config: Config) -> None:
    queue.ring("read_photo", "a")
    queue.ring("sweep")
    with closing(Redis.from_url(config.redis_url)) as redis:
        line: Any = redis.lrange("rq:queue:undrawer", 0, -1)
        first, second = (job_id.decode() for job_id in line)
        assert 0 < redis.ttl(f"rq:job:{first}") <= 60
        assert redis.ttl(f"rq:job:{second}") == -1
    assert first.startswith("sweep-")


def test_a_ring_that_nobody_hears_fails_nothing(deaf: Queue, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert not deaf.ring("read_photo", "a")
    assert "sweep" in caplog.text
    assert deaf.waiting() == 0
    assert not deaf.reachable()
    assert not deaf.worker_heard_from()
    assert deaf.in_hand("read_photo") is None


def test_a_redis_that_comes_back_hears_again(config: Config, data: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="undrawer-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        queue = Queue(replace(config, redis_url=f"unix://{socket}"))
        for _ in range(2):
            assert not queue.reachable()
            server = start_redis(socket, Path(folder))
            assert queue.ring("read_photo", "a")
            server.kill()
            server.wait()


def test_no_worker_was_heard_from_where_none_is(queue: Queue) -> None:
    assert queue.reachable()
    assert not queue.worker_heard_from()

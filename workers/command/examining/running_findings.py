"""What can be wrong with the parts that run: the web server, the clock, what Redis keeps, the models."""

import ssl
import time
from contextlib import closing
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from redis import Redis
from redis.exceptions import RedisError

from service.config import Config
from service.queue import Queue
from workers.command.examining.finding import Finding
from workers.command.running import addresses
from workers.extraction.readers.rapidocr import CLASSIFIER, DETECTOR, MODELS
from workers.extraction.readers.recogniser import MODEL

SECONDS_APART: Final = 5
PATIENCE_SECONDS: Final = 5


def web_server(config: Config) -> Finding:
    """Whether it answers here, or where the running service said that it is."""
    tried = list(dict.fromkeys([addresses.local(config), config.address]))
    for address in tried:
        if _answers(address):
            return Finding("Web server", "well", f"It answers at {address}.")
    mend = "Start Undrawer (script/run), or say with --host and UNDRAWER_PORT where it listens."
    return Finding("Web server", "wrong", f"It does not answer at {' nor at '.join(tried)}.", mend)


def clock(config: Config) -> Finding:
    """Whether this machine and that of Redis agree on the time: sign-ins and waits go by it."""
    try:
        with closing(_client(config)) as client:
            asked = time.time()
            seconds, _ = client.time()
    except RedisError:
        return Finding("Clock", "advice", "Nobody to compare it with, without Redis.", "Start Redis first.")
    # It was that time somewhere between the question and the answer, however long that took.
    apart = max(asked - seconds, seconds - time.time())
    if apart > SECONDS_APART:
        return Finding("Clock", "wrong", f"It differs by {apart:.0f} s from that of Redis.", "timedatectl set-ntp true")
    return Finding("Clock", "well", "It agrees with that of Redis.")


def persistence(config: Config) -> Finding:
    """Whether Redis writes down what waits; the sweep would ring again, and counts would begin anew."""
    try:
        with closing(_client(config)) as client:
            found = client.info("persistence")
    except RedisError:
        return Finding("Redis keeps", "advice", "Nobody knows, without Redis.", "Start Redis first.")
    if found.get("aof_enabled") and found.get("aof_last_write_status") == "ok":
        return Finding("Redis keeps", "well", "It writes down what waits.")
    said = "It forgets what waits when it ends; photos are rung for again within a minute."
    return Finding("Redis keeps", "advice", said, "appendonly yes, in redis.conf; look whether its disk is full.")


def timetable(config: Config) -> Finding:
    """Whether somebody rings for the sweep: without it nothing is tried again, sent at its hour or let go."""
    if Queue(config).swept_lately():
        return Finding("Timetable", "well", "It rang within five minutes.")
    said = "Nobody rang for the sweep within five minutes, or nobody answered."
    mend = "Undrawer begins it (script/run); else `python -m workers.schedule`. It needs a worker, too."
    return Finding("Timetable", "advice", said, mend)


def models(_config: Config) -> Finding:
    missing = [name for name in (DETECTOR, CLASSIFIER, MODEL) if not (MODELS / name).is_file()]
    if missing:
        return Finding("Models", "wrong", f"{', '.join(missing)} is missing in {MODELS}.", "script/setup brings it.")
    return Finding("Models", "well", "All are there.")


def _client(config: Config) -> Redis:
    return Redis.from_url(config.redis_url, socket_connect_timeout=2, socket_timeout=5)


def _answers(address: str) -> bool:
    # The certificate at home is trusted by phones, not by this machine; nothing secret goes over.
    trusting = ssl._create_unverified_context()  # noqa: S323, SLF001
    try:
        with urlopen(f"{address}/healthz", timeout=PATIENCE_SECONDS, context=trusting) as answer:  # noqa: S310 - http
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False

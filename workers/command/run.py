"""`undrawer run`: web server, workers, timetable and Redis of one machine, from one command."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from service.config import GIVEN_OUT, Config
from service.domain.errors import Conflict
from workers.command.installation import database, first_account, sign_in_link
from workers.command.running import addresses, at_home, own_redis
from workers.command.running.supervision import Program, refuse_if_misread, supervise
from workers.command.running.welcome import say_when_ready, welcome

ONE_THREAD = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


@click.command
@click.option("--port", type=click.IntRange(1, 65_535), help="Where it listens; 8000 if unsaid.")
@click.option("--host", help="The address it listens on; every one of this machine if unsaid.")
@click.option("--data", type=click.Path(file_okay=False), help="The folder that holds everything; ./data if unsaid.")
@click.option("--https", is_flag=True, help="Serve HTTPS, with a certificate that phones in this network can trust.")
@click.option("--trust-port", type=click.IntRange(1, 65_535), help="With --https: where the page of trust is; 8000.")
def run(port: int | None, host: str | None, data: str | None, https: bool, trust_port: int | None) -> None:  # noqa: FBT001 - click's
    """Run all of Undrawer on this machine until Ctrl-C."""
    said = {
        "UNDRAWER_PORT": port,
        "UNDRAWER_HOST": host,
        "UNDRAWER_DATA": data,
        "UNDRAWER_HTTPS": "home" if https else None,
        "UNDRAWER_TRUST_PORT": trust_port,
    }
    config = Config.from_env(overrides={name: str(value) for name, value in said.items() if value is not None})
    refuse_if_misread(config.data)
    with _alone_in(config.data):
        addresses.refuse_if_taken(config.host, config.port, option="--port")
        if config.https_at_home:
            at_home.prepare(config)
        redis = own_redis.socket_of(config)
        if redis:
            own_redis.end_leftover(redis)
        programs = _programs(config, redis=redis)
        say_when_ready(
            _welcome(config), address=addresses.local(config), log=config.data / "log", trust=at_home.authority(config)
        )
        supervise(programs, folder=config.data)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system takes back by itself however this process ends."""
    with (folder / "run.lock").open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = f"Undrawer is already running on {folder} (process {lock.read().strip()})."
            raise Conflict("running", f"{holder} End it first, or choose another folder: --data DIR.") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _welcome(config: Config) -> str:
    here, phone = addresses.local(config), addresses.for_phone(config)
    with database(config) as db:
        account = first_account(db)
        link, phone_link = (sign_in_link(db, account, address=address) for address in (here, phone))
    (config.data / GIVEN_OUT).write_text(phone, encoding="ascii")
    if config.https_at_home:
        return at_home.welcome(config, address=here, phone_address=phone, link=link, phone_link=phone_link)
    return welcome(address=here, phone_address=phone, link=link, phone_link=phone_link, data=config.data)


def _programs(config: Config, *, redis: Path | None) -> list[Program]:
    settings = {
        "LC_ALL": "C.UTF-8",  # Redis does not start in a locale that the machine does not have
        "UNDRAWER_DATA": str(config.data),
        "UNDRAWER_HOST": config.host,
        "UNDRAWER_PORT": str(config.port),
        "UNDRAWER_HTTPS": "home" if config.https_at_home else "off",
        "UNDRAWER_TRUST_PORT": str(config.trust_port),
        **({"UNDRAWER_REDIS_URL": f"unix://{redis}"} if redis else {}),
    }
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "--config", "python:service.web.gunicorn_settings"]
    worker = {**settings, **ONE_THREAD}
    # reading takes all it can get, and who asks for a page waits for none of it
    giving_way = ["nice", "-n", "5", *python]
    ours = [
        Program(name="web", command=web, environment=settings),
        Program(name="worker", command=[*giving_way, "workers"], environment=worker, count=config.workers),
        *at_home.programs(config, settings),
        Program(name="schedule", command=[*python, "workers.schedule"], environment=settings),
    ]
    if redis is None:
        return ours
    server = ["redis-server", str(own_redis.write_settings(redis, folder=config.data / "redis"))]
    return [Program(name="redis", command=server, environment=settings, patience_seconds=10), *ours]

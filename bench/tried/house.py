"""A service of its own to be tried: a fresh folder and Redis, the application on a port of the loopback, and counted."""

import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as NoRedis
from werkzeug.serving import WSGIRequestHandler, make_server

from service.config import Config
from service.storage import accounts, tokens
from service.storage.database import upgrade
from service.web import create_app
from service.web.parts import Parts


@dataclass
class House:
    """Where the service is, who asks it, and how often it answered what."""

    address: str
    token: str
    owner: str
    parts: Parts
    app: Any
    answers: Counter[int] = field(default_factory=Counter)

    @property
    def failures(self) -> int:
        return sum(count for status, count in self.answers.items() if status >= 500)


@contextmanager
def opened() -> Iterator[House]:
    """Give a service with one account in it, and no worker."""
    with tempfile.TemporaryDirectory(prefix="undrawer-tried-") as folder, _redis(Path(folder)) as redis_url:
        env = {"UNDRAWER_DATA": f"{folder}/data", "UNDRAWER_REDIS_URL": redis_url}
        config = Config.from_env(env)
        upgrade(config.database_url)
        app = create_app(config)
        parts: Parts = app.extensions["undrawer"]
        with closing(parts.db), _served(app) as house:
            with parts.db.transaction() as tx:
                house.owner = accounts.create(tx, name="Ana Torres Vidal").id
                house.token = tokens.create(tx, owner=house.owner, name="tried")
            yield house


@contextmanager
def _served(app: Any) -> Iterator[House]:
    house = House("", "", "", app.extensions["undrawer"], app)
    server = make_server("127.0.0.1", 0, _counting(app, house), threaded=True, request_handler=_Quiet)
    house.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield house
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _counting(app: Any, house: House) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    places = count()

    def counted(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        def note(status: str, headers: Any, *more: Any) -> Any:
            house.answers[int(status[:3])] += 1
            return start(status, headers, *more)

        # Who brings a wrong token too often from one place is told to wait, which is not what is tried here.
        environ["REMOTE_ADDR"] = f"198.18.{next(places) // 250 % 250}.{next(places) % 250 + 1}"
        answer: Iterable[bytes] = app.wsgi_app(environ, note)
        return answer

    return counted


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # it is werkzeug's signature
        """Say nothing of twenty thousand requests."""


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    settings = ["--port", "0", "--unixsocket", f"{folder}/redis.sock", "--dir", str(folder), "--save", ""]
    with subprocess.Popen(["redis-server", *settings, "--loglevel", "warning"], stdout=subprocess.DEVNULL) as server:
        with closing(Redis(unix_socket_path=f"{folder}/redis.sock")) as client:
            while not _answers(client):
                time.sleep(0.05)
        try:
            yield f"unix://{folder}/redis.sock"
        finally:
            server.terminate()


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except NoRedis:
        return False

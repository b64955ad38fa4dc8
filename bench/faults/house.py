"""The installation under test: `undrawer run` as people start it, and somebody who starts it again when it is gone."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.request import urlopen

import psutil

from bench.faults.clock import Clock
from bench.faults.cluster import Cluster
from bench.faults.disk import Disk
from bench.standing import free_port
from service.config import Config
from service.storage.database import Database, upgrade

UNDRAWER = str(Path(sys.executable).with_name("undrawer"))
JOB_SECONDS = 30
"""A limit that a job which hangs reaches soon, and that an honest one does not come near on a quiet machine."""
WORKERS = 2


@dataclass
class House:
    """Its parts are found by their parent, which this program started: no other process is ever looked at."""

    disk: Disk
    clock: Clock
    cluster: Cluster | None = None
    job_seconds: int = JOB_SECONDS
    port: int = 0
    restarts: int = 0
    _run: subprocess.Popen[bytes] | None = None
    _over: Event = field(default_factory=Event)
    _keeper: Thread | None = None

    @property
    def data(self) -> Path:
        return self.disk.folder / "data"

    @property
    def log(self) -> Path:
        """What `undrawer run` says; not on the small disk, which may be full."""
        return self.disk.folder.with_suffix(".log")

    @property
    def env(self) -> dict[str, str]:
        url = {"UNDRAWER_DATABASE_URL": self.cluster.url} if self.cluster else {}
        ours = {name: value for name, value in os.environ.items() if not name.startswith("UNDRAWER_")}
        said = {
            "UNDRAWER_WORKERS": WORKERS,
            "UNDRAWER_JOB_TIMEOUT_SECONDS": self.job_seconds,
            "UNDRAWER_DATA": self.data,
        }
        return {**ours, **{name: str(value) for name, value in said.items()}, **url}

    @property
    def config(self) -> Config:
        return Config.from_env(self.env)

    def database(self) -> Database:
        config = self.config
        return Database(config.database_url, keys=config.signing_keys)

    def prepare(self) -> None:
        """Make the tables, before anybody is there."""
        self.port = free_port()
        if self.cluster:
            self.cluster.keep()
            waited = Event()
            while not self._reachable():
                waited.wait(0.2)
        upgrade(self.config.database_url)

    def start(self) -> None:
        self._keeper = Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def ready(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def programs(self) -> dict[str, list[psutil.Process]]:
        """What `undrawer run` has started, by what it is."""
        found: dict[str, list[psutil.Process]] = {"redis": [], "schedule": [], "worker": [], "web": []}
        with suppress(psutil.Error):
            for one in psutil.Process(self._run.pid).children() if self._run else []:
                with suppress(psutil.Error):
                    found[_kind(" ".join(one.cmdline()))].append(one)
        return found

    def everything(self) -> list[psutil.Process]:
        """All of it, `undrawer run` first: it would start again what dies before it."""
        with suppress(psutil.Error):
            run = psutil.Process(self._run.pid) if self._run else None
            return [run, *run.children(recursive=True)] if run else []
        return []

    def stop(self) -> None:
        self._over.set()
        if self._keeper:
            self._keeper.join()
        if self._run and self._run.poll() is None:
            self._run.terminate()
            self._run.wait(timeout=90)

    def close(self) -> None:
        """Leave nothing running, however this ended."""
        self._over.set()
        for one in self.everything():
            with suppress(psutil.Error):
                one.kill()
        if self.cluster:
            self.cluster.stop()

    def _keep(self) -> None:
        while not self._over.wait(0.3):
            if self.cluster:
                self.cluster.keep()
            if self._run is None or self._run.poll() is not None:
                self.restarts += self._run is not None
                self._begin()

    def _begin(self) -> None:
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        command = [*tied, UNDRAWER, "run", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("ab") as said:
            self._run = subprocess.Popen(command, env={**self.env, **self.clock.env}, stdout=said, stderr=said)

    def _reachable(self) -> bool:
        database = self.database()
        try:
            return database.reachable()
        finally:
            database.close()


def _kind(command: str) -> str:
    if "redis-server" in command:
        return "redis"
    if "workers.schedule" in command:
        return "schedule"
    return "worker" if "-m workers" in command else "web"

"""One machine of several: its web server, its workers and its timetable, each started and stopped by itself."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import requests

from bench.standing import free_port

ROOT = Path(__file__).parent.parent.parent
WEB = ["-m", "gunicorn", "--config", "python:service.web.gunicorn_settings"]
WORKER = ("-m", "workers")
SCHEDULE = ["-m", "workers.schedule"]
PATIENCE_SECONDS = 300
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE")


@dataclass
class Machine:
    """It knows of the others only what `settings` say; its folder is its own."""

    folder: Path
    settings: Mapping[str, str]
    worker: Sequence[str] = WORKER
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        own = {
            "UNDRAWER_DATA": str(self.folder),
            "UNDRAWER_HOST": "127.0.0.1",
            "UNDRAWER_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
        }
        return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | dict(self.settings) | own

    def start(self, *names: str) -> None:
        """Start `web`, `worker`, `worker-2`, `schedule`; they need not be ready when this returns."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            kind = name.partition("-")[0]
            command = {"web": WEB, "worker": self.worker, "schedule": SCHEDULE}[kind]
            self.running[name] = self._started(name, command)

    def stop(self, *names: str) -> float:
        """Ask each to end, as a restart does, and wait; give the seconds that the slowest took."""
        begun = time.monotonic()
        ended = [self.running.pop(name) for name in names]
        for process in ended:
            process.terminate()
        for process in ended:
            process.wait(timeout=PATIENCE_SECONDS)
        return time.monotonic() - begun

    def wait_until_ready(self, path: str = "/readyz") -> None:
        """Wait until the web server answers; `/readyz` waits for database, Redis and any worker too."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers(path):
            if time.monotonic() > until or self.running["web"].poll() is not None:
                raise TimeoutError(f"{self.address}{path} is not ready:\n{self.said('web')}")
            Event().wait(0.1)

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def close(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()
        self.running.clear()

    def _started(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen([*tied, sys.executable, *command], cwd=ROOT, env=self.env, stdout=log, stderr=log)

    def _answers(self, path: str) -> bool:
        try:
            return bool(requests.get(self.address + path, timeout=5).status_code == 200)
        except requests.RequestException:
            return False


def settings(*, database_url: str, redis_url: str, files: Mapping[str, str], push_key: str) -> dict[str, str]:
    """What all machines are told alike."""
    return {
        "UNDRAWER_DATABASE_URL": database_url,
        "UNDRAWER_REDIS_URL": redis_url,
        "UNDRAWER_SECRET_KEY": "the same for all machines of this installation",
        "UNDRAWER_PUSH_KEY": push_key,
        **files,
    }


def in_bucket(url: str, *, endpoint: str, key_id: str, secret: str) -> dict[str, str]:
    return {
        "UNDRAWER_FILES": url,
        "UNDRAWER_S3_ENDPOINT": endpoint,
        "UNDRAWER_S3_KEY_ID": key_id,
        "UNDRAWER_S3_SECRET": secret,
    }

"""The application served as it is at home, for programs that speak over a real line."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.standing import free_port
from service.config import Config
from tests.real_parts import PATIENCE_SECONDS, wait_until

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def served(
    config: Config, folder: Path, *, settings: str = "gunicorn_settings", ready: str = "/healthz"
) -> Iterator[str]:
    """Give the address of gunicorn with our settings, on a database that is there."""
    port = free_port()
    env = {
        **os.environ,
        "UNDRAWER_DATA": str(config.data),
        "UNDRAWER_DATABASE_URL": config.database_url,
        "UNDRAWER_REDIS_URL": config.redis_url,
        "UNDRAWER_HOST": "127.0.0.1",
        "UNDRAWER_PORT": str(port),
        "UNDRAWER_TRUST_PORT": str(port),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", f"python:service.web.{settings}"]
    with (folder / "web.log").open("wb") as log:
        server = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(f"{address}{ready}"), seconds=PATIENCE_SECONDS)
        yield address
    finally:
        server.send_signal(signal.SIGINT)  # at once: nobody is being served any more
        server.wait()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False

"""Nothing leaves the machine: the whole path from photo to vCard with no way out but the loopback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import vobject

from service.config import Config
from tests.real_parts import PATIENCE_SECONDS

ROOT = Path(__file__).parent.parent
PHOTO = ROOT / "fixtures" / "cards" / "two-phones.jpg"
NO_NETWORK = ("unshare", "--map-root-user", "--net")
"""A network namespace of its own, in which not even the loopback is up: Redis and the database are files here."""


def alone(config: Config, *arguments: str, by: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "UNDRAWER_DATA": str(config.data),
        "UNDRAWER_REDIS_URL": config.redis_url,
        "UNDRAWER_DATABASE_URL": config.database_url,
        "UNDRAWER_JOB_TIMEOUT_SECONDS": str(PATIENCE_SECONDS),
        "PYTHONPATH": str(ROOT),
    }
    line = [*by, sys.executable, "-m", "tests.alone", *arguments]
    return subprocess.run(line, env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def namespaces() -> bool:
    """Whether this machine lets us make one: root may, and whoever may have user namespaces."""
    try:
        return subprocess.run([*NO_NETWORK, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.ocr
def test_a_photo_becomes_a_contact_without_any_network(config: Config) -> None:
    done = alone(config, str(PHOTO), by=NO_NETWORK if namespaces() else ())
    assert done.returncode == 0, done.stderr
    log, _, told_last = done.stdout.rpartition("\n")
    told = json.loads(told_last)
    assert (told["sent"], told["today"]) == (202, 200)
    assert vobject.readOne(told["vcard"]).fn.value == "Emiliano Castañeda Rubio"
    assert log  # of the worker, which says nothing of what the card says
    assert [word for word in ("Castañeda", "barroylumbre") if word in log + done.stderr] == []


def test_the_guard_sees_whatever_would_go_out(config: Config) -> None:
    done = alone(config, "reach")
    assert (done.returncode, done.stderr) == (13, "socket.getaddrinfo to '192.0.2.1'\n")

"""`undrawer run` as a whole: everything it starts, what it says, and what becomes of it when parts die."""

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import psutil
import pytest

from bench.standing import free_port
from tests.real_parts import PATIENCE_SECONDS

UNDRAWER = str(Path(sys.executable).with_name("undrawer"))

pytestmark = pytest.mark.ocr


@dataclass
class Installation:
    """A running Undrawer: its process, and all that it says."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int

    @property
    def said(self) -> str:
        return (self.data / "said.log").read_text()

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=20) as answer:
                return bool(json.load(answer)["status"] == "ready")
        except (URLError, OSError):
            return False

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def program(self, *words: str) -> psutil.Process | None:
        """The child whose command line holds all these words; the oldest, where it has children itself."""
        for child in psutil.Process(self.process.pid).children():
            try:
                line = " ".join(child.cmdline())
            except psutil.NoSuchProcess:
                continue
            if all(word in line for word in words):
                return child
        return None


def eventually(holds: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.1)


def start(data: Path, port: int, *more: str) -> Installation:
    command = [UNDRAWER, "run", "--port", str(port), "--data", str(data), *more]
    with (data / "said.log").open("ab") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, "UNDRAWER_WORKERS": "1"}
        )
    return Installation(process, data, port)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    # In /tmp and with awkward letters: a socket's path must be short, and every quoting is put to the proof.
    with tempfile.TemporaryDirectory(prefix='und "r ñ') as folder:
        running = start(Path(folder), free_port())
        try:
            eventually(running.is_ready)
            yield running
        finally:
            running.process.terminate()
            running.process.wait(timeout=PATIENCE_SECONDS)


def test_it_says_where_it_is_and_lets_its_owner_in(installation: Installation) -> None:
    eventually(lambda: "End: Ctrl-C" in installation.said)
    assert f"http://localhost:{installation.port}" in installation.said
    assert "█" in installation.said
    link = re.search(r"Sign in\s+(\S+)", installation.said)
    assert link
    with urllib.request.urlopen(link[1].replace("localhost", "127.0.0.1"), timeout=PATIENCE_SECONDS) as page:
        assert page.status == 200


@pytest.mark.parametrize(
    "words", [["gunicorn"], ["-m", "workers"], ["workers.schedule"], ["redis-server"]], ids=lambda words: words[-1]
)
def test_what_is_killed_comes_back(installation: Installation, words: list[str]) -> None:
    eventually(lambda: installation.program(*words))
    victim = installation.program(*words)
    assert victim
    victim.kill()
    eventually(lambda: (now := installation.program(*words)) and now.pid != victim.pid)
    eventually(installation.is_ready)


def test_a_second_one_on_the_same_data_says_so(installation: Installation) -> None:
    command = [UNDRAWER, "run", "--data", str(installation.data), "--port", str(free_port())]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert f"already running on {installation.data} (process {installation.process.pid})" in second.stderr


def test_a_port_in_use_is_told_and_a_way_out_with_it(installation: Installation, tmp_path: Path) -> None:
    command = [UNDRAWER, "run", "--data", str(tmp_path), "--port", str(installation.port)]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert f"Port {installation.port}" in second.stderr
    assert "--port N" in second.stderr


def test_a_folder_that_its_supervisor_would_misread_is_refused(tmp_path: Path) -> None:
    command = [UNDRAWER, "run", "--data", str(tmp_path / "100 % #1"), "--port", str(free_port())]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)
    assert finished.returncode == 1
    assert "Choose another" in finished.stderr


def test_https_at_home_is_trusted_by_who_installed_its_certificate() -> None:
    with tempfile.TemporaryDirectory() as folder:
        running = start(Path(folder), free_port(), "--https", "--trust-port", str(trust_port := free_port()))
        try:
            eventually(lambda: "End: Ctrl-C" in running.said)
            assert "by HTTPS" in running.said
            context = ssl.create_default_context(cafile=Path(folder) / "https" / "authority.pem")
            with urllib.request.urlopen(f"https://localhost:{running.port}/readyz", context=context) as answer:
                assert answer.status == 200
            eventually(lambda: opened(f"http://localhost:{trust_port}/").endswith("/trust"))
            assert re.search(rf"From your phone +https://\S+:{running.port}", running.said)
            link = [UNDRAWER, "account", "link"]
            said = subprocess.run(
                link, env={**os.environ, "UNDRAWER_DATA": folder}, capture_output=True, text=True, check=True
            )
            assert said.stdout.startswith("https://")
            assert "\u2588" in running.said
        finally:
            ends(running, signal.SIGTERM)


def opened(address: str) -> str:
    """Where a page is in the end; "" where nobody answers, for each server starts in its own time."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as page:
            return str(page.url)
    except (URLError, OSError):
        return ""


def ends(running: Installation, sign: signal.Signals) -> int:
    """Give it the signal, and see that nothing it started is left; returns its exit status."""
    family = running.family()
    running.process.send_signal(sign)
    status = running.process.wait(timeout=PATIENCE_SECONDS)
    assert psutil.wait_procs(family, timeout=PATIENCE_SECONDS)[1] == []
    return status


def test_nothing_outlives_it_and_it_starts_again_even_after_it_was_killed() -> None:
    with tempfile.TemporaryDirectory() as folder:
        running = start(Path(folder), free_port())
        for sign, status in (signal.SIGKILL, -9), (signal.SIGTERM, 0), (signal.SIGINT, 0):
            eventually(running.is_ready)
            assert ends(running, sign) == status
            if sign is not signal.SIGINT:
                running = start(Path(folder), running.port)
        assert "Traceback" not in running.said

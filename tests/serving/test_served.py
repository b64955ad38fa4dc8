"""The web server as it is at home: lines that are held, a photo behind them, and a certificate that changes."""

import hashlib
import http.client
import json
import socket
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psutil

from bench.load.holding import held
from bench.load.line import Answer, Line
from service.config import Config
from service.storage import accounts, tokens
from service.storage.database import Database
from service.storage.files import Files
from service.web.serving import worker
from tests.dav.serving import served
from tests.loops import finished
from tests.real_parts import PATIENCE_SECONDS, wait_until
from workers.command.running import certificates

PICTURE = Path(__file__).parents[2] / "fixtures" / "cards" / "front.jpg"


def test_a_hundred_slow_clients_and_five_hundred_idle_ones_hold_nobody_up(config: Config, tmp_path: Path) -> None:
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        token = tokens.create(tx, owner=accounts.create(tx, name="Ana").id, name="phone")
    content = PICTURE.read_bytes()

    async def meanwhile(address: str) -> list[Answer]:
        async with held(address, token, bodies=50, heads=50, idle=500):
            line = Line(address, token)
            page = await line.ask("GET", "/healthz")
            photo = await line.ask("PUT", f"/api/v1/photos/{uuid4()}", body=content)
            kept = await line.ask("GET", json.loads(photo.body)["url"])
            await line.close()
            return [page, photo, kept]

    with served(config, tmp_path) as address:
        page, photo, kept = finished(meanwhile(address))
        too_long(address, token)
        two_lengths(address)
    assert (page.status, photo.status, kept.status) == (200, 201, 200)
    assert Files(config.files).get(hashlib.sha256(content).hexdigest()) == content


def test_slow_clients_do_not_hold_the_page_of_trust_up(config: Config, tmp_path: Path) -> None:
    certificates.prepare(config.certificates)

    async def meanwhile(address: str) -> Answer:
        async with held(address, "", bodies=10, heads=10, idle=10):
            line = Line(address, "")
            page = await line.ask("GET", "/trust")
            await line.close()
            return page

    with served(config, tmp_path, settings="trust_settings", ready="/trust") as address:
        page = finished(meanwhile(address))
    assert page.status == 200
    assert b"/trust/undrawer.crt" in page.body


def test_nobody_keeps_the_port_when_the_first_process_is_killed(config: Config, tmp_path: Path) -> None:
    with served(config, tmp_path):
        alive = [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
        [first] = [one for one in alive if one.environ().get("UNDRAWER_DATA") == str(config.data)]
        wait_until(
            lambda: len(first.children()) == 2, seconds=PATIENCE_SECONDS
        )  # one answers before the other is there
        those_behind = first.children()
        first.kill()
        _, left = psutil.wait_procs(those_behind, timeout=PATIENCE_SECONDS)
    assert left == []


def too_long(address: str, token: str) -> None:
    """The refusal is there before a byte of the body was sent."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as line:
        line.putrequest("PUT", f"/api/v1/photos/{uuid4()}")
        line.putheader("Authorization", f"Bearer {token}")
        line.putheader("Content-Length", str(300 * 1024 * 1024))
        line.endheaders()
        assert line.getresponse().status == 413


def two_lengths(address: str) -> None:
    """The line is closed behind the refusal: what follows on it is answered by nobody."""
    where, head = urlsplit(address), b"Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    with closing(socket.create_connection((where.hostname, where.port), timeout=60)) as line:
        line.sendall(b"POST /sign-in HTTP/1.1\r\n" + head + b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        heard = b"".join(iter(lambda: line.recv(65_536), b""))
    assert heard.startswith(b"HTTP/1.1 400")
    assert heard.count(b"HTTP/1.1") == 1


def test_a_line_on_which_nothing_is_asked_is_closed_at_the_second_look() -> None:
    looks: list[Any] = []
    closed: list[bool] = []
    line = worker.Line.__new__(worker.Line)
    line.cycle = None  # type: ignore[assignment]
    line.loop = SimpleNamespace(call_later=lambda _seconds, look: looks.append(look))  # type: ignore[assignment]
    line.transport = SimpleNamespace(close=lambda: closed.append(True))  # type: ignore[assignment]
    line.seen = SimpleNamespace()  # type: ignore[assignment]
    line.look_again()
    assert not closed
    looks.pop()()
    assert closed


def test_a_renewed_certificate_is_taken_up(tmp_path: Path) -> None:
    certificate, taken = tmp_path / "server.pem", list[str]()
    certificate.write_text("one")
    process = worker.LineWorker.__new__(worker.LineWorker)
    process.cfg = SimpleNamespace(certfile=str(certificate), keyfile="key")
    process.config = SimpleNamespace(ssl=SimpleNamespace(load_cert_chain=lambda cert, _key: taken.append(cert)))
    process.renew()
    process.renew()
    assert taken == []
    certificate.touch()
    process.renewed_at -= 1
    process.renew()
    assert taken == [str(certificate)]

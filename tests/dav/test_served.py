"""What only a real line shows: bodies in pieces."""

import base64
import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.storage.people import contacts
from tests.dav.conftest import card
from tests.dav.serving import served


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    with closing(Database(config.database_url)) as database:
        yield database


@pytest.fixture
def ana(db: Database) -> Account:
    with db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal", email="ana@example.com")


def test_a_real_line_brings_bodies_in_pieces(config: Config, db: Database, ana: Account, tmp_path: Path) -> None:
    with db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=ana.id, name="computer")
        for number in range(5):
            contacts.write(tx, owner=ana.id, vcard=card(f"Ana {number}"))
    with served(config, tmp_path) as address:
        in_pieces(address, ana, secret)
        cut_off(address, ana, secret)


def in_pieces(address: str, ana: Account, secret: str) -> None:
    """Radicale takes a body without a length for an empty one."""
    text = card("En trozos", uid="pieces").encode()
    headers = {"Authorization": basic(secret), "Content-Type": "text/vcard"}
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    with closing(line):
        pieces = (text[at : at + 20] for at in range(0, len(text), 20))
        line.request("PUT", f"/dav/{ana.id}/contacts/p.vcf", pieces, headers, encode_chunked=True)
        assert line.getresponse().status == 201
    body = b'<sync-collection xmlns="DAV:"><sync-token/><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>'
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    with closing(line):
        line.request("REPORT", f"/dav/{ana.id}/contacts/", iter([body]), headers, encode_chunked=True)
        answer = line.getresponse()
        assert answer.status == 207
        assert answer.read().count(b"<response>") == 6


def cut_off(address: str, ana: Account, secret: str) -> None:
    """Half of a card is no card."""
    place = urlsplit(address)
    with closing(socket.create_connection((place.hostname, place.port), timeout=60)) as line:
        head = (
            f"PUT /dav/{ana.id}/contacts/half.vcf HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: {basic(secret)}\r\n"
            f"Content-Type: text/vcard\r\nContent-Length: 5000\r\n\r\n"
        )
        line.sendall(head.encode() + card("Half", uid="half").encode())
        line.shutdown(socket.SHUT_WR)
        assert line.recv(4096) == b""


def basic(secret: str) -> str:
    return "Basic " + base64.b64encode(f"ana@example.com:{secret}".encode()).decode()

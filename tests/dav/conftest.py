"""A device that speaks to the application: it knows an app password and the methods of WebDAV."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.web import create_app

SPACES = {"D": "DAV:", "C": "urn:ietf:params:xml:ns:caldav", "CR": "urn:ietf:params:xml:ns:carddav"}


@pytest.fixture
def app(config: Config) -> Iterator[APIFlask]:
    made = create_app(config)
    yield made
    made.extensions["undrawer"].db.close()


@pytest.fixture
def db(app: APIFlask) -> Database:
    found: Database = app.extensions["undrawer"].db
    return found


@pytest.fixture
def ana(db: Database) -> Account:
    with db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal", email="ana@example.com")


@pytest.fixture
def phone(app: APIFlask, ana: Account) -> "Device":
    return device(app, ana)


def device(app: APIFlask, owner: Account, name: str = "Telefon") -> "Device":
    with app.extensions["undrawer"].db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=owner.id, name=name)
    return Device(app, owner.id, secret)


def card(name: str = "Ana Muñoz", *, uid: str = "", lines: tuple[str, ...] = ()) -> str:
    said = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uid or uuid4()}",
        f"FN:{name}",
        f"N:{name.partition(' ')[2]};{name.partition(' ')[0]};;;",
        "ORG:Taller Arce",
        "TEL;TYPE=CELL:+34600123123",
        *lines,
        "END:VCARD",
    )
    return "".join(line + "\r\n" for line in said)


@dataclass
class Device:
    app: APIFlask
    owner: str
    secret: str
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> TestResponse:
        """Ask for a path below the account, or (with a slash before it) of the site."""
        wanted = path if path.startswith("/") else f"/dav/{self.owner}/{path}"
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.secret:
            pair = base64.b64encode(f"{self.owner}:{self.secret}".encode()).decode()
            sent.setdefault("Authorization", f"Basic {pair}")
        return self.app.test_client().open(wanted, method=method, data=body, headers=sent)

    def put(self, name: str, text: str, **headers: str) -> TestResponse:
        return self.ask("PUT", f"contacts/{name}", text.encode(), **{"Content_Type": "text/vcard", **headers})

    def listing(self, book: str = "contacts") -> dict[str, str]:
        """The names of a book and their etags."""
        body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        found = answers(self.ask("PROPFIND", f"{book}/", body, Depth="1"))
        return {href.rpartition("/")[2]: props["{DAV:}getetag"] for href, props in found.items() if href[-1] != "/"}

    def token(self, book: str = "contacts") -> str:
        body = '<propfind xmlns="DAV:"><prop><sync-token/></prop></propfind>'
        [props] = answers(self.ask("PROPFIND", f"{book}/", body, Depth="0")).values()
        return str(props["{DAV:}sync-token"])

    def changes(self, token: str, book: str = "contacts") -> tuple[dict[str, bool], str]:
        """Names of what changed since the token, and whether each is there; and the next token."""
        body = (
            f'<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level>'
            "<prop><getetag/></prop></sync-collection>"
        )
        response = self.ask("REPORT", f"{book}/", body)
        assert response.status_code == 207, response.text
        root = ET.fromstring(response.data)
        found = {}
        for one in root.findall("D:response", SPACES):
            href = one.findtext("D:href", "", SPACES)
            found[href.rpartition("/")[2]] = one.find("D:propstat", SPACES) is not None
        return found, root.findtext("D:sync-token", "", SPACES)

    def fetch(self, *names: str, book: str = "contacts") -> dict[str, str]:
        """The texts of these names, by multiget."""
        kind = "addressbook-multiget" if book.startswith(("contacts", "circle")) else "calendar-multiget"
        space, data = ("CR", "address-data") if "address" in kind else ("C", "calendar-data")
        hrefs = "".join(f"<D:href>/dav/{self.owner}/{book}/{name}</D:href>" for name in names)
        body = (
            f'<X:{kind} xmlns:D="DAV:" xmlns:X="{SPACES[space]}"><D:prop><D:getetag/><X:{data}/></D:prop>'
            f"{hrefs}</X:{kind}>"
        )
        found = answers(self.ask("REPORT", f"{book}/", body))
        return {href.rpartition("/")[2]: props[f"{{{SPACES[space]}}}{data}"] for href, props in found.items() if props}


def answers(response: TestResponse) -> dict[str, dict[str, Any]]:
    """What a multistatus says of each href that there is: the text of its properties."""
    assert response.status_code == 207, (response.status_code, response.text)
    found: dict[str, dict[str, Any]] = {}
    for one in ET.fromstring(response.data).findall("D:response", SPACES):
        props = found.setdefault(one.findtext("D:href", "", SPACES), {})
        for stat in one.findall("D:propstat", SPACES):
            if " 200 " in stat.findtext("D:status", "", SPACES):
                props |= {prop.tag: prop.text or "" for prop in stat.find("D:prop", SPACES) or ()}
    return found

"""Every address and method, asked by everybody who must not get in: all are refused alike, and nothing gets out."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import argon2
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.storage import accounts, sessions, tokens
from service.storage.dav import app_passwords
from service.storage.tables import sessions as kept_sessions
from service.storage.tables import tokens as kept_tokens
from service.storage.tokens import Scope
from service.web.parts import Parts
from tests.api import test_nobody_let_in as walk
from tests.api.asking import Person
from tests.api.one_of_each import SECRET, rows
from tests.api.test_nobody_let_in import app as app  # noqa: PLC0414  # a fixture
from tests.api.test_nobody_let_in import hers as hers  # noqa: PLC0414  # a fixture
from tests.api.test_nobody_let_in import parts as parts  # noqa: PLC0414  # a fixture
from tests.dav.conftest import Device, card

PAST = datetime.now(UTC) - timedelta(days=1)
ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
DAV_METHODS = ("PROPFIND", "REPORT", "GET", "HEAD", "PUT", "DELETE", "MOVE", "PROPPATCH", "MKCOL", "MKCALENDAR")
AWAY = "/sign-in"
places = (f"192.0.{number // 250 % 250}.{number % 250 + 1}" for number in count())
"""Each asks from a place of its own: who is wrong too often at one is told to wait, which is another answer."""


@dataclass
class Comer:
    """Somebody with a proof that opens nothing, or not this."""

    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, app: APIFlask, method: str, path: str, **more: Any) -> TestResponse:
        client = app.test_client()
        if self.cookie:
            client.set_cookie("undrawer", self.cookie)
        headers = {**self.headers, **more.pop("headers", {})}
        place = {"REMOTE_ADDR": next(places)}
        answer = client.open(path, method=method, headers=headers, environ_overrides=place, buffered=True, **more)
        answer.close()
        return answer


def bearer(secret: str) -> Comer:
    return Comer(headers={"Authorization": f"Bearer {secret}"})


def basic(name: str, secret: str) -> Comer:
    return Comer(headers={"Authorization": f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"})


def nobody(_parts: Parts, _ana: Person, _signed_in: FlaskClient) -> Comer:
    return Comer()


def by_an_expired_token(parts: Parts, ana: Person, _signed_in: FlaskClient) -> Comer:
    with parts.db.transaction() as tx:
        secret = tokens.create(tx, owner=ana.account.id, name="over", days=1)
        over = update(kept_tokens).where(kept_tokens.c.secret_hash == accounts.hashed(secret))
        tx.execute(over.values(expires_at=PAST))
    return bearer(secret)


def by_a_token_withdrawn(parts: Parts, ana: Person, _signed_in: FlaskClient) -> Comer:
    with parts.db.transaction() as tx:
        secret = tokens.create(tx, owner=ana.account.id, name="withdrawn")
        [known] = [one for one in tokens.of(tx, owner=ana.account.id) if one.name == "withdrawn"]
        tokens.withdraw(tx, owner=ana.account.id, id=known.id)
    return bearer(secret)


def by_the_password_of_a_device(parts: Parts, ana: Person, _signed_in: FlaskClient) -> Comer:
    with parts.db.transaction() as tx:
        return bearer(app_passwords.make(tx, owner=ana.account.id, name="phone")[1])


def by_an_expired_session(parts: Parts, ana: Person, signed_in: FlaskClient) -> Comer:
    with parts.db.transaction() as tx:
        tx.execute(update(kept_sessions).values(expires_at=PAST))
    return Comer(cookie_of(signed_in))


def by_an_ended_session(parts: Parts, ana: Person, signed_in: FlaskClient) -> Comer:
    with signed_in.session_transaction() as session, parts.db.transaction() as tx:
        sessions.end(tx, session["token"])
    return Comer(cookie_of(signed_in))


def by_a_cookie_of_another_key(_parts: Parts, _ana: Person, signed_in: FlaskClient) -> Comer:
    payload, at, _signature = cookie_of(signed_in).rsplit(".", 2)
    return Comer(f"{payload}.{at}.{'A' * 27}")


def cookie_of(client: FlaskClient) -> str:
    kept = client.get_cookie("undrawer")
    assert kept
    return kept.value


Coming = Callable[[Parts, Person, FlaskClient], Comer]
COMERS: dict[str, tuple[Coming, ...]] = {
    "no proof": (nobody,),
    "tokens": (by_an_expired_token, by_a_token_withdrawn, by_the_password_of_a_device),
    "sessions": (by_an_expired_session, by_an_ended_session, by_a_cookie_of_another_key),
}


@pytest.mark.parametrize("comers", COMERS.values(), ids=list(COMERS))
def test_whoever_comes_without_a_good_proof_is_refused_everywhere_and_learns_nothing(
    app: APIFlask, parts: Parts, ana: Person, hers: list[str], comers: tuple[Coming, ...]
) -> None:
    for comer in comers:
        who = comer(parts, ana, walk.signed_in(app, parts, ana))
        with parts.db.snapshot() as tx:
            before = rows(tx, ana.account.id)
        for rule in walk.rules(app):
            for method in ALL_METHODS if rule.rule.startswith("/api/") and comer is nobody else walk.ways(rule):
                look(app, who, method, rule, hers, compare=comer is comers[0])
        with parts.db.snapshot() as tx:
            assert rows(tx, ana.account.id) == before


def look(app: APIFlask, who: Comer, method: str, rule: Rule, hers: list[str], *, compare: bool) -> None:
    path, unknown = next(walk.paths(app, rule, hers)), next(walk.paths(app, rule, [walk.NOBODYS] * 2))
    answer = who.ask(app, method, path)
    assert shut(answer, rule.rule), f"{method} {path}: {answer.status} {answer.location}"
    assert not leaks(answer, path), f"{method} {path}"
    if compare and rule.arguments:
        other = who.ask(app, method, unknown)
        assert plain(answer, path) == plain(other, unknown), f"{method} {path}: hers is told from nobody's"


def shut(answer: TestResponse, rule: str) -> bool:
    """Whether this is a refusal. A page sends whoever looks at it to the sign-in, or keeps a shared photo on the phone."""
    led_away = answer.status_code in {302, 303} and answer.location.startswith((AWAY, "/?shared"))
    return answer.status_code in {401, 403, 404, 405} or (led_away and not rule.startswith("/api/"))


def leaks(answer: TestResponse, path: str) -> bool:
    """Whether anything of Ana's is in it; the way back to the page that was asked for is the asker's own word."""
    said = "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in {"Location", "Set-Cookie"})
    known = any(name in answer.headers for name in ("ETag", "Last-Modified", "Content-Disposition"))
    return known or SECRET in said or SECRET in answer.text or SECRET in (answer.location or "")


def plain(answer: TestResponse, path: str) -> tuple[int, str, str]:
    """The answer without what the asker said himself, and without what differs from one form to the next."""
    text = re.sub(r'(name="csrf_token" value|content)="[^"]*"', "", answer.text)
    return answer.status_code, without_ids(text, path), without_ids(answer.location or "", path)


def without_ids(text: str, path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text).replace(path.rpartition("/")[2], "ID")


def test_a_token_that_may_only_look_changes_nothing(app: APIFlask, parts: Parts, ana: Person, hers: list[str]) -> None:
    with parts.db.transaction() as tx:
        who = bearer(tokens.create(tx, owner=ana.account.id, name="reads", scope=Scope.READ))
    with parts.db.snapshot() as tx:
        before = rows(tx, ana.account.id)
    asked = 0
    for rule in walk.rules(app):
        for method in set(walk.ways(rule)) - {"GET"} if rule.rule.startswith("/api/") else ():
            for path in walk.paths(app, rule, hers):
                answer = who.ask(app, method, path, **walk.plausible(app, rule, method))
                assert (answer.status_code, (answer.json or {})["code"]) == (403, "token_reads_only"), (
                    f"{method} {path}"
                )
                asked += 1
                break
    with parts.db.snapshot() as tx:
        assert rows(tx, ana.account.id) == {**before, "tokens": rows(tx, ana.account.id)["tokens"]}
    assert asked > 60


def test_a_token_opens_no_page(app: APIFlask, ana: Person, hers: list[str]) -> None:
    who = bearer(ana.token)
    for rule in walk.rules(app):
        if not rule.rule.startswith("/api/"):
            path = next(walk.paths(app, rule, hers))
            for method in walk.ways(rule):
                assert shut(who.ask(app, method, path), rule.rule), f"{method} {path}"


# Address book and calendar -------------------------------------------------------------------------------------------


def dav_comers(app: APIFlask, parts: Parts, ana: Person, bruno: Person) -> Iterator[tuple[str, Comer]]:
    with parts.db.transaction() as tx:
        _, his = app_passwords.make(tx, owner=bruno.account.id, name="his phone")
        id_, gone = app_passwords.make(tx, owner=ana.account.id, name="lost phone")
        app_passwords.take_back(tx, owner=ana.account.id, id=id_)
        accounts.set_password(tx, owner=ana.account.id, password="cien tarjetas")
    owner = ana.account.id
    yield "nobody", Comer()
    yield "somebody else", basic(bruno.account.id, his)
    yield "her name and his password", basic(owner, his)
    yield "a password taken back", basic(owner, gone)
    yield "no password", basic(owner, "")
    yield "her password for pages", basic(owner, "cien tarjetas")
    yield "her token", basic(owner, ana.token)
    yield "her token as a bearer", bearer(ana.token)
    yield "her cookie", Comer(cookie_of(walk.signed_in(app, parts, ana)))


def dav_paths(device: Device) -> list[str]:
    """Everything that Ana's phone finds: her principal, her books and calendars, each thing in them."""
    found, new = set(), {f"/dav/{device.owner}/"}
    while new:
        found |= new
        seen = [device.ask("PROPFIND", path, Depth="1") for path in new if path.endswith("/")]
        new = {path for answer in seen for path in re.findall(r"<href>(/dav/[^<]+)</href>", answer.text)} - found
    assert len(found) > 8
    of_one_kind: dict[str, list[str]] = {}
    for path in sorted(found):
        of_one_kind.setdefault(path if path.endswith("/") else path.rpartition("/")[0], []).append(path)
    return [path for some in of_one_kind.values() for path in some[:2]]


def test_no_path_of_the_address_book_opens_to_anybody_else(
    app: APIFlask, parts: Parts, ana: Person, bruno: Person, hers: list[str]
) -> None:
    with parts.db.transaction() as tx:
        device = Device(app, ana.account.id, app_passwords.make(tx, owner=ana.account.id, name="phone")[1])
    paths = dav_paths(device)
    absent = f"/dav/{walk.NOBODYS}/contacts/{walk.NOBODYS}.vcf"
    comers = list(dav_comers(app, parts, ana, bruno))
    with parts.db.snapshot() as tx:
        before = rows(tx, ana.account.id)
    for name, who in comers:
        for path in paths:
            for method in DAV_METHODS:
                more = {"headers": {"Depth": "1", "Destination": f"http://localhost{path}2"}, "data": dav_body(method)}
                answer = who.ask(app, method, path, **more)
                assert answer.status_code in {401, 403, 404}, f"{name}: {method} {path}: {answer.status}"
                assert SECRET not in answer.text, f"{name}: {method} {path}"
                assert "ETag" not in answer.headers, f"{name}: {method} {path}"
                if path.endswith(".vcf"):
                    nowhere = who.ask(app, method, absent, **more)
                    assert (nowhere.status_code, nowhere.data) == (answer.status_code, answer.data), f"{name}: {method}"
    with parts.db.snapshot() as tx:
        assert rows(tx, ana.account.id) == before


def dav_body(method: str) -> bytes:
    bodies = {
        "PUT": card().encode(),
        "PROPFIND": b'<propfind xmlns="DAV:"><allprop/></propfind>',
        "REPORT": b'<sync-collection xmlns="DAV:"><sync-token/><sync-level>1</sync-level><prop/></sync-collection>',
        "PROPPATCH": b'<propertyupdate xmlns="DAV:"><set><prop><displayname>x</displayname></prop></set></propertyupdate>',
    }
    return bodies.get(method, b"")


# At the sign-in ------------------------------------------------------------------------------------------------------


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(
    app: APIFlask, parts: Parts, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By counting the hashes, and what they cost, and not by the clock."""
    with parts.db.transaction() as tx:
        accounts.set_email(tx, owner=ana.account.id, email="ana@example.com")
        accounts.set_password(tx, owner=ana.account.id, password="cien tarjetas")
    verify, work = argon2.PasswordHasher.verify, []

    def counted(self: argon2.PasswordHasher, hashed: str, password: str) -> bool:
        work.append(argon2.extract_parameters(hashed))
        return verify(self, hashed, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    for email in ("ana@example.com", "nobody@example.com"):
        said = {"email": email, "password": "a wrong guess"}
        answer = Comer().ask(app, "POST", "/sign-in", data=said)
        assert answer.status_code == 401
    assert len(work) == 2
    assert work[0] == work[1]
    assert work[0].memory_cost >= 19 * 1024  # what OWASP asks of argon2id, in KiB

"""Forms and bodies that no page of ours sends: nonsense in every field, and the ids of somebody else's things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from service.storage import snapshot
from service.storage.database import Transaction
from service.web.parts import Parts
from tests.api import one_of_each
from tests.api import test_nobody_let_in as walk
from tests.api.asking import Person
from tests.api.one_of_each import SECRET, fill, rows
from tests.api.test_nobody_let_in import app as app  # noqa: PLC0414  # a fixture
from tests.api.test_nobody_let_in import hers as hers  # noqa: PLC0414  # a fixture
from tests.api.test_nobody_let_in import parts as parts  # noqa: PLC0414  # a fixture

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NONSENSE = (
    "²",
    "[" * 50_000,
    "9e999999",
    "9" * 5000,
    "-1",
    "nan",
    "\x00\x1b",
    "0000-00-00",
    "a@b@c\r\nBcc: d@example.com",
    "٣٠",
    "../../etc/passwd",
)
LAST = ("erase", "delete", "sign-out", "others", "end", "withdraw", "disconnect", "remove", "drop", "undo")
"""What would take away what other forms are about."""


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The forms of a page as they would be sent, and the links that name something in their query."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "?" in said.get("href", "") and said["href"].startswith("/"):
            self.links.append(said["href"])
        if tag == "form" and said.get("method", "").lower() == "post":
            self.forms.append(Form(said.get("action", "")))
        if tag == "select":
            self._select = said.get("name", "")
        name = self._select if tag == "option" else said.get("name", "")
        if self.forms and name and tag in {"input", "select", "option", "textarea", "button"}:
            value = said.get("value", "")
            self.forms[-1].fields[name] = value or self.forms[-1].fields.get(name, "")


@dataclass(frozen=True)
class His:
    """Bruno's drawer, as full as Ana's: his browser, the ids of both by kind, and her id for each of his."""

    browser: FlaskClient
    each: dict[str, tuple[list[str], list[str]]]
    hers_of: dict[str, str]


@pytest.fixture
def his(
    app: APIFlask, parts: Parts, ana: Person, bruno: Person, hers: list[str], monkeypatch: pytest.MonkeyPatch
) -> His:
    monkeypatch.setattr(one_of_each, "SHEET", one_of_each.SHEET.replace(SECRET.encode(), b"Roble"))
    monkeypatch.setattr(one_of_each, "SECRET", "Roble")
    fill(app, bruno)
    browser = walk.signed_in(app, parts, bruno)
    with parts.db.reading() as tx:
        each = {table: (of(tx, table, bruno), of(tx, table, ana)) for table in kinds(tx)}
    pairs = {one: her for own, theirs in each.values() for one, her in zip(own, theirs, strict=False)}
    return His(browser, each, pairs)


def pages_of(app: APIFlask, his: His) -> tuple[list[Form], list[str]]:
    """The forms and the links of his pages, one of each; last those that take away what others are about."""
    forms, links = dict[str, Form](), dict[str, str]()
    for path in pages(app, [own[0] for own, _ in his.each.values() if own], his.browser):
        page = Page(walk.ask(his.browser, "GET", path).text)
        for form in page.forms:
            form.action = form.action or path
            forms.setdefault(f"{ID.sub('', form.action)} {sorted(form.fields)}", form)
        links.update({ID.sub("", link): link for link in page.links})
    return sorted(forms.values(), key=lambda form: any(word in form.action for word in LAST)), [*links.values()]


def kinds(tx: Transaction) -> list[str]:
    return [table.name for table in snapshot.tables(tx) if {"id", "account_id"} <= set(table.columns.keys())]


def of(tx: Transaction, name: str, who: Person) -> list[str]:
    [table] = [table for table in snapshot.tables(tx) if table.name == name]
    query = select(table.c.id).where(table.c.account_id == who.account.id).order_by(table.c.id)
    return [str(one) for one in tx.execute(query).scalars()]


def pages(app: APIFlask, mine: list[str], browser: FlaskClient) -> Iterator[str]:
    """Of every page the first that shows something."""
    for rule in walk.rules(app):
        if "GET" in walk.ways(rule) and not rule.rule.startswith("/api/"):
            for path in walk.paths(app, rule, mine):
                answer = walk.ask(browser, "GET", path)
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    yield path
                    break


def swapped(his: His, text: str) -> str:
    return ID.sub(lambda found: his.hers_of.get(found[0], found[0]), text)


@pytest.mark.timeout(600)
def test_no_form_of_his_reaches_hers_or_breaks_the_service(
    app: APIFlask, parts: Parts, ana: Person, bruno: Person, his: His
) -> None:
    forms, links = pages_of(app, his)
    with parts.db.snapshot() as tx:
        before = rows(tx, ana.account.id)
    assert forge(his, forms, links) > 10
    unmoved(parts, ana, bruno, his, before)
    assert len(forms) > 60
    for form in forms:
        for nonsense in NONSENSE:
            check(his, "POST", form.action, data=dict.fromkeys(form.fields, nonsense))
        for name in form.fields:
            for nonsense in NONSENSE[:2]:
                check(his, "POST", form.action, data={**form.fields, name: nonsense})


def forge(his: His, forms: list[Form], links: list[str]) -> int:
    """Send his forms and open his links with her ids in them, all at once and one by one; give how many."""
    asked = 0
    for form in forms:
        forged = {name: swapped(his, value) for name, value in form.fields.items()}
        if forged != form.fields:
            each = [{**form.fields, name: value} for name, value in forged.items() if value != form.fields[name]]
            for said in (forged, *each):
                check(his, "POST", form.action, data=said)
                asked += 1
    for link in links:
        if (forged_link := swapped(his, link)) != link:
            check(his, "GET", forged_link)
            asked += 1
    return asked


@pytest.mark.timeout(600)
def test_her_ids_in_his_bodies_reach_nothing_of_hers(
    app: APIFlask, parts: Parts, ana: Person, bruno: Person, his: His
) -> None:
    with parts.db.snapshot() as tx:
        before = rows(tx, ana.account.id)
    asked = 0
    for method, path, schema in bodies(app):
        at = re.sub(r"\{(\w+)_id\}", lambda name: his.each[f"{name[1]}s"][0][0], path.removeprefix("/api/v1"))
        named = [name for name, value in schema["properties"].items() if "uuid" in str(value)]
        for own, her in ((own[0], theirs[0]) for own, theirs in his.each.values() if own and theirs):
            for name in named:
                base = walk.example(walk.document_of(app), schema)
                own_ids = {one: listed(base[one], own) for one in named if one in base}
                answer = bruno.ask(method, at, json={**base, **own_ids, name: listed(base.get(name), her)})
                assert answer.status_code < 500, f"{method} {path} {name}"
                assert SECRET not in answer.text, f"{method} {path} {name}"
                asked += 1
    assert asked > 100
    unmoved(parts, ana, bruno, his, before)


def bodies(app: APIFlask) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation whose body may name a thing by its id."""
    document = walk.document_of(app)
    for path, operations in document["paths"].items():
        for method in {"post", "put", "patch", "delete"} & set(operations):
            content = operations[method].get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            if "$ref" in schema:
                schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            if "uuid" in str(schema.get("properties", {})):
                yield method.upper(), path, schema


def listed(value: Any, id_: str) -> Any:
    return [id_] if isinstance(value, list) else id_


def check(his: His, method: str, path: str, **more: Any) -> None:
    answer = walk.ask(his.browser, method, path, **more)
    assert answer.status_code < 500, f"{method} {path}"
    assert SECRET not in answer.text, f"{method} {path}"


def unmoved(parts: Parts, ana: Person, bruno: Person, his: His, before: dict[str, list[Any]]) -> None:
    """Nothing of hers changed, and no row of his points at one of hers.

    What a question was about is kept as it was sent, and compared with what he is asked, by him alone.
    """
    with parts.db.snapshot() as tx:
        assert rows(tx, ana.account.id) == before
        kept = rows(tx, bruno.account.id)
        written = [line for table, lines in kept.items() if table != "questions" for line in lines]
    assert [line for line in written if any(her in line for her in his.hers_of.values())] == []

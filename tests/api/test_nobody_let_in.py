"""Every address of the service, asked without a sign-in and by somebody else: nothing opens, nothing gets out."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.storage import accounts
from service.web.parts import Parts
from tests.api.asking import Person
from tests.api.one_of_each import SECRET, fill, ids, rows

OPEN = {
    "health.alive",
    "health.ready",
    "health.trusted",
    "static",
    "docs.page",
    "metrics.show",  # from this machine, or with its token: tests/api/test_metrics.py
    "openapi.spec",
    "well_known.to_dav",
    "pages.app.manifest",
    "pages.app.offline",
    "pages.app.service_worker",
    "pages.firm.away",
    "pages.firm.back",
    "pages.joining.accept",
    "pages.joining.answered",
    "pages.joining.ask",
    "pages.joining.invited",
    "pages.joining.knocked",
    "pages.joining.make",
    "pages.language.choose",
    "pages.passkeys.asking",
    "pages.passkeys.use",
    "pages.second_factor.form",
    "pages.second_factor.use",
    "pages.sign_in.by_mail",
    "pages.sign_in.by_link",
    "pages.sign_in.by_password",
    "pages.sign_in.form",
    "pages.sign_in.offer",
    "pages.sign_in.sign_out",
}
"""Whom everybody may ask: they know nothing of anybody."""

BY_SIGNED_LINK = {
    "pages.address_books.phone",
    "pages.address_books.phone_profile",
    "pages.answering.answer",
    "pages.answering.file",
    "pages.answering.page",
    "pages.feed.ics",
    "pages.links.offer",
    "pages.links.use",
}
"""Whoever has the link may ask, signed in or not; each has its own tests."""

SHOWS_NOTHING: set[str] = set()
"""GETs that answer Ana too with nothing, because what they show comes only later; each with its reason."""

UNDOES_NOTHING = {"pages.sure.take_back"}
"""Asked to undo an act that is none of his, or was undone already, it says that nothing was undone."""

NOBODYS = "0b0d1e55-0000-4000-8000-000000000000"
REFUSED = {401, 403, 404, 405, 409, 410, 412, 415, 422}
WORDS: dict[str, str] = {
    "token": "no-such-token",
    "code": "es",
    "client": "apple",
    "field": "name",
    "filename": "x.js",
    "what": "invitations",
}


@pytest.fixture
def app(app: APIFlask) -> APIFlask:
    app.config["WTF_CSRF_ENABLED"] = False  # whoever asks has a form of his own to send; he still must not get in
    return app


@pytest.fixture
def parts(found: Parts) -> Parts:
    return found


@pytest.fixture
def hers(app: APIFlask, parts: Parts, ana: Person) -> list[str]:
    """Fill Ana's drawer and give the id of everything in it."""
    fill(app, ana)
    with parts.db.reading() as tx:
        return ids(tx, ana.account.id)


def signed_in(app: APIFlask, parts: Parts, person: Person) -> FlaskClient:
    with parts.db.transaction() as tx:
        link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=person.account.id)}"
    client = app.test_client()
    assert client.post(link).status_code == 303
    return client


def rules(app: APIFlask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN | BY_SIGNED_LINK]


def ways(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def paths(app: APIFlask, rule: Rule, hers: list[str]) -> Iterator[str]:
    """The addresses of a rule, with every id of hers in every place where an id belongs."""
    names = sorted(rule.arguments)
    words = [[WORDS[name]] if name in WORDS else hers for name in names]
    if len([name for name in names if name not in WORDS]) > 1:
        words = [list(some[:12]) for some in words]
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for values in product(*words):
            yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


@cache
def document_of(app: APIFlask) -> dict[str, Any]:
    """The API's document, which APIFlask would build anew each time."""
    document: Any = app.spec
    return dict(document)


def plausible(app: APIFlask, rule: Rule, method: str) -> dict[str, Any]:
    """A body that the schema takes, so that a refusal is one of the person and not of the body."""
    document = document_of(app)
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<uuid:{name}>", f"{{{name}}}").replace(f"<{name}>", f"{{{name}}}")
    operation = document["paths"].get(path, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return {}
    return {"json": example(document, content["application/json"]["schema"])}


def example(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return example(document, document["components"]["schemas"][name])
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return example(document, schema[several][0])
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if "enum" in schema else schema["const"]
    if schema.get("type") == "object":
        wanted = schema.get("required", [])
        return {name: example(document, schema["properties"][name]) for name in wanted}
    if schema.get("type") == "array":
        return [example(document, schema.get("items", {}))] * schema.get("minItems", 0)
    return _example_of(schema)


def _example_of(schema: dict[str, Any]) -> Any:
    texts = {"date": "2030-01-02", "date-time": "2030-01-02T10:00:00Z", "uuid": NOBODYS}
    text = texts.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))
    plain = {"integer": max(1, schema.get("minimum", 1)), "number": 1.5, "boolean": True}
    return plain.get(schema.get("type", ""), text)


def ask(client: FlaskClient, method: str, path: str, **more: Any) -> TestResponse:
    answer = client.open(path, method=method, buffered=True, **more)
    answer.close()
    return answer


def test_without_a_sign_in_nothing_opens(app: APIFlask, hers: list[str]) -> None:
    client = app.test_client()
    wrong = {"Authorization": "Bearer wrong"}
    for rule in rules(app):
        path = next(paths(app, rule, hers))
        for method in ways(rule):
            answer = ask(client, method, path)
            led_away = answer.status_code in {302, 303} and answer.location.startswith(("/sign-in", "/?shared"))
            assert answer.status_code in {401, 403} or led_away, f"{method} {path}: {answer.status}"
            assert SECRET not in answer.text
            if path.startswith("/api/"):
                assert ask(client, method, path, headers=wrong).status_code in {401, 429}


def test_a_session_that_was_ended_opens_nothing(app: APIFlask, parts: Parts, ana: Person, hers: list[str]) -> None:
    client = signed_in(app, parts, ana)
    kept = client.get_cookie("undrawer")
    assert kept
    assert ask(client, "GET", "/contacts").status_code == 200
    ask(client, "POST", "/sign-out")
    client.set_cookie("undrawer", kept.value)  # whoever copied the cookie still has it
    assert ask(client, "GET", "/contacts").status_code == 302


def test_somebody_else_gets_at_nothing_by_its_id(
    app: APIFlask, parts: Parts, ana: Person, bruno: Person, hers: list[str]
) -> None:
    pages, programs = signed_in(app, parts, bruno), app.test_client()
    bearer = {"Authorization": f"Bearer {bruno.token}"}
    with parts.db.snapshot() as tx:
        before = rows(tx, ana.account.id)
    for rule in rules(app):
        if not rule.arguments - set(WORDS):
            continue
        for method in ways(rule):
            api, body = rule.rule.startswith("/api/"), plausible(app, rule, method)
            client, more = (programs, {"headers": bearer, **body}) if api else (pages, {})
            unknown = ask(client, method, next(paths(app, rule, [NOBODYS] * 2)), **more)
            for path in paths(app, rule, hers):
                answer = ask(client, method, path, **more)
                assert not api or answer.json == unknown.json, f"{method} {path}: hers is told from nobody's"
                refused = answer.status_code in REFUSED or rule.endpoint in UNDOES_NOTHING
                assert refused, f"{method} {path}: {answer.status}"
                assert SECRET not in answer.text, f"{method} {path}"
    with parts.db.snapshot() as tx:
        assert rows(tx, ana.account.id) == before


def test_somebody_elses_lists_hold_nothing_of_hers(app: APIFlask, parts: Parts, bruno: Person, hers: list[str]) -> None:
    pages, programs = signed_in(app, parts, bruno), app.test_client()
    bearer = {"Authorization": f"Bearer {bruno.token}"}
    for rule in rules(app):
        if rule.arguments - set(WORDS) or "GET" not in ways(rule):
            continue
        path = next(paths(app, rule, []))
        for query in ("", "?q=one", "?q=600000111"):
            api = path.startswith("/api/")
            answer = ask(programs if api else pages, "GET", path + query, headers=bearer if api else {})
            assert answer.status_code < 500, f"{path}: {answer.status}"
            assert SECRET.encode() not in answer.data, path


def test_the_walk_has_something_to_find(app: APIFlask, parts: Parts, ana: Person, hers: list[str]) -> None:
    """Ana herself is shown each thing that the walk asks for: else the walk would prove nothing."""
    pages, programs = signed_in(app, parts, ana), app.test_client()
    bearer = {"Authorization": f"Bearer {ana.token}"}
    for rule in rules(app):
        if "GET" not in ways(rule) or not rule.arguments - set(WORDS) or rule.endpoint in SHOWS_NOTHING:
            continue
        api = rule.rule.startswith("/api/")
        asked = paths(app, rule, hers)
        client, headers = (programs, bearer) if api else (pages, {})
        assert any(ask(client, "GET", path, headers=headers).status_code == 200 for path in asked), rule.endpoint

"""What every answer carries to protect the reader, and that no form is believed without its token: over all routes."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from service.config import Config
from service.web import create_app
from service.web.parts import Parts
from tests.api import test_nobody_let_in as walk
from tests.api.asking import Person, picture
from tests.api.one_of_each import fill, ids, rows

WITHOUT_A_TOKEN = {
    "pages.answering.answer",  # a guest's answer, who has no cookie: by a signed link of their own
    "pages.app.share",  # the system's share sheet, which says where it comes from (below)
    "pages.links.use",  # a mail program's one-click unsubscribing (RFC 8058): by a signed link of one purpose
}
"""Writes that no form of ours sends."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEVER = ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "Strict-Transport-Security")
"""Of the application; HTTPS alone is promised where people come by it (below)."""


@pytest.fixture
def hers(app: APIFlask, found: Parts, ana: Person) -> list[str]:
    fill(app, ana)
    with found.db.reading() as tx:
        return ids(tx, ana.account.id)


@pytest.fixture
def browser(app: APIFlask, found: Parts, ana: Person) -> FlaskClient:
    """Ana, signed in as a browser is; forms are believed while she does."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = walk.signed_in(app, found, ana)
    app.config["WTF_CSRF_ENABLED"] = True
    return client


def answers(app: APIFlask, client: FlaskClient, hers: list[str]) -> Iterator[tuple[str, Headers, str]]:
    """Every address that can be looked at, the open ones too; of each the first that shows something, else a refusal."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in LOOKED_AT_ELSEWHERE:
            continue
        refused = None
        for path in walk.paths(app, rule, hers):
            answer = walk.ask(client, "GET", path)
            if answer.status_code == 200:
                yield path, answer.headers, answer.text if answer.mimetype == "text/html" else ""
                break
            refused = path, answer.headers, answer.text if answer.mimetype == "text/html" else ""
        else:
            if refused:
                yield refused


LOOKED_AT_ELSEWHERE = {
    "pages.links.offer",  # behind a signed link alone (tests/mail/test_links.py)
    "static",  # kept for good, by its hash (tests/pages/test_app.py)
    "health.trusted",  # "yes" for the page of trust, which is on another port and so of another origin
}


class Page(HTMLParser):
    """What a page says that a strict policy would stop, and its forms."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stopped: list[str] = []
        self.forms: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        inline = tag == "style" or (tag == "script" and "src" not in said and "json" not in (said.get("type") or ""))
        self.stopped += [tag] if inline else []
        self.stopped += [name for name in said if name == "style" or name.startswith("on")]
        self.stopped += [
            value for value in said.values() if value and re.match(r"\s*(javascript|data):", value, re.IGNORECASE)
        ]
        if tag == "form" and (said.get("method") or "get").lower() == "post":
            self.forms.append([said.get("action") or ""])
        if tag == "input" and said.get("name") == "csrf_token" and said.get("value") and self.forms:
            self.forms[-1].append("csrf_token")


def test_every_answer_protects_its_reader(app: APIFlask, browser: FlaskClient, hers: list[str]) -> None:
    seen = 0
    for path, headers, text in answers(app, browser, hers):
        assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, path
        assert [name for name in NEVER if name in headers] == [], path
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, path
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "geolocation=()" in headers["Permissions-Policy"], path
        kept = headers["Cache-Control"]
        assert "private" in kept, path
        assert "no-cache" in kept or "no-store" in kept or "immutable" in kept, path
        page = Page(text)
        assert page.stopped == [], path
        # The page that a phone keeps for where there is no network is nobody's: its script sends by the API, later.
        assert path == "/offline" or [form for form in page.forms if "csrf_token" not in form] == [], path
        seen += 1
    assert seen > 120


def test_cookies_are_for_this_site_alone_and_for_no_script(app: APIFlask, found: Parts, ana: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = walk.signed_in(app, found, ana)
    kept = client.get_cookie("undrawer")
    assert kept
    assert (kept.http_only, kept.same_site, kept.secure, kept.domain) == (True, "Lax", False, "localhost")


def test_no_form_is_believed_without_its_token(
    app: APIFlask, found: Parts, ana: Person, browser: FlaskClient, hers: list[str]
) -> None:
    browser.get("/today")  # the session is seen within the hour, and the plan made
    with found.db.snapshot() as tx:
        before = rows(tx, ana.account.id)
    asked = 0
    for rule in app.url_map.iter_rules():
        for method in {"POST", "PUT", "PATCH", "DELETE"} & set(walk.ways(rule)):
            if rule.rule.startswith("/api/") or rule.endpoint in WITHOUT_A_TOKEN:
                continue
            path = next(walk.paths(app, rule, hers))
            for said in ({}, {"csrf_token": "forged"}):
                answer = walk.ask(browser, method, path, data=said)
                assert answer.status_code == 400, f"{method} {path}: {answer.status}"
            asked += 1
    shared: dict[str, Any] = {
        "data": {"photo": (BytesIO(picture()), "a.jpg")},
        "headers": {"Sec-Fetch-Site": "cross-site"},
    }
    assert walk.ask(browser, "POST", "/share", **shared).status_code == 403
    with found.db.snapshot() as tx:
        assert rows(tx, ana.account.id) == before
    assert asked > 60


@pytest.mark.parametrize(
    ("address", "said"), [("https://cards.example", True), ("http://cards.example", False), ("", False)]
)
def test_https_is_promised_only_where_people_come_by_it(config: Config, address: str, *, said: bool) -> None:
    app = create_app(replace(config, public_url=address))
    with closing(app.extensions["undrawer"].db):
        answer = app.test_client().get("/sign-in")
    assert ("Strict-Transport-Security" in answer.headers) is said
    assert ("Secure" in answer.headers.get("Set-Cookie", "Secure" if said else "")) is said


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_cookie_given_by_https_goes_by_nothing_else(config: Config, scheme: str) -> None:
    app = create_app(config)
    with closing(app.extensions["undrawer"].db):
        given = app.test_client().get("/sign-in", base_url=f"{scheme}://cards.example").headers["Set-Cookie"]
    assert ("; Secure" in given) is (scheme == "https")

"""Undrawer in a real browser: the server on loopback, a person signed in, and an eye on console and network."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from apiflask import APIFlask
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.web import create_app
from tests.pages.keeping import Keeper

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
"""What a page may take on a machine that has much else to do; nobody waits so long where all is well."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def app(config: Config) -> Iterator[APIFlask]:
    made = create_app(config)
    yield made
    made.extensions["undrawer"].db.close()


def at_once(app: Flask) -> "WSGIApplication":
    """Werkzeug's own server leaves a file open when its reader hangs up; so it is given no files, only their bytes."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as answer:
            return [b"".join(answer)]

    return serve


@pytest.fixture
def address(app: APIFlask) -> Iterator[str]:
    """Give the address of the running server."""
    server = make_server("127.0.0.1", 0, at_once(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ana(app: APIFlask) -> Account:
    with app.extensions["undrawer"].db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal", email="ana@example.com", password="cien tarjetas")


@pytest.fixture
def keeper(app: APIFlask, ana: Account) -> Keeper:
    """Give what puts cards into Ana's drawer as a worker would."""
    return Keeper(app.extensions["undrawer"], ana.id)


@dataclass
class Watch:
    """What no page may do: complain in the console, or ask another host for anything."""

    address: str
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [fault for fault in self.complaints if not any(words in fault for words in self.forgiven)]

    def over(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "blocked by Playwright" not in message.text:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:")):
            self.complaints.append(f"asked {request.url}")


@pytest.fixture
def watch(address: str) -> Iterator[Watch]:
    """Fail the test afterwards for whatever went wrong unseen."""
    watching = Watch(address)
    yield watching
    assert watching.faults == []


@pytest.fixture
def visit(chromium: Browser, address: str, watch: Watch) -> Iterator["Visit"]:
    visiting = Visit(chromium, address, watch)
    yield visiting
    visiting.end()


class Visit:
    """Opens pages of the server in browsers of any language, look and size."""

    def __init__(self, chromium: Browser, address: str, watch: Watch) -> None:
        self._chromium, self.address, self._watch = chromium, address, watch
        self._contexts: list[BrowserContext] = []

    def open(
        self, *, language: str = "en-GB", scheme: str = "light", size: dict[str, int] | None = None, script: bool = True
    ) -> Page:
        context = self._chromium.new_context(
            base_url=self.address,
            locale=language,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport=size or PHONE,  # type: ignore[arg-type] # a dict of two numbers
            java_script_enabled=script,
            # A test that ends while the worker still fetches would leave the server with a broken answer; those that
            # are about it have a browser with a disk of its own.
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        page = context.new_page()
        self._watch.over(page)
        return page

    def forgive(self, words: str) -> None:
        """Let a complaint pass that the test caused on purpose, such as the browser's own line for a refusal.

        The browser says it when it comes to it: perhaps only after the page shows what the test waits for.
        """
        self._watch.forgiven.append(words)

    def end(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def enter(app: APIFlask, ana: Account, visit: Visit) -> "Enter":
    return Enter(app, ana, visit)


@dataclass
class Enter:
    """Opens a page and signs Ana in by a fresh link."""

    app: APIFlask
    ana: Account
    visit: Visit

    def link(self) -> str:
        with self.app.extensions["undrawer"].db.transaction() as tx:
            return f"/sign-in/{accounts.new_sign_in_link(tx, owner=self.ana.id)}"

    def __call__(self, path: str = "/", **look: object) -> Page:
        page = self.visit.open(**look)  # type: ignore[arg-type] # passed through as given
        page.goto(self.link())
        page.locator("main form button").click()
        page.wait_for_url(self.visit.address + "/")
        if path != "/":
            page.goto(path)
        return page

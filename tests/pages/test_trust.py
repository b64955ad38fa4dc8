"""The page of trust: plain HTTP, the steps of each system, and no secret of a sign-in on the way."""

import plistlib
import re
import shutil
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from flask import Flask
from playwright.sync_api import Page, Playwright
from werkzeug.serving import make_server

from service.config import Config
from service.web.trust import create_trust_app
from tests.pages.conftest import FLAGS, at_once
from tests.pages.test_looks import NARROW_AT_TWICE, faults_of
from workers.command.running import certificates

if TYPE_CHECKING:
    from apiflask import APIFlask

pytestmark = pytest.mark.browser


@pytest.fixture
def at_home(config: Config) -> Config:
    certificates.prepare(config.certificates)
    return replace(config, https_at_home=True)


@pytest.fixture
def page_of_trust(at_home: Config) -> Flask:
    return create_trust_app(at_home)


def test_every_way_leads_to_the_page(page_of_trust: Flask) -> None:
    client = page_of_trust.test_client()
    assert {client.get(path).headers["Location"] for path in ("/", "/contacts", "/sign-in/secret")} == {"/trust"}
    assert client.get("/trust", headers={"Host": "bad host\\"}).status_code == 400


def test_it_leads_to_the_app_under_the_name_by_which_it_was_reached(page_of_trust: Flask) -> None:
    said = page_of_trust.test_client().get("/trust", headers={"Host": "192.168.1.20:8000"})
    assert 'href="https://192.168.1.20:8000/"' in said.text
    assert "connect-src 'self' https://192.168.1.20:8000;" in said.headers["Content-Security-Policy"]
    assert "unsafe" not in said.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("agent", "open_"), [("iPhone; CPU iPhone OS 18_0", "iPhone"), ("Linux; Android 15", "Android"), ("Windows", "computer")]
)  # fmt: skip
def test_the_steps_of_this_system_are_open(page_of_trust: Flask, agent: str, open_: str) -> None:
    text = page_of_trust.test_client().get("/trust", headers={"User-Agent": agent}).text
    assert open_ in text.partition('name="system" open>')[2].partition("</summary>")[0]


def test_systems_get_the_certificate_in_their_own_form(page_of_trust: Flask, at_home: Config) -> None:
    client = page_of_trust.test_client()
    pem = (at_home.certificates / "authority.pem").read_text()
    plain = client.get("/trust/undrawer.crt")
    assert (plain.mimetype, plain.data) == ("application/x-x509-ca-cert", ssl.PEM_cert_to_DER_cert(pem))
    profile = client.get("/trust/undrawer.mobileconfig")
    assert profile.mimetype == "application/x-apple-aspen-config"
    [root] = plistlib.loads(profile.data)["PayloadContent"]
    assert (root["PayloadType"], root["PayloadContent"]) == ("com.apple.security.root", plain.data)
    assert profile.data == client.get("/trust/undrawer.mobileconfig").data
    assert certificates.fingerprint(at_home.certificates) in client.get("/trust").text


def test_cookies_go_by_https_only_and_other_ports_stay_as_they_are(at_home: Config) -> None:
    from service.web import create_app

    app = create_app(at_home)
    assert app.config["SESSION_COOKIE_SECURE"]
    assert "Strict-Transport-Security" not in app.test_client().get("/sign-in", base_url="https://localhost").headers
    app.extensions["undrawer"].db.close()


@pytest.fixture
def both(app: "APIFlask", at_home: Config) -> Iterator[tuple[str, int]]:
    """Run the app by HTTPS and the page of trust beside it; give the page's address and the app's port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(at_home.certificates / "server.pem", at_home.certificates / "server.key")
    secure = make_server("127.0.0.1", 0, at_once(app), threaded=True, ssl_context=context)
    page_of_trust = create_trust_app(replace(at_home, port=secure.server_port))
    plain = make_server("127.0.0.1", 0, at_once(page_of_trust), threaded=True)
    threads = [Thread(target=server.serve_forever) for server in (secure, plain)]
    for thread in threads:
        thread.start()
    yield f"http://localhost:{plain.server_port}", secure.server_port
    for server, thread in zip((secure, plain), threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


def public_key(folder: Path) -> str:
    """What Chromium's flag names a certificate by that it is to trust."""
    from base64 import b64encode

    certificate = x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())
    encoded, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    digest = hashes.Hash(hashes.SHA256())
    digest.update(certificate.public_key().public_bytes(encoded, form))
    return b64encode(digest.finalize()).decode()


def opened(playwright: Playwright, *more: str, **look: Any) -> Page:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, *more])
    return browser.new_context(locale="es-ES", **look).new_page()


def test_the_page_sees_when_the_phone_trusts_and_takes_the_sign_in_along(
    playwright: Playwright, both: tuple[str, int], at_home: Config
) -> None:
    address, port = both
    page = opened(playwright, f"--ignore-certificate-errors-spki-list={public_key(at_home.certificates)}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/trust#one-secret")
    page.get_by_text("Hecho: este dispositivo confía en Undrawer.").wait_for()
    assert (
        page.get_by_role("link", name="Abrir Undrawer").get_attribute("href")
        == f"https://localhost:{port}/sign-in/one-secret"
    )
    assert not [url for url in asked if "secret" in url.partition("#")[0]]
    page.get_by_role("link", name="Abrir Undrawer").click()
    page.wait_for_url(re.compile("^https:"))
    assert page.evaluate("isSecureContext && 'mediaDevices' in navigator && 'serviceWorker' in navigator")
    assert page.context.browser
    page.context.browser.close()


@pytest.mark.parametrize("look", [{"viewport": NARROW_AT_TWICE}, {"color_scheme": "dark"}], ids=["twice", "dark"])
def test_it_is_for_everybody(playwright: Playwright, both: tuple[str, int], look: dict[str, Any]) -> None:
    page = opened(playwright, **look)
    page.goto(f"{both[0]}/trust")
    page.get_by_text("todavía no confía").wait_for()
    for fold in page.locator("main details").all():
        fold.evaluate("fold => fold.removeAttribute('name') || (fold.open = true)")
    assert faults_of(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert page.context.browser
    page.context.browser.close()

"""The pages of coming in that others do not reach: axe finds nothing, and no text scrolls sideways at twice its size."""

import re
from dataclasses import replace

import pyotp
import pytest
from apiflask import APIFlask
from playwright.sync_api import Page

from service.config import Config
from service.domain.entering.passkey import NewPasskey
from service.domain.entering.provider import Provider
from service.domain.reaching.mail import Security, Server
from service.storage.accounts import Account
from service.storage.entering import invitations, passkeys
from service.web.parts import Parts
from tests.pages.conftest import PHONE, Enter
from tests.pages.test_looks import NARROW_AT_TWICE, faults_in_both_lights, open_folds

pytestmark = pytest.mark.browser


@pytest.fixture
def config(config: Config) -> Config:
    """With every way in that there is."""
    firm = Provider(issuer="http://127.0.0.1:9", client_id="undrawer", client_secret="", name="Nortek Sistemas")
    mail = {"mail_server": Server("127.0.0.1", 9, Security.NONE), "mail_from": "undrawer@cards.example"}
    return replace(config, sign_up="open", provider=firm, **mail)  # type: ignore[arg-type] # as they are named


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page as it stands, at its size and at twice its size."""
    faults = faults_in_both_lights(page)
    page.set_viewport_size(NARROW_AT_TWICE)  # type: ignore[arg-type] # a dict of two numbers
    open_folds(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append(f"{page.url} scrolls sideways")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return faults


def test_axe_finds_nothing_in_any_way_of_coming_in(enter: Enter, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        invitation = invitations.make(tx, owner=ana.id, name="Carla")
        new = NewPasskey(credential_id="x", public_key="x", sign_count=0, synced=True)
        passkeys.add(tx, owner=ana.id, name="Móvil de Ana", new=new)
    page = enter("/settings/access", language="es-ES")
    faults = looked_at(page)
    page.get_by_role("button", name="Configurar el segundo factor").click()
    page.wait_for_url("**/settings/access/second")
    faults += looked_at(page)
    secret = re.search(r"[A-Z2-7]{32}", page.locator("main").inner_text())
    assert secret
    page.get_by_label("¿Qué muestra la aplicación?").fill(pyotp.TOTP(secret[0]).now())
    page.get_by_role("button", name="Activarlo").click()
    page.get_by_role("heading", name="Códigos de recuperación").wait_for()
    faults += looked_at(page)
    page.goto("/settings/invitations")
    page.get_by_label("¿Para quién?").fill("Diego")
    page.get_by_role("button", name="Crear una invitación").click()
    page.get_by_role("heading", name="Diego").wait_for()
    faults += looked_at(page)
    for path in ("/settings/access/prove", "/settings/access"):
        page.goto(path)
        faults += looked_at(page)
    page.context.clear_cookies()
    for path in ("/sign-in", "/sign-up", f"/join/{invitation}"):
        page.goto(path)
        faults += looked_at(page)
    page.goto("/sign-in")
    page.get_by_label("Correo").first.fill("ana@example.com")
    page.get_by_label("Contraseña").fill("cien tarjetas")
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_url("**/sign-in/code")
    faults += looked_at(page)
    assert faults == []

"""Passkeys with a real browser and its virtual authenticator: made, shown without a name, refused when copied, removed."""

import re
from dataclasses import replace

import pytest
from apiflask import APIFlask
from playwright.sync_api import CDPSession, Page, expect

from service.config import Config
from service.storage.accounts import Account
from service.storage.entering import passkeys, record
from service.storage.entering.entering_tables import passkeys as rows
from service.storage.entering.record import What
from service.storage.tables import sessions as session_rows
from service.web.parts import Parts
from tests.pages.conftest import Enter, Visit

pytestmark = pytest.mark.browser

PAGE = "/settings/access"


@pytest.fixture
def config(config: Config) -> Config:
    return replace(config, public_url="")


@pytest.fixture
def address(address: str) -> str:
    """By a name, which passkeys are bound to; browsers take this one for secure."""
    return address.replace("127.0.0.1", "localhost")


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that keeps passkeys and knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    answer = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return session, str(answer["authenticatorId"])


@pytest.fixture
def at_home(enter: Enter) -> tuple[Page, CDPSession, str]:
    """Give Ana's browser with a passkey in it."""
    page = enter(PAGE)
    session, id_ = with_authenticator(page)
    add(page, "Móvil de Ana")
    return page, session, id_


def add(page: Page, name: str) -> None:
    page.get_by_label("Its name").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey signs you in from now on.").wait_for()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in")


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_the_whole_way_added_shown_without_a_name_and_removed(
    at_home: tuple[Page, CDPSession, str], visit: Visit, found: Parts, ana: Account
) -> None:
    page, *_ = at_home
    row = page.locator("li", has_text="Móvil de Ana").first
    row.get_by_text("not used yet").wait_for()
    page.get_by_label("Its name").fill("Otra vez")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("No passkey was made.").wait_for()  # this device has one
    sign_out(page)
    sign_in(page)
    page.wait_for_url(visit.address + "/")
    page.goto(PAGE)
    row.get_by_text("last used").wait_for()
    with found.db.reading() as tx:
        [kept] = passkeys.of(tx, owner=ana.id)
        done = [line.what for line in record.page(tx, owner=ana.id).rows]
    assert kept.sign_count > 0
    assert {What.SIGNED_IN, What.PASSKEY_ADDED} <= set(done)
    row.get_by_role("button", name="Remove Móvil de Ana").click()
    page.get_by_text("opens nothing any more").wait_for()
    sign_out(page)
    sign_in(page)
    page.get_by_text("This passkey was not accepted.").wait_for()
    visit.forgive("422")


def test_a_copied_passkey_is_refused_and_its_owner_is_told(
    at_home: tuple[Page, CDPSession, str], visit: Visit, found: Parts, ana: Account
) -> None:
    page, *_ = at_home
    with found.db.transaction() as tx:  # as if somebody else had used a copy of it since
        tx.execute(rows.update().values(sign_count=1000))
    sign_out(page)
    sign_in(page)
    page.get_by_text("This passkey was not accepted.").wait_for()
    visit.forgive("422")
    with found.db.reading() as tx:
        assert record.page(tx, owner=ana.id).rows[0].what is What.REFUSED


def test_an_answer_is_good_once(at_home: tuple[Page, CDPSession, str], visit: Visit) -> None:
    page, *_ = at_home
    sign_out(page)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or "") if asked.url.endswith("/passkey") else None)
    sign_in(page)
    page.wait_for_url(visit.address + "/")
    (answer,) = sent
    assert "answer=" in answer
    sign_out(page)
    again = page.request.post(
        "/sign-in/passkey", data=answer, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert again.status in {400, 404, 422}  # another browser was never asked this


def test_an_old_session_shows_its_passkey_before_a_key_is_made(
    at_home: tuple[Page, CDPSession, str], visit: Visit, found: Parts
) -> None:
    page, *_ = at_home
    with found.db.transaction() as tx:
        tx.execute(session_rows.update().values(proved_at=None))
    page.goto(PAGE)
    page.get_by_text("Make a key", exact=True).click()
    page.get_by_label("What will use it?").fill("script")
    page.get_by_role("button", name="Make the key").click()
    page.wait_for_url(re.compile("/settings/access/prove"))
    page.get_by_role("button", name="Show my passkey").click()
    page.wait_for_url(visit.address + PAGE)
    page.get_by_text("Now it can be done.").wait_for()
    expect(page.get_by_label("What will use it?")).to_have_value("script")
    page.get_by_role("button", name="Make the key").click()
    page.get_by_text("This key is shown once.").wait_for()

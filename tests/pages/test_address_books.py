"""Connecting a device: its password is shown once, its profile holds it, and taking it back ends it."""

import plistlib
import re
from datetime import UTC, datetime, timedelta

from apiflask import APIFlask

from service.domain.entering import signed
from service.domain.reaching.device_profile import Access, profile
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.dav import app_passwords
from tests.pages.conftest import Enter, Visit


def test_a_password_is_made_shown_once_and_taken_back(enter: Enter, app: APIFlask, ana: Account) -> None:
    page = enter("/settings/address-book")
    page.get_by_label("Name of the device").fill("My phone")
    page.get_by_role("button", name="Connect a device").click()
    secret = page.locator(".secret").inner_text()
    with app.extensions["undrawer"].db.reading() as tx:
        found = app_passwords.owner_of(tx, secret)
    assert found
    assert found.id == ana.id
    page.get_by_role("link", name="Done").click()
    assert "not used yet" in page.locator("main").inner_text()
    assert secret not in page.content()
    page.get_by_role("button", name="Disconnect My phone").click()
    assert "My phone is disconnected" in page.locator("main").inner_text()
    with app.extensions["undrawer"].db.reading() as tx:
        assert app_passwords.owner_of(tx, secret) is None


def test_the_profile_of_an_iphone_has_all_that_is_asked_for(enter: Enter, ana: Account) -> None:
    page = enter("/settings/address-book", language="es-ES")
    page.get_by_label("Nombre del dispositivo").fill("Mi iPhone")
    page.get_by_role("button", name="Conectar un dispositivo").click()
    secret = page.locator(".secret").inner_text()
    page.locator("details:has-text('iPhone') summary").first.click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Descargar el perfil").first.click()
    said = plistlib.loads(started.value.path().read_bytes())
    contacts, calendar = said["PayloadContent"]
    assert contacts["PayloadType"] == "com.apple.carddav.account"
    assert calendar["PayloadType"] == "com.apple.caldav.account"
    assert (contacts["CardDAVUsername"], contacts["CardDAVPassword"]) == ("ana@example.com", secret)
    assert contacts["CardDAVPrincipalURL"] == f"/dav/{ana.id}/"


def test_a_link_gives_an_iphone_a_password_of_its_own_and_works_once(visit: Visit, app: APIFlask, ana: Account) -> None:
    until = datetime.now(tz=UTC) + timedelta(minutes=5)
    token = signed.sign(app.extensions["undrawer"].config.signing_keys, "device", {"owner": ana.id}, until)
    page = visit.open()
    page.goto(f"/phone/{token}")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the profile").click()
    said = plistlib.loads(started.value.path().read_bytes())
    with app.extensions["undrawer"].db.reading() as tx:
        found = app_passwords.owner_of(tx, said["PayloadContent"][0]["CardDAVPassword"])
    assert found
    assert found.id == ana.id
    page.get_by_role("button", name="Download the profile").click()
    page.wait_for_function("document.body.innerText.includes('used already')")
    visit.forgive("Failed to load resource")


def test_circles_are_offered_where_they_are_wanted_without_script_too(
    enter: Enter, app: APIFlask, ana: Account
) -> None:
    page = enter("/settings/address-book", script=False)
    page.get_by_role("switch").check()
    page.get_by_role("button", name="Save").click()
    with app.extensions["undrawer"].db.reading() as tx:
        assert app_passwords.wants_circles(tx, owner=ana.id)


def test_somebody_elses_password_gives_no_profile(app: APIFlask, ana: Account, enter: Enter) -> None:
    with app.extensions["undrawer"].db.transaction() as tx:
        other = accounts.create(tx, name="Bruno")
        _, secret = app_passwords.make(tx, owner=other.id, name="his")
    page = enter("/settings/address-book")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.content())
    assert token
    answer = page.request.post(
        "/settings/address-book/profile", form={"csrf_token": token[1], "secret": secret}, headers={"Referer": page.url}
    )
    assert answer.status == 422


def test_a_second_profile_takes_the_place_of_the_first() -> None:
    first, second = (
        plistlib.loads(profile(Access("https://cards.example", "id", "ana", secret), description="d"))
        for secret in ("one", "two")
    )
    assert first["PayloadUUID"] == second["PayloadUUID"]
    assert first["PayloadContent"][0]["CardDAVPort"] == 443
    assert first["PayloadContent"][0]["PayloadUUID"] != first["PayloadContent"][1]["PayloadUUID"]

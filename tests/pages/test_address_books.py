"""Connecting a device: its password is shown once, its profile holds it, and taking it back ends it."""

import plistlib
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
import zxingcpp
from apiflask import APIFlask
from PIL import Image
from playwright.sync_api import expect

from service.domain.entering import signed
from service.domain.reaching.device_profile import Access, profile
from service.storage import accounts, sessions
from service.storage.accounts import Account
from service.storage.dav import app_passwords
from tests.pages.coming_in import browser, post, signed_in
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
    expect(page.locator("main")).to_contain_text("not used yet")
    page.wait_for_load_state()
    assert secret not in page.content()
    page.get_by_role("button", name="Disconnect My phone").click()
    expect(page.locator("main")).to_contain_text("My phone is disconnected")
    with app.extensions["undrawer"].db.reading() as tx:
        assert app_passwords.owner_of(tx, secret) is None


def test_each_system_has_its_steps_and_a_phone_reads_the_codes(enter: Enter) -> None:
    page = enter("/settings/address-book")
    page.get_by_label("Name of the device").fill("My phone")
    page.get_by_role("button", name="Connect a device").click()
    secret, systems = page.locator(".secret").inner_text(), page.locator("details.system")
    expect(systems).to_have_count(len(("iPhone", "Android", "Mac", "Thunderbird")))
    page.wait_for_load_state()
    read = []
    for system in systems.all():
        if system.get_attribute("open") is None:
            system.locator("summary").click()
        assert system.locator("ol li").count() > 1
        read += [code_in(drawing.screenshot()) for drawing in system.locator(".code svg").all()]
    for_iphone, for_davx = read
    assert for_iphone.startswith(page.url.partition("/settings")[0])
    assert secret not in for_iphone
    place = page.url.partition("://")[2].partition("/")[0]
    assert unquote(for_davx) == f"carddav://ana@example.com:{secret}@{place}/dav/"


def code_in(picture: bytes) -> str:
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(picture)).convert("L"))
    return str(found.text)


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
    with app.extensions["undrawer"].db.transaction() as tx:
        made_in = sessions.hash_of(sessions.start(tx, owner=ana.id, user_agent="computer"))
    said_by_it = {"owner": ana.id, "session": made_in, "days": None}
    token = signed.sign(app.extensions["undrawer"].config.signing_keys, "device", said_by_it, until)
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
    expect(page.get_by_text("used already")).to_be_visible()
    visit.forgive("Failed to load resource")


def test_a_link_ends_with_the_session_that_made_it(
    app: APIFlask, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was let in wrongly leaves no door ajar: neither a new password nor the first mail answered leaves a session."""
    drawn, found = list[str](), app.extensions["undrawer"]

    def code(text: str) -> str:
        drawn.append(text)
        return ""

    monkeypatch.setattr("service.web.pages.reaching.address_books.code", code)
    client, phone, page = signed_in(app, found, ana), browser(app), "/settings/address-book"
    assert post(client, page, form=page, name="Phone", days="30").status_code == 200
    link = next(text for text in drawn if "/phone/" in text).removeprefix("http://localhost")
    assert post(phone, link, form=link).mimetype == "application/x-apple-aspen-config"
    with found.db.reading() as tx:
        assert [bool(one.expires_at) for one in app_passwords.page(tx, owner=ana.id)] == [True, True]
    post(client, page, form=page, name="Tablet")
    other = drawn[-1].removeprefix("http://localhost")
    assert phone.get(other).status_code == 200
    post(client, "/sign-out", form=page)
    assert phone.get(other).status_code == 410
    assert phone.post(other, data={"csrf_token": "none"}).status_code in {400, 410}
    with found.db.reading() as tx:
        assert len(app_passwords.page(tx, owner=ana.id)) == 3


def test_the_way_back_leads_to_the_settings(enter: Enter) -> None:
    page = enter("/settings/address-book", language="es-ES")
    page.get_by_role("link", name="Volver a los ajustes").click()
    expect(page).to_have_url(re.compile("/settings$"))


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

"""Notices on a phone: asked for by a tap, shown as they come, and a tap on one opens Today."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from playwright.sync_api import Page, Playwright, Worker, expect

from service.config import Config
from service.domain.reaching import vapid
from service.storage.accounts import Account
from service.storage.reaching import devices
from service.storage.reaching.devices import Device
from service.web import create_app
from tests.api.asking import person
from tests.pages.capturing import Phone, ready
from tests.pages.conftest import FLAGS, Enter
from tests.push_service import Browser

pytestmark = pytest.mark.browser

PRETEND = """([endpoint, p256dh, auth]) => {
  // A browser of a test has no push service of its own; all but the address that it would give is real.
  window.asked = 0;
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => { window.asked += 1; return ask(); };
  const kept = () => JSON.parse(localStorage.getItem('subscribed') ?? 'null');
  const made = ({ key }) => ({
    endpoint,
    options: { applicationServerKey: new Uint8Array(key).buffer },
    toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }),
    unsubscribe: async () => { localStorage.removeItem('subscribed'); return true; },
  });
  PushManager.prototype.getSubscription = async () => (kept() ? made(kept()) : null);
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly) throw new Error('refused');
    localStorage.setItem('subscribed', JSON.stringify({ key: [...new Uint8Array(applicationServerKey)] }));
    return made(kept());
  };
}"""
ENDPOINT = "https://push.example/send/abc"


@pytest.fixture
def phone(playwright: Playwright, address: str, tmp_path: Path) -> Iterator[Phone]:
    carried = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", address, FLAGS)
    yield carried
    carried.end()


@pytest.fixture
def signed_in(phone: Phone, enter: Enter) -> Page:
    """Give a phone that may show notices, and whose service worker is at work."""
    page = phone.start()
    page.context.grant_permissions(["notifications"])
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    page.evaluate("async () => (await navigator.serviceWorker.ready).active.state")
    return page


def kept(app: APIFlask, ana: Account) -> list[Device]:
    with app.extensions["undrawer"].db.reading() as tx:
        return devices.of(tx, owner=ana.id)


def pretending(page: Page) -> None:
    browser = Browser()
    to = browser.subscription(ENDPOINT)
    page.add_init_script(f"({PRETEND})({[to.endpoint, to.p256dh, to.auth]!r})")


def state(page: Page, wanted: str) -> None:
    expect(page.locator("[data-push]")).to_have_attribute("data-state", wanted)


def test_a_tap_turns_notices_on_and_another_removes_them(signed_in: Page, app: APIFlask, ana: Account) -> None:
    page = signed_in
    pretending(page)
    page.goto("/devices")
    state(page, "off")
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Turn on notices here").click()
    expect(page.get_by_text("This device is told.")).to_be_visible()
    (device,) = kept(app, ana)
    assert (device.subscription.endpoint, device.names) == (ENDPOINT, False)
    assert device.name.endswith("Chrome")
    expect(page.get_by_text("this one")).to_be_visible()
    page.locator("[data-device] summary").click()
    page.get_by_label("What do you call it?").fill("Mi móvil")
    page.get_by_label("Names on the locked screen").check()
    page.locator("[data-device]").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Mi móvil")).to_be_visible()
    assert kept(app, ana)[0].names
    expect(page.locator("body")).to_have_attribute("data-ready", "push")  # without its script only the server forgets
    page.locator("[data-device] summary").click()
    page.get_by_role("button", name="Remove: Mi móvil").click()
    state(page, "off")
    assert kept(app, ana) == []
    assert page.evaluate("localStorage.getItem('subscribed')") is None


HEAR = """() => {
  // What a system shows is its own affair; what it was asked to show is ours.
  self.shown = [];
  ServiceWorkerRegistration.prototype.showNotification = async (title, { body, tag, lang, data }) => {
    self.shown.push({ title, body, tag, lang, data });
  };
  WindowClient.prototype.focus = async function () { return this; };
}"""
TAP = """() => {
  const notification = { close: () => {}, data: { url: '/today' } };
  const tap = Object.assign(new ExtendableEvent('notificationclick'), { notification });
  Object.defineProperty(tap, 'waitUntil', { value: () => {} });
  self.dispatchEvent(tap);
}"""


@pytest.fixture
def worker(signed_in: Page) -> Worker:
    """Give the service worker, which says what it shows."""
    while not signed_in.context.service_workers:
        signed_in.wait_for_timeout(20)
    (worker,) = signed_in.context.service_workers
    worker.evaluate(HEAR)
    return worker


def deliver(page: Page, data: str) -> None:
    devtools = page.context.new_cdp_session(page)
    told: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: told.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    while not told:
        page.wait_for_timeout(20)
    origin = page.evaluate("location.origin")
    devtools.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": told[0], "data": data})


def shown(page: Page, worker: Worker) -> dict[str, Any]:
    while not worker.evaluate("self.shown.length"):
        page.wait_for_timeout(20)
    told: dict[str, Any] = worker.evaluate("self.shown[0]")
    return told


def test_a_push_is_shown_as_it_was_written(signed_in: Page, worker: Worker) -> None:
    data = '{"title": "Hoy te toca cumplir una promesa", "body": "Ábrelo.", "tag": "day:2027-01-08", "lang": "es"}'
    deliver(signed_in, data)
    said = {"title": "Hoy te toca cumplir una promesa", "body": "Ábrelo.", "tag": "day:2027-01-08", "lang": "es"}
    assert shown(signed_in, worker) == {**said, "data": {"url": "/today"}}


def test_a_push_that_cannot_be_read_is_shown_all_the_same(signed_in: Page, worker: Worker) -> None:
    deliver(signed_in, "no JSON")
    assert shown(signed_in, worker)["title"] == "Undrawer"


def test_a_tap_on_a_notice_opens_today(signed_in: Page, worker: Worker) -> None:
    signed_in.goto("/settings")
    worker.evaluate(TAP)
    signed_in.wait_for_url("**/today")


def test_over_plain_http_it_says_what_is_missing(
    playwright: Playwright, address: str, tmp_path: Path, enter: Enter
) -> None:
    away = address.replace("127.0.0.1", "undrawer.test")
    flags = [*FLAGS, "--host-resolver-rules=MAP undrawer.test 127.0.0.1"]
    phone = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", away, flags)
    page = phone.start()
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    page.goto("/devices")
    state(page, "insecure")
    expect(page.get_by_text("Notices need HTTPS.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on notices here")).to_be_hidden()
    phone.end()


def test_where_the_browser_blocks_them_it_says_so(enter: Enter) -> None:
    page = enter()
    page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    page.goto("/devices")
    state(page, "denied")
    expect(page.get_by_text("blocked in the browser")).to_be_visible()


def test_without_scripts_the_hour_can_be_kept_and_devices_removed(enter: Enter, app: APIFlask, ana: Account) -> None:
    with app.extensions["undrawer"].db.transaction() as tx:
        devices.subscribe(tx, owner=ana.id, subscription=Browser().subscription(ENDPOINT), name="Android")
    page = enter("/devices", script=False, language="es-ES")
    page.locator("input[name=at]").fill("07:45")
    page.get_by_label("Lo primero del día").uncheck()
    page.get_by_role("button", name="Guardar").first.click()
    expect(page.locator("input[name=at]")).to_have_value("07:45")
    page.locator("[data-device] summary").click()
    page.get_by_role("button", name="Quitar: Android").click()
    expect(page.get_by_text("Ninguno todavía.")).to_be_visible()


def test_programs_find_the_key_and_the_devices(app: APIFlask, config: Config) -> None:
    bruno = person(app, "Bruno Lima")
    to = Browser().subscription(ENDPOINT)
    given = {"endpoint": to.endpoint, "expirationTime": None, "keys": {"p256dh": to.p256dh, "auth": to.auth}}
    made = bruno.ask("POST", "/devices", json={**given, "name": "Mi móvil"})
    assert (made.status_code, made.json["name"]) == (201, "Mi móvil")
    assert bruno.ask("POST", "/devices", json=given).json["id"] == made.json["id"]
    listed = bruno.ask("GET", "/devices").json
    assert listed["key"] == vapid.public_key(config.push_key)
    assert [one["id"] for one in listed["devices"]] == [made.json["id"]]
    assert to.endpoint not in str(listed)
    inside = {**given, "endpoint": "https://10.0.0.7/x"}
    assert bruno.ask("POST", "/devices", json=inside).json["code"] == "device_address"
    path = f"/devices/{made.json['id']}"
    assert person(app, "Eva Sanz").ask("DELETE", path).status_code == 404
    assert [bruno.ask("DELETE", path).status_code for _ in range(2)] == [204, 404]


def test_a_house_may_have_its_own_push_service(config: Config) -> None:
    app = create_app(replace(config, push_at_home=True))
    to = Browser().subscription("http://192.168.1.7/x")
    given = {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}
    assert person(app, "Bruno Lima").ask("POST", "/devices", json=given).status_code == 201
    app.extensions["undrawer"].db.close()


def test_no_page_and_no_worker_asks_by_itself() -> None:
    scripts = (Path(__file__).parents[2] / "service" / "web" / "static" / "js").glob("*.js")
    asking = {path.name for path in scripts if re.search("requestPermission", path.read_text(encoding="utf-8"))}
    assert asking == {"push.js"}

"""An app on the home screen: installable, there without a network, and a place to share photos to."""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import Page, Playwright, expect

from service.storage.accounts import Account
from tests.pages.capturing import Phone, at_work, choose, photo, photos, queue_is, ready
from tests.pages.conftest import FLAGS, Enter
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser

SHARE = """(photos) => {
  const form = Object.assign(document.createElement('form'), {method: 'POST', action: '/share', enctype: 'multipart/form-data'});
  const input = Object.assign(document.createElement('input'), {type: 'file', name: 'photo', multiple: true});
  const kept = new DataTransfer();
  for (const [name, bytes] of photos) kept.items.add(new File([new Uint8Array(bytes)], name));
  input.files = kept.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def phone(playwright: Playwright, address: str, tmp_path: Path) -> Iterator[Phone]:
    carried = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", address, FLAGS)
    yield carried
    carried.end()


@pytest.fixture
def scan(phone: Phone, enter: Enter) -> Page:
    """Give the Scan page of a signed-in phone whose service worker is at work."""
    page = phone.start()
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    page.evaluate("async () => (await navigator.serviceWorker.ready).active.state")
    at_work(page)
    return page


def test_it_can_be_installed(scan: Page) -> None:
    devtools = scan.context.new_cdp_session(scan)
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert devtools.send("Page.getAppManifest")["errors"] == []


def test_without_a_network_photos_can_still_be_taken_and_go_later(scan: Page, keeper: Keeper, tmp_path: Path) -> None:
    kept = scan.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline"]
    scan.context.set_offline(True)
    scan.goto("/contacts")
    expect(scan.get_by_role("heading", name="No connection")).to_be_visible()
    ready(scan)
    choose(scan, photos(tmp_path, 2))
    queue_is(scan, "offline", 2)
    scan.context.set_offline(False)
    expect(scan.get_by_role("heading", name="Drawer")).to_be_visible()
    assert len(keeper.photos()) == 2
    assert "ana" not in scan.request.get("/offline").text().lower()


def test_the_page_without_a_network_gives_way_though_it_has_nothing_to_send(scan: Page) -> None:
    """Also where the service worker has sent what waited, before the page could."""
    scan.context.set_offline(True)
    scan.goto("/contacts")
    ready(scan)
    queue_is(scan, "offline", 0)
    scan.context.set_offline(False)
    expect(scan.get_by_role("heading", name="Drawer")).to_be_visible()


def test_photos_shared_from_the_gallery_are_kept_before_the_page_opens(scan: Page, keeper: Keeper) -> None:
    scan.context.set_offline(True)
    shared = [["IMG_1.jpg", list(photo(1))], ["IMG_2.heic", list(photo(2))], ["notes.txt", [1, 2]]]
    scan.evaluate(SHARE, shared)
    scan.wait_for_url(re.compile(r"/(\?shared=2)?$"))
    queue_is(scan, "offline", 2)
    scan.context.set_offline(False)
    expect(scan.locator("[data-photo]")).to_have_count(2)
    assert {kept.name for kept in keeper.photos()} == {"IMG_1.jpg", "IMG_2.heic"}


def test_the_browser_may_send_when_no_page_is_open(scan: Page, keeper: Keeper, tmp_path: Path) -> None:
    workers = scan.context.new_cdp_session(scan)
    registered: list[str] = []
    workers.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registered.extend(one["registrationId"] for one in told["registrations"]),
    )
    workers.send("ServiceWorker.enable")
    scan.context.set_offline(True)
    choose(scan, photos(tmp_path, 2))
    queue_is(scan, "offline", 2)
    origin = scan.evaluate("location.origin")
    scan.goto("about:blank")  # both wait when the last page of ours is left: whoever sends them now is no page
    scan.context.set_offline(False)
    event = {"origin": origin, "registrationId": registered[0], "tag": "send", "lastChance": False}
    while len(keeper.photos()) < 2:  # a browser comes again when the event failed: the network may not be back at once
        workers.send("ServiceWorker.dispatchSyncEvent", event)
        scan.wait_for_timeout(500)


def test_plain_http_lacks_the_camera_and_says_so_and_loses_nothing(
    playwright: Playwright, address: str, tmp_path: Path, enter: Enter, keeper: Keeper
) -> None:
    """As on a phone that reaches the house's own machine by a bare address."""
    away = address.replace("127.0.0.1", "undrawer.test")
    flags = [*FLAGS, "--host-resolver-rules=MAP undrawer.test 127.0.0.1"]
    phone = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", away, flags)
    page = phone.start()
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    assert not page.evaluate("isSecureContext")
    expect(page.get_by_text("Over plain http the phone's own camera takes the photos.")).to_be_visible()
    expect(page.get_by_text("Photograph a card")).to_be_visible()
    choose(page, photos(tmp_path, 2))
    expect(page.locator("[data-photo]")).to_have_count(2)
    queue_is(page, "idle", 0)
    phone.end()
    assert len(keeper.photos()) == 2


def test_a_share_without_the_worker_goes_to_the_server(app: APIFlask, ana: Account, enter: Enter) -> None:
    client = app.test_client()
    shared = {"photo": (BytesIO(photo(1)), "IMG_1.jpg")}
    assert client.post("/share", data=shared).headers["Location"] == "/sign-in"
    link = enter.link()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(link).text)
    assert token
    client.post(link, data={"csrf_token": token[1]})
    foreign = {"Sec-Fetch-Site": "cross-site"}
    photo_again = {"photo": (BytesIO(photo(1)), "IMG_1.jpg")}
    assert client.post("/share", data=photo_again, headers=foreign).status_code == 403
    photo_again = {"photo": (BytesIO(photo(1)), "IMG_1.jpg")}
    assert client.post("/share", data=photo_again).headers["Location"] == "/"
    assert "1 photo is safe here" in client.get("/").text


def test_the_manifest_speaks_the_language_asked_for(app: APIFlask) -> None:
    told = app.test_client().get("/manifest.webmanifest", headers={"Accept-Language": "es-MX"}).get_json(force=True)
    assert told["lang"] == "es"
    assert {one["name"]: one["url"] for one in told["shortcuts"]} == {"Escanear": "/?camera=1", "Hoy": "/today"}


def test_static_files_are_kept_for_good_and_pages_are_not(app: APIFlask) -> None:
    client = app.test_client()
    style = re.search(r'href="(/static/[0-9a-f]{12}/css/tokens\.css)"', client.get("/sign-in").text)
    assert style
    with client.get(style[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert "no-cache" in client.get("/offline").headers["Cache-Control"]

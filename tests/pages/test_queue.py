"""No photo is lost: kept on the phone first, sent when it can be, forgotten only when the server has it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import Page, Playwright, expect

from service.storage.accounts import Account
from tests.pages.capturing import Faults, Phone, choose, module, photos, queue_is, ready
from tests.pages.conftest import FLAGS, Enter, Visit
from tests.pages.keeping import Keeper

pytestmark = pytest.mark.browser


@pytest.fixture
def faults(app: APIFlask) -> Faults:
    standing = Faults(app.wsgi_app)
    app.wsgi_app = standing  # type: ignore[assignment] # the place for what stands before an application
    return standing


@pytest.fixture
def phone(playwright: Playwright, address: str, tmp_path: Path) -> Iterator[Phone]:
    carried = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", address, FLAGS)
    yield carried
    carried.end()


@pytest.fixture
def scan(enter: Enter) -> Page:
    """Give the Scan page, its script running."""
    page = enter()
    ready(page)
    return page


def sign_in(page: Page, enter: Enter) -> None:
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)


def test_thirty_photos_survive_a_flat_battery_and_arrive_once_each(
    faults: Faults, phone: Phone, enter: Enter, tmp_path: Path
) -> None:
    page = phone.start()
    sign_in(page, enter)
    phone.context.set_offline(True)
    choose(page, photos(tmp_path, 30))
    queue_is(page, "offline", 30)
    expect(page.get_by_text("30 photos are safe on this phone")).to_be_visible()
    faults.let_in = 12
    phone.context.set_offline(False)
    while len(faults.stored()) < 12:
        page.wait_for_timeout(20)
    phone.kill()
    assert len(faults.stored()) == 12
    faults.open_again()
    page = phone.start()
    sign_in(page, enter)  # the browser had not written its cookies yet
    queue_is(page, "idle", 0)
    assert len(faults.stored()) == len(set(faults.stored())) == 30
    assert faults.most_at_once <= 3


def test_a_server_in_trouble_costs_time_and_nothing_else(
    faults: Faults, scan: Page, enter: Enter, keeper: Keeper, tmp_path: Path
) -> None:
    faults.next = ["500", "429", "cut", "503"]
    choose(scan, photos(tmp_path, 5))
    expect(scan.locator("[data-photo]")).to_have_count(5)
    queue_is(scan, "idle", 0)
    assert len(keeper.photos()) == len(faults.stored()) == 5
    assert sum(count for (_, status), count in faults.answers.items() if status == "200") == 1  # the one that was cut
    enter.visit.forgive("Failed to load resource")


def test_what_the_server_refuses_waits_for_the_person(faults: Faults, scan: Page, enter: Enter, tmp_path: Path) -> None:
    faults.next = ["413"]
    choose(scan, photos(tmp_path, 1))
    row = scan.locator("[data-waiting][data-state=failed]")
    expect(row).to_contain_text("The server did not take this photo.")
    with scan.expect_download() as download:
        row.get_by_role("button", name="Save as a file").click()
    assert download.value.path().read_bytes() == (tmp_path / "card-0.jpg").read_bytes()
    row.get_by_role("button", name="Try again").click()
    expect(scan.locator("[data-photo]")).to_have_count(1)
    queue_is(scan, "idle", 0)
    enter.visit.forgive("status of 413")


def test_what_is_no_photo_is_not_sent_once_more(scan: Page, enter: Enter, tmp_path: Path) -> None:
    (tmp_path / "card.jpg").write_bytes(b"a list of guests")
    choose(scan, [tmp_path / "card.jpg"])
    row = scan.locator("[data-waiting][data-state=failed]")
    expect(row).to_contain_text("This is not a photo that can be read.")
    expect(row.get_by_role("button")).to_have_text(["Save as a file", "Discard"])
    expect(row.locator("img")).to_have_count(0)
    enter.visit.forgive("Failed to load resource")


def test_a_session_that_ended_pauses_and_drops_nothing(
    scan: Page, enter: Enter, keeper: Keeper, tmp_path: Path
) -> None:
    scan.context.clear_cookies()
    choose(scan, photos(tmp_path, 3))
    queue_is(scan, "paused", 3)
    expect(scan.get_by_text("You were signed out. 3 photos are safe on this phone")).to_be_visible()
    scan.get_by_role("link", name="Sign in").click()
    scan.get_by_label("E-mail").fill("ana@example.com")
    scan.get_by_label("Password").fill("cien tarjetas")
    scan.get_by_role("button", name="Sign in").click()
    expect(scan.locator("[data-photo]")).to_have_count(3)
    queue_is(scan, "idle", 0)
    assert len(keeper.photos()) == 3
    enter.visit.forgive("status of 401")


KEEP_ONE = """(store, row) => store.keep(
  {taken: 1, at: 0, state: "waiting", tries: 0, due: 0, type: "image/jpeg", gathering: "", note: "", ...row},
  new Uint8Array([255, 216, 255, 224]).buffer)"""


def test_nobody_sends_the_photos_of_someone_else(faults: Faults, scan: Page) -> None:
    row = {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "account": "someone-else", "name": "theirs.jpg"}
    module(scan, "store.js", KEEP_ONE, row)
    expect(scan.get_by_text("1 photo of someone else waits on this phone")).to_be_visible()
    scan.reload()
    queue_is(scan, "idle")
    assert not faults.answers
    assert module(scan, "store.js", "async (store) => (await store.list()).length") == 1


def test_the_server_refuses_a_photo_that_says_it_is_of_another_account(scan: Page, enter: Enter) -> None:
    told = scan.evaluate(
        """async () => (await fetch('/api/v1/photos/0f8fad5b-d9cb-469f-a165-70867728950e', {method: 'PUT', body: 'x',
          headers: {'X-Requested-With': 'undrawer', 'X-Account': 'someone-else'}})).json()"""
    )
    assert told["code"] == "other_account"
    enter.visit.forgive("status of 401")


def test_a_full_phone_says_so_and_what_it_kept_stays_whole(phone: Phone, enter: Enter, tmp_path: Path) -> None:
    page = phone.start()
    # Before the first write: the browser asks only now and then how much room is left.
    limit = {"origin": enter.visit.address, "quotaSize": 1_000_000}
    phone.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", limit)
    sign_in(page, enter)
    phone.context.set_offline(True)
    choose(page, photos(tmp_path, 2))
    queue_is(page, "offline", 2)
    big = tmp_path / "big.jpg"
    big.write_bytes((tmp_path / "card-0.jpg").read_bytes() + os.urandom(4_000_000))
    choose(page, [big])
    expect(page.get_by_text("This phone has no room left")).to_be_visible()
    kept = "async (store) => Promise.all((await store.list()).map(async (row) => [row.size, (await store.bytesOf(row.id)).byteLength]))"
    sizes = module(page, "store.js", kept)
    assert len(sizes) == 2
    assert all(size == length for size, length in sizes)


def test_every_write_waits_for_the_disk(scan: Page) -> None:
    scan.evaluate(
        """() => { window.seen = []; const real = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function (...given) {
            const tx = real.apply(this, given); window.seen.push([tx.mode, tx.durability]); return tx; }; }"""
    )
    row = {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "account": "x", "name": "a.jpg"}
    module(scan, "store.js", KEEP_ONE, row)
    module(scan, "store.js", "(store, id) => store.forget(id)", row["id"])
    writes = [durability for mode, durability in scan.evaluate("window.seen") if mode == "readwrite"]
    assert writes == ["strict", "strict"]


MEANINGS = {
    "kept": [200, 201],
    "offline": [0],
    "paused": [401],
    "later": [302, 400, 408, 425, 429, 500, 502, 503, 507],
    "failed": [403, 404, 409, 413, 415, 422],
}


def test_every_answer_means_one_thing(scan: Page) -> None:
    statuses = sorted(status for group in MEANINGS.values() for status in group)
    found = module(
        scan, "queue.js", "(queue, all) => all.map((status) => [queue.verdict(status).is, status])", statuses
    )
    assert {is_: [status for said, status in found if said == is_] for is_ in MEANINGS} == MEANINGS


def test_waits_grow_up_to_five_minutes_and_the_server_may_say_how_long(scan: Page) -> None:
    waits = module(scan, "queue.js", "(queue) => [0, 1, 2, 20].map((tries) => queue.pause(tries, 1))")
    assert waits == [1000, 2000, 4000, 300_000]
    asked = "(queue) => queue.verdict(429, {retryAfter: '7', tries: 9}).wait"
    assert module(scan, "queue.js", asked) == 7000


def test_a_browser_that_keeps_nothing_has_the_plain_form(visit: Visit, enter: Enter, ana: Account) -> None:
    page = enter()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }")
    page.reload()
    expect(page.get_by_role("button", name="Send")).to_be_visible()

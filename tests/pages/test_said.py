"""What is said at the shutter goes with the photo: where, a promise, a note aloud; once, and through every mishap."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import Page, Playwright, Route, expect

from service.domain.reading.card import Side
from service.storage.reading import cards, pairs
from tests.pages.capturing import (
    LOOKED_AGAIN,
    SEEN_BY_THE_TEST,
    Faults,
    Phone,
    arrived,
    by_hand,
    choose,
    module,
    on_disk,
    photos,
    queue_is,
    ready,
    until,
)
from tests.pages.conftest import FLAGS, Enter
from tests.pages.drawn import some_cards
from tests.pages.film import film
from tests.pages.keeping import Keeper
from tests.real_parts import PATIENCE_SECONDS, wait_until

pytestmark = pytest.mark.browser

FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def faults(app: APIFlask) -> Faults:
    standing = Faults(app.wsgi_app)
    app.wsgi_app = standing  # type: ignore[assignment] # the place for what stands before an application
    return standing


@pytest.fixture(scope="module")
def reel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("film") / "cards.mjpeg", 2)


@pytest.fixture
def phone(playwright: Playwright, address: str, tmp_path: Path, reel: Path) -> Iterator[Phone]:
    flags = [*FLAGS, *FAKE, f"--use-file-for-fake-video-capture={reel}"]
    carried = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", address, flags)
    yield carried
    carried.end()


def sign_in(page: Page, enter: Enter) -> Page:
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    return page


def fold(page: Page, name: str) -> None:
    page.locator("summary.chip", has_text=name).click()


def speak(page: Page) -> None:
    page.evaluate(SEEN_BY_THE_TEST)
    page.get_by_role("button", name="Speak a note").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    until(page, "() => { recorder.requestData(); return recorded > 1000; }")  # some tenths of a second
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Spoken note")).to_be_visible()


def test_what_was_said_survives_a_flat_battery_with_its_photo(
    phone: Phone, enter: Enter, keeper: Keeper, tmp_path: Path
) -> None:
    page = sign_in(phone.start(), enter)
    fold(page, "Where are you?")
    page.get_by_label("I'm at").fill("Feria de Bilbao")
    page.get_by_label("Place").fill("Hall 3")
    page.get_by_label("Day").fill("2026-03-04")
    fold(page, "Note")
    speak(page)
    tomorrow = [date.today() + timedelta(days=1)]  # noqa: DTZ011 - the phone's own calendar, which is this machine's
    page.get_by_role("button", name="an introduction").click()
    tomorrow.append(date.today() + timedelta(days=1))  # noqa: DTZ011 - and perhaps it is past midnight by now
    phone.context.set_offline(True)
    first, second = photos(tmp_path, 2)
    choose(page, [first])
    queue_is(page, "offline", 1)
    choose(page, [second])
    queue_is(page, "offline", 2)
    phone.kill()
    page = sign_in(phone.start(), enter)
    queue_is(page, "idle", 0)
    with_all, without = sorted(keeper.photos(), key=lambda photo: photo.name)
    assert (with_all.gathering, with_all.place, with_all.met_on) == ("Feria de Bilbao", "Hall 3", date(2026, 3, 4))
    assert with_all.promise == "an introduction"
    assert with_all.promise_on in tomorrow
    assert with_all.spoken_kind == "audio/webm"
    assert keeper.spoken(with_all).startswith(b"\x1a\x45\xdf\xa3")
    # Place and day stay until they are changed; note and promise were of one photo.
    assert (without.gathering, without.met_on) == ("Feria de Bilbao", date(2026, 3, 4))
    assert (without.note, without.promise, without.spoken) == ("", "", "")


ASKED_FOR_THE_MICROPHONE = """() => {
  let asked = 0;
  navigator.mediaDevices.getUserMedia = () => new Promise(() => { asked += 1; });
  const button = document.querySelector('[data-record]');
  button.click();
  button.click();
  return asked;
}"""


def test_a_second_tap_while_the_phone_asks_begins_no_second_recording(phone: Phone, enter: Enter) -> None:
    page = sign_in(phone.start(), enter)
    assert page.evaluate(ASKED_FOR_THE_MICROPHONE) == 1


def test_a_note_recorded_before_the_page_closed_is_there_again(phone: Phone, enter: Enter) -> None:
    page = sign_in(phone.start(), enter)
    fold(page, "Note")
    speak(page)
    page.reload()
    ready(page)
    fold(page, "Note")
    expect(page.get_by_label("Spoken note")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Speak a note")).to_be_visible()
    page.reload()
    ready(page)
    assert not page.locator("[data-heard]").is_visible()


def test_the_photo_leaves_the_phone_only_when_the_spoken_note_has_arrived_too(
    phone: Phone, enter: Enter, keeper: Keeper, faults: Faults, tmp_path: Path
) -> None:
    page = sign_in(phone.start(), enter)
    fold(page, "Note")
    speak(page)
    faults.next = ["", "500", "", "cut"]  # the photo, its note; both again, and the answer to the note is lost
    faults.let_in = 2
    choose(page, photos(tmp_path, 1))
    wait_until(lambda: faults.next == ["cut"], seconds=PATIENCE_SECONDS)  # the note was refused
    [photo] = keeper.photos()
    assert module(page, "store.js", f"async (store) => Boolean(await store.bytesOf('{photo.id}'))")
    expect(page.locator("[data-waiting][data-state]")).to_have_count(1)
    faults.open_again()
    queue_is(page, "idle", 0)
    [photo] = keeper.photos()
    assert keeper.spoken(photo).startswith(b"\x1a\x45\xdf\xa3")
    assert faults.answers["spoken-note", "200"] == 2
    left = "async (store) => [await store.bytesOf(ID), await store.spokenOf(ID)]".replace("ID", f"'{photo.id}'")
    assert module(page, "store.js", left) == [None, None]


def test_a_gathering_stays_until_it_is_changed_and_says_its_day(phone: Phone, enter: Enter) -> None:
    page = sign_in(phone.start(), enter)
    fold(page, "Where are you?")
    page.get_by_label("I'm at").fill("Feria de Bilbao")
    page.get_by_label("Day").fill("2026-03-04")
    on_disk(page, "gathering")
    page.reload()
    ready(page)
    fold(page, "Feria de Bilbao · 4 Mar")
    page.get_by_role("button", name="No gathering").click()
    expect(page.locator("summary.chip", has_text="Where are you?")).to_be_visible()


def test_what_is_typed_before_the_script_came_is_meant(enter: Enter) -> None:
    page = enter()
    ready(page)
    fold(page, "Where are you?")
    page.get_by_label("I'm at").fill("Feria de Bilbao")
    held: list[Route] = []
    page.route("**/js/photos.js", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function
    page.goto("/", wait_until="commit")
    fold(page, "Where are you?")
    page.get_by_label("I'm at").fill("Cámara de Vigo")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    ready(page)
    expect(page.locator("summary.chip", has_text="Cámara de Vigo")).to_be_visible()
    page.unroute_all()
    page.reload()
    ready(page)
    expect(page.get_by_label("I'm at")).to_have_value("Cámara de Vigo")


def test_a_back_taken_after_its_front_belongs_to_it(phone: Phone, enter: Enter, keeper: Keeper, app: APIFlask) -> None:
    page = sign_in(phone.start(), enter)
    by_hand(page)
    camera = page.get_by_role("dialog")
    shutter = camera.get_by_role("button", name="Take the photo")
    for at, side in enumerate(("Front", "Reverse", "Reverse"), start=1):
        camera.get_by_label(side).check()
        shutter.click()
        expect(camera).to_have_attribute("data-taken", str(at))
    page.keyboard.press("Escape")
    arrived(page, 3)
    kept = keeper.photos()
    # Where the line is slow, two go at once, and who arrives first is anybody's guess.
    [front] = [shot for shot in kept if shot.side is Side.FRONT]
    alone, back = sorted((shot for shot in kept if shot.side is Side.BACK), key=lambda shot: bool(shot.pair))
    assert (front.side, back.side, alone.side) == (Side.FRONT, Side.BACK, Side.BACK)
    assert (front.pair, back.pair, alone.pair) == (None, front.id, None)
    db = app.extensions["undrawer"].db
    found = some_cards()
    for photo, card in ((back, found[1]), (front, found[0])):
        with db.transaction() as tx:
            pairs.finish(tx, photo=photo, found=[card], pictures=[keeper.file(photo).name])
    with db.reading() as tx:
        [card_read] = cards.page(tx, owner=front.owner).rows
    assert card_read.back
    assert card_read.back.photo_id == back.id


TWO_SHOTS = """({ takeShot }, shots) =>
  Promise.all(shots.map(([side, bytes]) => takeShot(new Uint8Array(bytes).buffer, side)))"""


def test_of_two_quick_shots_the_second_has_no_note_and_knows_the_first(
    phone: Phone, enter: Enter, keeper: Keeper, tmp_path: Path
) -> None:
    page = sign_in(phone.start(), enter)
    fold(page, "Note")
    page.get_by_label("Note for the next photo").fill("Busca sensores")
    shots = [[side, list(file.read_bytes())] for side, file in zip(("front", "back"), photos(tmp_path, 2), strict=True)]
    assert module(page, "taking.js", TWO_SHOTS, shots) == [True, True]
    arrived(page, 2)
    kept = {shot.side: shot for shot in keeper.photos()}
    assert (kept[Side.FRONT].note, kept[Side.BACK].note) == ("Busca sensores", "")
    assert kept[Side.BACK].pair == kept[Side.FRONT].id


def test_nothing_is_shot_by_itself_while_one_types(phone: Phone, enter: Enter) -> None:
    page = sign_in(phone.start(), enter)
    page.get_by_role("button", name="Photograph cards").click()
    camera = page.get_by_role("dialog")
    camera.get_by_role("button", name="Note").click()
    page.evaluate(LOOKED_AGAIN)  # what was being shot is kept by then
    taken = camera.get_attribute("data-taken")
    page.wait_for_timeout(4500)  # both cards of the film
    assert camera.get_attribute("data-taken") == taken
    page.keyboard.press("Escape")  # closes the sheet, not the camera
    expect(camera.get_by_role("button", name="Take the photo")).to_be_visible()
    expect(camera).not_to_have_attribute("data-taken", taken or "0")


SHARES = """() => {
  window.shares = [];
  const note = () => {
    const bar = document.querySelector('[data-waiting] progress');
    if (bar?.checkVisibility()) shares.push(bar.value);
  };
  new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributeFilter: ['value']});
}"""
"""Notes each share that is shown, however soon it goes on."""


def test_a_slow_upload_says_how_far_it_is(phone: Phone, enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    page = sign_in(phone.start(), enter)
    slow = {"offline": False, "latency": 20, "downloadThroughput": 10**6, "uploadThroughput": 150_000}
    (tmp_path / "big.jpg").write_bytes(photos(tmp_path, 1)[0].read_bytes() + bytes(600_000))
    devtools = phone.context.new_cdp_session(page)
    devtools.send("Network.emulateNetworkConditions", slow)
    page.evaluate(SHARES)
    choose(page, [tmp_path / "big.jpg"])
    until(page, "shares.some((share) => 0 < share && share < 1)")
    queue_is(page, "idle", 0)
    expect(page.locator("[data-photo]")).to_have_count(1)
    assert len(keeper.photos()) == 1

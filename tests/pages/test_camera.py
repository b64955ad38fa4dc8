"""The camera in the page: a card is seen, outlined, shot once when it lies still, and kept."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from service.domain.reading.card import Side
from tests.pages.capturing import (
    LOOKED_AGAIN,
    SEEN_BY_THE_TEST,
    Phone,
    arrived,
    by_hand,
    module,
    on_disk,
    ready,
    taken,
    until,
)
from tests.pages.conftest import FLAGS, Enter, Visit
from tests.pages.film import CARD_FRAMES, DESK_FRAMES, HEIGHT, PLACES, WIDTH, cards, desk, film, lying
from tests.pages.keeping import Keeper
from tests.pages.test_looks import faults_of
from tests.pages.thirty import shoot

pytestmark = pytest.mark.browser

CARDS = 5
FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def reel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More cards than are shot: a slow machine may miss one, and is shown no card twice for it."""
    return film(tmp_path_factory.mktemp("film") / "cards.mjpeg", CARDS + 3)


@pytest.fixture
def phone(playwright: Playwright, address: str, tmp_path: Path, reel: Path) -> Iterator[Phone]:
    flags = [*FLAGS, *FAKE, f"--use-file-for-fake-video-capture={reel}"]
    carried = Phone(playwright, shutil.which("chromium") or "", tmp_path / "phone", address, flags)
    yield carried
    carried.end()


@pytest.fixture
def scan(phone: Phone, enter: Enter) -> Page:
    page = phone.start()
    page.goto(enter.link())
    page.locator("main form button").click()
    ready(page)
    return page


def test_cards_laid_down_one_after_the_other_are_shot_once_each(scan: Page, keeper: Keeper) -> None:
    shot = shoot(scan, CARDS)
    assert shot.cards == CARDS
    assert shot.whole * 30 > (CARDS - 2) * (CARD_FRAMES + DESK_FRAMES)  # sooner only if one had been shot twice
    expect(scan.locator("[data-photo]")).to_have_count(CARDS)
    kept = keeper.photos()
    assert len({photo.sha256 for photo in kept}) == len(kept) == CARDS
    assert all(photo.kind == "image/jpeg" and "back" not in photo.name for photo in kept)


def test_the_shutter_works_by_hand_and_stamps_side_place_and_note(scan: Page, keeper: Keeper) -> None:
    scan.add_init_script("navigator.vibrate = undefined")
    by_hand(scan)
    scan.get_by_role("button", name="Where are you?").click()
    camera = scan.get_by_role("dialog")
    camera.get_by_label("I'm at").fill("Feria de Bilbao")
    camera.get_by_role("button", name="Done").click()
    camera.get_by_role("button", name="Note").click()
    camera.get_by_label("Note for the next photo").fill("Promised the paper")
    camera.get_by_role("button", name="Done").click()
    camera.get_by_label("Reverse").check()
    camera.get_by_role("button", name="Take the photo").click()
    expect(camera).to_have_attribute("data-taken", "1")
    assert faults_of(scan) == []
    camera.get_by_role("button", name="Close the camera").first.click()
    arrived(scan, 1)
    [photo] = keeper.photos()
    assert (photo.gathering, photo.note) == ("Feria de Bilbao", "Promised the paper")
    assert photo.name.endswith(" back.jpg")
    with Image.open(BytesIO(keeper.file(photo).read_bytes())) as picture:
        assert picture.size == (WIDTH, HEIGHT)


def test_where_there_is_no_camera_the_phones_own_takes_the_photo(visit: Visit, enter: Enter) -> None:
    page = enter()  # its browser has no camera, and asks nobody
    ready(page)
    page.get_by_role("button", name="Photograph cards").click()
    expect(page.get_by_text("The camera could not be opened")).to_be_visible()
    expect(page.get_by_text("Photograph a card")).to_be_visible()


def test_at_twice_the_size_every_control_of_the_camera_is_on_the_screen(scan: Page) -> None:
    scan.set_viewport_size({"width": 195, "height": 422})
    scan.get_by_role("button", name="Photograph cards").click()
    expect(scan.locator("[data-outline] polygon[points*=',']")).to_be_attached()
    outside = scan.evaluate(
        """() => [...document.querySelectorAll('dialog button, dialog label, dialog .safe')]
            .filter((one) => one.checkVisibility()).map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
            .filter(([box]) => box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight)
            .map(([, html]) => html)"""
    )
    assert outside == []


def grey(picture: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> list[int]:
    small = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (192, 108), interpolation=cv2.INTER_AREA)
    return [int(value) for value in small.ravel()]


FIND = "(look, all) => all.map((grey) => look.findCard(Float32Array.from(grey), 192, 108))"


def test_the_corners_found_are_those_of_the_card(enter: Enter) -> None:
    page = enter()
    laid = [(card, place) for card in cards(CARDS) for place in PLACES]
    found = module(page, "look.js", FIND, [grey(lying(card, place)) for card, place in laid])
    good = 0
    for (_, place), quad in zip(laid, found, strict=True):
        truth = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.fillConvexPoly(truth, np.array(place), 1)
        seen = np.zeros_like(truth)
        if quad:
            cv2.fillConvexPoly(seen, np.array([(x * WIDTH, y * HEIGHT) for x, y in quad]).astype(np.int32), 1)
        good += (truth & seen).sum() / (truth | seen).sum() > 0.9
    assert good >= len(laid) - 1
    assert module(page, "look.js", FIND, [grey(desk())]) == [None]


WATCH = """({ Watcher }, looks) => {
  const watcher = new Watcher();
  const quad = [[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]];
  return looks.map(([seed, there], at) => {
    const grey = Float32Array.from({ length: 64 * 48 }, (_, i) => (seed * 97 + i * (seed + 3) * 31) % 251);
    const found = watcher.look({ grey, width: 64, height: 48, quad: there ? quad : null, sharp: () => 1, now: at * 110 });
    if (found === "shoot") watcher.shot();
    return found;
  });
}"""


def test_a_card_is_shot_when_it_has_lain_still_and_not_again_until_another_comes(enter: Enter) -> None:
    page = enter()
    first, away, second = [[1, True]] * 6, [[2, False]] * 8, [[3, True]] * 5
    found = module(page, "still.js", WATCH, first + away + first + away + second)
    assert found[:3] == ["moving", "still", "shoot"]
    assert set(found[3:6]) == {"taken"}
    assert set(found[14:20]) == {"taken"}  # the same card again
    assert found[28:].count("shoot") == 1


LAMP = """() => {
  window.lamp = [];
  MediaStreamTrack.prototype.getCapabilities = () => ({torch: true});
  MediaStreamTrack.prototype.applyConstraints = async (asked) => { window.lamp.push(asked.advanced[0].torch); };
}"""


def test_the_light_is_offered_where_the_camera_has_one(scan: Page) -> None:
    scan.get_by_role("button", name="Photograph cards").click()
    expect(scan.get_by_role("button", name="Take the photo")).to_be_visible()
    light = scan.get_by_role("button", name="Light")
    expect(light).to_be_hidden()
    scan.keyboard.press("Escape")
    scan.evaluate(LAMP)
    scan.get_by_role("button", name="Photograph cards").click()
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "false")
    assert scan.evaluate("window.lamp") == [True, False]


def test_a_camera_closed_while_it_opens_does_not_stay_on(scan: Page) -> None:
    scan.evaluate(SEEN_BY_THE_TEST)
    scan.get_by_role("button", name="Photograph cards").click()
    scan.keyboard.press("Escape")
    until(scan, "window.given?.getTracks().every((track) => track.readyState === 'ended')")
    assert scan.evaluate("document.querySelector('[data-camera] video').srcObject") is None
    scan.get_by_role("button", name="Photograph cards").click()
    expect(scan.locator("[data-outline] polygon[points*=',']")).to_be_attached()


SLOW_TO_PLAY = """(fails) => {
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = async function () {
    HTMLMediaElement.prototype.play = play;
    await new Promise((go) => { window.letGo = go; });
    if (fails) throw new DOMException('its source was taken away', 'AbortError');
  };
}"""


@pytest.mark.parametrize("fails", [True, False])
def test_a_camera_closed_and_opened_again_while_it_opens_is_there(scan: Page, *, fails: bool) -> None:
    scan.evaluate(SLOW_TO_PLAY, fails)
    scan.get_by_role("button", name="Photograph cards").click()
    until(scan, "Boolean(window.letGo)")
    scan.keyboard.press("Escape")
    until(scan, "document.querySelector('[data-camera] video').srcObject === null")
    scan.get_by_role("button", name="Photograph cards").click()
    scan.evaluate("letGo()")
    expect(scan.locator("[data-outline] polygon[points*=',']")).to_be_attached()


CLOSED_AND_OPENED = """() => new Promise((told) => {
  const screen = document.querySelector('[data-camera]');
  screen.addEventListener('close', () => told(), { once: true });
  screen.close();
  document.querySelector('[data-open-camera]').click();
})"""


def test_a_camera_opened_again_before_its_closing_was_told_stays_on(scan: Page) -> None:
    scan.get_by_role("button", name="Photograph cards").click()
    expect(scan.locator("[data-outline] polygon[points*=',']")).to_be_attached()
    scan.evaluate(CLOSED_AND_OPENED)
    assert scan.evaluate("document.querySelector('[data-camera] video').srcObject?.active")


SLOW_TO_SHOOT = """() => {
  const frame = window.createImageBitmap;
  const gate = new Promise((go) => { window.letGo = go; });
  window.createImageBitmap = (video) => gate.then(() => frame(video));
}"""


def test_the_side_is_that_of_the_tap_and_a_back_chosen_meanwhile_is_of_the_next(scan: Page, keeper: Keeper) -> None:
    by_hand(scan)
    camera = scan.get_by_role("dialog")
    shutter = camera.get_by_role("button", name="Take the photo")
    expect(shutter).to_be_enabled()
    scan.evaluate(SLOW_TO_SHOOT)
    shutter.click()
    camera.get_by_label("Reverse").check()
    scan.evaluate("letGo()")
    expect(camera).to_have_attribute("data-taken", "1")
    expect(camera.get_by_label("Reverse")).to_be_checked()
    shutter.click()
    expect(camera).to_have_attribute("data-taken", "2")
    expect(camera.get_by_label("Front")).to_be_checked()
    scan.keyboard.press("Escape")
    arrived(scan, 2)
    sides = {photo.side: photo for photo in keeper.photos()}
    assert sides[Side.BACK].pair == sides[Side.FRONT].id


def test_a_camera_told_not_to_shoot_by_itself_remembers_it(scan: Page) -> None:
    scan.get_by_role("button", name="Photograph cards").click()
    scan.get_by_role("button", name="Auto").click()
    on_disk(scan, "auto")
    scan.reload()
    ready(scan)
    scan.get_by_role("button", name="Photograph cards").click()
    expect(scan.get_by_role("button", name="Auto")).to_have_attribute("aria-pressed", "false")
    scan.evaluate(LOOKED_AGAIN)
    scan.wait_for_timeout(3000)
    assert taken(scan) == 0

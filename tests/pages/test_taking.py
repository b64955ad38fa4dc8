"""Every way a photo comes in: chosen, dropped, pasted, HEIC, many at once; in both languages and for everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.pages.capturing import choose, photo, photos, queue_is, ready
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper
from tests.pages.test_looks import NARROW_AT_TWICE, faults_of

pytestmark = pytest.mark.browser

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(2000)

BRING = """([kind, files]) => {
  const carried = new DataTransfer();
  for (const [name, type, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name, {type}));
  const target = document.querySelector('main');
  if (kind === 'drop') {
    for (const step of ['dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(step, {dataTransfer: carried, bubbles: true, cancelable: true}));
    }
  } else {
    target.dispatchEvent(new ClipboardEvent('paste', {clipboardData: carried, bubbles: true, cancelable: true}));
  }
}"""


def bring(page: Page, how: str, *files: tuple[str, str, bytes]) -> None:
    page.evaluate(BRING, [how, [[name, kind, list(content)] for name, kind, content in files]])


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_pictures_are_dropped_and_pasted_and_nothing_else_is_taken(enter: Enter, keeper: Keeper, how: str) -> None:
    page = enter()
    ready(page)
    bring(page, how, ("a.jpg", "image/jpeg", photo(1)), ("b.heic", "", HEIC), ("c.txt", "text/plain", b"no"))
    expect(page.locator("[data-photo]")).to_have_count(2)
    queue_is(page, "idle", 0)
    assert {kept.name: kept.kind for kept in keeper.photos()} == {"a.jpg": "image/jpeg", "b.heic": "image/heic"}


def test_photos_of_the_gallery_arrive_byte_for_byte(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    page = enter()
    ready(page)
    heic = tmp_path / "IMG_1.HEIC"
    heic.write_bytes(HEIC)
    choose(page, [*photos(tmp_path, 3), heic])
    expect(page.locator("[data-photo]")).to_have_count(4)
    kept = {photo.name: keeper.file(photo).read_bytes() for photo in keeper.photos()}
    assert kept == {file.name: file.read_bytes() for file in (*tmp_path.glob("*.jpg"), heic)}


def test_what_was_sent_while_the_page_came_is_in_its_list(enter: Enter, keeper: Keeper) -> None:
    page = enter()
    ready(page)
    held: list[Route] = []
    page.route("**/js/photos.js", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function
    page.goto("/", wait_until="commit")
    expect(page.get_by_text("The drawer is empty")).to_be_visible()
    keeper.photo("a.jpg")  # by the service worker, or another page
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator("[data-photo]")).to_have_count(1)


LOSSES = """() => {
  window.losses = 0;
  const rows = document.querySelector('[data-rows]');
  const seen = () => { if (!rows.querySelector('[data-photo]')) window.losses += 1; };
  new MutationObserver(seen).observe(rows, {childList: true});
}"""
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def test_an_older_list_does_not_take_the_place_of_a_newer_one(enter: Enter, keeper: Keeper) -> None:
    page = enter()
    ready(page)
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/photos/rows", lambda route: held.append((route, route.fetch())), times=1)
    page.evaluate(LOOK_AGAIN)
    while not held:
        page.wait_for_timeout(20)
    keeper.photo("a.jpg")
    page.evaluate(LOOK_AGAIN)
    expect(page.locator("[data-photo]")).to_have_count(1)
    page.evaluate(LOSSES)
    (route, empty), *_ = held
    with page.expect_event("requestfinished", lambda asked: asked == route.request):
        route.fulfill(response=empty)
    with page.expect_response("**/photos/rows"):  # what came before it was looked at by then
        page.evaluate(LOOK_AGAIN)
    assert page.evaluate("window.losses") == 0


@pytest.mark.parametrize("language", ["es-ES", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_sheet_is_for_everybody(enter: Enter, keeper: Keeper, language: str, scheme: str) -> None:
    page = enter(language=language, scheme=scheme)
    ready(page)
    for fold in page.locator("summary.chip").all():
        fold.click()
    page.locator("[data-promise]").first.click()
    expect(page.locator("[data-promise-day]")).to_be_visible()
    keeper.give_up(keeper.photo("IMG_2043.heic"), "no_card")
    page.reload()
    ready(page)
    assert faults_of(page) == []


def test_at_twice_the_size_the_sheets_need_no_scrolling_sideways(enter: Enter) -> None:
    page = enter(language="es-ES", size=NARROW_AT_TWICE)
    ready(page)
    for fold in page.locator("summary.chip").all():
        fold.click()
    page.locator("[data-promise]").first.click()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_promise_is_one_tap_and_its_day_another(enter: Enter, keeper: Keeper, tmp_path: Path) -> None:
    page = enter(language="es-ES")
    ready(page)
    page.locator("summary.chip", has_text="Nota").click()
    page.get_by_role("button", name="una presentación").click()
    expect(page.get_by_role("button", name="mañana")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="en una semana").click()
    chosen = page.get_by_label("Prometido para").input_value()
    page.get_by_label("Elegir fotos").set_input_files(photos(tmp_path, 1))
    expect(page.locator("[data-photo]")).to_have_count(1)
    [kept] = keeper.photos()
    assert (kept.promise, str(kept.promise_on)) == ("una presentación", chosen)
    expect(page.get_by_role("button", name="una presentación")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="una llamada").click()
    page.get_by_role("button", name="una llamada").click()
    expect(page.get_by_label("Prometí")).to_have_value("")

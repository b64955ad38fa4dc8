"""Where a card lies, set right on its photo: dragged, nudged by the arrow keys, turned; then read again, and undone."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from service.domain.reading.card import Corners, ReadCard
from service.storage.reading import rereadings
from service.storage.reading.rereadings import Rereading
from tests.pages.conftest import PHONE, Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_journey import ready
from tests.pages.test_looks import NARROW_AT_TWICE, faults_of

pytestmark = pytest.mark.browser

WIDE, HIGH = 1200, 900
FOUND: Corners = ((300, 250), (900, 250), (900, 600), (300, 600))
EXIF_ORIENTATION, TURNED_RIGHT = 0x0112, 6


def photo(*, on_its_side: bool = False) -> bytes:
    """A photo of 1200 by 900 pixels as shown; the phone may have kept it on its side, and said so."""
    picture = Image.new("RGB", (WIDE, HIGH), "#7a5c43")
    ImageDraw.Draw(picture).rectangle((200, 150, 1000, 650), fill="#fefdf9")
    exif = Image.Exif()
    if on_its_side:
        picture = picture.rotate(90, expand=True)
        exif[EXIF_ORIENTATION] = TURNED_RIGHT
    kept = BytesIO()
    picture.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


@pytest.fixture
def card_id(keeper: Keeper) -> str:
    return put(keeper, photo())


def put(keeper: Keeper, content: bytes, corners: Corners = FOUND, kind: str = "image/jpeg") -> str:
    photo_id = keeper.photo("a.jpg", content=content, kind=kind)
    return keeper.read(photo_id, replace(some_cards()[1], corners=corners))[0]


def asked(enter: Enter, card_id: str) -> Rereading | None:
    with enter.app.extensions["undrawer"].db.reading() as tx:
        return rereadings.latest(tx, owner=enter.ana.id, card_id=card_id)


def drawn(enter: Enter, card_id: str) -> list[tuple[int, int]]:
    request = asked(enter, card_id)
    assert request
    return [(round(x), round(y)) for x, y in request.corners]


def finish(enter: Enter, card_id: str, card: ReadCard) -> None:
    """Do what the worker does."""
    parts = enter.app.extensions["undrawer"]
    request = asked(enter, card_id)
    assert request
    picture = parts.files.put(card.picture)
    with parts.db.transaction() as tx:
        assert rereadings.finish(tx, asked=request, card=card, picture=picture)


def send(page: Page) -> None:
    page.get_by_role("button", name="Read it again").click()
    expect(page.get_by_text("Reading it again…")).to_be_visible()


def test_corners_are_dragged_and_sent_in_pixels_of_the_photo(enter: Enter, card_id: str) -> None:
    page = enter(f"/cards/{card_id}")
    page.get_by_role("button", name="Cut wrongly, or askew?").click()
    ready(page, "corners")
    corner = page.get_by_role("button", name="Top left corner")
    box, canvas = corner.bounding_box(), page.locator("[data-canvas]").bounding_box()
    assert box
    assert canvas
    view = canvas["width"] / WIDE
    page.mouse.move(box["x"] + 24, box["y"] + 24)
    page.mouse.down()
    page.mouse.move(box["x"] + 24 - 60 * view, box["y"] + 24 - 90 * view, steps=5)
    expect(page.locator("[data-loupe]")).to_be_visible()
    page.mouse.up()
    expect(page.locator("[data-loupe]")).to_be_hidden()
    send(page)
    (x, y), *rest = drawn(enter, card_id)
    assert abs(x - 240) <= 4
    assert abs(y - 160) <= 4
    assert rest == [(900, 250), (900, 600), (300, 600)]


def test_corners_are_moved_by_the_arrow_keys_and_say_where_they_are(enter: Enter, card_id: str) -> None:
    page = enter(f"/cards/{card_id}/corners", language="es-ES")
    ready(page, "corners")
    corner = page.get_by_role("button", name="Esquina inferior derecha")
    expect(corner).to_have_attribute("aria-label", "Esquina inferior derecha: 75 %, 67 %")
    corner.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(corner).to_have_attribute("aria-label", "Esquina inferior derecha: 79 %, 67 %")
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Leer otra vez").click()
    expect(page.get_by_text("Leyéndola otra vez…")).to_be_visible()
    assert drawn(enter, card_id)[2] == (WIDE, 605)


def test_a_turned_photo_turns_the_card(enter: Enter, card_id: str) -> None:
    page = enter(f"/cards/{card_id}/corners")
    ready(page, "corners")
    page.get_by_role("button", name="Turn right").click()
    send(page)
    assert drawn(enter, card_id) == [(300, 600), (300, 250), (900, 250), (900, 600)]


def test_a_card_that_lay_on_its_side_is_shown_upright(enter: Enter, keeper: Keeper) -> None:
    card_id = put(keeper, photo(), (FOUND[1], FOUND[2], FOUND[3], FOUND[0]))
    page = enter(f"/cards/{card_id}/corners")
    ready(page, "corners")
    canvas = page.locator("[data-canvas]").bounding_box()
    assert canvas
    assert canvas["height"] > canvas["width"]
    send(page)
    assert drawn(enter, card_id)[0] == FOUND[1]


def test_a_photo_is_shown_as_the_phone_meant_it(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{put(keeper, photo(on_its_side=True))}/corners")
    ready(page, "corners")
    shape = page.evaluate("(() => { const c = document.querySelector('[data-canvas]'); return c.width / c.height })()")
    assert abs(shape - WIDE / HIGH) < 0.02
    inside = page.evaluate(
        "(() => { const c = document.querySelector('[data-canvas]');"
        " return [...c.getContext('2d').getImageData(c.width / 2, c.height * 0.25, 1, 1).data] })()"
    )
    assert min(inside[:3]) > 200  # of the card, which lies there only if the photo stands as it was taken


def test_corners_that_cross_cannot_be_sent(enter: Enter, card_id: str) -> None:
    page = enter(f"/cards/{card_id}/corners")
    ready(page, "corners")
    page.get_by_role("button", name="Top left corner").focus()
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_text("The corners cross.")).to_be_visible()
    expect(page.get_by_role("button", name="Read it again")).to_be_disabled()
    page.get_by_role("button", name="Whole photo").click()
    expect(page.get_by_text("The corners cross.")).to_be_hidden()
    send(page)
    assert drawn(enter, card_id) == [(0, 0), (WIDE, 0), (WIDE, HIGH), (0, HIGH)]


def test_on_a_smaller_copy_corners_are_those_of_the_photo_itself(enter: Enter, keeper: Keeper) -> None:
    large = BytesIO()
    with Image.open(BytesIO(photo())) as small:
        small.resize((2 * 2000, 2 * 1500)).save(large, "JPEG")  # shown at half its size
    card_id = put(keeper, large.getvalue(), ((900, 750), (2700, 750), (2700, 1800), (900, 1800)))
    page = enter(f"/cards/{card_id}/corners")
    ready(page, "corners")
    page.get_by_role("button", name="Top left corner").focus()
    page.keyboard.press("Shift+ArrowRight")
    send(page)
    assert drawn(enter, card_id) == [(900 + 160, 750), (2700, 750), (2700, 1800), (900, 1800)]


def test_the_page_follows_the_reading_and_gives_the_way_back(enter: Enter, card_id: str) -> None:
    page = enter(f"/cards/{card_id}/corners")
    ready(page, "corners")
    send(page)
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    finish(enter, card_id, some_cards()[2])
    expect(page.get_by_role("heading", name="Greta Lindqvist")).to_be_visible()
    expect(page.get_by_text("Read again as you drew it.")).to_be_visible()
    page.get_by_role("button", name="Use the old reading").click()
    expect(page.get_by_role("heading", name="Tomás Quiroga Vela")).to_be_visible()
    expect(page.get_by_text("The card is as it was.")).to_be_visible()


def test_the_other_cards_go_on_meanwhile(enter: Enter, keeper: Keeper, card_id: str) -> None:
    keeper.card(some_cards()[2], "other.jpg")
    page = enter(f"/cards/{card_id}/corners", script=False)
    page.get_by_role("button", name="Turn left").click()
    expect(page.get_by_text("Reading it again…")).to_be_visible()
    page.get_by_role("button", name="Go on meanwhile").click()
    expect(page.get_by_role("heading", name="Greta Lindqvist")).to_be_visible()
    assert drawn(enter, card_id)[0] == FOUND[1]
    page.goto(f"/cards/{card_id}")
    page.get_by_role("button", name="Stop, and keep the old reading").click()
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_visible()
    assert asked(enter, card_id) is None


def test_a_failed_reading_says_why_and_leaves_the_old_one(enter: Enter, card_id: str) -> None:
    page = enter(f"/cards/{card_id}/corners")
    ready(page, "corners")
    send(page)
    request = asked(enter, card_id)
    assert request
    with enter.app.extensions["undrawer"].db.transaction() as tx:
        rereadings.CLAIMS.let_go(tx, id=request.id, tries=0, reason="took_too_long")
    expect(page.get_by_text("It could not be read again. Reading the photo took too long.")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm", exact=True)).to_be_visible()


def test_a_photo_that_cannot_be_shown_can_still_be_turned(enter: Enter, keeper: Keeper) -> None:
    card_id = put(keeper, b"heic", kind="image/heic")
    page = enter(f"/cards/{card_id}/corners")
    expect(page.get_by_text("only turning works")).to_be_visible()
    page.get_by_role("button", name="Turn right").click()
    expect(page.get_by_text("Reading it again…")).to_be_visible()
    assert drawn(enter, card_id)[0] == FOUND[3]


@pytest.mark.parametrize(("scheme", "size"), [("light", PHONE), ("dark", NARROW_AT_TWICE)])
def test_the_editor_and_the_waiting_page_are_fit_for_everybody(
    enter: Enter, card_id: str, scheme: str, size: dict[str, int]
) -> None:
    page = enter(f"/cards/{card_id}/corners", language="es-ES", scheme=scheme, size=size)
    ready(page, "corners")
    faults = faults_of(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="Leer otra vez").click()
    expect(page.get_by_text("Leyéndola otra vez…")).to_be_visible()
    assert faults + faults_of(page) == []
    assert not wide
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_one_side_of_two_is_cut_anew(enter: Enter, keeper: Keeper, card_id: str) -> None:
    back = keeper.card(some_cards()[2], "back.jpg")
    keeper.join(back, card_id)
    page = enter(f"/cards/{card_id}", script=False)
    page.get_by_role("button", name="The back is cut wrongly?").click()
    expect(page).to_have_url(f"{enter.visit.address}/cards/{back}/corners")
    page.get_by_role("button", name="Turn left").click()
    expect(page).to_have_url(f"{enter.visit.address}/cards/{card_id}")
    expect(page.get_by_text("Reading it again…")).to_be_visible()
    assert asked(enter, back)
    assert asked(enter, card_id) is None

"""Reviewing on the screens: by keyboard alone, by swipes, all that is sure at once, and each act undone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, Response, Route, expect

from service.domain.reading.card import CardState, ReadCard
from service.storage import preferences
from service.storage.preferences import Preferences
from service.storage.reading import cards, reviewing
from tests.pages.conftest import Enter
from tests.pages.drawn import back_of_the_first, some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_journey import ready

pytestmark = pytest.mark.browser

DOUBTFUL, SURE, OTHER = some_cards()
NAMES = ("Aino Laine", "Bo Quist", "Cruz Egea", "Dana Roth", "Elis Moen", "Fay Orr", "Gil Sanz", "Hua Lin", "Ivo Reis")


def named(name: str, card: ReadCard = SURE) -> ReadCard:
    """The same card of somebody else."""
    found = card.reading.name
    assert found
    given, family = name.split()
    person = replace(found.value, printed=name, given=given, family=family)
    return replace(card, reading=replace(card.reading, name=replace(found, value=person)))


def some_of(keeper: Keeper, *names: str) -> list[str]:
    """Cards without a doubt; the first comes first, as the newest does."""
    return [keeper.card(named(name), f"{name}.jpg") for name in reversed(names)][::-1]


def at_the_contact(page: Page) -> None:
    """Wait for the page that comes after the last card; its heading alone says nothing, for the card has the same."""
    expect(page).to_have_url(re.compile("/contacts/"))


def test_ten_cards_are_reviewed_by_keyboard_alone(enter: Enter, keeper: Keeper) -> None:
    some_of(keeper, *NAMES)
    keeper.card(DOUBTFUL, "doubtful.jpg")
    page = enter("/cards")
    for at in range(1, 11):
        expect(page.get_by_text(f"{at} of 10", exact=True)).to_be_visible()
        ready(page, "review")
        if at == 1:  # the company is in doubt: E opens its field, what is typed there is typed, Enter confirms
            page.keyboard.press("e")
            expect(page.get_by_label("Type it").first).to_be_focused()
            page.keyboard.press("End")
            page.keyboard.type(" de Oria")
            page.keyboard.press("Enter")
        elif at == 5:
            page.keyboard.press("d")
        elif at == 7:  # nothing is in doubt: E opens what looks right
            page.keyboard.press("e")
            expect(page.get_by_label("First name")).to_be_focused()
            page.keyboard.press("Escape")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Enter")
    at_the_contact(page)
    kept = {contact.name: contact.org for contact in keeper.contacts()}
    assert len(kept) == 9
    assert kept["Nerea Urrutia Landa"] == "Talleres Argiz de Oria"
    assert "Dana Roth" not in kept


def test_the_arrows_go_on_and_back_and_keep_what_was_typed(enter: Enter, keeper: Keeper) -> None:
    some_of(keeper, "Ada Gil", "Leo Pons")
    page = enter("/cards")
    ready(page, "review")
    page.get_by_text("Something missing?").click()
    page.get_by_role("textbox", name="Department").fill("Ventas")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Leo Pons")).to_be_visible()
    expect(page.get_by_text("2 of 2", exact=True)).to_be_visible()
    ready(page, "review")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name="Ada Gil")).to_be_visible()
    page.get_by_text("Looks right").click()
    expect(page.get_by_role("textbox", name="Department")).to_have_value("Ventas")
    assert keeper.contacts() == []


def test_keys_do_what_they_say_only_where_they_should(enter: Enter, keeper: Keeper) -> None:
    keeper.card(DOUBTFUL, "a.jpg")
    page = enter("/cards")
    ready(page, "review")
    page.get_by_label("other reading").focus()
    page.keyboard.press("ArrowUp")  # of the radio
    expect(page.get_by_label("most likely")).to_be_checked()
    page.keyboard.press("d")  # not while a field has the focus
    expect(page.get_by_role("heading", name="Nerea Urrutia Landa")).to_be_visible()
    page.locator("[data-missing] > summary").focus()
    page.keyboard.press("Enter")  # of the fold
    expect(page.get_by_role("textbox", name="Note")).to_be_visible()
    assert keeper.contacts() == []


def test_single_letters_can_be_turned_off_and_enter_goes_on_working(enter: Enter, keeper: Keeper) -> None:
    some_of(keeper, "Ada Gil", "Leo Pons")
    page = enter("/settings")
    ready(page, "settings")
    page.get_by_role("switch", name="Single letters").uncheck()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/cards")
    ready(page, "review")
    page.keyboard.press("d")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Ada Gil")).to_be_visible()
    expect(page.get_by_label("First name")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Leo Pons")).to_be_visible()


ASKED = """() => {
  const ask = window.fetch.bind(window);
  window.asked = 0;
  window.fetch = (...of) => { window.asked += 1; return ask(...of); };
}"""


def test_of_two_quick_changes_of_a_setting_the_last_one_stays(enter: Enter, keeper: Keeper) -> None:
    page = enter("/settings")
    ready(page, "settings")
    held: list[Route] = []
    answered: list[Response] = []
    page.route("**/settings/review", lambda route: held.append(route), times=1)  # noqa: PLW0108 - it wants a function
    page.on("response", lambda answer: answered.append(answer) if answer.request.method == "POST" else None)
    page.evaluate(ASKED)
    switch = page.get_by_role("switch", name="Single letters")
    switch.uncheck()
    while not held:
        page.wait_for_timeout(20)
    switch.check()
    assert page.evaluate("asked") == 1  # the line is slow for the first, and nothing overtakes it
    held[0].continue_()
    while len(answered) < 2:
        page.wait_for_timeout(20)
    with enter.app.extensions["undrawer"].db.reading() as tx:
        assert preferences.get(tx, owner=enter.ana.id).letter_keys


def test_settings_are_kept_without_scripts(enter: Enter, keeper: Keeper) -> None:
    page = enter("/settings", script=False, language="es-ES")
    page.get_by_role("switch", name="Las tarjetas sin dudas se confirman por sí solas").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    expect(page.get_by_role("switch", name="Las tarjetas sin dudas se confirman por sí solas")).to_be_checked()


def swipe(page: Page, *, dx: int, dy: int = 0) -> None:
    """Draw a finger over the picture of the card, as a touch screen tells it."""
    box = page.locator("img.picture").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in (0.3, 0.6, 1):
        point = {"x": x + dx * part, "y": y + dy * part}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_goes_on_and_back_and_a_scroll_does_not(enter: Enter, keeper: Keeper) -> None:
    some_of(keeper, "Ada Gil", "Leo Pons")
    page = enter("/cards")
    ready(page, "review")
    swipe(page, dx=-30)
    swipe(page, dx=-90, dy=90)
    expect(page.get_by_role("heading", name="Ada Gil")).to_be_visible()
    swipe(page, dx=-140, dy=10)
    expect(page.get_by_role("heading", name="Leo Pons")).to_be_visible()
    ready(page, "review")
    swipe(page, dx=140)
    expect(page.get_by_role("heading", name="Ada Gil")).to_be_visible()
    assert keeper.contacts() == []


@pytest.mark.parametrize("script", [True, False])
def test_all_that_are_sure_are_confirmed_with_one_tap_and_taken_back_with_one(
    enter: Enter, keeper: Keeper, *, script: bool
) -> None:
    some_of(keeper, "Ada Gil", "Leo Pons", "Eva Ruiz")
    doubtful = keeper.card(DOUBTFUL, "doubtful.jpg")
    page = enter(f"/cards/{doubtful}", script=script)
    expect(page.get_by_text("1 of 4", exact=True)).to_be_visible()
    page.get_by_role("button", name="Confirm the 3 that are sure").click()
    expect(page.get_by_text("3 cards are in the drawer.")).to_be_visible()
    expect(page).to_have_url(f"{enter.visit.address}/cards/{doubtful}")
    expect(page.get_by_text("4 of 4", exact=True)).to_be_visible()
    assert len(keeper.contacts()) == 3
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 cards wait again.")).to_be_visible()
    expect(page.get_by_text("1 of 4", exact=True)).to_be_visible()
    assert keeper.contacts() == []


def test_an_answered_doubt_makes_a_card_sure(enter: Enter, keeper: Keeper) -> None:
    some_of(keeper, "Ada Gil", "Leo Pons")
    page = enter(f"/cards/{keeper.card(DOUBTFUL, 'doubtful.jpg')}")
    for question in ("What is the company?", "What is the phone number?"):
        doubt = page.get_by_role("group", name=question)
        doubt.get_by_text("It says something else").click()
        doubt.get_by_role("textbox").fill("944 23 18 09" if "phone" in question else "Argiz")
    page.get_by_role("button", name="Confirm the 2 that are sure").click()
    expect(page.get_by_text("3 cards are in the drawer.")).to_be_visible()
    assert {contact.org for contact in keeper.contacts()} == {"Argiz", "Conservas Airiños"}


def test_a_tap_on_a_reading_answers_its_doubt_and_can_be_changed(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(DOUBTFUL)}")
    ready(page, "review")
    company = page.get_by_role("group", name="What is the company?")
    company.get_by_text("as we read it").click()
    expect(company.get_by_text("Some characters are hard to make out.")).to_be_hidden()
    expect(page.locator("[data-mark=org]")).to_be_hidden()
    number = page.locator('[data-doubt="phones-0"]')
    number.get_by_text("other reading").click()
    number.get_by_role("button", name="Change").click()
    expect(number.get_by_text("other reading")).to_be_visible()
    number.get_by_text("most likely").click()
    page.get_by_role("button", name="Confirm", exact=True).click()
    at_the_contact(page)
    (contact,) = keeper.contacts()
    assert "+34944231807" in contact.vcard
    assert contact.org == "Talleres Argiz"


def test_what_is_typed_begins_with_what_was_read_and_wins(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(DOUBTFUL)}")
    ready(page, "review")
    number = page.get_by_role("group", name="What is the phone number?")
    number.get_by_text("It says something else").click()
    typed = number.get_by_role("textbox")
    expect(typed).to_have_value("+34 944 23 18 07")
    typed.press("End")
    typed.press("Backspace")
    typed.press("9")
    expect(number.get_by_label("most likely")).not_to_be_checked()
    page.get_by_role("button", name="Confirm", exact=True).click()
    at_the_contact(page)
    assert "+34944231809" in keeper.contacts()[0].vcard


def test_a_reading_that_is_none_is_left_out(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(DOUBTFUL)}", script=False)
    company = page.get_by_role("group", name="What is the company?")
    company.get_by_text("It says something else").click()
    company.get_by_label("Leave it out").check()
    page.get_by_role("button", name="Confirm", exact=True).click()
    at_the_contact(page)
    assert keeper.contacts()[0].org == ""


@pytest.mark.parametrize("begin", ["[data-left] .grip", "[data-line]"], ids=["from the list", "off the picture"])
def test_a_line_left_over_is_dragged_onto_a_field(enter: Enter, keeper: Keeper, begin: str) -> None:
    page = enter(f"/cards/{keeper.card(SURE)}")
    ready(page, "review")
    page.get_by_text("Something missing?").click()
    begins = page.locator(begin)
    begins.scroll_into_view_if_needed()
    start = begins.bounding_box()
    assert start
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y - 20, steps=3)
    target = page.locator("[data-tray] [data-field=department]")
    expect(target).to_be_visible()
    end = target.bounding_box()
    assert end
    page.mouse.move(end["x"] + 20, end["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.get_by_label("Desde 1962")).to_have_value("department")
    expect(page.locator("[data-given]")).to_have_text("Desde 1962: Department")
    expect(page.locator("[data-tray]")).to_be_hidden()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator("main").get_by_text("Desde 1962", exact=True)).to_be_visible()


def test_a_line_dropped_nowhere_stays_where_it_was(enter: Enter, keeper: Keeper) -> None:
    page = enter(f"/cards/{keeper.card(SURE)}")
    ready(page, "review")
    page.get_by_text("Something missing?").click()
    grip = page.locator(".grip").bounding_box()
    assert grip
    page.mouse.move(grip["x"] + 9, grip["y"] + 9)
    page.mouse.down()
    page.mouse.move(grip["x"] + 60, grip["y"] - 30, steps=3)
    page.mouse.move(195, 130, steps=3)
    page.mouse.up()
    expect(page.locator("[data-tray]")).to_be_hidden()
    expect(page.get_by_label("Desde 1962")).to_have_value("")
    expect(page.get_by_role("heading", name="Tomás Quiroga Vela")).to_be_visible()


def test_how_long_the_rest_takes_is_told_from_ones_own_pace(
    enter: Enter, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = (datetime(2030, 3, 4, 10, tzinfo=UTC) + timedelta(seconds=passed) for passed in count())
    monkeypatch.setattr(cards, "now", lambda: next(moments))  # a quick person, on whatever machine
    some_of(keeper, *NAMES)
    page = enter("/cards", language="es-ES")
    for at in range(1, 5):
        expect(page.get_by_text(f"{at} de 9", exact=True)).to_be_visible()
        expect(page.get_by_text("minuto")).to_have_count(0)
        page.get_by_role("button", name="Confirmar", exact=True).click()
    expect(page.get_by_text("5 de 9", exact=True)).to_be_visible()
    expect(page.get_by_text("queda menos de un minuto")).to_be_visible()


def test_cards_that_confirmed_themselves_can_be_looked_at_again(enter: Enter, keeper: Keeper) -> None:
    (card_id,) = some_of(keeper, "Ada Gil")
    parts = enter.app.extensions["undrawer"]
    with parts.db.transaction() as tx:
        preferences.keep(tx, Preferences(confirms_sure=True), owner=enter.ana.id)
        photo_id = cards.get(tx, owner=enter.ana.id, id=card_id).photo_id
        assert reviewing.confirm_unasked(tx, owner=enter.ana.id, photo_id=photo_id) == 1
    page = enter("/cards")
    page.get_by_role("link", name="1 card confirmed itself.").click()
    expect(page.get_by_role("link", name="Ada Gil")).to_be_visible()
    page.get_by_role("button", name="Look at Ada Gil again").click()
    expect(page.get_by_role("heading", name="Ada Gil")).to_be_visible()
    assert keeper.contacts() == []
    with parts.db.reading() as tx:
        assert cards.get(tx, owner=enter.ana.id, id=card_id).state == CardState.TO_REVIEW


def test_everything_but_dragging_and_drawing_works_without_scripts(enter: Enter, keeper: Keeper) -> None:
    some_of(keeper, "Ada Gil", "Leo Pons")
    keeper.card(back_of_the_first("Grupo Mimbre"), "back.jpg")
    page = enter("/cards", script=False)
    expect(page.get_by_role("heading", name="Grupo Mimbre")).to_be_visible()
    page.get_by_role("button", name="Next card").click()
    expect(page.get_by_role("heading", name="Ada Gil")).to_be_visible()
    page.get_by_role("button", name="Previous card").click()
    page.get_by_text("Has it another side?").click()
    page.get_by_role("button", name="Leo Pons").click()
    expect(page.get_by_text("Front and back are one card now.")).to_be_visible()
    page.get_by_text("Something missing?").click()
    expect(page.locator(".grip").first).to_be_hidden()

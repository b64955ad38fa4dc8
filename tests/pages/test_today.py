"""Today on a phone: from the card to the first message, the answer and the next touch; every act with its way back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from service.domain.reading.stamp import Stamp
from service.domain.ties.act import ActType, Outcome
from service.domain.ties.circle import Circle
from service.domain.ties.touch import Kind
from service.storage.following import deeds, policies, ties, touches
from service.storage.following.ties import Imported
from service.storage.reading import cards
from service.web.parts import Parts
from tests.pages.conftest import PATIENCE_MS, Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_looks import DESK, NARROW_AT_TWICE, faults_of
from tests.real_parts import wait_until

pytestmark = pytest.mark.browser

WORDS = {
    "en-GB": {
        "confirm": "Confirm",
        "one": "One thing today",
        "mail": "Write an e-mail",
        "done": "It is done",
        "answered": "Did Nerea answer?",
        "warmly": "Warmly",
        "coffee": "A coffee with Nerea Urrutia Landa",
        "nothing": "Nothing today",
        "undo": "Undo",
    },
    "es-ES": {
        "confirm": "Confirmar",
        "one": "Una cosa hoy",
        "mail": "Escribir un correo",
        "done": "Ya está hecho",
        "answered": "¿Te contestó Nerea?",
        "warmly": "Con ganas",
        "coffee": "Un café con Nerea Urrutia Landa",
        "nothing": "Hoy, nada",
        "undo": "Deshacer",
    },
}


class Days:
    """The account's day, which the test turns."""

    def __init__(self) -> None:
        self.day = date(2030, 3, 4)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    turned = Days()
    monkeypatch.setattr(policies, "now", turned)
    return turned


@pytest.fixture
def parts(enter: Enter) -> Parts:
    found: Parts = enter.app.extensions["undrawer"]
    return found


def met(keeper: Keeper, parts: Parts, enter: Enter, days: Days) -> str:
    """Confirm a card and say that it was given today; give its contact."""
    contact = keeper.confirm(keeper.card(some_cards()[0], gathering="la Cámara", note="la mudanza del almacén"))
    with parts.db.transaction() as tx:
        ties.end(tx, owner=enter.ana.id, contact_id=contact)
        given = ties.Met(on=days.day, gathering="la Cámara", note="la mudanza del almacén", language="es")
        ties.begin(tx, owner=enter.ana.id, contact_id=contact, met=given)
    return contact


def at_today(page: Page) -> Page:
    page.goto("/today")
    return page


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_from_the_card_to_the_next_touch(enter: Enter, keeper: Keeper, parts: Parts, days: Days, language: str) -> None:
    said = WORDS[language]
    met(keeper, parts, enter, days)
    page = enter("/today", language=language)
    expect(page.get_by_role("heading", name=said["nothing"])).to_be_visible()
    days.forward(1)
    at_today(page)
    expect(page.get_by_role("heading", name=said["one"])).to_be_visible()
    expect(page.locator("[data-draft]")).to_contain_text("Me quedé con ganas de seguir charlando")
    expect(page.locator("[data-draft]")).to_contain_text("la mudanza del almacén")
    assert "mailto:nerea" in (page.get_by_role("link", name=said["mail"]).get_attribute("href") or "")
    page.get_by_role("button", name=said["done"]).click()
    expect(page.get_by_role("heading", name=said["nothing"])).to_be_visible()
    days.forward(15)
    at_today(page)
    expect(page.get_by_role("heading", name=said["answered"])).to_be_visible()
    page.get_by_role("button", name=said["warmly"], exact=True).click()
    expect(page.get_by_role("heading", name=said["answered"])).to_have_count(0)
    days.forward(7)
    at_today(page)
    expect(page.get_by_role("link", name=said["coffee"])).to_be_visible()


def test_a_confirmed_card_has_its_first_message_and_taking_it_back_ends_it(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    card = keeper.card(some_cards()[1], stamp=Stamp(met_on=days.day))  # whatever day the tests run on: some are quiet
    page = enter(f"/cards/{card}")
    page.get_by_label("Star").check()
    page.get_by_role("button", name="Confirm").last.click()
    expect(page.get_by_role("button", name="Starred")).to_be_visible()
    contact = keeper.contacts()[0].id
    days.forward(4)
    at_today(page)
    expect(page.locator("[data-touch]")).to_have_count(1)
    with parts.db.transaction() as tx:
        cards.take_back(tx, owner=enter.ana.id, id=card)
        assert ties.of_contact(tx, owner=enter.ana.id, contact_id=contact) is None
    at_today(page)
    expect(page.locator("[data-touch]")).to_have_count(0)


def test_done_can_be_undone_and_then_done_again(enter: Enter, keeper: Keeper, parts: Parts, days: Days) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today")
    for _ in range(2):
        page.get_by_role("button", name="It is done").click()
        expect(page.locator("[data-touch]")).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("[data-touch]")).to_have_count(1)


def test_what_is_written_goes_along_and_coming_back_it_asks_whether_it_was_sent(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today")
    page.locator("[data-draft]").fill("Hola, Nerea: ¿qué tal?")
    expect(page.get_by_text("This reads like selling")).to_be_hidden()
    mail = page.get_by_role("link", name="Write an e-mail")
    assert "Hola%2C%20Nerea" in (mail.get_attribute("href") or "")
    with page.expect_response(lambda answer: answer.url.endswith("/opened")):
        page.evaluate("() => document.addEventListener('click', (event) => event.preventDefault())")
        mail.click()
    page.goto("/today")
    expect(page.get_by_text("Did you send it?")).to_be_visible()
    expect(page.locator("[data-draft]")).to_have_value("Hola, Nerea: ¿qué tal?")
    page.get_by_role("button", name="Not yet").click()
    expect(page.get_by_role("link", name="Write an e-mail")).to_be_visible()


def test_a_pitch_is_told_quietly(enter: Enter, keeper: Keeper, parts: Parts, days: Days) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today")
    page.locator("[data-draft]").fill("Aprovecha nuestra oferta: 20 % de descuento")
    expect(page.get_by_text("This reads like selling")).to_be_visible()


SAID = """() => {
  window.said = 0;
  const note = document.querySelector('[data-selling]');
  new MutationObserver(() => { window.said += !note.hidden; }).observe(note, {attributes: true});
}"""


def test_what_is_said_of_a_text_is_of_the_text_that_stands_there(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today")
    held: list[Route] = []
    page.route("**/today/selling", lambda route: held.append(route), times=1)  # noqa: PLW0108 - it wants a function
    page.evaluate(SAID)
    page.locator("[data-draft]").fill("Aprovecha nuestra oferta: 20 % de descuento")
    while not held:
        page.wait_for_timeout(20)
    with page.expect_response("**/today/selling"):
        page.locator("[data-draft]").fill("Hola, Nerea: ¿qué tal?")
    with page.expect_event("requestfinished", lambda asked: asked == held[0].request):
        held[0].continue_()
    with page.expect_response("**/today/selling"):  # what came before it was looked at by then
        page.locator("[data-draft]").fill("Hola, Nerea: ¿qué tal todo?")
    assert page.evaluate("window.said") == 0


def test_the_circle_follows_the_slider_and_moving_can_be_undone(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    page = enter(f"/contacts/{met(keeper, parts, enter, days)}")
    page.get_by_role("slider").press("ArrowLeft")
    expect(page.get_by_text("Moved to another circle.")).to_be_visible()
    expect(page.get_by_role("slider", name="Circle: Close")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.get_by_role("slider", name="Circle: Active")).to_be_visible()


def test_a_circle_moved_just_before_the_page_is_left_is_kept(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    contact = met(keeper, parts, enter, days)
    page = enter(f"/contacts/{contact}")
    expect(page.get_by_role("slider", name="Circle: Active")).to_be_visible()
    page.evaluate("window.setTimeout = () => 1")  # the moment after which it would be sent never comes
    page.get_by_role("slider").press("ArrowLeft")
    page.goto("/contacts")

    def moved_to() -> list[Circle | None]:
        with parts.db.reading() as tx:
            tie = ties.of_contact(tx, owner=enter.ana.id, contact_id=contact)
        return [act.circle for act in tie.acts if act.type is ActType.CIRCLE] if tie else []

    wait_until(moved_to, seconds=PATIENCE_MS / 1000)
    assert moved_to() == [Circle.CLOSE]


def test_what_happened_elsewhere_takes_two_taps_and_asks_one_line(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    contact = met(keeper, parts, enter, days)
    days.forward(1)
    page = enter(f"/contacts/{contact}")
    page.get_by_text("Say what happened").click()
    page.get_by_role("button", name="We had a coffee").click()
    expect(page.get_by_role("heading", name="What are they busy with")).to_be_visible()
    page.get_by_label("In one line").first.fill("un almacén en Irún")
    page.get_by_role("button", name="They need it").click()
    expect(page.get_by_role("heading", name="What are they busy with")).to_have_count(0)
    expect(page.get_by_text("un almacén en Irún").last).to_be_visible()
    page.get_by_text("Ask all the same").click()
    page.get_by_label("Why now, all the same?").fill("cierra mañana")
    page.get_by_role("button", name="Put it on Today").click()
    page.get_by_role("link", name="It is on Today.").click()
    expect(page.locator("[data-touch]")).to_have_count(1)


def test_another_day_not_this_one_something_else_and_let_go(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today")
    page.get_by_role("button", name="Another day").click()
    expect(page.locator("[data-touch]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    for choice in ("Not this one", "Let Nerea go"):
        page.locator("details.right summary").click()
        page.get_by_role("button", name=choice).click()
        expect(page.locator("[data-touch]")).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("[data-touch]")).to_have_count(1)
    page.locator("details.right summary").click()
    page.get_by_label("Or do this instead").select_option("coffee")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("link", name="A coffee with Nerea")).to_be_visible()


def test_of_somebody_dormant_it_first_asks_what_is_remembered(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    contact = keeper.confirm(keeper.card(some_cards()[0]))
    with parts.db.transaction() as tx:
        ties.end(tx, owner=enter.ana.id, contact_id=contact)
        ties.begin_many(tx, owner=enter.ana.id, imported=[Imported(contact, date(2021, 5, 3))])
    page = enter("/today")
    expect(page.get_by_role("heading", name="Would you still like to hear from Nerea?")).to_be_visible()
    expect(page.locator("[data-draft]")).to_have_count(0)
    page.get_by_label("What do you remember").fill("las partidas de mus")
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("[data-draft]")).to_contain_text("las partidas de mus")


def test_the_rules_say_where_each_number_comes_from_and_can_be_changed(enter: Enter, days: Days) -> None:
    page = enter("/policy")
    page.get_by_label("People a week").first.fill("7")
    page.get_by_label("Friday").check()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("People a week").first).to_have_value("7")
    expect(page.get_by_label("Friday")).to_be_checked()
    page.locator("main details summary").last.click()
    expect(page.get_by_text("Levin, Walter").first).to_be_visible()
    page.get_by_label("Days that an answer is waited for").fill("10")
    page.get_by_role("button", name="Save").last.click()
    page.locator("main details summary").last.click()
    expect(page.get_by_label("Days that an answer is waited for")).to_have_value("10")
    page.get_by_role("button", name="Aug").first.click()
    expect(page.get_by_role("button", name="Remove: 1 Aug –")).to_be_visible()


def test_an_impossible_number_is_refused_in_words(enter: Enter, days: Days) -> None:
    page = enter("/policy", script=False)
    page.get_by_label("People a week").first.fill("many")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("choose a whole number").first).to_be_visible()
    enter.visit.forgive("422")


def test_all_of_today_works_with_scripts_off(enter: Enter, keeper: Keeper, parts: Parts, days: Days) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today", script=False)
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("Done: Nerea Urrutia Landa.")).to_be_visible()
    page.goto("/week")
    expect(page.get_by_text("done", exact=True)).to_be_visible()


@pytest.mark.parametrize(("language", "scheme"), [("en-GB", "light"), ("es-ES", "dark")])
@pytest.mark.parametrize("size", [None, DESK, NARROW_AT_TWICE], ids=["phone", "desk", "twice"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(
    enter: Enter,
    keeper: Keeper,
    parts: Parts,
    days: Days,
    language: str,
    scheme: str,
    size: dict[str, int] | None,
) -> None:
    contact = met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/today", language=language, scheme=scheme, size=size)
    faults = []
    for screen in ("/today", "/week", "/policy", "/sorting", f"/contacts/{contact}"):
        page.goto(screen)
        for fold in page.locator("main details").all():
            fold.evaluate("fold => fold.open = true")
        faults += faults_of(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{screen} is wider than the screen")
    assert faults == []


MET = {
    "en-GB": {
        "asked": "Did you and Nerea meet?",
        "not yet": "Not yet",
        "yes": "Yes",
        "busy": "What are they busy with",
        "undo": "Undo",
    },
    "es-ES": {
        "asked": "¿Os habéis visto Nerea y tú?",
        "not yet": "Todavía no",
        "yes": "Sí",
        "busy": "¿En qué anda",
        "undo": "Deshacer",
    },
}


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_whether_they_met_is_one_tap_and_can_be_taken_back(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, language: str
) -> None:
    said = MET[language]
    agree_on_a_coffee(met(keeper, parts, enter, days), parts, enter.ana.id)
    days.forward(16)
    page = enter("/today", language=language)
    asked = page.get_by_role("heading", name=said["asked"])
    expect(asked).to_be_visible()
    page.get_by_role("button", name=said["not yet"]).click()
    expect(asked).to_have_count(0)
    days.forward(8)
    at_today(page)
    page.get_by_role("button", name=said["yes"], exact=True).click()
    expect(page.get_by_role("heading", name=said["busy"])).to_be_visible()
    page.get_by_role("button", name=said["undo"]).click()
    expect(asked).to_be_visible()


def agree_on_a_coffee(contact: str, parts: Parts, owner: str) -> None:
    with parts.db.transaction() as tx:
        known = ties.of_contact(tx, owner=owner, contact_id=contact)
        assert known
        day = policies.today(tx, owner=owner)
        deeds.plan_by_hand(tx, owner=owner, tie_id=known.tie.id, kind=Kind.COFFEE, day=day)
        planned = touches.of_tie(tx, owner=owner, tie_id=known.tie.id)
        coffee = next(one for one in planned if one.touch.kind is Kind.COFFEE)
        act = touches.done(tx, owner=owner, id=coffee.id).act
        touches.answer(tx, owner=owner, act_id=act.id, outcome=Outcome.WARM)


def test_a_note_comes_back_and_how_to_write_to_them_is_kept(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    contact = met(keeper, parts, enter, days)
    page = enter(f"/contacts/{contact}")
    note = page.get_by_role("button", name="Remove: la mudanza del almacén")
    note.click()
    expect(note).to_have_count(0)
    page.get_by_role("button", name="Undo").first.click()
    expect(note).to_be_visible()
    writing = page.locator("section", has=page.get_by_role("heading", name="How to write to them"))
    writing.locator("summary").click()
    writing.get_by_label("In which language?").select_option("de")
    writing.get_by_label("How do you address each other?").select_option("informal")
    writing.get_by_role("button", name="Save").click()
    expect(writing.locator("summary")).to_contain_text("Deutsch · Informal")
    days.forward(1)
    at_today(page)
    expect(page.locator("[data-draft]")).to_contain_text("Nerea,")
    expect(page.locator("[data-draft]")).to_have_attribute("lang", "de")


def test_where_one_will_be_is_said_on_the_page_of_the_rules(enter: Enter, parts: Parts, days: Days) -> None:
    page = enter("/policy")
    towns = page.locator("section", has=page.get_by_role("heading", name="Where you are"))
    towns.get_by_text("I live or work in").click()
    towns.get_by_label("Town").first.fill("Madrid")
    towns.get_by_role("button", name="This is my town").click()
    expect(towns.get_by_role("listitem")).to_contain_text(["Madrid"])
    towns.get_by_text("I will be in").click()
    towns.get_by_label("Town").last.fill("Bilbao")
    towns.get_by_label("On which day?").fill((days.day + timedelta(days=3)).isoformat())
    towns.get_by_role("button", name="I will be there").click()
    expect(towns.get_by_role("listitem")).to_contain_text(["Madrid", "Bilbao, Thursday 7 March"])
    page.get_by_label("How you address people").select_option("formal")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("How you address people")).to_have_value("formal")
    with parts.db.reading() as tx:
        assert [one.name for _, one in policies.of(tx, owner=enter.ana.id).stays] == ["Bilbao"]

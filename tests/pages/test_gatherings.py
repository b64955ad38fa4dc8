"""An evening of one's own, on the phone: from what people share to the thank-yous, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from service.domain.ties.note import NoteKind
from service.domain.ties.tie import Source
from service.storage.following import policies, ties
from service.storage.meeting import answering, gatherings
from service.storage.people import contacts
from service.storage.reaching import mail_settings, outgoing
from service.web.parts import Parts
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper
from tests.pages.test_looks import faults_of
from tests.storage.test_ties import contact

pytestmark = pytest.mark.browser

THURSDAY = date(2035, 6, 21)

WORDS = {
    "es-ES": {
        "own": "Uno tuyo",
        "wine": "Cata de vinos",
        "on": "Siguiente: los invitados",
        "onto": "A la lista",
        "two": "2 invitaciones",
        "sent": "Ya está hecho",
        "yes": "Sí",
        "tell": "Decírselo a Ana",
        "counts": "¡Qué bien! Ana cuenta contigo.",
        "coming": "Viene",
        "door": "Lista para la puerta",
        "came": "Vino: Pau Riera",
        "came_too": "Vino: Carmen Leal",
        "asked": "Carmen preguntó por mi trabajo",
        "keep": "Guardarlos",
        "new": "1 persona nueva, con su primer mensaje.",
        "thank": "1 agradecimiento",
        "today": "Una cosa hoy",
    },
    "en-GB": {
        "own": "One of your own",
        "wine": "Wine tasting",
        "on": "On to the guests",
        "onto": "Onto the list",
        "two": "2 invitations",
        "sent": "It is done",
        "yes": "Yes",
        "tell": "Tell Ana",
        "counts": "Lovely. Ana is counting on you.",
        "coming": "Coming",
        "door": "The list for the door",
        "came": "Came: Pau Riera",
        "came_too": "Came: Carmen Leal",
        "asked": "Carmen asked about my work",
        "keep": "Keep them",
        "new": "1 new person, with a first message.",
        "thank": "1 thank-you",
        "today": "One thing today",
    },
}


class Days:
    """The account's day, which the test turns."""

    def __init__(self) -> None:
        self.day = THURSDAY - timedelta(days=9)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    turned = Days()
    monkeypatch.setattr(policies, "now", turned)
    return turned


@pytest.fixture
def parts(enter: Enter) -> Parts:
    found: Parts = enter.app.extensions["undrawer"]
    return found


def person(parts: Parts, owner: str, name: str, org: str, loves: str) -> str:
    with parts.db.transaction() as tx:
        made = contact(tx, owner, name, org)
        tie = ties.begin(tx, owner=owner, contact_id=made, source=Source.HAND)
        ties.describe(tx, owner=owner, id=tie, language="es")
        ties.add_note(tx, owner=owner, id=tie, kind=NoteKind.PASSION, text=loves)
    return made


@pytest.mark.parametrize("language", ["es-ES", "en-GB"])
def test_an_evening_from_what_people_share_to_the_thank_yous(
    enter: Enter, parts: Parts, days: Days, language: str
) -> None:
    words = WORDS[language]
    person(parts, enter.ana.id, "Pau Riera", "Casa Riera", "el vino de Gredos")
    person(parts, enter.ana.id, "Nuria Vidal", "Filtros Norte", "las catas de vino")
    person(parts, enter.ana.id, "Luis Ferrer", "Ferrer", "el pádel")
    page = enter("/gatherings", language=language)
    page.get_by_role("link", name=words["own"]).click()
    page.get_by_role("link", name=words["wine"]).click()
    page.locator('input[name="day"]').fill(THURSDAY.isoformat())
    page.locator('input[name="begins"]').fill("20:00")
    page.get_by_role("button", name=words["on"]).click()
    expect(page.locator("label.candidate input:checked")).to_have_count(2)
    page.get_by_role("button", name=words["onto"]).click()

    page.get_by_role("link", name=words["two"]).click()
    links = {}
    for _ in range(2):
        name = page.locator("#letter-title").inner_text()
        draft = page.locator("textarea").input_value()
        assert "a las 20:00" in draft, "in the guest's language, whatever the page's"
        links[name] = next(word for word in draft.split() if "/i/" in word)
        page.get_by_role("button", name=words["sent"]).click()
        expect(page.locator("#letter-title", has_text=name)).to_have_count(0)
    assert links.keys() == {"Pau Riera", "Nuria Vidal"}

    answer(enter, links["Pau Riera"], language, words)
    page.reload()
    row = page.locator("details.guest", has_text="Pau Riera").locator("summary")
    expect(row).to_contain_text(words["coming"])
    expect(row).to_contain_text("Carmen Leal")

    days.day = THURSDAY
    page.reload()
    page.get_by_role("link", name=words["door"]).first.click()
    for tick in ("came", "came_too"):
        page.get_by_role("button", name=words[tick]).click()
        expect(page.get_by_role("button", name=words[tick])).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=words["asked"]).click()

    days.day = THURSDAY + timedelta(days=1)
    page.goto(page.url.partition("/door")[0])
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.get_by_role("status")).to_contain_text(words["new"])
    page.get_by_role("link", name=words["thank"]).click()
    assert "Carmen" in page.locator("textarea").input_value()
    page.goto("/today")
    expect(page.locator("main")).to_contain_text(words["thank"])
    page.get_by_role("link", name=words["thank"]).click()
    page.locator("section.sheet a.main").click()
    page.get_by_role("button", name=words["sent"]).click()
    with parts.db.reading() as tx:
        names = [one.name for one in contacts.page(tx, owner=enter.ana.id).rows]
    assert "Carmen Leal" in names


def answer(enter: Enter, link: str, language: str, words: dict[str, str]) -> None:
    """The guest opens the link on a phone of their own, which runs no scripts."""
    guest = enter.visit.open(language=language, script=False)
    guest.goto(link)
    guest.get_by_text(words["yes"], exact=True).click()
    guest.locator('input[name="brings"]').fill("Carmen Leal")
    guest.get_by_role("button", name=words["tell"]).click()
    expect(guest.get_by_role("status")).to_contain_text(words["counts"])


@pytest.mark.parametrize("look", [("es-ES", "light"), ("en-GB", "dark")])
def test_the_page_of_a_guest_has_no_fault(enter: Enter, keeper: Keeper, look: tuple[str, str]) -> None:
    keeper.write("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:p\r\nFN:Pau Riera\r\nN:Riera;Pau;;;\r\nEND:VCARD\r\n")
    evening = keeper.evening(days_ahead=3, details="Picaremos algo.")
    page = enter(f"/gatherings/{evening}/letters/invitations", language=look[0])
    link = next(word for word in page.locator("textarea").input_value().split() if "/i/" in word)
    guest = enter.visit.open(language=look[0], scheme=look[1])
    faults = []
    for address in (link, link[:-2]):
        guest.goto(address)
        faults += faults_of(guest)
    enter.visit.forgive("404")
    assert faults == []
    assert guest.context.cookies() == []


def test_two_gatherings_that_were_one_are_merged_and_come_apart(enter: Enter, parts: Parts, days: Days) -> None:
    with parts.db.transaction() as tx:
        for name, day in (("Feria de Bilbao", days.day), ("Feria Bilbao", days.day - timedelta(days=1))):
            made = gatherings.meet(tx, owner=enter.ana.id, name=name, day=day)
            contacts.write(tx, owner=enter.ana.id, vcard=card(name), gathering_id=made)
    page = enter("/gatherings")
    page.get_by_role("link", name="Feria de Bilbao").click()
    page.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Make them one").click()
    expect(page.locator("main")).to_contain_text("2 contacts")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("They are two again.")
    expect(page.locator("h1")).to_have_text("Feria Bilbao")


def card(uid: str) -> str:
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{uid}\r\nN:;{uid};;;\r\nEND:VCARD\r\n"


def test_one_to_go_to_is_put_into_the_calendar_and_changed(enter: Enter, days: Days) -> None:
    page: Page = enter("/gatherings/new", language="es-ES")
    page.locator('input[name="name"]').fill("Desayuno de la Cámara")
    page.locator('input[name="day"]').fill((days.day + timedelta(days=2)).isoformat())
    page.locator('select[name="kind"]').select_option("chamber")
    page.locator('input[name="hours"]').fill("2,5")
    page.locator('input[name="cost_cents"]').fill("12,50")
    page.get_by_role("button", name="Apuntarlo en el calendario").click()
    expect(page.locator("main")).to_contain_text("Cámara de comercio · 2,5 h · 12,50 €")
    page.get_by_role("link", name="Cambiar").click()
    page.locator('input[name="name"]').fill("Desayuno en Bilbao")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("h1")).to_have_text("Desayuno en Bilbao")
    page.goto("/gatherings")
    expect(page.locator("#ahead + ul")).to_contain_text("Desayuno en Bilbao")


def test_a_reminder_goes_out_from_ones_own_address_once(enter: Enter, parts: Parts, days: Days) -> None:
    person(parts, enter.ana.id, "Pau Riera", "Casa Riera", "el vino")
    keeper = Keeper(parts, enter.ana.id)
    evening = keeper.evening(days_ahead=1)
    [guest] = keeper.guests(evening)
    said = {"host": "127.0.0.1", "port": "2525", "security": "none", "username": "", "password": ""}
    with parts.db.transaction() as tx:
        answering.answer(tx, guest_id=guest.id, secret=guest.secret, reply="yes")
        mail_settings.set_server(tx, owner=enter.ana.id, from_address="ana@casa.example", **said)
    page = enter(f"/gatherings/{evening}", language="es-ES")
    page.get_by_role("link", name="1 recordatorio").click()
    assert "nos vemos mañana, a las 20:00" in page.locator("textarea").input_value()
    page.locator('button[value="send"]').click()
    expect(page.get_by_role("status")).to_contain_text("Pau Riera")
    with parts.db.reading() as tx:
        [mail] = outgoing.page(tx, owner=enter.ana.id).rows
    assert (mail.kind, mail.route, mail.to) == ("reminder", "own", "nuria@faronorte.example")
    assert days.day < THURSDAY
    expect(page.get_by_role("link", name="1 recordatorio")).to_have_count(0)

"""What a card says is text everywhere: no script runs, no line runs over the edge, no file is named by it unchecked."""

import csv
from io import StringIO

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Dialog, Page

from service.domain.reading.card import Evidence, Found, PersonName, ReadCard, Reading
from service.storage.accounts import Account
from service.storage.following import weeks
from service.web.parts import Parts
from tests.api.asking import picture
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper
from tests.pages.test_forms import client as client  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import found as found  # noqa: PLC0414  # a fixture

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
BIDI = "Ana \u202egpj.exe\u202c \u2066Vidal\u2069"
LONG = "Maximiliana" * 909 + "!"
FORMULA = '=HYPERLINK("http://192.0.2.1/";"x")'
HOSTILE = (SCRIPT, BIDI, LONG, FORMULA)
CORNERS = ((0.0, 0.0), (320.0, 0.0), (320.0, 200.0), (0.0, 200.0))
PATHS = (
    "/",
    "/contacts",
    "/today",
    "/ties",
    "/week",
    "/sorting",
    "/gatherings",
    "/contacts?q=ana",
    "/outbox",
)


def hostile_card(keeper: Keeper, number: int, said: str) -> str:
    """A card that prints it wherever a card may print something; the photo, the place and the note say it too."""
    sure = Evidence(engines=("rapidocr",), confidence=0.99)
    read = Reading(
        name=Found(PersonName(said, given=said, family=said), sure),
        org=Found(said, sure),
        title=Found(said, sure),
        emails=(Found(f"a{number}@example.com", sure),),
        lang="es",
        country="ES",
    )
    photo_id = keeper.photo(f"{number}{said[:60]}", content=picture(number), kind="image/jpeg", gathering=said[:400])
    return keeper.read(photo_id, ReadCard(CORNERS, picture(100 + number), 320, 200, read))[0]


def kept(keeper: Keeper) -> tuple[list[str], list[str]]:
    """Cards to review, and contacts, one of each kind."""
    cards = [hostile_card(keeper, number, said) for number, said in enumerate(HOSTILE)]
    contacts = [keeper.confirm(hostile_card(keeper, 10 + number, said)) for number, said in enumerate(HOSTILE)]
    for number, said in enumerate(HOSTILE):
        keeper.mail(to=f"a{number}@example.com", subject=said.replace("\n", " ")[:900])
    return cards, contacts


@pytest.mark.browser
def test_no_page_runs_or_is_bent_by_what_a_card_says(enter: Enter, keeper: Keeper, found: Parts, ana: Account) -> None:
    cards, contacts = kept(keeper)
    weeks.settled(found.db, owner=ana.id)
    page, ran = enter("/"), list[str]()
    page.on("dialog", lambda dialog: refuse(dialog, ran))
    each = [f"/cards/{id_}" for id_ in cards] + [f"/contacts/{id_}{more}" for id_ in contacts for more in ("", "/edit")]
    for path in (*PATHS, *each, f"/contacts/{contacts[0]}/erase"):
        page.goto(f"{enter.visit.address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert injected(page) == 0, path
    assert ran == []


def refuse(dialog: Dialog, ran: list[str]) -> None:
    ran.append(dialog.message)
    dialog.dismiss()


def injected(page: Page) -> int:
    """Elements that only a card can have brought, and a template that a card may have smuggled in."""
    found: int = page.evaluate(
        "document.querySelectorAll('img[src=x], [onerror], script:not([src]):not([type*=json])').length"
    )
    return found


def test_no_file_is_broken_by_what_a_card_says(client: FlaskClient, keeper: Keeper) -> None:
    _, contacts = kept(keeper)
    for id_ in contacts:
        answer = client.get(f"/api/v1/contacts/{id_}.vcf", buffered=True)
        assert answer.status_code == 200
        assert answer.text.count("BEGIN:VCARD") == answer.text.count("END:VCARD") == 1
        named = answer.headers["Content-Disposition"]
        assert not {"\u202e", "\n", "\r", "/", "\\", "<"} & set(named), named
        assert len(named) < 400
    table = client.get("/api/v1/contacts.vcf?client=outlook-csv", buffered=True).text
    cells = [cell for row in csv.reader(StringIO(table.lstrip("\ufeff"))) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+HYPER", "@", "\t", "\r"))] == []
    archive = client.get("/account.zip", buffered=True)
    assert archive.status_code == 200

"""Every page of the app with something to show, for the tests that owe something to all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Page

from service.domain.reading.card import Reading
from tests.pages.drawn import back_of_the_first, some_cards
from tests.pages.keeping import Keeper

FAIR = "Feria de Bilbao"
SHEET = "Nombre,Empresa,Correo\nNuria Vidal,Filtros Norte,nuria@filtros.example\n,,\n"


@dataclass(frozen=True)
class Filled:
    """What was put in, by its id."""

    to_review: str
    joined: str
    settled_by_itself: str
    contact: str
    bare_contact: str
    mail: str
    evening: str


PATHS: dict[str, Callable[[Filled], tuple[str, ...]]] = {
    "photos.front": lambda _: ("/",),
    "app.offline": lambda _: ("/offline",),
    "cards.review": lambda there: (f"/cards/{there.to_review}", f"/cards/{there.joined}"),
    "corners.editor": lambda there: (f"/cards/{there.to_review}/corners",),
    "sure.themselves": lambda _: ("/cards/themselves",),
    "contacts.listing": lambda _: ("/contacts", "/contacts?undecided=1", "/contacts?q=zzz", "/contacts?circle=inner"),
    "contacts.page": lambda there: (f"/contacts/{there.contact}", f"/contacts/{there.bare_contact}?confirmed"),
    "contacts.edit": lambda there: (f"/contacts/{there.contact}/edit",),
    "gatherings.listing": lambda _: ("/gatherings",),
    "gatherings.new": lambda _: ("/gatherings/new", "/gatherings/new?kind=double+date"),
    "gatherings.page": lambda there: (f"/gatherings/{there.evening}",),
    "gatherings.edit": lambda there: (f"/gatherings/{there.evening}/edit",),
    "guest_list.choose": lambda there: (f"/gatherings/{there.evening}/guests?q=a",),
    "guest_list.door": lambda there: (f"/gatherings/{there.evening}/door",),
    "letters.page": lambda there: (f"/gatherings/{there.evening}/letters/invitations",),
    "own_gathering.activities": lambda _: ("/gatherings/own",),
    "own_gathering.double": lambda _: ("/gatherings/double",),
    "today.page": lambda _: ("/today",),
    "hub.page": lambda _: ("/ties",),
    "referrals.page": lambda _: ("/referrals",),
    "referrals.new": lambda there: ("/referrals/new?q=a", f"/referrals/new?from={there.contact}&q=a"),
    "focus.page": lambda _: ("/focus", "/focus?q=a"),
    "worth.page": lambda _: ("/worth",),
    "reconnect.page": lambda _: ("/reconnect",),
    "week.page": lambda _: ("/week",),
    "sorting.page": lambda _: ("/sorting",),
    "policy.page": lambda _: ("/policy",),
    "kept.page": lambda _: ("/privacy/kept",),
    "access.page": lambda _: ("/settings/access",),
    "record.page": lambda _: ("/settings/access/record",),
    "proving.page": lambda _: ("/settings/access/prove",),
    "inviting.page": lambda _: ("/settings/invitations",),
    "settings.page": lambda _: ("/settings",),
    "status.page": lambda _: ("/status",),
    "mail_settings.page": lambda _: ("/settings/mail",),
    "outbox.listing": lambda _: ("/outbox",),
    "outbox.page": lambda there: (f"/outbox/{there.mail}",),
    "devices.page": lambda _: ("/devices",),
    "feed.page": lambda _: ("/feed",),
    "privacy.page": lambda _: ("/privacy",),
    "privacy.ask": lambda there: (f"/contacts/{there.contact}/erase",),
    "address_books.page": lambda _: ("/settings/address-book",),
    "imports.listing": lambda _: ("/import",),
    "duplicates.page": lambda _: ("/duplicates",),
    "introductions.listing": lambda _: ("/introductions",),
    "introductions.new": lambda _: ("/introductions/new",),
    "exports.listing": lambda _: ("/export",),
    "exports.client": lambda _: ("/export/outlook", "/export/v4"),
}
"""By the page's name in the code; a new page is walked as soon as it stands here, and a test says that it must."""

ELSEWHERE = {
    "answering.page": "walked with its own link, in the tests of invitations",
    "answering.file": "no page",
    "gatherings.file": "no page",
    "links.offer": "walked with its own link, in the tests of links",
    "outbox.state": "no page",
    "outbox.states": "no page",
    "address_books.phone": "opened signed out, with a link that is made in its test",
    "imports.page": "begun by the walk itself, with a file",
    "cards.next_card": "leads to another page; empty, it is walked with the empty drawer",
    "sign_in.form": "walked signed out",
    "sign_in.offer": "walked signed out",
    "second_factor.form": "walked after a password, in the tests of the second factor",
    "second_factor.page": "walked in the tests of the second factor, where one was begun",
    "joining.ask": "walked signed out, in the tests of joining",
    "joining.answered": "walked with its own link, in the tests of joining",
    "joining.invited": "walked with its own link, in the tests of joining",
    "firm.away": "leads to another site",
    "firm.prove": "leads to another site",
    "firm.link": "leads to another site",
    "firm.back": "leads to another page",
    "contacts.rows": "a part of a page",
    "exports.every": "no page",
    "exports.one": "no page",
    "photos.rows": "a part of a page",
    "app.manifest": "no page",
    "feed.ics": "no page",
    "privacy.everything": "no page",
    "privacy.person": "no page",
    "app.service_worker": "no page",
    "imports.report": "no page",
    "introductions.page": "begun and walked in the tests of introductions",
    "introductions.invitation": "no page",
    "reconnect.ics": "no page",
    "language.choose": "leads to another page",
}


def fill(keeper: Keeper) -> Filled:
    doubtful, sure, last = some_cards()
    to_review = keeper.card(doubtful, "a.jpg", gathering=FAIR, note="Busca sensores para la línea de corte")
    keeper.card(back_of_the_first(), "back.jpg")
    joined = keeper.card(sure, "b.jpg")
    keeper.join(keeper.card(replace(back_of_the_first(), reading=Reading()), "b-back.jpg"), joined)
    both = keeper.card(last, "c.jpg", gathering=FAIR, note="Prometió muestras")
    keeper.join(keeper.card(replace(back_of_the_first(), reading=Reading()), "c-back.jpg"), both)
    contact = keeper.confirm(both)
    settled = keeper.card(some_cards()[1], "d.jpg", gathering="Comida en Vigo")
    bare = keeper.confirm(settled)
    keeper.write(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:bare\r\nFN:Íñigo Zubia\r\nN:Zubia;Íñigo;;;\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:shop\r\nFN:Ultramarinos Rey\r\nN:;;;;\r\nORG:Ultramarinos Rey\r\n"
        "X-ABSHOWAS:COMPANY\r\nEND:VCARD\r\n",
    )
    keeper.photo("IMG_2042.heic")
    keeper.give_up(keeper.photo("IMG_2043.heic"), "no_card")
    evening = keeper.evening()
    return Filled(to_review, joined, settled, contact, bare, keeper.mail(), evening)


def paths(there: Filled) -> list[str]:
    return [path for page in PATHS.values() for path in page(there)]


def send_sheet(page: Page, folder: Path) -> str:
    """Send a file of contacts; the address of its page, which asks about its columns."""
    file = folder / "contactos.csv"
    file.write_text(SHEET, encoding="utf-8")
    page.goto("/import")
    page.locator('main input[type="file"]').set_input_files(file)
    with page.expect_navigation(url="**/import/*"):
        page.locator("main form:has(input[type=file]) button").first.click()
    return page.url

"""A drawer with one of each thing that a person may have, every text of it with a word that nobody else has."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from apiflask import APIFlask
from sqlalchemy import insert, select

from service.domain.reading.card import ReadCard
from service.domain.ties.note import NoteKind
from service.domain.ties.touch import Kind
from service.storage import snapshot
from service.storage.database import Transaction
from service.storage.dav import app_passwords
from service.storage.following import deeds, policies, referrals, ties, whereabouts
from service.storage.following.outcome_tables import calls
from service.storage.meeting import gatherings, guests, introductions
from service.storage.meeting.introductions import Wanted
from service.storage.people import erased
from service.storage.reaching import devices, feeds, outgoing
from service.storage.reading import cards, photos, rereadings
from service.web.parts import Parts
from tests.api.asking import Person, picture, reading
from tests.push_service import Browser
from workers.showing import kept_copy

SECRET = "Zwischenzug"
"""A word in every text of the drawer: where a stranger sees it, something got out."""

CORNERS = ((0.0, 0.0), (320.0, 0.0), (320.0, 200.0), (0.0, 200.0))
SHEET = f"Nombre,Empresa,Correo\nNuria Vidal,{SECRET},nuria@example.com\n".encode()


def vcard(name: str, mail: str) -> str:
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{mail}\r\nFN:{name} {SECRET}\r\nN:{SECRET};{name};;;\r\n"
        f"EMAIL:{mail}\r\nTEL:+34600000111\r\nEND:VCARD\r\n"
    )


def fill(app: APIFlask, ana: Person) -> None:
    """Put one of each thing into Ana's drawer."""
    found: Parts = app.extensions["undrawer"]
    owner = ana.account.id
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - any day ahead
    for shade, mail in ((10, "one@example.com"), (20, "two@example.com"), (30, "three@example.com")):
        _photo(ana, found, shade, keep_card=mail)
    _photo(ana, found, 40)
    ana.ask("POST", "/imports", data={"file": (BytesIO(SHEET), f"{SECRET}.csv")})
    with found.db.transaction() as tx:
        one, two, *_rest = _ties(tx, owner)
        ties.add_note(tx, owner=owner, id=one, kind=NoteKind.NEED, text=f"{SECRET} filters")
        ties.add_promise(tx, owner=owner, id=one, text=f"{SECRET} paper", due_on=tomorrow)
        deeds.talked(tx, owner=owner, tie_id=two, talk="call")
        deeds.plan_by_hand(tx, owner=owner, tie_id=two, kind=Kind.HELLO, day=tomorrow)
        asked = introductions.begin(tx, Wanted(one=one, other=two, need=SECRET), owner=owner)
        introductions.meet(tx, owner=owner, id=asked.id, day=tomorrow, at="17:30", place=SECRET)
        party = gatherings.add(tx, owner=owner, name=f"Wine {SECRET}", day=tomorrow, kind="own")
        guests.add(tx, owner=owner, gathering_id=party, contact_ids=[ties.contact_of(tx, owner=owner, id=two)])
        at = datetime.now(UTC) + timedelta(days=2)
        call = {
            "id": str(uuid4()),
            "account_id": owner,
            "tie_id": two,
            "cause": "answer:x",
            "offered": [at.isoformat()],
        }
        tx.execute(insert(calls).values({**call, "chosen": at, "minutes": 15, "made_at": at}))
        outgoing.put(tx, owner=owner, kind="test", key="1", to="a@example.com", subject=SECRET, text=SECRET)
        sent = referrals.new_person(tx, owner=owner, name=f"Teresa {SECRET}")
        referrals.log(tx, owner=owner, tie_id=two, contact_id=sent)
        app_passwords.make(tx, owner=owner, name=SECRET)
        to = Browser().subscription("https://push.example/one")
        devices.subscribe(tx, owner=owner, subscription=to, name=SECRET)
        feeds.make(tx, owner=owner, locale="en")
        erased.remember(tx, owner=owner, marks=["mark"])
        policies.add_stretch(tx, owner=owner, first=tomorrow, last=tomorrow + timedelta(days=3))
        whereabouts.add_stay(tx, owner=owner, name=f"Bilbao {SECRET}", first=tomorrow)


def _photo(ana: Person, found: Parts, shade: int, *, keep_card: str = "") -> None:
    """Send a photo and read it; its card is confirmed where it has a mail address to be known by."""
    id_ = str(uuid4())
    ana.ask("PUT", f"/photos/{id_}", data=picture(shade))
    ana.ask("PUT", f"/photos/{id_}/spoken-note", data=b"\x1a\x45\xdf\xa3" + bytes(60))
    squared = found.files.put(picture(shade + 1))
    read = ReadCard(corners=CORNERS, picture=picture(shade + 1), width=320, height=200, reading=reading())
    with found.db.transaction() as tx:
        photo = photos.get(tx, owner=ana.account.id, id=id_)
        photos.finish(tx, photo=photo, cards=[read], pictures=[squared])
        photos.show(tx, id=id_, copy=kept_copy(found.files.put, picture(shade)))
        [card] = cards.of_photo(tx, owner=ana.account.id, photo_id=id_)
        if keep_card:
            changes = {"name": f"{keep_card.split('@', maxsplit=1)[0]} {SECRET}", "emails": [keep_card]}
            cards.correct(tx, owner=ana.account.id, id=card.id, changes=changes)
            cards.confirm(tx, owner=ana.account.id, id=card.id)
        else:
            rereadings.ask(tx, owner=ana.account.id, card_id=card.id, corners=CORNERS)


def _ties(tx: Transaction, owner: str) -> list[str]:
    return [row.id for row in tx.execute(ties.alive(owner))]


def ids(tx: Transaction, owner: str) -> list[str]:
    """Give the id of every row of the account."""
    found: list[str] = []
    for table in snapshot.tables(tx):
        if {"id", "account_id"} <= set(table.columns.keys()):
            found += tx.execute(select(table.c.id).where(table.c.account_id == owner)).scalars()
    return [str(one) for one in found]


def rows(tx: Transaction, owner: str) -> dict[str, list[Any]]:
    """Give all rows of the account, as lines."""
    return {
        table.name: sorted(line for line in snapshot.lines(tx, table) if owner in line) for table in snapshot.tables(tx)
    }

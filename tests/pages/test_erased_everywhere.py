"""A person who left traces everywhere, erased: nothing is in database, folder, Redis or logs."""

import logging
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import insert

from service.config import Config
from service.domain.reading.card import Evidence, Found, PersonName, Phone, PhoneType, ReadCard, Reading
from service.domain.ties.note import NoteKind
from service.storage.accounts import Account
from service.storage.database import Transaction
from service.storage.following import deeds, referrals, ties, weeks
from service.storage.following.outcome_tables import calls
from service.storage.meeting import gatherings, guests, introductions
from service.storage.meeting.introductions import Wanted
from service.storage.people import contacts, merges
from service.storage.reaching import feeds, notices, outgoing
from service.web.parts import Parts
from tests.api.asking import picture
from tests.dav.conftest import card as vcard_of
from tests.dav.conftest import device
from tests.pages.keeping import Keeper
from tests.pages.test_forms import client as client  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import found as found  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import post
from tests.pages.test_privacy import everywhere, swept
from tests.storage.test_ties import contact as new_contact
from tests.test_importing import done

GIVEN, FAMILY, ORG = "Zacarías", "Quintanilla Oñoro", "Zurrapas del Duero"
NAME, MAIL, NUMBER, IN_DIGITS = f"{GIVEN} {FAMILY}", "zacarias@zurrapas.example", "+34 612 77 88 99", "612778899"
SAID = (NAME, FAMILY, ORG, MAIL, NUMBER, IN_DIGITS, "Quintanilla", "quintanilla", "zacarias")
"""In every way in which they are written down; the searched text is folded, so without accents too."""


def their_card(found: Parts, keeper: Keeper) -> str:
    sure = Evidence(engines=("rapidocr",), confidence=0.99)
    read = Reading(
        name=Found(PersonName(NAME, given=GIVEN, family=FAMILY), sure),
        org=Found(ORG, sure),
        emails=(Found(MAIL, sure),),
        phones=(Found(Phone(NUMBER, e164="+34612778899", type=PhoneType.WORK), sure),),
        lang="es",
        country="ES",
    )
    photo_id = keeper.photo("zacarias.jpg", content=picture(77) + NAME.encode(), kind="image/jpeg", note=f"vi a {NAME}")
    keeper.speak(photo_id, found.files.put(f"\x1a\x45 {NAME}".encode("latin-1")))
    corners = ((0.0, 0.0), (320.0, 0.0), (320.0, 200.0), (0.0, 200.0))
    [card_id] = keeper.read(photo_id, ReadCard(corners, picture(78) + NAME.encode(), 320, 200, read))
    return keeper.confirm(card_id)


def live(tx: Transaction, found: Parts, ana: Account, contact_id: str) -> None:
    """Everything that can lie between Ana and somebody."""
    owner, tomorrow = ana.id, date.today() + timedelta(days=1)  # noqa: DTZ011 - any day ahead
    tie = ties.of_contact(tx, owner=owner, contact_id=contact_id)
    assert tie
    id_ = tie.tie.id
    other = ties.begin(tx, owner=owner, contact_id=new_contact(tx, owner, "Iker Solana"), met=None)
    ties.add_note(tx, owner=owner, id=id_, kind=NoteKind.NEED, text=f"{GIVEN} busca toneles para {ORG}")
    ties.add_promise(tx, owner=owner, id=id_, text=f"el catálogo a {MAIL}", due_on=tomorrow)
    deeds.talked(tx, owner=owner, tie_id=id_, talk="call")
    asked = introductions.begin(tx, Wanted(one=id_, other=other, need=f"toneles de {ORG}"), owner=owner)
    introductions.meet(tx, owner=owner, id=asked.id, day=tomorrow, at="17:30", place=ORG)
    party = gatherings.add(tx, owner=owner, name="Cata de vinos", day=tomorrow, kind="own")
    guests.add(tx, owner=owner, gathering_id=party, contact_ids=[contact_id])
    at = datetime.now(UTC) + timedelta(days=2)
    call = {"id": str(uuid4()), "account_id": owner, "tie_id": id_, "cause": "answer:x", "offered": [at.isoformat()]}
    tx.execute(insert(calls).values({**call, "chosen": at, "minutes": 15, "made_at": at}))
    referrals.log(tx, owner=owner, tie_id=other, contact_id=contact_id)
    mail = {"kind": "touch", "key": "1", "to": MAIL, "to_name": NAME, "subject": f"Hola, {GIVEN}", "text": f"{NAME}:"}
    outgoing.put(tx, owner=owner, **mail)
    digest = {"kind": "digest", "key": "2", "to": "ana@example.com", "subject": "Tu semana", "text": f"Hoy: {NAME}"}
    outgoing.put(tx, owner=owner, **digest)
    twin = new_contact(tx, owner, f"{GIVEN} Q. Oñoro", FAMILY)
    merges.merge(tx, owner=owner, kept_id=contact_id, gone_id=twin)
    feeds.make(tx, owner=owner, locale="es")


def test_nothing_is_left_of_somebody_who_was_everywhere(
    app: APIFlask,
    client: FlaskClient,
    keeper: Keeper,
    found: Parts,
    ana: Account,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    contact_id = their_card(found, keeper)
    with found.db.transaction() as tx:
        live(tx, found, ana, contact_id)
    phone = device(app, ana)
    listed = phone.listing()
    phone.fetch(*listed)
    assert phone.put("theirs.vcf", vcard_of(NAME, uid="dav-uid", lines=(f"EMAIL:{MAIL}",))).status_code == 201
    done(found.db, found.files, ana, f"{GIVEN},{FAMILY},{MAIL},{ORG},2021-05-04\n")
    weeks.settled(found.db, owner=ana.id)
    with found.db.transaction() as tx:
        notices.ring(tx, owner=ana.id)
    for path in (
        "/today",
        "/ties",
        f"/contacts/{contact_id}",
        "/contacts?q=zacarias",
        "/outbox",
        "/week",
        "/gatherings",
    ):
        assert client.get(path).status_code == 200, path
    there = everywhere(config, found)
    assert [word for word in SAID if word.encode() not in there] == []

    for one in theirs(found, ana):
        path = f"/contacts/{one}/erase"
        assert post(client, path, form=path, sure="yes").status_code == 303
    swept(config, monkeypatch)
    swept(config, monkeypatch)
    left, log = everywhere(config, found), "\n".join(record.getMessage() for record in caplog.records)
    assert [word for word in SAID if word.encode() in left] == []
    assert [word for word in SAID if word in log] == []
    for path in ("/today", "/ties", "/contacts?q=zacarias", "/outbox", "/week", "/gatherings"):
        assert NAME not in client.get(path).text, path


def theirs(found: Parts, ana: Account) -> list[str]:
    """The contacts that are this person: what a device and a file brought is one of their own."""
    with found.db.reading() as tx:
        page = contacts.page(tx, owner=ana.id)
        return [one.id for one in page.rows if FAMILY in one.vcard]

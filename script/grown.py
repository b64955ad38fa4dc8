# ruff: noqa: INP001 - a script beside others
"""A drawer some months on, of people who do not exist: what the pictures of the ties show."""

from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, update

from service.domain.ties.act import Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.domain.ties.tie import Senior
from service.domain.ties.touch import Kind
from service.storage.following import calls, deeds, policies, reconnecting, referrals, ties, touches
from service.storage.following.ties import Imported, Met
from service.storage.meeting import gatherings, guests
from service.storage.people import contacts
from service.storage.tables import gatherings as gathering_rows
from service.web.parts import Parts

EVENTS: Final = (
    ("Feria de Bilbao", "trade fair", 64, 8, 22_000),
    ("Cámara de Vigo", "chamber", 95, 3, 0),
    ("Curso de ventas", "training", 120, 6, 9_000),
    ("Feria de Elche", "trade fair", 190, 5, 14_000),
)
MET: Final = (
    ("Nuria Vidal", "Filtros Norte", "Directora de compras", 0),
    ("Sara Gil", "Taller Gil", "Gerente", 0),
    ("Luis Rey", "Rey y Asociados", "Asesor", 1),
    ("Elena Sanz", "Aguas del Ebro", "Jefa de planta", 0),
    ("Jorge Mas", "Mas Envases", "Comercial", 2),
    ("Carmen Leal", "Leal Diseño", "Diseñadora", 3),
    ("Raúl Pino", "Pino Obras", "Jefe de obra", 0),
    ("Irene Sol", "Bodegas Sol", "Enóloga", 3),
)
OLD: Final = (
    ("Íñigo Zubia", "Astilleros Ría", "Director de compras", date(2021, 3, 4)),
    ("Clara Pons", "Pons Cerámica", "Gerente", date(2019, 6, 1)),
    ("Marta Ruiz", "Bodegas Luar", "Gerente", date(2018, 9, 9)),
)
"""Whom nothing was heard of for years."""


def fill(parts: Parts, owner: str) -> dict[str, str]:
    """Fill the drawer; give the address of each page that belongs to one of the things put in."""
    with parts.db.transaction() as tx:
        today = policies.today(tx, owner=owner)
        known = _met(tx, owner, today)
        _given(tx, owner, known, today)
        _old(tx, owner)
        evening = _evening(tx, owner, known, today)
    return {"evening": f"/gatherings/{evening}"}


def _person(tx: Connection, owner: str, name: str, org: str, title: str, gathering: str | None = None) -> str:
    given, _, family = name.partition(" ")
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uuid4()}",
        f"FN:{name}",
        f"N:{family};{given};;;",
        f"ORG:{org}",
        f"TITLE:{title}",
        f"EMAIL:{given.lower()}@{org.rsplit(maxsplit=1)[-1].lower()}.example",
        "TEL;TYPE=CELL:+34600111222",
        "END:VCARD",
    )
    text = "".join(line + "\r\n" for line in lines)
    return contacts.write(tx, owner=owner, vcard=text, gathering_id=gathering).id


def _met(tx: Connection, owner: str, today: date) -> dict[str, str]:
    """The ties by name."""
    events = []
    for name, kind, ago, hours, cost in EVENTS:
        events.append(gatherings.meet(tx, owner=owner, name=name, day=today - timedelta(days=ago)))
        values = {"kind": kind, "hours": hours, "cost_cents": cost}
        tx.execute(update(gathering_rows).where(gathering_rows.c.id == events[-1]).values(values))
    found = {}
    for name, org, title, at in MET:
        contact = _person(tx, owner, name, org, title, events[at])
        day = today - timedelta(days=EVENTS[at][2])
        met = Met(on=day, gathering=EVENTS[at][0], gathering_id=events[at])
        found[name] = ties.begin(tx, owner=owner, contact_id=contact, met=met)
    return found


def _given(tx: Connection, owner: str, known: dict[str, str], today: date) -> None:
    for name in ("Nuria Vidal", "Sara Gil", "Luis Rey", "Elena Sanz", "Irene Sol"):
        for ago, talk in ((50, Talk.COFFEE), (8, Talk.CALL)):
            deeds.talked(tx, owner=owner, tie_id=known[name], talk=talk, day=today - timedelta(days=ago))
    for name in ("Nuria Vidal", "Sara Gil", "Luis Rey"):
        deeds.move(tx, owner=owner, tie_id=known[name], circle=Circle.INNER)
    deeds.talked(tx, owner=owner, tie_id=known["Nuria Vidal"], talk=Talk.SEEN, day=today)
    deeds.received(tx, owner=owner, tie_id=known["Sara Gil"], gift=Gift.FAVOUR, day=today - timedelta(days=20))
    ties.add_note(tx, owner=owner, id=known["Elena Sanz"], kind=NoteKind.NEED, text="filtros hechos más cerca")
    ties.add_note(tx, owner=owner, id=known["Nuria Vidal"], kind=NoteKind.OFFER, text="filtros industriales a medida")
    teresa = referrals.new_person(tx, owner=owner, name="Teresa Marín", org="Clínica Marín", phone="600 222 333")
    days = (today - timedelta(days=12), today)
    sent = referrals.log(tx, owner=owner, tie_id=known["Nuria Vidal"], contact_id=teresa, day=days[0])
    referrals.became_client(tx, owner=owner, tie_id=sent.referred_id, value_cents=240_000)
    jorge = ties.contact_of(tx, owner=owner, id=known["Jorge Mas"])
    referrals.log(tx, owner=owner, tie_id=known["Irene Sol"], contact_id=jorge, day=days[1])


def _old(tx: Connection, owner: str) -> None:
    """The dormant: one to be written to, and one who answered and waits for a call."""
    imported = [Imported(_person(tx, owner, *person), last_contact=day) for *person, day in OLD]
    ties.begin_many(tx, owner=owner, imported=imported)
    notes = ("aquellas partidas de mus de la facultad", "", "la vendimia a mano")
    for one, line in zip(imported, notes, strict=True):
        tie = ties.of_contact(tx, owner=owner, contact_id=one.contact_id)
        if tie and line:
            ties.describe(tx, owner=owner, id=tie.tie.id, senior=Senior.SENIOR, shared_past="la universidad")
            ties.add_note(tx, owner=owner, id=tie.tie.id, kind=NoteKind.LINE, text=line)
    last = ties.of_contact(tx, owner=owner, contact_id=imported[-1].contact_id)
    if last:
        taken = reconnecting.take(tx, owner=owner, tie_id=last.tie.id)
        done = touches.done(tx, owner=owner, id=taken.id)
        touches.answer(tx, owner=owner, act_id=done.act.id, outcome=Outcome.WARM)
        planned = touches.of_tie(tx, owner=owner, tie_id=last.tie.id)
        calls.offer(tx, owner=owner, touch=next(one for one in planned if one.touch.kind is Kind.CALL))


def _evening(tx: Connection, owner: str, known: dict[str, str], today: date) -> str:
    day = today + timedelta(days=24)
    evening = gatherings.add(
        tx, owner=owner, name="Cata de vinos de Gredos", day=day, kind="own", begins="20:00", place="En casa"
    )
    names = ("Nuria Vidal", "Sara Gil", "Irene Sol", "Luis Rey")
    people = [ties.contact_of(tx, owner=owner, id=known[name]) for name in names]
    guests.add(tx, owner=owner, gathering_id=evening, contact_ids=people)
    return evening

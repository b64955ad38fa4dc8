"""Ties: begun with a contact, described in one line each, and never deleted once something happened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from service.domain.errors import BadValue, NotFound
from service.domain.people.same import letters
from service.domain.ties.act import ActSource, ActType
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.domain.ties.tie import Source, Tie, begins_in
from service.domain.ties.touch import Channel
from service.storage.following import acts, note_words, policies
from service.storage.following.history import History, load
from service.storage.following.planning import plan_again, plan_many
from service.storage.following.reach import reach_of
from service.storage.following.tie_tables import acts as acts_table
from service.storage.following.tie_tables import notes, promises, tie_states, ties
from service.storage.moment import now
from service.storage.tables import contacts
from service.storage.words import kept

LONGEST_LINE: Final = 300
NOTES_AT_MOST: Final = 200
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Met:
    """The exchange of cards: when and where, the line said then, and what was promised for which day.

    `language` is that of the card, in which one writes to them.
    """

    on: date
    gathering: str = ""
    gathering_id: str | None = None
    note: str = ""
    promise: str = ""
    promise_on: date | None = None
    language: str = ""


def begin(tx: Connection, *, owner: str, contact_id: str, source: Source = Source.CARD, met: Met | None = None) -> str:
    """Begin a tie with a contact and plan its first touch; give the id of the one that is there already."""
    known = of_contact(tx, owner=owner, contact_id=contact_id)
    if known is not None:
        return known.tie.id
    today = policies.today(tx, owner=owner)
    row = _row(owner, contact_id, source, min(met.on, today) if met else today, _reach(tx, owner, contact_id))
    if met:
        row |= {"gathering": kept(met.gathering), "gathering_id": met.gathering_id, "language": met.language}
    tx.execute(insert(ties).values(row))
    if met:
        _remember(tx, owner, str(row["id"]), met, today)
    plan_again(tx, owner=owner, tie_id=str(row["id"]), today=today)
    return str(row["id"])


@dataclass(frozen=True, slots=True)
class Imported:
    """A contact out of a list: the day on which one last spoke with it and that of the connection, where told."""

    contact_id: str
    last_contact: date | None = None
    known_since: date | None = None


def begin_many(tx: Connection, *, owner: str, imported: Sequence[Imported]) -> int:
    """Begin the ties of contacts out of a list, in the drawer; give how many were new. For some hundreds at a time."""
    today = policies.today(tx, owner=owner)
    new = _without_tie(tx, owner, imported)
    rows, told = [], []
    for one, vcard in new:
        row = _row(owner, one.contact_id, Source.IMPORT, today, asdict(reach_of(vcard)))
        rows.append({**row, "known_since": one.known_since or one.last_contact})
        days = ((ActType.TALKED, one.last_contact), (ActType.ACCEPTED, one.known_since))
        told += [acts.new_row(owner, row["id"], what, min(day, today)) for what, day in days if day]
    spoken = [{**row, "source": ActSource.IMPORT} for row in told]
    for table, values in ((ties, rows), (acts_table, spoken)):
        if values:
            tx.execute(insert(table), values)
    plan_many(tx, owner=owner, tie_ids=[row["id"] for row in rows], today=today)
    return len(rows)


def end(tx: Connection, *, owner: str, contact_id: str) -> None:
    """Take back what `begin` did. Where something happened since, the tie stays with its contact's row."""
    mine = (ties.c.account_id == owner, ties.c.contact_id == kept(contact_id))
    row = tx.execute(select(ties.c.id).where(*mine).with_for_update()).first()
    if row is None:
        return
    begun = (ActType.MET, ActType.PROMISED, ActType.UNDONE)
    since = (acts_table.c.tie_id == row.id, acts_table.c.type.not_in(begun), acts_table.c.undone_by.is_(None))
    if tx.execute(select(func.count()).select_from(acts_table).where(*since)).scalar_one() == 0:
        tx.execute(delete(ties).where(ties.c.id == row.id))


def get(tx: Connection, *, owner: str, id: str) -> History:  # noqa: A002
    return _one(tx, alive(owner).where(ties.c.id == kept(id)))


def locked(tx: Connection, *, owner: str, id: str) -> History:  # noqa: A002
    """The tie, to be changed; where the database locks rows, the second of two who change it waits."""
    return _one(tx, alive(owner).where(ties.c.id == kept(id)).with_for_update(of=ties))


def of_contact(tx: Connection, *, owner: str, contact_id: str) -> History | None:
    found = load(tx, tx.execute(alive(owner).where(ties.c.contact_id == kept(contact_id))).all())
    return found[0] if found else None


def contact_of(tx: Connection, *, owner: str, id: str) -> str:  # noqa: A002
    """The contact of a tie, without its history."""
    found = tx.execute(alive(owner).with_only_columns(ties.c.contact_id).where(ties.c.id == kept(id))).scalar()
    if found is None:
        raise NotFound("tie", "There is no such tie.")
    return str(found)


def alive(owner: str) -> Select[Any]:
    """The ties of an account whose contacts are in the drawer."""
    join = ties.join(contacts, contacts.c.id == ties.c.contact_id)
    return select(ties).select_from(join).where(ties.c.account_id == owner, contacts.c.deleted_at.is_(None))


def describe(tx: Connection, *, owner: str, id: str, **values: Any) -> None:  # noqa: A002
    """Change what a tie says of itself: starred, prefers, language, formality, senior, shared_past, known_since."""
    known = get(tx, owner=owner, id=id)
    if (wanted := values.get("prefers")) is not None and Channel(wanted) not in known.tie.channels:
        raise BadValue("channel", "The contact cannot be reached this way. Add a number or an address first.")
    texts = {name: kept(value)[:LONGEST_LINE] for name, value in values.items() if isinstance(value, str)}
    tx.execute(update(ties).where(ties.c.id == known.tie.id).values({**values, **texts}))
    changed(tx, owner=owner, id=known.tie.id)


def star(tx: Connection, *, owner: str, contact_id: str) -> None:
    """Star the tie of a contact: whom one would know in the street."""
    known = of_contact(tx, owner=owner, contact_id=contact_id)
    if known is not None:
        describe(tx, owner=owner, id=known.tie.id, starred=True)


def add_note(tx: Connection, *, owner: str, id: str, kind: NoteKind, text: str, day: date | None = None) -> str:  # noqa: A002
    """Note one line; the same line of the same kind is noted once."""
    known = locked(tx, owner=owner, id=id)
    if len(known.tie.notes) >= NOTES_AT_MOST:
        raise BadValue("too_many_notes", "There are too many notes already. Remove one first.")
    note_id = _note(tx, owner, known.tie.id, kind, text, policies.today(tx, owner=owner), day)
    changed(tx, owner=owner, id=known.tie.id)
    return note_id


def drop_note(tx: Connection, *, owner: str, note_id: str, dropped: bool = True) -> str:
    """Take a note away, or (`dropped=False`) bring it back; give the tie that it is of."""
    mine = (notes.c.account_id == owner, notes.c.id == kept(note_id))
    tie_id = tx.execute(select(notes.c.tie_id).where(*mine)).scalar()
    if tie_id is None:
        raise NotFound("note", "There is no such note.")
    tx.execute(update(notes).where(*mine).values(dropped_at=now() if dropped else None))
    changed(tx, owner=owner, id=tie_id)
    return str(tie_id)


def add_promise(tx: Connection, *, owner: str, id: str, text: str, due_on: date) -> str:  # noqa: A002
    """Promise something for a day; it is a debt until it is kept or dropped."""
    known = locked(tx, owner=owner, id=id)
    today = policies.today(tx, owner=owner)
    promise_id = _promise(tx, owner, known.tie.id, text, made_on=today, due_on=due_on)
    plan_again(tx, owner=owner, tie_id=known.tie.id, today=today)
    return promise_id


def sent_by(tx: Connection, *, owner: str, tie: Tie) -> str:
    """The name of who sent somebody, or with whom they came; "" where nobody did."""
    if not tie.introduced_by:
        return ""
    join = ties.join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (ties.c.account_id == owner, ties.c.id == tie.introduced_by)
    row = tx.execute(select(contacts.c.name, contacts.c.org).select_from(join).where(*mine)).first()
    return (row.name or row.org) if row else ""


def count_in(tx: Connection, *, owner: str, circle: Circle) -> int:
    """How many ties are in a circle now."""
    join = tie_states.join(ties, ties.c.id == tie_states.c.tie_id).join(contacts, contacts.c.id == ties.c.contact_id)
    mine = (tie_states.c.account_id == owner, tie_states.c.circle == circle, contacts.c.deleted_at.is_(None))
    return tx.execute(select(func.count()).select_from(join).where(*mine)).scalar_one()


def lines_known(tx: Connection, *, owner: str, limit: int = 100) -> list[str]:
    """Lines that were noted of anybody, the latest first: what was typed once is offered again."""
    mine = (notes.c.account_id == owner, notes.c.dropped_at.is_(None), notes.c.kind != NoteKind.LINE)
    latest = func.max(notes.c.noted_on)
    query = select(func.max(notes.c.text)).where(*mine).group_by(notes.c.normal).order_by(latest.desc()).limit(limit)
    return list(tx.execute(query).scalars())


def follow_contact(tx: Connection, *, owner: str, contact_id: str) -> None:
    """Take over what a change of the contact changes of its tie."""
    known = of_contact(tx, owner=owner, contact_id=contact_id)
    if known is None:
        return
    reach = _reach(tx, owner, contact_id)
    values = {**reach, "channels": list(reach["channels"])}
    tx.execute(update(ties).where(ties.c.id == known.tie.id).values(values))
    changed(tx, owner=owner, id=known.tie.id)


def changed(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Plan a tie again after something about it changed that is no act."""
    tx.execute(update(ties).where(ties.c.id == id).values(revision=ties.c.revision + 1))
    plan_again(tx, owner=owner, tie_id=id, today=policies.today(tx, owner=owner))


def _one(tx: Connection, query: Select[Any]) -> History:
    found = load(tx, tx.execute(query).all())
    if not found:
        raise NotFound("tie", "There is no such tie.")
    return found[0]


def _row(owner: str, contact_id: str, source: Source, begun_on: date, reach: dict[str, Any]) -> dict[str, Any]:
    row = {"id": str(uuid4()), "account_id": owner, "contact_id": contact_id, "source": source, "begun_on": begun_on}
    reach = {**reach, "channels": list(reach["channels"])}
    return {**row, **reach, "circle": begins_in(source), "created_at": now()}


def _reach(tx: Connection, owner: str, contact_id: str) -> dict[str, Any]:
    mine = (contacts.c.account_id == owner, contacts.c.id == kept(contact_id), contacts.c.deleted_at.is_(None))
    vcard = tx.execute(select(contacts.c.vcard).where(*mine)).scalar()
    if vcard is None:
        raise NotFound("contact", "There is no such contact.")
    return asdict(reach_of(vcard))


def _remember(tx: Connection, owner: str, tie_id: str, met: Met, today: date) -> None:
    day = min(met.on, today)
    acts.add(tx, owner=owner, tie_id=tie_id, type=ActType.MET, day=day)
    if met.note.strip():
        _note(tx, owner, tie_id, NoteKind.LINE, met.note, day)
    if met.promise.strip():
        _promise(tx, owner, tie_id, met.promise, made_on=day, due_on=met.promise_on or day + _DAY)


def _without_tie(tx: Connection, owner: str, imported: Sequence[Imported]) -> list[tuple[Imported, str]]:
    """Those that are in the drawer and have no tie yet, each once, with their vCards."""
    join = contacts.outerjoin(ties, ties.c.contact_id == contacts.c.id)
    mine = (contacts.c.account_id == owner, contacts.c.deleted_at.is_(None), ties.c.id.is_(None))
    by_id = {one.contact_id: one for one in imported}
    query = select(contacts.c.id, contacts.c.vcard).select_from(join).where(*mine, contacts.c.id.in_(by_id))
    return [(by_id[row.id], row.vcard) for row in tx.execute(query)]


def _note(
    tx: Connection, owner: str, tie_id: str, kind: NoteKind, text: str, noted_on: date, day: date | None = None
) -> str:
    line, normal = _line(text), letters(kept(text))[:LONGEST_LINE]
    same = (notes.c.tie_id == tie_id, notes.c.kind == kind, notes.c.normal == normal)
    if known := tx.execute(select(notes.c.id).where(*same)).scalar():
        tx.execute(update(notes).where(notes.c.id == known).values(dropped_at=None))
        return str(known)
    row = {"id": str(uuid4()), "account_id": owner, "tie_id": tie_id, "kind": kind, "text": line, "normal": normal}
    tx.execute(insert(notes).values({**row, "noted_on": noted_on, "day": day}))
    note_words.keep(tx, owner=owner, note_id=row["id"], kind=kind, line=line)
    return row["id"]


def _promise(tx: Connection, owner: str, tie_id: str, text: str, *, made_on: date, due_on: date) -> str:
    promise_id = str(uuid4())
    act = acts.add(tx, owner=owner, tie_id=tie_id, type=ActType.PROMISED, day=made_on, on=promise_id)
    row = {"id": promise_id, "account_id": owner, "tie_id": tie_id, "text": _line(text), "act_id": act.id}
    tx.execute(insert(promises).values({**row, "made_on": made_on, "due_on": due_on}))
    return promise_id


def _line(text: str) -> str:
    line = " ".join(kept(text).split())[:LONGEST_LINE]
    if not line:
        raise BadValue("empty_line", "Write one line.")
    return line

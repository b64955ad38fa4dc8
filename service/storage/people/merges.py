"""Two contacts made one, and taken apart again: vCards, cards, ties with all that happened, and what else points there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.merging.joining import joined
from service.domain.merging.parting import parted
from service.storage.following import moving
from service.storage.moment import now
from service.storage.people import contacts, duplicates, merged_ties
from service.storage.people.contacts import KeptContact
from service.storage.people.duplicate_tables import merges
from service.storage.people.duplicates import PairState
from service.storage.tables import contacts as contacts_table
from service.storage.words import kept as kept_text


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge in force or undone. The vCards are those of before; `after` is what they became."""

    id: str
    kept_id: str
    gone_id: str
    card_id: str | None
    kept_before: str
    gone_before: str
    after: str
    made_at: datetime
    undone_at: datetime | None


def merge(tx: Connection, *, owner: str, kept_id: str, gone_id: str, card_id: str | None = None) -> Merge:
    """Join a contact into another, which keeps its id and its UID. Raises NotFound, BadValue for one with itself."""
    kept, gone = _both(tx, owner, kept_id, gone_id)
    if kept.id == gone.id:
        raise BadValue("merge_itself", "Choose two contacts to join.")
    made = joined(kept.vcard, gone.vcard, now=now())
    contacts.delete(tx, owner=owner, id=gone.id)
    after = contacts.write(
        tx, owner=owner, vcard=made.text, id=kept.id, gathering_id=None if kept.gathering_id else gone.gathering_id
    )
    moved, was = merged_ties.join(tx, owner=owner, kept_id=kept.id, gone_id=gone.id, news=made.news)
    moved += moving.move(tx, target=contacts_table, owner=owner, old=gone.id, new=kept.id)
    merged_ties.plan(tx, owner=owner, contact_ids=[kept.id])
    row = {"id": str(uuid4()), "account_id": owner, "kept_id": kept.id, "gone_id": gone.id, "card_id": card_id}
    texts = {"kept_before": kept.vcard, "gone_before": gone.vcard, "after": after.vcard}
    said = {**was, "gathering_id": kept.gathering_id}
    tx.execute(insert(merges).values(**row, **texts, moved=moved, was=said, made_at=now()))
    duplicates.settle(tx, owner=owner, one_id=kept.id, other_id=gone.id, state=PairState.JOINED)
    duplicates.look(tx, owner=owner, contact_ids=[kept.id])
    return get(tx, owner=owner, id=str(row["id"]))


def undo(tx: Connection, *, owner: str, id: str) -> Merge:  # noqa: A002
    """Take a merge back: both as they were, each with what was changed of it since.

    Raises Conflict for one that was undone already, and where the contact that stayed went into another since.
    """
    row = _row(tx, owner=owner, id=id)
    claim = update(merges).where(merges.c.id == row.id, merges.c.undone_at.is_(None)).values(undone_at=now())
    if not tx.execute(claim).rowcount:
        raise Conflict("merge_undone", "These two were taken apart already.")
    try:
        kept = contacts.to_change(tx, owner=owner, id=row.kept_id)
    except NotFound:
        raise Conflict(
            "merge_covered", "The contact was deleted or joined with another since. Undo that first."
        ) from None
    apart = parted(kept=row.kept_before, gone=row.gone_before, after=row.after, now=kept.vcard)
    contacts.write(tx, owner=owner, vcard=apart.kept, id=kept.id)
    _bring_back(tx, owner, row.gone_id, apart.gone)
    _set_gathering(tx, kept, row.was["gathering_id"])
    columns = moving.columns_to(contacts_table)
    moving.move_back(tx, row.moved, tables=columns, old=row.gone_id, new=row.kept_id)
    merged_ties.part(tx, owner=owner, moved=row.moved, was=row.was)
    merged_ties.plan(tx, owner=owner, contact_ids=[row.kept_id, row.gone_id])
    duplicates.settle(tx, owner=owner, one_id=row.kept_id, other_id=row.gone_id, state=PairState.APART)
    return get(tx, owner=owner, id=row.id)


def get(tx: Connection, *, owner: str, id: str) -> Merge:  # noqa: A002
    return _merge(_row(tx, owner=owner, id=id))


def of_contact(tx: Connection, *, owner: str, contact_id: str) -> list[Merge]:
    """The merges in force that made this contact what it is, the last first."""
    mine = (merges.c.account_id == owner, merges.c.kept_id == kept_text(contact_id), merges.c.undone_at.is_(None))
    return [_merge(row) for row in tx.execute(select(merges).where(*mine).order_by(merges.c.made_at.desc()))]


def of_card(tx: Connection, *, owner: str, card_id: str) -> Merge | None:
    """The merge in force that confirming the card made by itself."""
    mine = (merges.c.account_id == owner, merges.c.card_id == kept_text(card_id), merges.c.undone_at.is_(None))
    row = tx.execute(select(merges).where(*mine).order_by(merges.c.made_at.desc())).first()
    return _merge(row) if row else None


def lately(tx: Connection, *, owner: str, limit: int = 20) -> list[Merge]:
    """The last merges, whether in force or undone."""
    query = select(merges).where(merges.c.account_id == owner).order_by(merges.c.made_at.desc(), merges.c.id)
    return [_merge(row) for row in tx.execute(query.limit(limit))]


def stays(tx: Connection, *, owner: str, one_id: str, other_id: str) -> tuple[str, str]:
    """Which of two stays when they are joined, and which goes: the older, whose UID other devices know longer."""
    these = (contacts_table.c.account_id == owner, contacts_table.c.id.in_([one_id, other_id]))
    query = select(contacts_table.c.id).where(*these).order_by(contacts_table.c.created_at, contacts_table.c.id)
    found = list(tx.execute(query).scalars())
    if len(found) != 2:
        raise NotFound("contact", "There is no such contact.")
    return found[0], found[1]


def _both(tx: Connection, owner: str, *ids: str) -> list[KeptContact]:
    """Two contacts, held in one order by everybody, so that nobody waits in a circle."""
    held = {id_: contacts.to_change(tx, owner=owner, id=id_) for id_ in sorted(set(ids))}
    return [held[id_] for id_ in ids]


def _bring_back(tx: Connection, owner: str, gone_id: str, vcard: str) -> None:
    """Unless a device brought it back meanwhile: then it is what that device says."""
    this = (contacts_table.c.account_id == owner, contacts_table.c.id == gone_id)
    if tx.execute(select(contacts_table.c.deleted_at).where(*this)).scalar_one() is not None:
        contacts.restore(tx, owner=owner, id=gone_id)
        contacts.write(tx, owner=owner, vcard=vcard, id=gone_id)


def _set_gathering(tx: Connection, kept: KeptContact, before: str | None) -> None:
    if before is None and kept.gathering_id is not None:
        tx.execute(update(contacts_table).where(contacts_table.c.id == kept.id).values(gathering_id=None))


def _row(tx: Connection, *, owner: str, id: str) -> Row[Any]:  # noqa: A002
    row = tx.execute(select(merges).where(merges.c.account_id == owner, merges.c.id == kept_text(id))).first()
    if row is None:
        raise NotFound("merge", "There is no such merge.")
    return row


def _merge(row: Row[Any]) -> Merge:
    return Merge(**{name: getattr(row, name) for name in Merge.__slots__})

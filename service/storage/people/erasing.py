"""Erasing a person: every row that is theirs goes, and what other rows say of them; files are given back to be deleted."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, String, cast, delete, or_, select, text, union, update

from service.domain.people.contact import CardFields
from service.domain.people.erasing import fresh_marks, names_of, reaches
from service.domain.people.vcard import fields_of
from service.domain.reading.reading_json import from_json
from service.storage import named_files
from service.storage.dav import dav_changes
from service.storage.following import policies
from service.storage.following.outcome_tables import referrals
from service.storage.following.planning import plan_again
from service.storage.following.tie_tables import acts, ties, touches, week_seats
from service.storage.meeting.gathering_tables import guests
from service.storage.meeting.introduction_tables import introductions
from service.storage.people import contacts, erased, words_index
from service.storage.people.duplicate_tables import merges
from service.storage.people.import_tables import imports
from service.storage.people.imports import ImportState
from service.storage.reaching.feed_tables import feed_events
from service.storage.reaching.mail_tables import outgoing
from service.storage.reading.cards import WHOLE, Card, card_of
from service.storage.tables import accounts, cards, photos, rereadings
from service.storage.tables import contacts as contacts_table

_OVER: Final = (ImportState.DONE, ImportState.FAILED, ImportState.UNDONE)
"""States in which the file of an import has done its work."""


_OF_PHOTOS: Final = (photos.c.sha256, photos.c.spoken, photos.c.shown)


@dataclass(frozen=True, slots=True)
class Shared:
    """A photo that shows others too: it is to be cut anew from the pictures of their cards."""

    photo_id: str
    others: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Traces:
    """All that is somebody's: contacts made one with this one count as the same person."""

    contact_ids: tuple[str, ...]
    fields: tuple[CardFields, ...]
    cards: tuple[Card, ...]
    shared: tuple[Shared, ...]


def traces(tx: Connection, *, owner: str, id: str) -> Traces:  # noqa: A002  # of the contact
    """Look for all that is somebody's. Raises NotFound."""
    ids = _same_person(tx, owner, contacts.get(tx, owner=owner, id=id).id)
    texts = tx.execute(select(contacts_table.c.vcard).where(contacts_table.c.id.in_(ids))).scalars()
    fields = tuple(fields_of(vcard) for vcard in texts)
    theirs = _cards(tx, owner, ids, {one for each in fields for one in reaches(each)})
    return Traces(ids, fields, theirs, tuple(_shared(tx, owner, theirs)))


def erase(
    tx: Connection, found: Traces, *, owner: str, keys: Sequence[str], cut: dict[str, tuple[str, int, list[Any]]]
) -> list[str]:
    """Erase; give the files to be deleted after the commit. `cut` holds the new file of each photo that others are on.

    In it, by the photo's id: the name of the file, its size, and where each of the others' cards now lies.
    """
    erased.remember(tx, owner=owner, marks=[m for each in found.fields for m in fresh_marks(keys, owner, each)])
    tie_ids = list(tx.execute(select(ties.c.id).where(ties.c.contact_id.in_(found.contact_ids))).scalars())
    files = [*_drop_pictures(tx, owner, found, cut), *_drop_imports(tx, owner)]
    _drop_mails(tx, owner, found.fields, tie_ids)
    partners = _drop_causes(tx, owner, tie_ids) | _drop_naming(tx, owner, found.fields)
    _drop_mentions(tx, owner, tie_ids)
    for contact_id in found.contact_ids:
        words_index.forget(tx, contact_id=contact_id)
        dav_changes.note(tx, owner=owner, id=contact_id)
    tx.execute(delete(contacts_table).where(contacts_table.c.id.in_(found.contact_ids)))
    today = policies.today(tx, owner=owner)
    for tie_id in sorted(partners - set(tie_ids)):
        plan_again(tx, owner=owner, tie_id=tie_id, today=today)
    return named_files.unneeded(tx, files)


def erase_account(tx: Connection, *, owner: str) -> list[str]:
    """Erase an account with all that it holds; give the files to be deleted after the commit."""
    of_photos = [select(column).where(photos.c.account_id == owner) for column in _OF_PHOTOS]
    of_cards = select(cards.c.picture).where(cards.c.account_id == owner)
    before = select(rereadings.c.picture).where(rereadings.c.account_id == owner)
    sheets = select(imports.c.sha256).where(imports.c.account_id == owner)
    files = [file for file in tx.execute(union(*of_photos, of_cards, before, sheets)).scalars() if file]
    if tx.dialect.name == "sqlite":
        rows = "SELECT found_row FROM contacts WHERE account_id = :owner AND found_row IS NOT NULL"
        tx.execute(text(f"DELETE FROM contacts_found WHERE rowid IN ({rows})"), {"owner": owner})  # noqa: S608  # fixed text
    tx.execute(delete(accounts).where(accounts.c.id == owner))
    return named_files.unneeded(tx, files)


def wipe(tx: Connection) -> None:
    """Overwrite what is deleted, where the database does not by itself; PostgreSQL does it at its own VACUUM."""
    if tx.dialect.name == "sqlite":
        tx.execute(text("PRAGMA secure_delete = ON"))


def _same_person(tx: Connection, owner: str, id_: str) -> tuple[str, ...]:
    """The contact, and those that became one with it."""
    known, new = {id_}, {id_}
    while new:
        mine = (merges.c.account_id == owner, merges.c.undone_at.is_(None), merges.c.kept_id.in_(new))
        new = set(tx.execute(select(merges.c.gone_id).where(*mine)).scalars()) - known
        known |= new
    return tuple(sorted(known))


def _cards(tx: Connection, owner: str, contact_ids: Collection[str], reached: set[str]) -> tuple[Card, ...]:
    """The cards that made the contact, their other sides, and others that were never confirmed and reach the same."""
    mine = cards.c.account_id == owner
    front = select(cards.c.id).where(mine, cards.c.contact_id.in_(contact_ids))
    backs = select(cards.c.side_of).where(mine, cards.c.contact_id.in_(contact_ids), cards.c.side_of.is_not(None))
    loose = [
        row.id
        for row in tx.execute(select(cards.c.id, cards.c.reading).where(mine, cards.c.contact_id.is_(None)))
        if reached & _reached_by(row.reading)
    ]
    ids = {*tx.execute(union(front, backs)).scalars(), *loose}
    theirs = or_(cards.c.id.in_(ids), cards.c.side_of.in_(ids))
    return tuple(card_of(row) for row in tx.execute(WHOLE.where(mine, theirs)))


def _reached_by(kept: Any) -> set[str]:
    reading = from_json(kept)
    emails = tuple(found.value for found in reading.emails)
    phones = tuple(found.value for found in reading.phones)
    return reaches(CardFields(emails=emails, phones=phones))


def _shared(tx: Connection, owner: str, theirs: Sequence[Card]) -> Iterator[Shared]:
    ids = {card.id for card in theirs}
    for photo_id in sorted({card.photo_id for card in theirs}):
        rows = tx.execute(
            WHOLE.where(cards.c.account_id == owner, cards.c.photo_id == photo_id).order_by(cards.c.position)
        )
        others = tuple(card for card in map(card_of, rows) if card.id not in ids)
        if others:
            yield Shared(photo_id, others)


def _drop_pictures(
    tx: Connection, owner: str, found: Traces, cut: dict[str, tuple[str, int, list[Any]]]
) -> Iterator[str]:
    """Cards with what they were read from; a photo that others are on becomes the new one, without words said of all."""
    ids, photo_ids = [card.id for card in found.cards], {card.photo_id for card in found.cards}
    of_photos = select(*_OF_PHOTOS).where(photos.c.account_id == owner, photos.c.id.in_(photo_ids))
    before = select(rereadings.c.picture).where(rereadings.c.card_id.in_(ids))
    for row in tx.execute(of_photos):
        yield from (file for file in row if file)
    yield from (card.picture for card in found.cards if card.picture)
    yield from (file for file in tx.execute(before).scalars() if file)
    tx.execute(delete(cards).where(cards.c.account_id == owner, cards.c.id.in_(ids)))
    for shared in found.shared:
        sha256, size, corners = cut[shared.photo_id]
        said = {
            "note": "",
            "promise": "",
            "promise_on": None,
            "spoken": "",
            "spoken_kind": "",
            "name": "",
            "kind": "image/jpeg",
            "gone_at": None,
        }
        mine = (photos.c.account_id == owner, photos.c.id == shared.photo_id)
        tx.execute(update(photos).where(*mine).values(sha256=sha256, size=size, shown=sha256, shown_scale=1, **said))
        for card, place in zip(shared.others, corners, strict=True):
            tx.execute(update(cards).where(cards.c.id == card.id).values(corners=place))
            tx.execute(delete(rereadings).where(rereadings.c.card_id == card.id))
    alone = photo_ids - {shared.photo_id for shared in found.shared}
    tx.execute(delete(photos).where(photos.c.account_id == owner, photos.c.id.in_(alone)))


def _drop_imports(tx: Connection, owner: str) -> list[str]:
    """The files of imports that are over hold everybody in the clear, and have done their work."""
    over = (imports.c.account_id == owner, imports.c.sha256 != "", imports.c.state.in_(_OVER))
    files = list(tx.execute(select(imports.c.sha256).where(*over)).scalars())
    tx.execute(update(imports).where(*over).values(sha256=""))
    return files


def _drop_causes(tx: Connection, owner: str, tie_ids: Collection[str]) -> set[str]:
    """What was between them and somebody else, on the other's side; give the ties to be planned again."""
    pairs = select(introductions.c.id, introductions.c.a, introductions.c.b)
    pairs = pairs.where(introductions.c.account_id == owner)
    both = tx.execute(pairs.where(or_(introductions.c.a.in_(tie_ids), introductions.c.b.in_(tie_ids)))).all()
    sent = select(referrals.c.act_id, referrals.c.tie_id, referrals.c.referred_id)
    sent = sent.where(referrals.c.account_id == owner, referrals.c.referred_id.in_(tie_ids))
    by = tx.execute(sent).all()
    causes = [f"introduction:{row.id}" for row in both] + [f"received:{row.act_id}" for row in by]
    for cause in causes:
        for table in (touches, week_seats):
            its = table.c.cause.startswith(cause, autoescape=True)
            tx.execute(delete(table).where(table.c.account_id == owner, its))
        its = acts.c.cause.startswith(cause, autoescape=True)
        tx.execute(update(acts).where(acts.c.account_id == owner, its).values(text="", reason=""))
    tx.execute(update(acts).where(acts.c.id.in_([row.act_id for row in by])).values(text="", reason=""))
    ends = {end for row in both for end in (row.a, row.b)} | {row.tie_id for row in by}
    tx.execute(delete(introductions).where(introductions.c.id.in_([row.id for row in both])))
    tx.execute(delete(referrals).where(or_(referrals.c.referred_id.in_(tie_ids), referrals.c.tie_id.in_(tie_ids))))
    return ends


def _drop_mails(tx: Connection, owner: str, fields: Sequence[CardFields], tie_ids: Collection[str]) -> None:
    """Mails to them, mails about a touch of theirs, and every other that names them."""
    theirs = select(touches.c.id).where(touches.c.tie_id.in_(tie_ids))
    said = {name for each in fields for name in names_of(each)}
    columns = (outgoing.c.to_address, outgoing.c.subject, outgoing.c.text, outgoing.c.html, outgoing.c.ics)
    named = [column.icontains(name, autoescape=True) for name in said for column in columns]
    either = or_(outgoing.c.touch_id.in_(theirs), *named)
    tx.execute(delete(outgoing).where(outgoing.c.account_id == owner, either))


def _drop_naming(tx: Connection, owner: str, fields: Sequence[CardFields]) -> set[str]:
    """Touches and seats of others that name them: they were made from a plan, and are made again. Give their ties."""
    said = {written for each in fields for name in names_of(each) for written in (name, _in_json(name))}
    dropped: set[str] = set()
    for column in (touches.c.why, touches.c.draft, touches.c.given, week_seats.c.touch):
        naming = [cast(column, String).icontains(one, autoescape=True) for one in said]
        if naming:
            mine = delete(column.table).where(column.table.c.account_id == owner, or_(*naming))
            dropped |= set(tx.execute(mine.returning(column.table.c.tie_id)).scalars())
    return dropped


def _in_json(text: str) -> str:
    """As it stands in a column of JSON, where what is beyond ASCII is escaped."""
    return json.dumps(text)[1:-1]


def _drop_mentions(tx: Connection, owner: str, tie_ids: Collection[str]) -> None:
    """Ids of theirs in rows of others, and the names that others' guests were given."""
    tx.execute(
        update(ties).where(ties.c.account_id == owner, ties.c.introduced_by.in_(tie_ids)).values(introduced_by="")
    )
    came_with = (guests.c.account_id == owner, guests.c.guest_tie_id.in_(tie_ids))
    tx.execute(update(guests).where(*came_with).values(guest_tie_id="", brings=""))
    ids = tx.execute(select(touches.c.id).where(touches.c.tie_id.in_(tie_ids))).scalars()
    uids = [f"window-{id_}@undrawer" for id_ in ids]
    tx.execute(delete(feed_events).where(feed_events.c.account_id == owner, feed_events.c.uid.in_(uids)))

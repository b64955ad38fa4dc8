"""The ties of two contacts that become one: one history, planned again; and apart again, each act with its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, or_, select, update

from service.domain.errors import BadValue
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.storage.following import moving, ties
from service.storage.following.moving import Moved
from service.storage.following.tie_tables import acts, notes
from service.storage.following.tie_tables import ties as rows
from service.storage.moment import now

_SAID: Final = ("prefers", "shared_past", "gathering", "gathering_id", "introduced_by", "language", "formality")
"""What the tie that stays keeps where it says something, and else takes from the other."""
_FEW: Final = 500


def join(tx: Connection, *, owner: str, kept_id: str, gone_id: str, news: str) -> tuple[Moved, dict[str, Any]]:
    """Make one tie of the two; what was moved, and what the one that stays said before."""
    mine, theirs = _row(tx, owner, kept_id), _row(tx, owner, gone_id)
    if mine is None or theirs is None:
        return [], {}  # the one tie there is, if any, goes with what points at its contact
    before = {name: _plain(getattr(mine, name)) for name in _taken_over(mine, theirs)}
    _describe(tx, mine.id, _taken_over(mine, theirs))
    moved = moving.move(tx, target=rows, owner=owner, old=theirs.id, new=mine.id)
    after = {name: _plain(value) for name, value in _taken_over(mine, theirs).items()}
    was = {"tie": mine.id, "gone_tie": theirs.id, "before": before, "after": after}
    if news:
        was["note"] = _note(tx, owner, mine.id, news)
    return moved, was


def part(tx: Connection, *, owner: str, moved: Sequence[Sequence[Any]], was: dict[str, Any]) -> None:
    """Take them apart again: what was moved, and what happened since because of it, goes back."""
    if "tie" not in was:
        return
    mine, theirs = was["tie"], was["gone_tie"]
    ids = [str(key[0]) for table, _column, key in moved if table in ("acts", "promises", "notes")]
    moving.move_back(tx, moved, tables=moving.columns_to(rows), old=theirs, new=mine)
    _send_after(tx, mine, theirs, ids)
    if "note" in was:
        tx.execute(update(notes).where(notes.c.id == was["note"]).values(dropped_at=now()))
    row = tx.execute(select(rows).where(rows.c.id == mine, rows.c.account_id == owner)).one()
    unchanged = {
        name: was["before"][name] for name, value in was["after"].items() if _plain(getattr(row, name)) == value
    }
    _describe(tx, mine, {name: _value(name, before) for name, before in unchanged.items()})


def plan(tx: Connection, *, owner: str, contact_ids: Sequence[str]) -> None:
    """Take over what the contacts say now, and plan their ties again."""
    for id_ in contact_ids:
        ties.follow_contact(tx, owner=owner, contact_id=id_)


def _send_after(tx: Connection, mine: str, theirs: str, ids: Sequence[str]) -> None:
    """Acts of later that stand on what was moved: an answer to a message goes where the message goes."""
    while ids:
        about = or_(acts.c.on.in_(ids), *(acts.c.cause.contains(id_) for id_ in ids if len(ids) < _FEW))
        found = list(tx.execute(select(acts.c.id).where(acts.c.tie_id == mine, about)).scalars())
        tx.execute(update(acts).where(acts.c.id.in_(found)).values(tie_id=theirs))
        ids = found


def _describe(tx: Connection, tie_id: str, values: dict[str, Any]) -> None:
    if values:
        tx.execute(update(rows).where(rows.c.id == tie_id).values(values))


def _note(tx: Connection, owner: str, tie_id: str, news: str) -> str:
    """A reason to congratulate; where no note goes in any more, there is none."""
    try:
        return ties.add_note(tx, owner=owner, id=tie_id, kind=NoteKind.NEW_TITLE, text=news)
    except BadValue:
        return ""


def _taken_over(mine: Row[Any], theirs: Row[Any]) -> dict[str, Any]:
    said = {name: getattr(theirs, name) for name in _SAID if not getattr(mine, name) and getattr(theirs, name)}
    known = [day for day in (mine.known_since, theirs.known_since) if day]
    both = {
        "begun_on": min(mine.begun_on, theirs.begun_on),
        "starred": mine.starred or theirs.starred,
        "senior": mine.senior if mine.senior != 1 else theirs.senior,
        "known_since": min(known) if known else None,
        "circle": min(mine.circle, theirs.circle, key=lambda one: Circle(one).place),
    }
    return {**said, **{name: value for name, value in both.items() if value != getattr(mine, name)}}


def _row(tx: Connection, owner: str, contact_id: str) -> Row[Any] | None:
    return tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.contact_id == contact_id)).first()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in ("begun_on", "known_since") and value else value

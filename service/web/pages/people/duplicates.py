"""Pairs that may be one person: side by side, joined or left apart with a tap, and a merge taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.errors import NotFound
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.storage.database import Transaction
from service.storage.people import contacts as kept_contacts
from service.storage.people import duplicates as kept_duplicates
from service.storage.people import merges
from service.storage.people.duplicates import Pair, PairState
from service.web.identity import account, signed_in
from service.web.pages.people.duplicate_wording import FIELDS, REASONS
from service.web.pages.people.known import values_of
from service.web.pages.telling import tell
from service.web.parts import parts

AT_ONCE = 100
"""So many sure pairs are joined with one tap; the others come with the next."""
FEWEST_SURE = 2
LATELY = 5

duplicates = Blueprint("duplicates", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """What both say of one thing; `same` where they agree."""

    name: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A pair as the screen shows it. The first is the one that stays."""

    pair: Pair
    stays_id: str
    goes_id: str
    names: tuple[str, str]
    why: str
    rows: tuple[Row, ...]


@duplicates.get("/duplicates")
@signed_in
def page() -> str:
    """The pair that the address names, or the first that waits."""
    owner = account().id
    with parts().db.reading() as tx:
        pair = _asked_pair(tx, owner) or next(iter(kept_duplicates.page(tx, owner=owner, limit=1)), None)
        beside = _beside(tx, owner, pair) if pair else None
        number = kept_duplicates.count(tx, owner=owner)
        sure = kept_duplicates.count(tx, owner=owner, sure=True)
        lately = [one for one in merges.lately(tx, owner=owner, limit=LATELY) if one.undone_at is None]
    joined = [(one, fields_of(one.gone_before).shown_as, fields_of(one.kept_before).shown_as) for one in lately]
    shown = sure if sure >= FEWEST_SURE else 0
    return render_template(
        "people/duplicates.html", beside=beside, number=number, sure=min(shown, AT_ONCE), joined=joined
    )


@duplicates.post("/duplicates")
@signed_in
def settle() -> Response:
    """Do what the button says with the pair of the form."""
    owner, act = account().id, request.form.get("act", "")
    one, other = request.form.get("one", ""), request.form.get("other", "")
    if act == "join_sure":
        return _join_sure(owner)
    with parts().db.transaction() as tx:
        if act == "join":
            kept_id, gone_id = merges.stays(tx, owner=owner, one_id=one, other_id=other)
            made = merges.merge(tx, owner=owner, kept_id=kept_id, gone_id=gone_id)
            who = fields_of(made.after).shown_as
        else:
            for id_ in (one, other):
                kept_contacts.get(tx, owner=owner, id=id_)
            state = PairState.LATER if act == "later" else PairState.APART
            kept_duplicates.settle(tx, owner=owner, one_id=one, other_id=other, state=state)
    if act == "join":
        opens = url_for("pages.contacts.page", id=made.kept_id)
        tell(_("%(who)s is one contact now.", who=who), open=opens, undo=url_for("pages.duplicates.undo", id=made.id))
    elif act == "apart":
        tell(_("They stay two, and you will not be asked again."))
    return redirect(url_for("pages.duplicates.page"), 303)


@duplicates.post("/merges/<uuid:id>/undo")
@signed_in
def undo(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        made = merges.undo(tx, owner=account().id, id=str(id))
    tell(_("They are two again, each as before."))
    return redirect(url_for("pages.contacts.page", id=made.kept_id), 303)


def _join_sure(owner: str) -> Response:
    with parts().db.transaction() as tx:
        joined = 0
        for pair in kept_duplicates.page(tx, owner=owner, limit=AT_ONCE):
            # A join may have taken one of a later pair away, or joined it already.
            joined += pair.likeness.sure and _join(tx, owner, pair)
    tell(ngettext("%(num)d pair is one contact now.", "%(num)d pairs are one contact each now.", joined))
    return redirect(url_for("pages.duplicates.page"), 303)


def _join(tx: Transaction, owner: str, pair: Pair) -> bool:
    try:
        kept_id, gone_id = merges.stays(tx, owner=owner, one_id=pair.one_id, other_id=pair.other_id)
        merges.merge(tx, owner=owner, kept_id=kept_id, gone_id=gone_id)
    except NotFound:
        return False
    return True


def _asked_pair(tx: Transaction, owner: str) -> Pair | None:
    one, other = request.args.get("one", ""), request.args.get("other", "")
    try:
        return kept_duplicates.get(tx, owner=owner, one_id=one, other_id=other) if one and other else None
    except NotFound:
        return None


def _beside(tx: Transaction, owner: str, pair: Pair) -> Beside:
    stays, goes = merges.stays(tx, owner=owner, one_id=pair.one_id, other_id=pair.other_id)
    one, other = (fields_of(kept_contacts.get(tx, owner=owner, id=id_).vcard) for id_ in (stays, goes))
    rows = tuple(rows_of(one, other))
    why = str(REASONS[pair.likeness.reason, pair.likeness.sure])
    return Beside(pair, stays, goes, (one.shown_as, other.shown_as), why, rows)


def rows_of(one: CardFields, other: CardFields) -> Iterator[Row]:
    for field, name in FIELDS.items():
        mine, theirs = values_of(one, field), values_of(other, field)
        if mine or theirs:
            yield Row(str(name), mine, theirs, _same(mine, theirs))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return sorted(value.casefold() for value in one) == sorted(value.casefold() for value in other)

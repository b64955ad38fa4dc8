"""Duplicates over HTTP: pairs that may be one person, joined or left apart, and merges taken back."""

from typing import Any
from uuid import UUID

from service.storage.people import contacts, duplicates, merges
from service.storage.people.duplicates import PairState
from service.web.api.document import refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.duplicates import MergeAnswer, MergesAnswer, PairAnswer, PairGiven, PairsAnswer
from service.web.parts import parts

bp = noun("duplicates", about="Contacts that may be one person, and merges that can be taken back.")

_GONE: Any = refusals(_404="There is no such contact, pair or merge.")


@bp.get("/duplicates")
@bp.output(PairsAnswer)
def list_pairs() -> PairsAnswer:
    """List the pairs that wait for a word, the sure ones first."""
    with parts().db.reading() as tx:
        pairs = duplicates.page(tx, owner=owner(), limit=200)
        return PairsAnswer(pairs=[PairAnswer.of(pair) for pair in pairs], count=duplicates.count(tx, owner=owner()))


@bp.post("/duplicates/join")
@bp.input(PairGiven, arg_name="given")
@bp.output(MergeAnswer)
@bp.doc(responses=_GONE)
def join_pair(given: PairGiven) -> MergeAnswer:
    """Make one contact of two; the older stays, with its UID."""
    with parts().db.transaction() as tx:
        kept_id, gone_id = merges.stays(tx, owner=owner(), one_id=given.one, other_id=given.other)
        return MergeAnswer.of(merges.merge(tx, owner=owner(), kept_id=kept_id, gone_id=gone_id))


@bp.post("/duplicates/apart")
@bp.input(PairGiven, arg_name="given")
@bp.output({}, status_code=204, description="They will not be proposed again.")
@bp.doc(responses=_GONE)
def leave_apart(given: PairGiven) -> str:
    """Say that two contacts are not the same."""
    with parts().db.transaction() as tx:
        for id_ in (given.one, given.other):
            contacts.get(tx, owner=owner(), id=id_)
        duplicates.settle(tx, owner=owner(), one_id=given.one, other_id=given.other, state=PairState.APART)
    return ""


@bp.get("/merges")
@bp.output(MergesAnswer)
def list_merges() -> MergesAnswer:
    """List the last merges, whether in force or undone."""
    with parts().db.reading() as tx:
        return MergesAnswer(merges=[MergeAnswer.of(made) for made in merges.lately(tx, owner=owner(), limit=100)])


@bp.post("/merges/<uuid:merge_id>/undo")
@bp.output(MergeAnswer)
@bp.doc(responses=refusals(_404="There is no such merge.", _409="It was undone, or covered by a later one."))
def undo_merge(merge_id: UUID) -> MergeAnswer:
    """Take a merge back: both contacts as they were, each with what was changed of it since."""
    with parts().db.transaction() as tx:
        return MergeAnswer.of(merges.undo(tx, owner=owner(), id=str(merge_id)))

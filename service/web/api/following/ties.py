"""Ties over HTTP: how each stands, and what is said, noted, promised, logged and undone of it."""

from typing import Any
from uuid import UUID

from service.domain.errors import BadValue, Conflict
from service.domain.ties.act import Act
from service.domain.ties.outlook import outlook_of
from service.domain.ties.story import read
from service.domain.ties.tie import Source
from service.storage.database import Transaction
from service.storage.following import deeds, policies, tie_pages, ties, touches
from service.web.api.document import refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.act import LogGiven, TieActAnswer, TieActsAnswer
from service.web.api.shapes.tie import (
    BeginGiven,
    NoteGiven,
    PromiseGiven,
    TieAnswer,
    TieChanges,
    TiesAnswer,
    TiesQuery,
    TieSummary,
)
from service.web.api.shapes.touch import AskGiven, PlanGiven
from service.web.parts import parts

bp = noun("ties", about="Relationships with contacts: how each stands, what comes next, and all that happened.")


@bp.get("/ties")
@bp.input(TiesQuery, location="query", arg_name="query")
@bp.output(TiesAnswer)
def list_ties(query: TiesQuery) -> TiesAnswer:
    """List ties, newest first; all, or that of one contact."""
    with parts().db.reading() as tx:
        page = tie_pages.page(tx, owner=owner(), contact_id=query.contact, after=query.after or None, limit=query.limit)
    return TiesAnswer(ties=[_summary(row) for row in page.rows], next=page.next)


@bp.post("/ties")
@bp.input(BeginGiven, arg_name="given")
@bp.output(TieAnswer, description="The tie, new or as it was.")
def begin_tie(given: BeginGiven) -> TieAnswer:
    """Begin to keep in touch with a contact that has no tie yet."""
    with parts().db.transaction() as tx:
        tie_id = ties.begin(tx, owner=owner(), contact_id=given.contact, source=Source.HAND)
        return _told(tx, tie_id)


@bp.get("/ties/<uuid:tie_id>")
@bp.output(TieAnswer)
def get_tie(tie_id: UUID) -> TieAnswer:
    """Show a tie with its notes, promises, touches and acts."""
    with parts().db.reading() as tx:
        return _told(tx, str(tie_id))


@bp.patch("/ties/<uuid:tie_id>")
@bp.input(TieChanges, arg_name="changes")
@bp.output(TieAnswer)
@bp.doc(responses=refusals(_409="The inner circle is full."))
def change_tie(tie_id: UUID, changes: TieChanges) -> TieAnswer:
    """Change what a person says of a tie; its stage and warmth follow from what happened."""
    said = changes.model_dump(exclude_unset=True)
    circle = said.pop("circle", None)
    if any(value is None for name, value in said.items() if name not in ("prefers", "known_since")):
        raise BadValue("null", "Only prefers and known_since can be null.")
    with parts().db.transaction() as tx:
        if said:
            ties.describe(tx, owner=owner(), id=str(tie_id), **said)
        if circle is not None:
            deeds.move(tx, owner=owner(), tie_id=str(tie_id), circle=circle)
        return _told(tx, str(tie_id))


@bp.post("/ties/<uuid:tie_id>/log")
@bp.input(LogGiven, arg_name="given")
@bp.output(TieActAnswer)
def log_act(tie_id: UUID, given: LogGiven) -> TieActAnswer:
    """Write down what happened outside the plan; the same on the same day is written down once."""
    told = [bool(given.talk), bool(given.gift), given.met, given.wrote, given.accepted]
    if sum(told) != 1:
        raise BadValue("log", "Say one thing: talk, gift, met, wrote or accepted.")
    with parts().db.transaction() as tx:
        return TieActAnswer.of(_log(tx, str(tie_id), given))


@bp.post("/ties/<uuid:tie_id>/notes")
@bp.input(NoteGiven, arg_name="given")
@bp.output(TieAnswer)
def note(tie_id: UUID, given: NoteGiven) -> TieAnswer:
    """Note one line; the same line of the same kind is noted once."""
    with parts().db.transaction() as tx:
        ties.add_note(tx, owner=owner(), id=str(tie_id), kind=given.kind, text=given.text, day=given.day)
        return _told(tx, str(tie_id))


@bp.delete("/notes/<uuid:note_id>")
@bp.output({}, status_code=204, description="It is gone.")
def drop_note(note_id: UUID) -> str:
    """Take a note away."""
    with parts().db.transaction() as tx:
        ties.drop_note(tx, owner=owner(), note_id=str(note_id))
    return ""


@bp.post("/notes/<uuid:note_id>/back")
@bp.output(TieAnswer)
def bring_note_back(note_id: UUID) -> TieAnswer:
    """Undo that a note was taken away."""
    with parts().db.transaction() as tx:
        return _told(tx, ties.drop_note(tx, owner=owner(), note_id=str(note_id), dropped=False))


@bp.post("/ties/<uuid:tie_id>/promises")
@bp.input(PromiseGiven, arg_name="given")
@bp.output(TieAnswer)
def promise(tie_id: UUID, given: PromiseGiven) -> TieAnswer:
    """Promise something for a day: it is planned until it is kept or dropped."""
    with parts().db.transaction() as tx:
        ties.add_promise(tx, owner=owner(), id=str(tie_id), text=given.text, due_on=given.due_on)
        return _told(tx, str(tie_id))


@bp.post("/promises/<uuid:promise_id>/release")
@bp.output(TieActAnswer)
def release_promise(promise_id: UUID) -> TieActAnswer:
    """Drop a promise."""
    with parts().db.transaction() as tx:
        return TieActAnswer.of(touches.release(tx, owner=owner(), promise_id=str(promise_id)))


@bp.post("/ties/<uuid:tie_id>/ask")
@bp.input(AskGiven, arg_name="given")
@bp.output(TieActAnswer)
@bp.doc(responses=refusals(_409="The gate is shut (`missing` of the tie says why), and no reason was given."))
def ask(tie_id: UUID, given: AskGiven) -> TieActAnswer:
    """Put an ask on Today, through the gate: give before you ask."""
    with parts().db.transaction() as tx:
        act = deeds.plan_ask(tx, owner=owner(), tie_id=str(tie_id), reason=given.reason, text=given.text)
        return TieActAnswer.of(act)


@bp.post("/ties/<uuid:tie_id>/plan")
@bp.input(PlanGiven, arg_name="given")
@bp.output(TieActAnswer)
def plan_by_hand(tie_id: UUID, given: PlanGiven) -> TieActAnswer:
    """Put a touch on a day by hand."""
    with parts().db.transaction() as tx:
        values = given.model_dump()
        return TieActAnswer.of(deeds.plan_by_hand(tx, owner=owner(), tie_id=str(tie_id), **values))


@bp.post("/ties/<uuid:tie_id>/let-go")
@bp.output(TieActAnswer)
@bp.doc(responses=refusals(_409="A promise is open; keep it or drop it first."))
def let_go(tie_id: UUID) -> TieActAnswer:
    """Let go: the explicit no. Nothing is planned any more until they write or you take it up again."""
    with parts().db.transaction() as tx:
        act = deeds.let_go(tx, owner=owner(), tie_id=str(tie_id))
        if act is None:
            raise Conflict("promise_open", "A promise is kept or dropped, not skipped.")
        return TieActAnswer.of(act)


@bp.post("/ties/<uuid:tie_id>/revive")
@bp.output(TieActAnswer)
def revive(tie_id: UUID) -> TieActAnswer:
    """Take up again what rests or was let go."""
    with parts().db.transaction() as tx:
        return TieActAnswer.of(deeds.revive(tx, owner=owner(), tie_id=str(tie_id)))


@bp.post("/acts/<uuid:act_id>/undo")
@bp.output(TieActsAnswer, description="All that fell with it; nothing where it was undone before.")
def undo_act(act_id: UUID) -> TieActsAnswer:
    """Undo an act and what stands on it, such as the answer to it."""
    with parts().db.transaction() as tx:
        fallen = touches.undo(tx, owner=owner(), act_id=str(act_id))
    return TieActsAnswer(acts=[TieActAnswer.of(act) for act in fallen])


def _log(tx: Transaction, tie_id: str, given: LogGiven) -> Act:
    if given.talk:
        return deeds.talked(tx, owner=owner(), tie_id=tie_id, talk=given.talk, day=given.day)
    if given.gift:
        more: dict[str, Any] = {"text": given.text, "value_cents": given.value_cents}
        return deeds.received(tx, owner=owner(), tie_id=tie_id, gift=given.gift, day=given.day, **more)
    if given.met:
        return deeds.met(tx, owner=owner(), tie_id=tie_id, day=given.day)
    if given.wrote:
        return deeds.they_wrote(tx, owner=owner(), tie_id=tie_id, day=given.day)
    return deeds.accepted(tx, owner=owner(), tie_id=tie_id, day=given.day)


def _told(tx: Transaction, tie_id: str) -> TieAnswer:
    history = ties.get(tx, owner=owner(), id=tie_id)
    account, today = policies.of(tx, owner=owner()).account, policies.today(tx, owner=owner())
    planned = touches.of_tie(tx, owner=owner(), tie_id=history.tie.id)
    return TieAnswer.of(history, outlook_of(read(history.tie, history.acts, account, today)), planned)


def _summary(row: tie_pages.Listed) -> TieSummary:
    same = ("name", "stage", "warmth", "circle", "standing", "next_day")
    url = f"/api/v1/ties/{row.id}"
    return TieSummary(
        id=UUID(row.id), url=url, contact=UUID(row.contact_id), **{one: getattr(row, one) for one in same}
    )

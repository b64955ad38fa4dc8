"""Touches over HTTP: what is due on a day, and done, another day, not this one, answered, undone."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from service.domain.errors import NotFound
from service.domain.ties.act import Act, Outcome
from service.storage.database import Transaction
from service.storage.following import acts, calls, policies, touches
from service.web.api.document import refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.act import TieActAnswer, TieActsAnswer
from service.web.api.shapes.touch import (
    AnswerGiven,
    DoneAnswer,
    DoneGiven,
    PostponeGiven,
    SkipGiven,
    SwapGiven,
    TouchAnswer,
    TouchesAnswer,
    TouchesQuery,
)
from service.web.parts import parts

bp = noun("touches", about="Single personal acts that are due: done once, however many devices say so.")

_OUTCOMES = {"warm": Outcome.WARM, "cool": Outcome.COOL, "no": None, "unknown": Outcome.UNKNOWN}
_GONE = refusals(_409="It is not planned any more.")


@bp.get("/touches")
@bp.input(TouchesQuery, location="query", arg_name="query")
@bp.output(TouchesAnswer)
def list_touches(query: TouchesQuery) -> TouchesAnswer:
    """List what is due on a day, today if unsaid: at most two hundred, soonest first. The week chooses among them."""
    with parts().db.reading() as tx:
        day = query.on or policies.today(tx, owner=owner())
        found = touches.on(tx, owner=owner(), day=day)
    return TouchesAnswer(touches=[TouchAnswer.of(one) for one in found])


@bp.get("/touches/<uuid:touch_id>")
@bp.output(TouchAnswer)
def get_touch(touch_id: UUID) -> TouchAnswer:
    """Show a touch."""
    with parts().db.reading() as tx:
        return TouchAnswer.of(touches.get(tx, owner=owner(), id=str(touch_id)))


@bp.post("/touches/<uuid:touch_id>/done")
@bp.input(DoneGiven, arg_name="given")
@bp.output(DoneAnswer)
@bp.doc(responses=_GONE)
def do_touch(touch_id: UUID, given: DoneGiven) -> DoneAnswer:
    """Say that it was done. Asked twice, the second is given what the first did."""
    values = given.model_dump()
    with parts().db.transaction() as tx:
        calls.offer(tx, owner=owner(), touch=touches.get(tx, owner=owner(), id=str(touch_id)))
        done = touches.done(tx, owner=owner(), id=str(touch_id), **values)
        tie_id = acts.row_of(tx, owner=owner(), id=done.act.id).tie_id
        return DoneAnswer.of(done, touches.of_tie(tx, owner=owner(), tie_id=tie_id))


@bp.post("/touches/<uuid:touch_id>/postpone")
@bp.input(PostponeGiven, arg_name="given")
@bp.output(TieActAnswer)
@bp.doc(responses=_GONE)
def postpone_touch(touch_id: UUID, given: PostponeGiven) -> TieActAnswer:
    """Another day, which makes it by hand."""
    with parts().db.transaction() as tx:
        return TieActAnswer.of(touches.postpone(tx, owner=owner(), id=str(touch_id), day=given.day))


@bp.post("/touches/<uuid:touch_id>/skip")
@bp.input(SkipGiven, arg_name="given")
@bp.output(TieActAnswer)
@bp.doc(responses=_GONE)
def skip_touch(touch_id: UUID, given: SkipGiven) -> TieActAnswer:
    """Not this one; its seat goes to the next."""
    with parts().db.transaction() as tx:
        return TieActAnswer.of(touches.skip(tx, owner=owner(), id=str(touch_id), reason=given.reason))


@bp.post("/touches/<uuid:touch_id>/swap")
@bp.input(SwapGiven, arg_name="given")
@bp.output(TieActAnswer)
@bp.doc(responses=_GONE)
def swap_touch(touch_id: UUID, given: SwapGiven) -> TieActAnswer:
    """Do something else instead; nothing to give now makes a favour a hello."""
    with parts().db.transaction() as tx:
        return TieActAnswer.of(touches.swap(tx, owner=owner(), id=str(touch_id), kind=given.kind))


@bp.post("/touches/<uuid:touch_id>/answer")
@bp.input(AnswerGiven, arg_name="given")
@bp.output(TieActAnswer)
@bp.doc(responses=refusals(_409="It was not done, or that was undone."))
def answer_touch(touch_id: UUID, given: AnswerGiven) -> TieActAnswer:
    """Say whether they answered what was done; a late answer wins over a no."""
    with parts().db.transaction() as tx:
        done = _done(tx, str(touch_id))
        return TieActAnswer.of(touches.answer(tx, owner=owner(), act_id=done.id, outcome=_OUTCOMES[given.outcome]))


@bp.post("/touches/<uuid:touch_id>/undo")
@bp.output(TieActsAnswer, description="All that fell with it.")
def undo_touch(touch_id: UUID) -> ResponseReturnValue:
    """Undo that it was done, with the answer to it; it may then be done again."""
    with parts().db.transaction() as tx:
        fallen = touches.undo(tx, owner=owner(), act_id=_done(tx, str(touch_id)).id)
    return TieActsAnswer(acts=[TieActAnswer.of(act) for act in fallen])  # type: ignore[return-value] # APIFlask writes it


def _done(tx: Transaction, touch_id: str) -> Act:
    touch = touches.get(tx, owner=owner(), id=touch_id).touch
    found = acts.did(tx, owner=owner(), tie_id=touch.tie, cause=touch.cause)
    if found is None:
        raise NotFound("act", "Nothing of that kind is written down here.")
    return found

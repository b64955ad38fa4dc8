"""Dormant ties over HTTP: the ranked with their reasons, taken up or not, and the calls that come of it."""

from uuid import UUID

from service.domain.ties.question import Reply
from service.storage.following import calls, reconnecting, ties
from service.web.api.document import refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.reconnect import CallAnswer, CandidateAnswer, ReconnectAnswer, RelevantGiven, TimeGiven
from service.web.api.shapes.touch import TouchAnswer
from service.web.parts import parts

bp = noun("reconnect", about="Old contacts it would be worth hearing of again, and the calls that come of it.")


@bp.get("/reconnect")
@bp.output(ReconnectAnswer)
def list_ranked() -> ReconnectAnswer:
    """List the best of the ranked with what their scores are made of, and the calls offered or agreed."""
    with parts().db.reading() as tx:
        easy = reconnecting.warm_up(tx, owner=owner())
        return ReconnectAnswer(
            candidates=[CandidateAnswer.of(one) for one in reconnecting.ranked(tx, owner=owner())],
            count=reconnecting.count(tx, owner=owner()),
            warm_up=UUID(easy.contact_id) if easy else None,
            calls=[CallAnswer.of(one) for one in calls.open_ones(tx, owner=owner())],
        )


@bp.post("/reconnect/<uuid:tie_id>/relevant")
@bp.input(RelevantGiven, arg_name="given")
@bp.output({}, status_code=204, description="Noted.")
@bp.doc(responses=refusals(_409="It is not one of the ranked just now."))
def say_relevant(tie_id: UUID, given: RelevantGiven) -> str:
    """Say whether it is still relevant and what is remembered. A no sends it to the drawer."""
    with parts().db.transaction() as tx:
        ties.get(tx, owner=owner(), id=str(tie_id))
        reply = Reply(given.reply)
        reconnecting.answer(tx, owner=owner(), tie_id=str(tie_id), reply=reply, line=given.line)
    return ""


@bp.post("/reconnect/<uuid:tie_id>/take")
@bp.output(TouchAnswer)
@bp.doc(responses=refusals(_409="It is not one of the ranked, or nothing is remembered of it."))
def take_up(tie_id: UUID) -> TouchAnswer:
    """Put a reconnect on today."""
    with parts().db.transaction() as tx:
        return TouchAnswer.of(reconnecting.take(tx, owner=owner(), tie_id=str(tie_id)))


@bp.post("/calls/<uuid:call_id>/time")
@bp.input(TimeGiven, arg_name="given")
@bp.output(CallAnswer)
def choose_time(call_id: UUID, given: TimeGiven) -> CallAnswer:
    """Take the time that they chose; the call stands on its day, and choosing again moves it."""
    with parts().db.transaction() as tx:
        return CallAnswer.of(calls.choose(tx, owner=owner(), id=str(call_id), at=given.at))

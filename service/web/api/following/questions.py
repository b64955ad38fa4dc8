"""Questions over HTTP: what waits for a word, whether they met, another circle, an old contact; and the answers."""

from uuid import UUID

from service.storage.database import Transaction
from service.storage.following import questions, replies, ties
from service.storage.following.questions import Waiting
from service.storage.following.weeks import settled
from service.web.api.document import refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.act import TieActAnswer
from service.web.api.shapes.question import QuestionsAnswer, QuestionTold, RepliedAnswer, ReplyGiven
from service.web.parts import parts

bp = noun("questions", about="What is asked of a person, once and in a word or two; each answer can be undone.")


@bp.get("/questions")
@bp.output(QuestionsAnswer)
def list_questions() -> QuestionsAnswer:
    """List what waits for a word: of touches done, of talks, of circles, and of the dormant that the week chose."""
    week = settled(parts().db, owner=owner())
    with parts().db.reading() as tx:
        waiting = questions.all_waiting(tx, owner=owner(), today=week.today)
        dormant = (questions.before(tx, owner=owner(), touch=kept.touch) for kept in week.chosen)
        return QuestionsAnswer(questions=[QuestionTold.of(one) for one in (*waiting, *filter(None, dormant))])


@bp.get("/ties/<uuid:tie_id>/questions")
@bp.output(QuestionsAnswer)
def list_questions_of_tie(tie_id: UUID) -> QuestionsAnswer:
    """List what waits for a word about one tie."""
    with parts().db.reading() as tx:
        return QuestionsAnswer(questions=[QuestionTold.of(one) for one in _of(tx, str(tie_id))])


@bp.post("/ties/<uuid:tie_id>/questions")
@bp.input(ReplyGiven, arg_name="given")
@bp.output(RepliedAnswer)
@bp.doc(responses=refusals(_409="What it asks for cannot be done now: the inner circle is full, a promise is open."))
def reply(tie_id: UUID, given: ReplyGiven) -> RepliedAnswer:
    """Answer a question; the same answer twice is one."""
    with parts().db.transaction() as tx:
        act = replies.reply(tx, owner=owner(), tie_id=str(tie_id), **given.model_dump())
        return RepliedAnswer(act=TieActAnswer.of(act) if act else None)


def _of(tx: Transaction, tie_id: str) -> list[Waiting]:
    history = ties.get(tx, owner=owner(), id=tie_id)
    return [Waiting(history, one) for one in questions.of_tie(tx, owner=owner(), history=history)]

"""Introductions over HTTP: whom to introduce to whom, what both said, and what came of it."""

from uuid import UUID

from flask import Response

from service.domain.errors import NotFound
from service.domain.introductions.invitation import event_of
from service.domain.reaching.calendar import calendar
from service.storage.database import Transaction
from service.storage.following import policies, ties
from service.storage.meeting import introduction_proposals, introductions
from service.storage.meeting.introductions import Wanted
from service.storage.people import contacts
from service.web.api.document import gives, refusals
from service.web.api.doors import made_file, noun, owner
from service.web.api.shapes.act import TieActAnswer
from service.web.api.shapes.introduction import (
    CameOfGiven,
    IntroductionAnswer,
    IntroductionGiven,
    IntroductionsAnswer,
    MeetingGiven,
    PairGiven,
    ProposalsAnswer,
    ProposalTold,
    SaidGiven,
    StateGiven,
)
from service.web.parts import parts

bp = noun("introductions", about="Two contacts who could help each other: both are asked before either is named.")


@bp.get("/introductions")
@bp.output(IntroductionsAnswer)
def list_introductions() -> IntroductionsAnswer:
    """List the last two hundred, newest first."""
    with parts().db.reading() as tx:
        found = introductions.recent(tx, owner=owner())
    return IntroductionsAnswer(introductions=[IntroductionAnswer.of(one) for one in found])


@bp.get("/introductions/proposals")
@bp.output(ProposalsAnswer)
def list_proposals() -> ProposalsAnswer:
    """List whose need another could meet, the best first: nobody who rests or was let go, no pair twice."""
    with parts().db.reading() as tx:
        found = introduction_proposals.proposals(tx, owner=owner())
    return ProposalsAnswer(proposals=[ProposalTold.of(one) for one in found])


@bp.post("/introductions")
@bp.input(IntroductionGiven, arg_name="given")
@bp.output(IntroductionAnswer)
@bp.doc(responses=refusals(_409="The two have their introduction already, or one of them rests or was let go."))
def begin_introduction(given: IntroductionGiven) -> IntroductionAnswer:
    """Begin one by hand: nobody is asked until you write."""
    with parts().db.transaction() as tx:
        values = given.model_dump(exclude={"promise"})
        wanted = Wanted(**values, promise_id=given.promise or "")
        return IntroductionAnswer.of(introductions.begin(tx, wanted, owner=owner()))


@bp.post("/introductions/refused")
@bp.input(PairGiven, arg_name="given")
@bp.output(IntroductionAnswer)
@bp.doc(responses=refusals(_409="The two have their introduction already."))
def refuse_pair(given: PairGiven) -> IntroductionAnswer:
    """Not these two: the pair is not proposed again."""
    with parts().db.transaction() as tx:
        wanted = Wanted(one=given.one, other=given.other)
        return IntroductionAnswer.of(introductions.begin(tx, wanted, owner=owner(), closed=True))


@bp.get("/introductions/<uuid:introduction_id>")
@bp.output(IntroductionAnswer)
def get_introduction(introduction_id: UUID) -> IntroductionAnswer:
    """Show who was asked, and who said what."""
    with parts().db.reading() as tx:
        return _told(tx, introduction_id)


@bp.delete("/introductions/<uuid:introduction_id>")
@bp.output({}, status_code=204, description="As if it had never been begun.")
@bp.doc(responses=refusals(_409="Somebody was asked already: give it up instead."))
def take_introduction_back(introduction_id: UUID) -> str:
    """Take it back while nobody was asked."""
    with parts().db.transaction() as tx:
        introductions.take_back(tx, owner=owner(), id=str(introduction_id))
    return ""


@bp.post("/introductions/<uuid:introduction_id>/state")
@bp.input(StateGiven, arg_name="given")
@bp.output(IntroductionAnswer)
@bp.doc(responses=refusals(_409="It was made already."))
def drop_introduction(introduction_id: UUID, given: StateGiven) -> IntroductionAnswer:
    """Give it up, or go on with it; who had said yes is owed a kind word."""
    with parts().db.transaction() as tx:
        dropped = given.state == "dropped"
        return IntroductionAnswer.of(introductions.drop(tx, owner=owner(), id=str(introduction_id), dropped=dropped))


@bp.post("/introductions/<uuid:introduction_id>/said")
@bp.input(SaidGiven, arg_name="given")
@bp.output(IntroductionAnswer)
@bp.doc(responses=refusals(_409="They were not asked yet."))
def say_answer(introduction_id: UUID, given: SaidGiven) -> IntroductionAnswer:
    """Say what one of the two answered; the last word counts."""
    with parts().db.transaction() as tx:
        course = introductions.get(tx, owner=owner(), id=str(introduction_id))
        if given.tie not in (course.a, course.b):
            raise NotFound("tie", "There is no such tie.")
        introductions.say(tx, owner=owner(), id=course.id, side=course.side(given.tie), word=given.word)
        return _told(tx, introduction_id)


@bp.post("/introductions/<uuid:introduction_id>/outcome")
@bp.input(CameOfGiven, arg_name="given")
@bp.output(TieActAnswer, description="The act; undone on one side, it falls on both.")
@bp.doc(responses=refusals(_409="It was not made yet."))
def say_outcome(introduction_id: UUID, given: CameOfGiven) -> TieActAnswer:
    """Say what came of it, in the history of both."""
    with parts().db.transaction() as tx:
        act = introductions.came_of(tx, owner=owner(), id=str(introduction_id), outcome=given.outcome)
        return TieActAnswer.of(act)


@bp.put("/introductions/<uuid:introduction_id>/meeting")
@bp.input(MeetingGiven, arg_name="given")
@bp.output(IntroductionAnswer)
def set_meeting(introduction_id: UUID, given: MeetingGiven) -> IntroductionAnswer:
    """Put the meeting of three on a day, or call it off."""
    with parts().db.transaction() as tx:
        values = given.model_dump()
        return IntroductionAnswer.of(introductions.meet(tx, owner=owner(), id=str(introduction_id), **values))


@bp.get("/introductions/<uuid:introduction_id>/meeting.ics")
@bp.doc(responses=gives("The invitation.", "text/calendar"))
def get_meeting_file(introduction_id: UUID) -> Response:
    """Fetch the meeting of three as a file for calendars."""
    with parts().db.reading() as tx:
        course = introductions.get(tx, owner=owner(), id=str(introduction_id))
        names = [_name(tx, tie) for tie in (course.a, course.b)]
        zone = policies.of(tx, owner=owner()).account.zone
    event = event_of(course, summary=" · ".join(names), zone=zone)
    return made_file(calendar([event]), media_type="text/calendar; charset=utf-8")


def _name(tx: Transaction, tie_id: str) -> str:
    contact = contacts.get(tx, owner=owner(), id=ties.contact_of(tx, owner=owner(), id=tie_id))
    return contact.name or contact.org


def _told(tx: Transaction, introduction_id: UUID) -> IntroductionAnswer:
    return IntroductionAnswer.of(introductions.get(tx, owner=owner(), id=str(introduction_id)))

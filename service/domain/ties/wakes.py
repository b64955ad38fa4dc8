"""When a tie must be looked at again though nothing happened: the next day on which time alone may change its plan."""

from collections.abc import Iterator
from datetime import date

from service.domain.ties.act import Act, Outcome
from service.domain.ties.days import plus, window_end
from service.domain.ties.first_words import begun_on, fresh_until, late_until
from service.domain.ties.gate import known_from
from service.domain.ties.introducing import outcome_asked
from service.domain.ties.keeping import wait
from service.domain.ties.ledger import asks, gives
from service.domain.ties.pause import free_from
from service.domain.ties.plan import planned
from service.domain.ties.question import QuestionKind
from service.domain.ties.rest import reconnects, rests_from, window_closes
from service.domain.ties.story import Story, is_two_way
from service.domain.ties.touch import MEETINGS, Touch


def wakes_on(story: Story) -> date | None:
    """The first day after today on which plan or derived state may differ; None if time changes nothing any more.

    It may name a day on which nothing changes after all, never a later day than the first change.
    """
    days = (*_of_touches(story), *_of_contact(story), *_of_silence(story), *_of_gate(story), *_of_dormant(story))
    days = (*days, *_of_stays(story), *(day for _, day in outcome_asked(story)))
    return min((day for day in days if day > story.today), default=None)


def _of_touches(story: Story) -> Iterator[date]:
    for touch in planned(story):
        yield from _of_touch(touch, story)
    yield free_from(story)


def _of_touch(touch: Touch, story: Story) -> Iterator[date]:
    """When it falls due, when it ends, and when it comes so near that a proposal stands back."""
    apart = story.policy.answer_window_days
    yield from (touch.day, plus(touch.day, 1), plus(touch.day, -apart))
    if touch.until:
        yield plus(touch.until, 1)


def _of_contact(story: Story) -> Iterator[date]:
    policy = story.policy
    if since := begun_on(story):
        yield plus(fresh_until(story, since), 1)
        yield plus(late_until(story, since), 1)
    for act in (story.contact, story.beginning):
        if act:
            yield plus(act.day, policy.dormant_days + 1)
            yield plus(act.day, story.interval + 1)
    if story.contact:
        yield plus(story.contact.day, policy.cooling_waits * wait(story, story.contact) + 1)


def _of_silence(story: Story) -> Iterator[date]:
    for touch in story.silent:
        yield plus(window_closes(story, touch), 1)
    yield from _of_meeting(story)
    start = rests_from(story)
    if start:
        yield start
        yield plus(start, story.policy.rest_again_days + 1)


def _of_meeting(story: Story) -> Iterator[date]:
    """When it may be asked whether they met: after the touch, its answer, or the word that it was not yet."""
    policy = story.policy
    days = [window_closes(story, act) for act in story.touches if act.kind in MEETINGS]
    days += [plus(act.day, policy.meeting_after_days) for act in story.acts if act.outcome is Outcome.WARM]
    told = (one.answered_on for one in story.tie.questions if one.kind is QuestionKind.MET)
    days += [plus(day, policy.meeting_after_days) for day in told if day]
    for day in days:
        yield from (plus(day, 1), plus(window_end(day, policy.meeting_days, story.account), 1))


def _of_stays(story: Story) -> Iterator[date]:
    """When a time in their town comes near enough to ask for a visit, and when it is over."""
    for stay in story.account.stays:
        if stay.town == story.tie.town:
            yield from (plus(stay.first, -story.policy.answer_window_days), plus(stay.last, 1))


def _of_gate(story: Story) -> Iterator[date]:
    policy, known = story.policy, known_from(story)
    if known:
        yield plus(known, policy.gate_known_days)
    yield from (plus(act.day, policy.gate_asks_days) for act in asks(story))
    yield from (plus(act.day, policy.gate_gives_days + 1) for act in gives(story))
    for act in (act for act in story.acts if is_two_way(act)):
        yield plus(act.day, policy.year_days + 1)
        yield plus(act.day, policy.gate_contact_days + 1)


def _of_dormant(story: Story) -> Iterator[date]:
    again = story.policy.dormant_again_days
    yield from (plus(act.day, again) for act in (*reconnects(story), *_answers(story)))
    told = (one.answered_on for one in story.tie.questions if one.kind is QuestionKind.RELEVANT)
    yield from (plus(day, again) for day in told if day)


def _answers(story: Story) -> tuple[Act, ...]:
    return tuple(act for act in story.acts if act.outcome)

"""Introducing two people: one is asked, then the other, and only two yeses make the introduction owed to both."""

from collections.abc import Iterator
from datetime import date

from service.domain.ties.act import Act, ActType
from service.domain.ties.days import last_open, next_open, plus, window_end
from service.domain.ties.introduction import REFUSALS, Introduction, Said, outcome_cause
from service.domain.ties.kind import is_varied
from service.domain.ties.making import make, put_off
from service.domain.ties.pause import free_from
from service.domain.ties.promise import Promise
from service.domain.ties.rest import spent, waits_for_word
from service.domain.ties.story import Story
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def introductions(story: Story) -> tuple[Touch, ...]:
    """What each introduction asks for next on this side: by hand, but for one that the engine proposed."""
    return tuple(touch for one in story.tie.introductions if (touch := _asking(story, one)))


def introductions_owed(story: Story) -> tuple[Touch, ...]:
    """Those that both said yes to, and a kind word to who said yes where the other could not."""
    return tuple(touch for one in story.tie.introductions if (touch := _owed(story, one)))


def said(story: Story, one: Introduction) -> tuple[Said | None, date | None]:
    """What this side said and when; the last word counts. Whom it was promised to has said yes."""
    asked = askings(story, one)
    told = story.answers.get(asked[-1].id) if asked else None
    if told is None:
        return (Said.YES, one.begun_on) if one.agreed else (None, None)
    if told.type is ActType.NO_ANSWER:
        return Said.SILENT, told.day
    return (Said(told.reason), told.day) if told.reason in list(Said) else (None, None)


def askings(story: Story, one: Introduction) -> tuple[Act, ...]:
    """The times that this side was asked: more than once only after a `later`."""
    causes = one.asking, f"{one.asking}:"
    return tuple(act for act in story.of(ActType.DID) if act.cause == causes[0] or act.cause.startswith(causes[1]))


def kept_by_introduction(story: Story, promise: Promise) -> bool:
    """Made, or a no told kindly: the promise to introduce is kept."""
    one = carried_by(story, promise)
    return one is not None and bool({one.making, one.telling} & {act.cause for act in story.of(ActType.DID)})


def carried_by(story: Story, promise: Promise) -> Introduction | None:
    """The introduction that a promise has become, while the user has not given it up."""
    mine = (one for one in story.tie.introductions if one.promise == promise.id)
    return next((one for one in mine if not one.closed), None)


def promise_waits_until(story: Story, promise: Promise) -> date | None:
    """While the other is asked, the promise itself waits until they had time to answer; None where it is not carried.

    `date.max` once the introduction, or the word that it cannot be, is planned in its place.
    """
    one = carried_by(story, promise)
    if one is None:
        return None
    if _owed(story, one):
        return date.max
    return plus(max(promise.due_on, one.other_asked_on or promise.due_on), story.policy.answer_window_days + 1)


def _owed(story: Story, one: Introduction) -> Touch | None:
    (mine, my_day), other = said(story, one), one.other_said
    if mine is not Said.YES or one.making in story.closed:
        return None
    if one.closed or other in REFUSALS:
        return _telling(story, one, my_day) if one.telling not in story.closed and not _given_up(one) else None
    if other is Said.YES and one.first:
        day = max(day for day in (my_day, one.other_said_on, one.begun_on) if day)
        why = Why(Reason.BOTH_YES, day, one.need)
        return make(story, one.making, Kind.INTRODUCE, Lane.DEBT, day=day, why=why)
    return None


def _given_up(one: Introduction) -> bool:
    """What was promised and then given up is a promise again, to be kept otherwise or dropped."""
    return one.closed and bool(one.promise)


def _telling(story: Story, one: Introduction, my_day: date | None) -> Touch:
    day = max(day for day in (my_day, one.other_said_on, one.begun_on) if day)
    why = Why(Reason.SAID_NO if one.other_said in REFUSALS else Reason.GIVEN_UP, day, one.need)
    return make(story, one.telling, Kind.HELLO, Lane.DEBT, day=day, why=why)


def _asking(story: Story, one: Introduction) -> Touch | None:
    mine, my_day = said(story, one)
    turn = one.first or one.other_said is Said.YES
    if one.closed or one.other_gone or not turn or one.other_said in REFUSALS or mine not in (None, Said.LATER):
        return None
    asked = askings(story, one)
    cause = f"{one.asking}:{len(asked)}" if asked else one.asking
    if cause in story.closed or (asked and mine is None):
        return None
    if asked and my_day:
        return _ask(story, one, cause, plus(my_day, story.policy.introduce_days))
    if one.by_hand or not one.first:
        return _ask(story, one, cause, _day(story, one))
    return _proposed(story, one, cause)


def _day(story: Story, one: Introduction) -> date:
    """A promise holds on its day; in quiet, on the last open day before it, if that is not past."""
    day = max(one.asks_on, one.other_said_on or one.asks_on)
    before = last_open(day, story.account) if one.promised else day
    return max(before, one.begun_on)


def _ask(story: Story, one: Introduction, cause: str, day: date) -> Touch:
    return make(story, cause, Kind.INTRODUCE, Lane.BY_HAND, day=day, why=_why(one))


def _proposed(story: Story, one: Introduction, cause: str) -> Touch | None:
    """The engine's own idea stands back like any other, and makes sense for some weeks."""
    if (spent(story) or waits_for_word(story)) and not put_off(story, cause):
        return None
    day = next_open(max(one.begun_on, free_from(story)), story.account)
    until = window_end(one.begun_on, story.policy.introduce_days, story.account)
    if not put_off(story, cause) and (max(day, story.today) > until or not is_varied(story, Kind.INTRODUCE, day)):
        return None
    return make(story, cause, Kind.INTRODUCE, Lane.KEEP, day=day, until=until, why=_why(one))


def _why(one: Introduction) -> Why:
    reason = Reason.THEY_NEED if one.needs else Reason.THEY_CAN_HELP
    return Why(reason, one.other_said_on or one.begun_on, one.need)


def outcome_asked(story: Story) -> Iterator[tuple[Introduction, date]]:
    """The introductions made that nobody has told the outcome of, each with the day from which that is asked."""
    made = {act.cause: act for act in story.of(ActType.DID)}
    for one in story.tie.introductions:
        act = made.get(one.making)
        if act and one.first and not any(outcome_cause(one.id) == told.cause for told in story.of(ActType.NOTED)):
            yield one, plus(window_end(act.day, story.policy.answer_window_days, story.account), 1)

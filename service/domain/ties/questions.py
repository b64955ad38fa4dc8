"""What the app asks the user of a tie today, in a word or two: did they answer, what are they busy with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.circle import Circle
from service.domain.ties.circles import move
from service.domain.ties.days import plus, window_end
from service.domain.ties.debts import open_promises
from service.domain.ties.introducing import outcome_asked
from service.domain.ties.plan import planned
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.rest import is_let_go, window_closes
from service.domain.ties.story import Story
from service.domain.ties.touch import MEETINGS

_MET_ASKED_AGAIN: Final = 2
"""A meeting put off more often than that is asked after no more; it can be told on the contact's page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for a word; `on` is the act, the promise or the touch's cause that it is about."""

    kind: QuestionKind
    on: str
    since: date
    to: Circle | None = None


def questions(story: Story) -> tuple[Asked, ...]:
    """Those without a reply, the oldest first. Each is put once: a reply, even "don't know", ends it."""
    told = {(one.kind, one.on) for one in story.tie.questions if one.answered_on and not _stands_by_its_act(one)}
    found = (*_answered(story), *_met(story), *_busy(story), *_put_off(story), *_keep(story), *_move(story))
    found = (*found, *_came_of(story))
    open_ones = (one for one in found if (one.kind, one.on) not in told)
    return tuple(sorted(open_ones, key=lambda one: (one.since, one.kind, one.on)))


def _stands_by_its_act(one: Question) -> bool:
    """They met: that is an act, and were it undone, it is asked again."""
    return one.kind is QuestionKind.MET and one.reply is Reply.YES


def _answered(story: Story) -> Iterator[Asked]:
    """At the end of the answer window: warm, cool, no, don't know."""
    for touch in story.silent:
        closes = window_closes(story, touch)
        if touch.id not in story.answers and story.today > closes:
            yield Asked(QuestionKind.ANSWERED, touch.id, plus(closes, 1))


def _met(story: Story) -> Iterator[Asked]:
    """Did you meet? After a yes to a coffee, a call or a visit, once its time is over and nobody told of a talk."""
    touch = story.last(*(act for act in story.touches if act.kind in MEETINGS))
    yes = story.answers.get(touch.id) if touch else None
    if touch is None or yes is None or yes.outcome is not Outcome.WARM or _talked_since(story, touch):
        return
    policy, put_off = story.policy, [one.answered_on for one in story.tie.questions if _not_yet(one, touch)]
    over = max(window_closes(story, touch), plus(yes.day, policy.meeting_after_days))
    asked = max([over, *(plus(day, policy.meeting_after_days) for day in put_off if day)])
    last = window_end(asked, policy.meeting_days, story.account)
    if asked < story.today <= last and len(put_off) <= _MET_ASKED_AGAIN:
        yield Asked(QuestionKind.MET, f"{touch.id}/{len(put_off)}", plus(asked, 1))


def met_touch(on: str) -> str:
    """The touch that a question `met?` is about; it is put again where they had not met yet."""
    return on.rpartition("/")[0]


def _not_yet(one: Question, touch: Act) -> bool:
    return one.kind is QuestionKind.MET and one.reply is Reply.NOT_YET and met_touch(one.on) == touch.id


def _talked_since(story: Story, touch: Act) -> bool:
    return any(act.type is ActType.TALKED for act in story.after(touch))


def _busy(story: Story) -> Iterator[Asked]:
    """After a talk, one line: what are they busy with, what do they need? Without it nothing can be given."""
    talk = story.last(*story.of(ActType.TALKED))
    if talk is None or any(note.noted_on >= talk.day and story.holds(note.act) for note in story.tie.notes):
        return
    if story.today <= window_end(talk.day, story.policy.answer_window_days, story.account):
        yield Asked(QuestionKind.BUSY, talk.id, talk.day)


def _put_off(story: Story) -> Iterator[Asked]:
    for touch in planned(story):
        if touch.postponements >= story.policy.postpone_times:
            yield Asked(QuestionKind.SKIP_OR_LET_GO, touch.cause, touch.day)


def _keep(story: Story) -> Iterator[Asked]:
    """Somebody let go to whom something is still promised: keep it, or release yourself of it."""
    if is_let_go(story):
        for promise in open_promises(story):
            yield Asked(QuestionKind.KEEP_OR_RELEASE, promise.id, promise.made_on)


def _came_of(story: Story) -> Iterator[Asked]:
    """Some time after an introduction: what came of it? Asked once, of the side that was asked first."""
    for one, day in outcome_asked(story):
        if story.today >= day:
            yield Asked(QuestionKind.CAME_OF, one.id, day)


def _move(story: Story) -> Iterator[Asked]:
    found = None if is_let_go(story) else move(story)
    if found:
        yield Asked(found.question, f"{story.circle}:{found.reason}:{story.today.year}", story.today, found.to)

"""What the app asks the user of a tie today, in a word or two: did they answer, what are they busy with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from service.domain.ties.act import ActType
from service.domain.ties.circle import Circle
from service.domain.ties.circles import move
from service.domain.ties.days import plus, window_end
from service.domain.ties.debts import open_promises
from service.domain.ties.plan import planned
from service.domain.ties.question import QuestionKind
from service.domain.ties.rest import is_let_go, window_closes
from service.domain.ties.story import Story


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for a word; `on` is the act, the promise or the touch's cause that it is about."""

    kind: QuestionKind
    on: str
    since: date
    to: Circle | None = None


def questions(story: Story) -> tuple[Asked, ...]:
    """Those without a reply, the oldest first. Each is put once: a reply, even "don't know", ends it."""
    told = {(one.kind, one.on) for one in story.tie.questions if one.answered_on}
    found = (*_answered(story), *_busy(story), *_put_off(story), *_keep(story), *_move(story))
    open_ones = (one for one in found if (one.kind, one.on) not in told)
    return tuple(sorted(open_ones, key=lambda one: (one.since, one.kind, one.on)))


def _answered(story: Story) -> Iterator[Asked]:
    """At the end of the answer window: warm, cool, no, don't know."""
    for touch in story.silent:
        closes = window_closes(story, touch)
        if touch.id not in story.answers and story.today > closes:
            yield Asked(QuestionKind.ANSWERED, touch.id, plus(closes, 1))


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


def _move(story: Story) -> Iterator[Asked]:
    found = None if is_let_go(story) else move(story)
    if found:
        yield Asked(found.question, f"{story.circle}:{found.reason}:{story.today.year}", story.today, found.to)

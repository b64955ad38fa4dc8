"""What the user owes: promises open until kept or released, and a thank-you the day after anything received."""

from datetime import date

from service.domain.ties.act import Act, ActType
from service.domain.ties.days import last_open, next_open, plus, window_end
from service.domain.ties.introducing import kept_by_introduction, promise_waits_until
from service.domain.ties.making import make, put_off
from service.domain.ties.promise import Promise
from service.domain.ties.rest import is_let_go
from service.domain.ties.story import Story
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def promises(story: Story) -> tuple[Touch, ...]:
    """Of one that has become an introduction only a reminder stands, and nothing once that is planned in its place."""
    return tuple(touch for promise in open_promises(story) if (touch := _promise(story, promise)))


def thanks(story: Story) -> tuple[Touch, ...]:
    made = (_thank(story, act) for act in story.of(ActType.RECEIVED) if f"received:{act.id}" not in story.closed)
    return tuple(touch for touch in made if touch.until is None or story.today <= touch.until)


def open_promises(story: Story) -> tuple[Promise, ...]:
    """Neither kept nor released, by day. A skip changes nothing: a promise is a promise."""
    kept = {act.cause for act in story.of(ActType.DID)}
    released = {act.on for act in story.of(ActType.RELEASED)}
    given = (one for one in story.tie.promises if story.holds(one.act))
    left = (one for one in given if one.cause not in kept and one.id not in released)
    left = (one for one in left if not kept_by_introduction(story, one))
    return tuple(sorted(left, key=lambda one: (one.due_on, one.id)))


def promised_day(due_on: date, story: Story) -> date:
    """The day itself; in quiet, the last open day before, if that is not past, else the next open one."""
    before = last_open(due_on, story.account)
    return before if before >= story.today else next_open(due_on, story.account)


def _promise(story: Story, promise: Promise) -> Touch | None:
    why = Why(Reason.PROMISED, promise.made_on, promise.text)
    waits = None if is_let_go(story) else promise_waits_until(story, promise)
    if waits == date.max:
        return None
    day = promised_day(waits or promise.due_on, story)
    return make(story, promise.cause, Kind.PROMISE, Lane.DEBT, day=day, why=why)


def _thank(story: Story, received: Act) -> Touch:
    cause = f"received:{received.id}"
    day = next_open(plus(received.day, 1), story.account)
    until = None if put_off(story, cause) else window_end(received.day, story.policy.thank_days, story.account)
    why = Why(Reason.RECEIVED, received.day, received.text)
    return make(story, cause, Kind.THANK, Lane.DEBT, day=day, until=until, why=why)

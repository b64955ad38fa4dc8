"""The first word after an exchange of cards, or to somebody who was sent: the next open day, later with an apology."""

from datetime import date

from service.domain.ties.days import next_open, plus, window_end
from service.domain.ties.kind import is_varied
from service.domain.ties.making import chain, make, put_off
from service.domain.ties.note import NoteKind
from service.domain.ties.pause import free_from
from service.domain.ties.story import Story, is_touch
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def first_word(story: Story) -> Touch | None:
    """For a card that nobody wrote to since the exchange; None once the time for it is over."""
    since = begun_on(story)
    if since is None or story.contact or any(is_touch(act) for act in story.after(story.met)):
        return None
    fresh, late = fresh_until(story, since), late_until(story, since)
    day = max(plus(since, story.policy.first_after_days), free_from(story))
    puts = put_off(story, chain(story))
    asked_for = puts[-1].until or day if puts else day
    if max(asked_for, story.today) <= fresh:
        return _word(story, since, Kind.FIRST, day, fresh)
    day = max(day, next_open(plus(fresh, 1), story.account))
    return _word(story, since, Kind.LATE_HELLO, day, late) if puts or max(day, story.today) <= late else None


def begun_on(story: Story) -> date | None:
    """The day of the exchange; of somebody who was sent, the day on which they were. None for who came otherwise."""
    if story.met:
        return story.met.day
    return story.tie.begun_on if is_sent(story) else None


def is_sent(story: Story) -> bool:
    """Somebody gave me their name, and we have not met."""
    return story.met is None and bool(story.tie.introduced_by) and story.tie.source is Source.HAND


def fresh_until(story: Story, since: date) -> date:
    return window_end(since, story.policy.fresh_days, story.account)


def late_until(story: Story, since: date) -> date:
    return window_end(since, story.policy.late_hello_days, story.account)


def _word(story: Story, since: date, kind: Kind, day: date, until: date) -> Touch:
    said = [note.text for note in story.noted if note.kind is NoteKind.LINE] or [note.text for note in story.noted]
    lane, reason = (Lane.FRESH, Reason.MET) if kind is Kind.FIRST else (Lane.LATE, Reason.MET_LONG_AGO)
    if is_sent(story):
        kind, reason = Kind.FIRST, Reason.SENT
    if story.touches:
        kind = Kind.HELLO if is_varied(story, Kind.HELLO, day) else kind  # we wrote before: it was no first meeting
    why = Why(reason, since, said[-1] if said else "")
    return make(story, chain(story), kind, lane, day=day, until=until, why=why)

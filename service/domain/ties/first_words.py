"""The first word after an exchange of cards: the next open day, later with an apology, then no more by itself."""

from datetime import date

from service.domain.ties.act import Act
from service.domain.ties.days import next_open, plus, window_end
from service.domain.ties.kind import is_varied
from service.domain.ties.making import chain, make, put_off
from service.domain.ties.note import NoteKind
from service.domain.ties.pause import free_from
from service.domain.ties.story import Story, is_touch
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def first_word(story: Story) -> Touch | None:
    """For a card that nobody wrote to since the exchange; None once the time for it is over."""
    met = story.met
    if met is None or story.contact or any(is_touch(act) for act in story.after(met)):
        return None
    fresh, late = fresh_until(story, met), late_until(story, met)
    day = max(plus(met.day, story.policy.first_after_days), free_from(story))
    puts = put_off(story, chain(story))
    asked_for = puts[-1].until or day if puts else day
    if max(asked_for, story.today) <= fresh:
        return _word(story, met, Kind.FIRST, day, fresh)
    day = max(day, next_open(plus(fresh, 1), story.account))
    return _word(story, met, Kind.LATE_HELLO, day, late) if puts or max(day, story.today) <= late else None


def fresh_until(story: Story, met: Act) -> date:
    return window_end(met.day, story.policy.fresh_days, story.account)


def late_until(story: Story, met: Act) -> date:
    return window_end(met.day, story.policy.late_hello_days, story.account)


def _word(story: Story, met: Act, kind: Kind, day: date, until: date) -> Touch:
    said = [note.text for note in story.noted if note.kind is NoteKind.LINE] or [note.text for note in story.noted]
    lane, reason = (Lane.FRESH, Reason.MET) if kind is Kind.FIRST else (Lane.LATE, Reason.MET_LONG_AGO)
    if story.touches:
        kind = Kind.HELLO if is_varied(story, Kind.HELLO, day) else kind  # we wrote before: it was no first meeting
    why = Why(reason, met.day, said[-1] if said else "")
    return make(story, chain(story), kind, lane, day=day, until=until, why=why)

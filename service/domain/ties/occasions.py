"""Reasons to congratulate: a new title on a new card, a date that comes round."""

from collections.abc import Iterator
from datetime import date

from service.domain.ties.days import next_open, plus, window_end
from service.domain.ties.kind import is_varied
from service.domain.ties.making import make
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.pause import free_from
from service.domain.ties.rest import spent, waits_for_word
from service.domain.ties.story import Story
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why


def congratulations(story: Story) -> Iterator[Touch]:
    """Those that are near or to come; what the answer window or a skip outlasts is let pass."""
    if spent(story) or waits_for_word(story):
        return
    for note in sorted(story.tie.notes, key=lambda note: note.id):
        if story.holds(note.act):
            yield from _of(story, note)


def _of(story: Story, note: Note) -> Iterator[Touch]:
    if note.kind is NoteKind.NEW_TITLE:
        until = window_end(note.noted_on, story.policy.congratulate_days, story.account)
        yield from _touch(story, note, f"note:{note.id}", note.noted_on, until)
    if note.kind is NoteKind.DATE and note.day:
        day = _coming(note.day, story.today, story.policy.date_days)
        yield from _touch(story, note, f"note:{note.id}:{day.year}", day, plus(day, story.policy.date_days))


def _touch(story: Story, note: Note, cause: str, due: date, until: date) -> Iterator[Touch]:
    day = next_open(max(due, free_from(story)), story.account)
    if cause in story.closed or max(day, story.today) > until or not is_varied(story, Kind.CONGRATULATE, day):
        return
    reason = Reason.DATE if note.kind is NoteKind.DATE else Reason.NEW_TITLE
    why = Why(reason, due, note.text)
    yield make(story, cause, Kind.CONGRATULATE, Lane.KEEP, day=day, until=until, why=why)


def _coming(noted: date, today: date, days: int) -> date:
    """This year's day while it is no more than so many days past, else next year's."""
    this = _in_year(noted, today.year)
    return this if today <= plus(this, days) else _in_year(noted, min(today.year + 1, date.max.year))


def _in_year(noted: date, year: int) -> date:
    """The 29th of February is kept on the 28th in common years."""
    try:
        return noted.replace(year=year)
    except ValueError:
        return date(year, 2, 28)

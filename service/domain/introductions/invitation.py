"""The meeting of three as an event for calendars."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from service.domain.errors import NotFound
from service.domain.introductions.course import Course
from service.domain.reaching.calendar import Event


def event_of(course: Course, *, summary: str, zone: str) -> Event:
    """An hour at its time, or the whole day where nobody said when."""
    if course.meets_on is None:
        raise NotFound("meeting", "No day was set for the three of you. Choose one first.")
    begins = course.meets_on
    at = datetime.combine(begins, time.fromisoformat(course.meets_at), ZoneInfo(zone)) if course.meets_at else None
    return Event(
        uid=f"introduction-{course.id}@undrawer",
        summary=summary,
        begins=at or begins,
        changed_at=course.created_at,
        sequence=course.sequence,
        place=course.place,
    )

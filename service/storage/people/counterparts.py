"""The other one of an introduction: whom a touch is about, beside whom it is for."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from service.domain.introductions.course import Course, other
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.ties.introduction import introduction_of
from service.domain.ties.touch import Touch
from service.storage.following.tie_tables import ties
from service.storage.meeting.introduction_rows import course_of
from service.storage.meeting.introduction_tables import introductions as rows
from service.storage.tables import contacts


@dataclass(frozen=True, slots=True)
class Counterpart:
    """`side` is whom the touch is for, `fields` are those of the other."""

    course: Course
    side: str
    contact_id: str
    fields: CardFields


def counterpart_of(tx: Connection, *, owner: str, touch: Touch) -> Counterpart | None:
    """None for a touch that is no introduction's, or where the other is out of the drawer."""
    id_ = introduction_of(touch.cause)
    row = tx.execute(select(rows).where(rows.c.account_id == owner, rows.c.id == id_)).first() if id_ else None
    if row is None:
        return None
    course = course_of(row)
    side = course.side(touch.tie)
    join = contacts.join(ties, ties.c.contact_id == contacts.c.id)
    mine = (ties.c.id == course.tie(other(side)), contacts.c.deleted_at.is_(None))
    found = tx.execute(select(contacts.c.id, contacts.c.vcard).select_from(join).where(*mine)).first()
    return Counterpart(course, side, found.id, fields_of(found.vcard)) if found else None

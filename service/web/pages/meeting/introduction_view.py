"""An introduction as the screens show it: who was asked, who said what, and what to do next."""

from dataclasses import dataclass, replace
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from service.domain.introductions.course import UNDER_WAY, Course, Step, other
from service.domain.introductions.proposal import Proposal
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.ties.introduction import CameOf, Said, introduction_of
from service.drafting import first_name
from service.storage.database import Transaction
from service.storage.following import ties, touches
from service.storage.following.history import History
from service.storage.following.touches import KeptTouch
from service.storage.meeting import introductions
from service.storage.people import contacts
from service.web.identity import account
from service.web.pages.language import current, soon
from service.web.pages.meeting.introduction_wording import ANSWERS, NEXT, OUTCOMES, SAID, step_text

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the two. `state` says what was asked of them and what they said, `day` when."""

    tie_id: str
    contact_id: str
    name: str
    first_name: str
    about: str
    state: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """`needs` is asked first; the reason is one sentence that names both, for the user alone."""

    needs: Someone
    helps: Someone
    reason: str
    need: str
    offer: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An introduction in a list: of whom, how far it has come, and since when."""

    id: str
    names: str
    state: str
    day: str


@dataclass(frozen=True, slots=True)
class ShownIntroduction:
    """Everything on its page. `touch_id` leads to the draft that is next, `answering` is the side whose word is awaited."""

    id: str
    names: str
    one: Someone
    two: Someone
    step: Step
    next: str
    more: str
    touch_id: str
    button: str
    answering: str
    answers: tuple[Choice, ...]
    outcome: str
    outcomes: tuple[Choice, ...]
    reason: str
    promised: str
    may_drop: bool
    may_take_up: bool
    may_meet: bool
    meets_on: str
    meets_at: str
    place: str
    meeting: str
    meeting_over: bool


def shown_proposal(tx: Transaction, one: Proposal) -> ShownProposal:
    needs, helps = someone(tx, one.needs), someone(tx, one.helps)
    offer = one.offer.text if one.offer else ""
    said = {"needs": needs.name, "helps": helps.name, "need": _quoted(one.need.text), "offer": _quoted(offer)}
    if offer:
        reason = _("%(needs)s needs “%(need)s”, and %(helps)s offers “%(offer)s”.", **said)
    else:
        said["about"] = helps.about
        reason = _("%(needs)s needs “%(need)s”, and %(helps)s may know of it: %(about)s.", **said)
    return ShownProposal(needs, helps, str(reason), one.need.text, offer)


def row_of(tx: Transaction, course: Course, today: date) -> ShownRow:
    names = {side: someone(tx, course.tie(side)).first_name for side in ("a", "b")}
    days = (course.made_on, course.told_on, course.closed_on, *course.said_on.values(), *course.asked.values())
    last = course.made_on or max([day for day in days if day], default=course.begun_on)
    both = (someone(tx, course.tie(course.first)).name, someone(tx, course.tie(other(course.first))).name)
    return ShownRow(course.id, _both(*both), step_text(course, names), soon(last, today))


def rows_of_tie(tx: Transaction, history: History, today: date) -> list[ShownRow]:
    """The introductions of one contact: to whom, and how far each has come."""
    found = introductions.of_tie(tx, owner=history.owner, tie_id=history.tie.id)
    names = far_names(tx, history)
    return [replace(row_of(tx, one, today), names=names[one.id]) for one in found if one.id in names]


def far_names(tx: Transaction, history: History) -> dict[str, str]:
    """By introduction, the name of the other; of those only whose contact is in the drawer."""
    there = {one.id for one in introductions.of_tie(tx, owner=history.owner, tie_id=history.tie.id)}
    return {one.id: someone(tx, one.other).name for one in history.tie.introductions if one.id in there}


def shown(tx: Transaction, course: Course, today: date) -> ShownIntroduction:
    sides = {side: _side(tx, course, side, today) for side in ("a", "b")}
    one, two = sides[course.first], sides[other(course.first)]
    touch = _touch(tx, course)
    text, more, button = _next(course, sides, touch, today)
    waits = course.step in (Step.WAIT, Step.LATER)
    return ShownIntroduction(
        id=course.id,
        names=_both(one.first_name, two.first_name),
        one=one,
        two=two,
        step=course.step,
        next=text,
        more=more,
        touch_id=touch.id if touch else "",
        button=button,
        answering=course.turn if waits else "",
        answers=tuple((word.value, str(words)) for word, words in ANSWERS.items()) if waits else (),
        outcome=str(OUTCOMES[course.outcome]) if course.outcome and course.outcome is not CameOf.UNKNOWN else "",
        outcomes=tuple((one.value, str(text)) for one, text in OUTCOMES.items()) if course.step is Step.MADE else (),
        reason=_reason(course, sides),
        promised=sides[course.agreed].first_name if course.agreed else "",
        may_drop=course.step in UNDER_WAY and course.closed_on is None,
        may_take_up=course.closed_on is not None and course.made_on is None,
        may_meet=course.step in (Step.READY, Step.MADE),
        meets_on=course.meets_on.isoformat() if course.meets_on else "",
        meets_at=course.meets_at,
        place=course.place,
        meeting=_meeting(course),
        meeting_over=bool(course.meets_on and course.meets_on <= today and course.made_on),
    )


def someone(tx: Transaction, tie_id: str) -> Someone:
    contact_id = ties.contact_of(tx, owner=account().id, id=tie_id)
    fields = fields_of(contacts.get(tx, owner=account().id, id=contact_id).vcard)
    return Someone(tie_id, contact_id, fields.shown_as, first_name(fields), _about(fields))


def _side(tx: Transaction, course: Course, side: str, today: date) -> Someone:
    plain = someone(tx, course.tie(side))
    word, asked = course.said[side], course.asked[side]
    if word and (asked or course.agreed != side):
        state, day = str(SAID[word]), course.said_on[side]
    elif course.agreed == side:
        state, day = str(_("You promised it")), course.begun_on
    elif asked:
        state, day = str(_("Asked")), asked
    else:
        state, day = str(_("Not asked yet")), None
    when = soon(day, today) if day else ""
    return Someone(plain.tie_id, plain.contact_id, plain.name, plain.first_name, plain.about, state, when)


def _next(course: Course, sides: dict[str, Someone], touch: KeptTouch | None, today: date) -> tuple[str, str, str]:
    """What is next, in a sentence, what else is to be known, and the words on the button that leads there."""
    turn = sides[course.turn].first_name
    yes = next((sides[side].first_name for side in ("a", "b") if course.said[side] is Said.YES), "")
    text, more, button = NEXT[course.step]
    said = {"turn": turn, "yes": yes, "day": soon(course.made_on or today, today)}
    if course.step in (Step.ASK, Step.LATER):
        more = _waits(course.step, touch, today)
    return str(text) % said, str(more) % said, str(button) % said


def _waits(step: Step, touch: KeptTouch | None, today: date) -> str:
    """When somebody is asked, or asked again; and why not, where one of the two rests."""
    if touch is None:
        return str(_("One of the two rests. It goes on when you take that one up again."))
    when = soon(touch.touch.day, today) if touch.touch.day > today else ""
    if step is Step.LATER:
        return str(_("Asked again: %(day)s, unless an answer comes before.", day=when or soon(today, today)))
    return str(_("On %(day)s.", day=when) if when else _("Nobody is named until both have said yes."))


def _touch(tx: Transaction, course: Course) -> KeptTouch | None:
    """The touch that the introduction asks for next, on whichever side."""
    for tie_id in (course.tie(course.turn), course.a, course.b):
        for kept in touches.of_tie(tx, owner=account().id, tie_id=tie_id):
            if introduction_of(kept.touch.cause) == course.id:
                return kept
    return None


def _reason(course: Course, sides: dict[str, Someone]) -> str:
    if not course.need:
        return ""
    name = sides[course.needs].first_name
    return str(_("%(name)s needs “%(need)s”.", name=name, need=_quoted(course.need)))


def _meeting(course: Course) -> str:
    if course.meets_on is None:
        return ""
    day = str(format_date(course.meets_on, "EEEE d 'de' MMMM" if current() == "es" else "EEEE d MMMM"))
    return ", ".join(part for part in (day[:1].upper() + day[1:], course.meets_at, course.place) if part)


def _about(fields: CardFields) -> str:
    return ", ".join(part for part in (fields.title, fields.org if fields.name else "") if part)


def _both(one: str, two: str) -> str:
    return str(_("%(one)s and %(two)s", one=one, two=two))


def _quoted(text: str) -> str:
    return text.strip().rstrip(".")

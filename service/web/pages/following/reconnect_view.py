"""One of the ranked in words: how long ago, why this one, and the calls that are offered or agreed."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from service.domain.people.vcard import fields_of
from service.domain.ties.dormant import Parts
from service.domain.ties.policy import Policy
from service.domain.ties.tie import Senior, Tie
from service.storage.database import Transaction
from service.storage.following import reconnecting
from service.storage.following.calls import Call
from service.storage.following.reconnecting import Candidate
from service.storage.people import contacts
from service.web.identity import account
from service.web.pages.language import moment, month

_NAMED_FEW = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One reason of a score: in words, and its points of so many."""

    text: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class CandidateShown:
    tie_id: str
    contact_id: str
    name: str
    about: str
    since: str
    remembered: str
    score: int
    parts: tuple[Part, ...]
    relevant: bool
    touch_id: str
    past: str
    senior: int


@dataclass(frozen=True, slots=True)
class CallShown:
    """A call: `times` are its offered beginnings as values and as words, `when` the one chosen."""

    id: str
    contact_id: str
    name: str
    times: tuple[tuple[str, str], ...]
    when: str


@dataclass(frozen=True, slots=True)
class WarmUp:
    name: str
    href: str


def shown(tx: Transaction, one: Candidate, policy: Policy, today: date) -> CandidateShown:
    contact = contacts.get(tx, owner=account().id, id=one.history.contact_id)
    tie = one.history.tie
    return CandidateShown(
        tie_id=tie.id,
        contact_id=contact.id,
        name=contact.name or contact.org,
        about=", ".join(part for part in (contact.title, contact.org if contact.name else "") if part),
        since=_since(one.touch.why.day, today),
        remembered=one.touch.why.text,
        score=one.parts.score,
        parts=tuple(_parts(one.parts, tie, one.touch.why.text, policy)),
        relevant=one.relevant,
        touch_id=one.taken.id if one.taken else "",
        past=tie.shared_past,
        senior=tie.senior,
    )


def warm_up_of(tx: Transaction, found: list[Candidate]) -> WarmUp | None:
    """An easy one to write to first, where there is a hard one."""
    easy = reconnecting.warm_up(tx, owner=account().id) if found else None
    if easy is None:
        return None
    contact = contacts.get(tx, owner=account().id, id=easy.contact_id)
    return WarmUp(contact.name or contact.org, url_for("pages.contacts.page", id=contact.id))


def call_shown(tx: Transaction, call: Call) -> CallShown:
    fields = fields_of(contacts.get(tx, owner=account().id, id=call.contact_id).vcard)
    times = tuple((one.isoformat(), format_datetime(one, "EEE d MMM, HH:mm", rebase=False)) for one in call.offered)
    return CallShown(call.id, call.contact_id, fields.shown_as, times, moment(call.chosen) if call.chosen else "")


def _since(day: date | None, today: date) -> str:
    if day is None:
        return str(_("No word between you that is known here."))
    if (today - day).days < 365:
        return str(_("No word since %(when)s.", when=month(day)))
    years = int((today - day).days / 365.25)
    return str(
        ngettext(
            "No word for %(num)d year, since %(when)s.",
            "No word for %(num)d years, since %(when)s.",
            max(1, years),
            when=month(day),
        )
    )


def _parts(parts: Parts, tie: Tie, noted: str, policy: Policy) -> list[Part]:
    """The reasons, the heaviest first."""
    found = [
        Part(_shares(parts.colleagues), round(parts.shares), policy.dormant_shares),
        Part(_senior(tie.senior), round(parts.seniority), policy.dormant_seniority),
        Part(_answers(parts), round(parts.answers), policy.dormant_answers),
        Part(_past(tie), round(parts.past), policy.dormant_past),
        Part(_noted(noted, parts), round(parts.noted), policy.dormant_noted),
    ]
    return sorted(found, key=lambda part: -part.points)


def _shares(colleagues: int | None) -> str:
    if colleagues is None:
        return str(_("Their company is not known, so neither is whom you share."))
    if colleagues == 0:
        return str(_("You know nobody else where they work: they move among people you don't meet."))
    if colleagues <= _NAMED_FEW:
        return str(
            ngettext(
                "You know %(num)d other person where they work: close enough to trust, far enough to bring news.",
                "You know %(num)d others where they work: close enough to trust, far enough to bring news.",
                colleagues,
            )
        )
    return str(_("You know many people where they work already: less news to expect."))


def _senior(senior: int) -> str:
    if senior == Senior.SENIOR:
        return str(_("They are higher up than you, and see more."))
    if senior == Senior.JUNIOR:
        return str(_("They were just starting out."))
    return str(_("They are about where you are, or it is not known."))


def _answers(parts: Parts) -> str:
    if not parts.written:
        return str(_("You have not written to them from here yet."))
    return str(_("They answered %(answered)d of %(written)d messages.", answered=parts.answered, written=parts.written))


def _past(tie: Tie) -> str:
    told = tie.shared_past or tie.gathering
    if told:
        return str(_("You share a past: %(past)s.", past=told.rstrip(".")))
    return str(_("Somebody introduced you.")) if tie.introduced_by else str(_("No past in common is noted."))


def _noted(noted: str, parts: Parts) -> str:
    if parts.noted and noted:
        return str(_("You noted: %(line)s.", line=noted.rstrip(".")))
    return str(_("Nothing is noted yet. What do you remember?"))

"""Ideas for an evening of one's own: what several people love, and which two one might bring together."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.gatherings.gathering import GatheringKind
from service.domain.gatherings.pairs import Pair, pairs
from service.domain.gatherings.passions import Shared, activity, shared
from service.storage.database import Transaction
from service.storage.meeting import guest_proposals
from service.storage.meeting.guest_proposals import Invitable
from service.web.identity import account, signed_in
from service.web.pages.language import current
from service.web.parts import parts

own_gathering = Blueprint("own_gathering", __name__)

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Idea:
    """An activity, and who shares what it is about."""

    name: str
    term: str
    people: str


@dataclass(frozen=True, slots=True)
class IdeaForTwo:
    """Two people, and why they would like each other's company."""

    names: str
    reasons: tuple[str, ...]
    activity: str
    guests: tuple[str, str]


@own_gathering.get("/gatherings/own")
@signed_in
def activities() -> str:
    """What several people share, that of the most first."""
    owner = account().id
    with parts().db.reading() as tx:
        ideas = shared(guest_proposals.loved(tx, owner=owner))
        named = guest_proposals.named(tx, owner=owner, tie_ids=[tie for one in ideas for tie in one.ties])
    return render_template(
        "meeting/own_gathering.html", ideas=[_idea(one, named) for one in ideas], kind=GatheringKind.OWN
    )


@own_gathering.get("/gatherings/double")
@signed_in
def double() -> str:
    """Two who do not know each other and would get on, with the reasons."""
    with parts().db.reading() as tx:
        ideas = _pairs(tx)
    return render_template("meeting/double_date.html", ideas=ideas, kind=GatheringKind.DOUBLE_DATE)


def _pairs(tx: Transaction) -> list[IdeaForTwo]:
    owner = account().id
    lines = guest_proposals.loved(tx, owner=owner)
    matches = guest_proposals.matches(tx, owner=owner)
    ids = {line.tie for line in lines} | {tie for one in matches for tie in (one.needs, one.offers)}
    named = guest_proposals.named(tx, owner=owner, tie_ids=ids)
    companies = {tie: one.company for tie, one in named.items()}
    known = guest_proposals.acquainted(tx, owner=owner)
    found = pairs(lines, matches=matches, known=known, companies=companies)
    return [_for_two(pair, named) for pair in found if pair.one in named and pair.other in named]


def _idea(one: Shared, named: dict[str, Invitable]) -> Idea:
    names = sorted(named[tie].name for tie in one.ties if tie in named)
    return Idea(activity(one.term, current()) or _capital(one.text), one.term, in_words(names))


def _for_two(pair: Pair, named: dict[str, Invitable]) -> IdeaForTwo:
    one, other = named[pair.one], named[pair.other]
    reasons = [_("Both: %(what)s", what=love.text) for love in pair.loves]
    if pair.match:
        needs, offers = named[pair.match.needs].name, named[pair.match.offers].name
        need = {"needs": needs, "offers": offers, "need": pair.match.need, "offer": pair.match.offer}
        reasons.insert(0, _("%(needs)s needs %(need)s; %(offers)s offers %(offer)s", **need))
    first = next((activity(love.term, current()) for love in pair.loves), None)
    name = _("%(one)s and %(other)s", one=one.name, other=other.name)
    return IdeaForTwo(str(name), tuple(map(str, reasons)), first or "", (one.contact_id, other.contact_id))


def in_words(names: list[str]) -> str:
    """Some names, and how many more."""
    more = len(names) - _NAMED
    said = ", ".join(names[:_NAMED])
    return (
        said if more <= 0 else str(ngettext("%(said)s and %(num)d more", "%(said)s and %(num)d more", more, said=said))
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

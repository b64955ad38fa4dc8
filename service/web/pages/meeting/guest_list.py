"""Who comes: choosing whom to invite, what each answered, the list for the door, and the new people of the evening."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.gatherings.passions import Loved, loves
from service.domain.introductions.words import terms
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.meeting import answering, gatherings, guest_proposals, guests
from service.storage.meeting.guest_proposals import Invitable
from service.storage.people import contacts, new_people
from service.storage.people.which import Which
from service.web.identity import account, signed_in
from service.web.pages.meeting.gathering_view import counted
from service.web.pages.meeting.gathering_wording import when
from service.web.pages.telling import tell
from service.web.parts import parts

guest_list = Blueprint("guest_list", __name__)

_FOUND_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be invited; `why` is what they love, in the words that were noted."""

    contact_id: str
    name: str
    why: str
    chosen: bool = False


@guest_list.get("/gatherings/<uuid:id>/guests")
@signed_in
def choose(id: UUID) -> str:  # noqa: A002 - the name in the address
    """Those who share what it is about first, then the nearest; anybody else by a search."""
    owner, query = account().id, request.args.get("q", "").strip()[:200]
    term = request.args.get("term", "")[:100]
    with parts().db.reading() as tx:
        gathering = gatherings.get(tx, owner=owner, id=str(id))
        there = guests.of_gathering(tx, owner=owner, gathering_id=gathering.id)
        sharing, near = _proposed(tx, owner, term or gathering.activity, [guest.tie_id for guest in there])
        invited = {guest.contact_id for guest in there}
        found = _found(tx, owner, query, invited) if query else []
        shown = {one.contact_id for one in found}
        sharing, near = ([one for one in some if one.contact_id not in shown] for some in (sharing, near))
    return render_template(
        "meeting/guests_choose.html",
        gathering=gathering,
        when=when(gathering),
        sharing=sharing,
        near=near,
        found=found,
        query=query,
        term=term,
        there=len(there),
    )


@guest_list.post("/gatherings/<uuid:id>/guests")
@signed_in
def add(id: UUID) -> Response:  # noqa: A002 - the name in the address
    chosen = [one for one in request.form.getlist("contact") if one]
    with parts().db.transaction() as tx:
        count = guests.add(tx, owner=account().id, gathering_id=str(id), contact_ids=chosen)
    tell(ngettext("%(num)d more on the list.", "%(num)d more on the list.", count))
    return redirect(url_for("pages.gatherings.page", id=id), 303)


@guest_list.post("/gatherings/<uuid:id>/guests/<uuid:guest>")
@signed_in
def act(id: UUID, guest: UUID) -> Response:  # noqa: A002 - the name in the address
    """What the host says of one guest: the answer given by word of mouth, off the list, or another link."""
    what = request.form.get("act", "")
    with parts().db.transaction() as tx:
        known = guests.get(tx, owner=account().id, id=str(guest))
        if what == "drop":
            guests.drop(tx, owner=account().id, id=known.id)
            tell(_("%(name)s is off the list.", name=known.name))
        elif what == "renew":
            guests.renew(tx, owner=account().id, id=known.id)
            tell(_("The old link opens nothing any more. Send the new one."))
        elif what == "answer":
            said, brings = request.form.get("answer", ""), request.form.get("brings", "")
            answering.told(tx, owner=account().id, guest_id=known.id, reply=said, brings=brings)
            tell(_("Saved."))
        else:
            raise BadValue("act", "The page is out of date. Load it again.")
    return redirect(url_for("pages.gatherings.page", id=id), 303)


@guest_list.get("/gatherings/<uuid:id>/door")
@signed_in
def door(id: UUID) -> str:  # noqa: A002 - the name in the address
    """The list for the door: to print, or to tick on the phone."""
    owner = account().id
    with parts().db.reading() as tx:
        gathering = gatherings.get(tx, owner=owner, id=str(id))
        there = guests.of_gathering(tx, owner=owner, gathering_id=gathering.id)
        today = policies.today(tx, owner=owner)
    expected = [guest for guest in there if guest.answer != "no" or guest.came or guest.guest_came]
    return render_template(
        "meeting/door.html",
        gathering=gathering,
        when=when(gathering),
        guests=expected,
        counted=counted(there),
        open=today >= gathering.day,
    )


@guest_list.post("/gatherings/<uuid:id>/door/<uuid:guest>")
@signed_in
def tick(id: UUID, guest: UUID) -> Response:  # noqa: A002 - the name in the address
    """Tick, or take the tick away; each button says what it does, so that two taps are one."""
    what, on = request.form.get("tick", ""), request.form.get("on") == "1"
    with parts().db.transaction() as tx:
        if what == "came":
            guests.tick(tx, owner=account().id, id=str(guest), came=on)
        elif what in ("asked", "guest_came", "guest_asked"):
            guests.put(tx, owner=account().id, id=str(guest), **{what: on})
        else:
            raise BadValue("act", "The page is out of date. Load it again.")
    return redirect(url_for("pages.guest_list.door", id=id, _anchor=f"guest-{guest}"), 303)


@guest_list.post("/gatherings/<uuid:id>/people")
@signed_in
def keep(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Make contacts of those who came with somebody."""
    count = 0
    with parts().db.transaction() as tx:
        gathering = gatherings.get(tx, owner=account().id, id=str(id))
        for guest in guests.of_gathering(tx, owner=account().id, gathering_id=gathering.id):
            if request.form.get(f"keep-{guest.id}"):
                new_people.keep(
                    tx,
                    owner=account().id,
                    guest_id=guest.id,
                    note=_("Came with %(name)s", name=guest.name),
                    name=request.form.get(f"name-{guest.id}", ""),
                    phone=request.form.get(f"phone-{guest.id}", ""),
                    mail=request.form.get(f"mail-{guest.id}", ""),
                )
                count += 1
    tell(ngettext("%(num)d new person, with a first message.", "%(num)d new people, each with a first message.", count))
    return redirect(url_for("pages.gatherings.page", id=id), 303)


def _proposed(tx: Transaction, owner: str, about: str, there: list[str]) -> tuple[list[Candidate], list[Candidate]]:
    lines = guest_proposals.loved(tx, owner=owner)
    sharing = {tie: text for tie, text in _sharing(about, lines).items() if tie not in there}
    people = guest_proposals.named(tx, owner=owner, tie_ids=list(sharing))
    near = guest_proposals.others(tx, owner=owner, but=[*sharing, *there])
    by_name = sorted(people.values(), key=lambda one: one.name)
    return [_candidate(one, sharing[one.tie_id], chosen=True) for one in by_name], [
        _candidate(one, one.org) for one in near
    ]


def _sharing(about: str, lines: list[Loved]) -> dict[str, str]:
    """By tie, the line that says that they love anything that the words are about."""
    found: dict[str, str] = {}
    for term in reversed(terms(about)):
        found |= loves(term, lines)
    return found


def _found(tx: Transaction, owner: str, query: str, invited: set[str]) -> list[Candidate]:
    page = contacts.page(tx, owner=owner, which=Which(query=query), limit=_FOUND_AT_MOST)
    return [Candidate(one.id, one.name or one.org, one.org) for one in page.rows if one.id not in invited]


def _candidate(one: Invitable, why: str, *, chosen: bool = False) -> Candidate:
    return Candidate(one.contact_id, one.name, why, chosen)

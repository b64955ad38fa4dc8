"""Gatherings: the calendar and what is over, one on its own page, and the form that makes and changes them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.gatherings.event import event_of
from service.domain.gatherings.gathering import OWN, Gathering, GatheringKind
from service.domain.reaching.calendar import Person, calendar
from service.domain.ties.account import zone_of
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.meeting import gathering_merges, guests
from service.storage.meeting import gatherings as kept_gatherings
from service.web.given_out import site
from service.web.identity import account, signed_in
from service.web.pages.language import soon
from service.web.pages.meeting.gathering_form import as_written, needed, values_given
from service.web.pages.meeting.gathering_view import answer_of, counted, next_act, to_keep, to_remind
from service.web.pages.meeting.gathering_wording import GATHERING_KINDS, NO_GUESTS, kind_name, when
from service.web.pages.telling import tell
from service.web.parts import parts

gatherings = Blueprint("gatherings", __name__)

MERGES_OFFERED = 50


@dataclass(frozen=True, slots=True)
class AheadRow:
    """One to come: its day in two lines, and who comes so far."""

    id: str
    name: str
    day: str
    month: str
    second: str
    end: str


@gatherings.get("/gatherings")
@signed_in
def listing() -> str:
    """What is to come, and where somebody was met."""
    owner = account().id
    with parts().db.reading() as tx:
        today = policies.today(tx, owner=owner)
        ahead = [_ahead(tx, one) for one in kept_gatherings.ahead(tx, owner=owner, today=today)]
        been = [met for met in kept_gatherings.been(tx, owner=owner, today=today) if met.gathering.is_over(today)]
    years = [(year, list(those)) for year, those in groupby(been, key=lambda one: one.gathering.day.year)]
    return render_template(
        "meeting/gatherings.html", ahead=ahead, years=years, today=today, soon=soon, kind_name=kind_name
    )


@gatherings.get("/gatherings/new")
@signed_in
def new() -> str:
    """The form, with what the address says filled in already: kind, name, activity, whom to invite."""
    kind = request.args.get("kind", "")
    own = kind in OWN
    with parts().db.reading() as tx:
        today = policies.today(tx, owner=account().id)
        seats = policies.of(tx, owner=account().id).account.policy.gathering_seats
    return render_template(
        "meeting/gathering_form.html",
        gathering=None,
        own=own,
        four=kind == GatheringKind.DOUBLE_DATE,
        kind=kind,
        kinds=[(one.value, str(GATHERING_KINDS[one])) for one in NO_GUESTS],
        given={name: request.args.get(name, "")[:200] for name in ("name", "activity", "term")},
        guests=request.args.getlist("guest")[:2],
        written={"hours": "", "cost_cents": ""},
        today=today.isoformat(),
        seats=seats,
    )


@gatherings.post("/gatherings/new")
@signed_in
def create() -> Response:
    values = values_given()
    day, name = needed(values, "day"), values.pop("name", "")
    chosen = [one for one in request.form.getlist("guest") if one]
    with parts().db.transaction() as tx:
        made = kept_gatherings.add(tx, owner=account().id, name=name, day=day, **values)
        if chosen:
            guests.add(tx, owner=account().id, gathering_id=made, contact_ids=chosen)
    if values.get("kind") == GatheringKind.OWN:
        term = request.form.get("term", "")[:200]
        return redirect(url_for("pages.guest_list.choose", id=made, term=term or None), 303)
    return redirect(url_for("pages.gatherings.page", id=made), 303)


@gatherings.get("/gatherings/<uuid:id>")
@signed_in
def page(id: UUID) -> str | Response:  # noqa: A002 - the name in the address
    owner = account().id
    with parts().db.reading() as tx:
        gathering = kept_gatherings.get(tx, owner=owner, id=str(id))
        if gathering.merged_into:
            return redirect(url_for("pages.gatherings.page", id=gathering.merged_into))
        today = policies.today(tx, owner=owner)
        invited = guests.of_gathering(tx, owner=owner, gathering_id=gathering.id)
        met = kept_gatherings.numbers(tx, [gathering.id]).get(gathering.id, 0)
    return render_template(
        "meeting/gathering.html",
        gathering=gathering,
        when=when(gathering),
        kind_name=kind_name(gathering),
        written=as_written(gathering),
        guests=invited,
        counted=counted(invited),
        answer_of=answer_of,
        next=next_act(gathering, invited, today),
        remind=to_remind(invited),
        keep=to_keep(invited) if gathering.day <= today else [],
        over=gathering.is_over(today),
        begun=gathering.day <= today,
        met=met,
    )


@gatherings.get("/gatherings/<uuid:id>/edit")
@signed_in
def edit(id: UUID) -> str:  # noqa: A002 - the name in the address
    owner = account().id
    with parts().db.reading() as tx:
        gathering = kept_gatherings.get(tx, owner=owner, id=str(id))
        today = policies.today(tx, owner=owner)
        others = _mergeable(tx, owner, gathering, today)
    return render_template(
        "meeting/gathering_form.html",
        gathering=gathering,
        own=gathering.own,
        four=gathering.four,
        kind=gathering.kind,
        kinds=[(one.value, str(GATHERING_KINDS[one])) for one in NO_GUESTS],
        given={},
        guests=[],
        written=as_written(gathering),
        today=today.isoformat(),
        seats=gathering.seats_kept,
        others=[(one.id, f"{one.name}, {soon(one.day, today)}") for one in others],
    )


@gatherings.post("/gatherings/<uuid:id>/edit")
@signed_in
def save(id: UUID) -> Response:  # noqa: A002 - the name in the address
    values = values_given()
    if "day" in values and values["day"] is None:
        needed(values, "day")
    with parts().db.transaction() as tx:
        kept_gatherings.change(tx, owner=account().id, id=str(id), **values)
    tell(_("Saved."))
    return redirect(url_for("pages.gatherings.page", id=id), 303)


@gatherings.post("/gatherings/<uuid:id>/cancel")
@signed_in
def cancel(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Call it off, or on again."""
    back = bool(request.form.get("back"))
    with parts().db.transaction() as tx:
        kept_gatherings.cancel(tx, owner=account().id, id=str(id), cancelled=not back)
    tell(_("It takes place again.") if back else _("Called off. Tell those who were coming."))
    return redirect(url_for("pages.gatherings.page", id=id), 303)


@gatherings.post("/gatherings/<uuid:id>/merge")
@signed_in
def merge(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Take another one in: they were one and the same."""
    with parts().db.transaction() as tx:
        merged = gathering_merges.merge(tx, owner=account().id, keep=str(id), gone=request.form.get("other", ""))
    tell(_("Made one of the two."), undo=url_for("pages.gatherings.part", id=merged))
    return redirect(url_for("pages.gatherings.page", id=id), 303)


@gatherings.post("/gatherings/merges/<uuid:id>/undo")
@signed_in
def part(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        back = gathering_merges.undo(tx, owner=account().id, id=str(id))
    tell(_("They are two again."))
    return redirect(url_for("pages.gatherings.page", id=back.id), 303)


@gatherings.get("/gatherings/<uuid:id>/gathering.ics")
@signed_in
def file(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """The event for the host's own calendar."""
    with parts().db.reading() as tx:
        gathering = kept_gatherings.get(tx, owner=account().id, id=str(id))
        zone = zone_of(policies.of(tx, owner=account().id).account.zone)
    event = event_of(gathering, zone, url=site() + url_for("pages.gatherings.page", id=id))
    return calendar_file(calendar([event]))


def calendar_file(content: bytes) -> Response:
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="undrawer.ics"'
    return response


def host() -> Person | None:
    """Who invites, as a calendar names them."""
    return Person(account().name, account().email) if account().email else None


def _ahead(tx: Transaction, gathering: Gathering) -> AheadRow:
    invited = guests.of_gathering(tx, owner=account().id, gathering_id=gathering.id)
    coming = counted(invited).coming
    met = kept_gatherings.numbers(tx, [gathering.id]).get(gathering.id, 0)
    end = str(ngettext("%(num)d contact", "%(num)d contacts", met)) if met else ""
    end = str(ngettext("%(num)d comes", "%(num)d come", coming)) if coming else end
    second = " · ".join(
        filter(None, (gathering.begins, gathering.place, "" if gathering.own else kind_name(gathering)))
    )
    month = str(format_date(gathering.day, "MMM")).rstrip(".")
    return AheadRow(gathering.id, gathering.name, str(gathering.day.day), month, second, end)


def _mergeable(tx: Transaction, owner: str, gathering: Gathering, today: date) -> list[Gathering]:
    """The others, those of the nearest days first."""
    known = [met.gathering for met in kept_gatherings.been(tx, owner=owner, today=today)]
    known += kept_gatherings.ahead(tx, owner=owner, today=today)
    others: dict[str, Any] = {one.id: one for one in known if one.id != gathering.id}
    return sorted(others.values(), key=lambda one: abs((one.day - gathering.day).days))[:MERGES_OFFERED]

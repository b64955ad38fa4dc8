"""Ties: the one page from which every way of keeping them is reached, each with its purpose and a true count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from service.domain.introductions.course import UNDER_WAY
from service.storage.database import Transaction
from service.storage.following import focus, outcomes, policies, reconnecting, referrals, sorting
from service.storage.meeting import gatherings, introductions
from service.storage.reaching import outgoing
from service.web.identity import account, signed_in
from service.web.parts import parts

hub = Blueprint("hub", __name__)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of keeping ties: its page, what it is for in a sentence, and what waits there, in words ("" for nothing).

    `always` is False for what need not be seen while nothing waits.
    """

    endpoint: str
    title: Any
    purpose: Any
    waits: Callable[[Transaction, str], str] = lambda _tx, _owner: ""
    always: bool = True


@dataclass(frozen=True, slots=True)
class HubRow:
    href: str
    title: str
    purpose: str
    waits: str


def _to_sort(tx: Transaction, owner: str) -> str:
    count = sorting.count(tx, owner=owner)
    return str(ngettext("%(num)d card", "%(num)d cards", count)) if count else ""


def _to_come(tx: Transaction, owner: str) -> str:
    count = len(gatherings.ahead(tx, owner=owner, today=policies.today(tx, owner=owner)))
    return str(ngettext("%(num)d to come", "%(num)d to come", count)) if count else ""


def _to_reconnect(tx: Transaction, owner: str) -> str:
    count = reconnecting.count(tx, owner=owner)
    if count >= reconnecting.COUNTED:
        return str(gettext("More than %(num)d", num=reconnecting.COUNTED))
    return str(ngettext("%(num)d person", "%(num)d people", count)) if count else ""


def _to_look_at(tx: Transaction, owner: str) -> str:
    count = outgoing.troubled(tx, owner=owner)
    return str(ngettext("%(num)d not sent", "%(num)d not sent", count)) if count else ""


def _seen(tx: Transaction, owner: str) -> str:
    seen, there = focus.count(tx, owner=owner)
    return str(gettext("%(seen)d of %(there)d seen", seen=seen, there=there)) if there else ""


def _events(tx: Transaction, owner: str) -> str:
    count = outcomes.events(tx, owner=owner)
    return str(ngettext("%(num)d event", "%(num)d events", count)) if count else ""


def _clients(tx: Transaction, owner: str) -> str:
    count = referrals.totals(tx, owner=owner).clients
    return str(ngettext("%(num)d client", "%(num)d clients", count)) if count else ""


def _to_introduce(tx: Transaction, owner: str) -> str:
    count = sum(one.step in UNDER_WAY for one in introductions.recent(tx, owner=owner))
    return str(gettext("%(num)d under way", num=count)) if count else ""


WAYS: tuple[Way, ...] = (
    Way(
        "pages.introductions.listing",
        _("Introductions"),
        _("Who could help whom, with both asked first."),
        _to_introduce,
    ),
    Way(
        "pages.gatherings.listing",
        _("Gatherings"),
        _("An evening of your own, a double date, and where you go."),
        _to_come,
    ),
    Way(
        "pages.reconnect.page",
        _("Reconnect"),
        _("Old contacts, one or two a week, and a short call."),
        _to_reconnect,
    ),
    Way("pages.focus.page", _("The three"), _("The three you see every week."), _seen),
    Way("pages.worth.page", _("What is worth it"), _("Which events brought people, ties and clients."), _events),
    Way("pages.referrals.page", _("Clients and referrals"), _("Who sent you whom, and whom you may ask."), _clients),
    Way(
        "pages.sorting.page",
        _("Whom would you know?"),
        _("Old cards nobody wrote to: keep in mind, or let go."),
        _to_sort,
        always=False,
    ),
    Way("pages.outbox.listing", _("Outbox"), _("What goes out by mail, and what became of it."), _to_look_at),
)
"""In the order in which they are shown. A way whose page is not there is left out."""


@hub.get("/ties")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        rows = [_row(way, way.waits(tx, account().id)) for way in WAYS if way.endpoint in current_app.view_functions]
    return render_template("following/hub.html", rows=[row for row, shown in rows if shown])


def _row(way: Way, waits: str) -> tuple[HubRow, bool]:
    row = HubRow(url_for(way.endpoint), str(way.title), str(way.purpose), waits)
    return row, way.always or bool(waits)

"""Notices: on which devices, at which hour, of what, and with whose names on the locked screen."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.reaching import vapid
from service.storage.following import policies
from service.storage.reaching import devices as kept
from service.storage.reaching import notices
from service.storage.reaching.devices import Device
from service.storage.reaching.notices import Settings
from service.web.identity import account, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

devices = Blueprint("devices", __name__)

TROUBLES = {
    "private_address": lazy_gettext("Its push service is in a private network, where Undrawer does not write to."),
    "not_secure": lazy_gettext("Its push service could not prove who it is. Undrawer tries again."),
    "unreachable": lazy_gettext("Its push service did not answer. Undrawer tries again."),
    "429": lazy_gettext("Its push service wants to be left alone for a while. Undrawer tries again."),
}
ERRORS = (
    lazy_gettext("There is no such device."),
    lazy_gettext("There are too many devices already. Remove one that you no longer use."),
    lazy_gettext("Choose what you want to be told, or remove the devices."),
    lazy_gettext("This is no time of day. Write it as 08:30."),
    lazy_gettext("The keys of this device are not right. Turn the notices on again."),
    lazy_gettext("This is no address of a push service that Undrawer may write to."),
)
"""What errors about devices say on a page, named here so that they are translated with the rest."""


@dataclass(frozen=True, slots=True)
class ShownDevice:
    """A device; `mark` lets a browser find itself in the list without its address standing there."""

    id: str
    name: str
    names: bool
    about: str
    trouble: str
    mark: str


@devices.get("/devices")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        zone = ZoneInfo(policies.of(tx, owner=account().id).account.zone)
        wanted = notices.settings(tx, owner=account().id)
        found = [_shown(device, zone) for device in kept.of(tx, owner=account().id)]
    key = vapid.public_key(parts().config.push_key)
    return render_template("reaching/devices.html", devices=found, wanted=wanted, zone=zone.key, key=key)


@devices.post("/devices")
@signed_in
def save() -> Response:
    """Keep the hour and what is told."""
    wanted = Settings(_time(), promises="promises" in request.form, first_touch="first_touch" in request.form)
    with parts().db.transaction() as tx:
        notices.keep(tx, wanted, owner=account().id)
    return _saved(_("Saved."))


@devices.post("/devices/<uuid:id>")
@signed_in
def change(id: UUID) -> Response:  # noqa: A002  # as the address calls it
    """Keep what a device is called, and whether names may stand on it."""
    with parts().db.transaction() as tx:
        kept.change(
            tx, owner=account().id, id=str(id), name=request.form.get("name", ""), names="names" in request.form
        )
    return _saved(_("Saved."))


@devices.post("/devices/<uuid:id>/try")
@signed_in
def attempt(id: UUID) -> Response:  # noqa: A002
    """Send a notice now, to see how it arrives."""
    with parts().db.transaction() as tx:
        device = kept.get(tx, owner=account().id, id=str(id))
        notice = notices.attempt(tx, owner=account().id, device_id=device.id)
    parts().queue.ring("send_notice", notice)
    return _saved(_("A notice is on its way."))


@devices.post("/devices/<uuid:id>/remove")
@signed_in
def remove(id: UUID) -> Response:  # noqa: A002
    with parts().db.transaction() as tx:
        kept.remove(tx, owner=account().id, id=str(id))
    return _saved(_("It is told nothing any more."))


def _shown(device: Device, zone: ZoneInfo) -> ShownDevice:
    since = _("since %(day)s", day=_day(device.created_at, zone))
    last = _("last notice %(day)s", day=_day(device.used_at, zone)) if device.used_at else _("no notice yet")
    mark = hashlib.sha256(device.subscription.endpoint.encode()).hexdigest()
    return ShownDevice(
        id=device.id,
        name=device.name or _("A device"),
        names=device.names,
        about=f"{since} · {last}",
        trouble=_trouble(device.trouble),
        mark=mark,
    )


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return str(format_date(moment.astimezone(zone), "d MMM", rebase=False))


def _trouble(code: str) -> str:
    if not code:
        return ""
    if code in TROUBLES:
        return str(TROUBLES[code])
    if code.startswith("5"):
        return str(TROUBLES["unreachable"])
    return str(_("Its push service refused the last notice (%(code)s). Turn the notices off and on again.", code=code))


def _time() -> time:
    try:
        return time.fromisoformat(request.form.get("at", "")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadValue("time", "This is no time of day. Write it as 08:30.") from None


def _saved(text: str) -> Response:
    tell(text)
    return redirect(url_for("pages.devices.page"), 303)

"""How the installation is, for its owner."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import format_decimal, format_timedelta, lazy_gettext, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.reading.photo import PhotoState
from service.web import keeping_running
from service.web.condition import Condition
from service.web.identity import signed_in
from service.web.pages.telling import tell

status = Blueprint("status", __name__)

LEAST_FREE_GB: Final = 5
BACKUP_DAYS: Final = 7
LONG_WAIT_SECONDS: Final = 600
_PARTS: Final = {
    "database": (lazy_gettext("Database"), lazy_gettext("It does not answer.")),
    "redis": (lazy_gettext("Queue"), lazy_gettext("It does not answer. Photos are kept and wait.")),
    "worker": (lazy_gettext("Reading"), lazy_gettext("No worker was heard from within two minutes. Photos wait.")),
}

Said = tuple[str, str, bool]
"""What it is about, what is said of it, and whether it is well."""


@status.get("/status")
@signed_in
def page() -> str:
    found = keeping_running.how_it_is()
    failed = [(one.id, _ago(one.received_at), one.reason) for one in found.failed]
    return render_template("status.html", lines=[*_parts(found), *_stores(found)], failed=failed, version=found.version)


@status.post("/status/try-again")
@signed_in
def try_all_again() -> Response:
    count = keeping_running.try_all_again()
    tell(ngettext("%(num)d photo is read again.", "%(num)d photos are read again.", count))
    return redirect(url_for("pages.status.page"), 303)


@status.post("/status/photos/<uuid:id>/try-again")
@signed_in
def try_again(id: UUID) -> Response:  # noqa: A002 - the name in the address
    keeping_running.try_again(str(id))
    tell(ngettext("%(num)d photo is read again.", "%(num)d photos are read again.", 1))
    return redirect(url_for("pages.status.page"), 303)


def _parts(found: Condition) -> list[Said]:
    return [
        (str(_PARTS[part][0]), _("It answers.") if answers else str(_PARTS[part][1]), answers)
        for part, answers in found.parts.items()
    ]


def _stores(found: Condition) -> list[Said]:
    waiting = found.numbers.photos.get(PhotoState.RECEIVED, 0)
    photos = ngettext("%(num)d photo waits to be read.", "%(num)d photos wait to be read.", waiting)
    photos = photos if waiting else _("No photo waits.")
    free = found.free_bytes / 1e9
    return [
        (_("Photos"), photos, found.waits_seconds < LONG_WAIT_SECONDS),
        (_("Disk"), _("%(free)s GB free", free=format_decimal(round(free, 1))), free > LEAST_FREE_GB),
        _backup(found.backup_at),
    ]


def _backup(at: datetime | None) -> Said:
    if at is None:
        return _("Last backup"), _("None was made yet: “undrawer backup FILE”."), False
    return _("Last backup"), _ago(at), (datetime.now(UTC) - at).days <= BACKUP_DAYS


def _ago(at: datetime) -> str:
    return str(format_timedelta(at - datetime.now(UTC), add_direction=True))

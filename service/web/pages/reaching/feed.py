"""The calendar to subscribe to: its address, shown once, with a picture of it for the phone, and the file itself."""

from datetime import timedelta
from io import BytesIO
from typing import Final
from urllib.parse import quote

import segno
from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import format_datetime, lazy_gettext
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from service.domain.reaching.calendar import calendar
from service.domain.ties.account import zone_of
from service.storage.following import policies
from service.storage.reaching import feeds
from service.web.api.doors import made_file
from service.web.feeding import told
from service.web.given_out import elsewhere
from service.web.identity import account, proved, signed_in
from service.web.pages.language import current
from service.web.pages.telling import tell
from service.web.parts import parts

feed = Blueprint("feed", __name__)

EVERY: Final = timedelta(hours=4)
LONGEST_SECRET: Final = 100
_MADE: Final = "feed"  # in the session: the address just made, until it was shown
ERRORS = (lazy_gettext("There is no calendar to subscribe to. Make its address first."),)
"""What errors about the feed say on a page, named here so that they are translated with the rest."""


@feed.get("/feed")
@signed_in
def page() -> str:
    secret = session.pop(_MADE, "")
    with parts().db.reading() as tx:
        known = feeds.of(tx, owner=account().id)
        zone = zone_of(policies.of(tx, owner=account().id).account.zone)
    where = f"{elsewhere()}{url_for('pages.feed.ics', secret=secret)}" if secret else ""
    asked = known and known.asked_at
    return render_template(
        "reaching/feed.html",
        feed=known,
        where=where,
        webcal=where.replace("https://", "webcal://").replace("http://", "webcal://"),
        google=f"https://calendar.google.com/calendar/r?cid={quote(where.replace('https://', 'webcal://'), safe='')}",
        secure=where.startswith("https://"),
        picture=_picture(where) if where else "",
        asked=format_datetime(asked.astimezone(zone), "d MMM, HH:mm", rebase=False) if asked else "",
    )


@feed.post("/feed")
@signed_in
@proved
def make() -> AnyResponse:
    """Make the address, or another in its place."""
    with parts().db.transaction() as tx:
        session[_MADE] = feeds.make(tx, owner=account().id, locale=current())
    return redirect(url_for("pages.feed.page"), 303)


@feed.post("/feed/names")
@signed_in
def keep_names() -> AnyResponse:
    with parts().db.transaction() as tx:
        feeds.set_names(tx, owner=account().id, names="names" in request.form)
    tell(_("Saved."))
    return redirect(url_for("pages.feed.page"), 303)


@feed.post("/feed/revoke")
@signed_in
def revoke() -> AnyResponse:
    with parts().db.transaction() as tx:
        feeds.revoke(tx, owner=account().id)
    tell(_("The address opens nothing any more."))
    return redirect(url_for("pages.feed.page"), 303)


@feed.get("/calendar/<secret>.ics")
def ics(secret: str) -> AnyResponse:
    """The calendar of whoever made this address. A wrong one and one that was withdrawn are the same nothing."""
    with parts().db.reading() as tx:
        known = feeds.by_secret(tx, secret) if len(secret) <= LONGEST_SECRET else None
    if known is None:
        abort(404)
    found = told(parts().db, known)
    answer = made_file(calendar(found.events, name="Undrawer", every=EVERY), media_type="text/calendar; charset=utf-8")
    answer.last_modified = found.changed_at
    answer.headers["Content-Disposition"] = 'inline; filename="undrawer.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer.make_conditional(request)


def _picture(text: str) -> Markup:
    """A QR code as SVG, in the colours of the page."""
    drawn = BytesIO()
    segno.make(text, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, nl=False, border=4, unit="", omitsize=True, light="#fff"
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704  # drawn by us, from an address of ours

"""What is kept of people, where and how long; and what an account decides of it: photos, and what a first mail says."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.storage.people import sources
from service.storage.people.import_files import NEVER_BEGUN_DAYS
from service.storage.reading import letting_go
from service.web.identity import account, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

kept = Blueprint("kept", __name__)


@kept.get("/privacy/kept")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        days = letting_go.days(tx, owner=account().id)
        says_source = sources.says(tx, owner=account().id)
    choices = [(str(each), after(each)) for each in letting_go.CHOICES]
    return render_template(
        "people/kept.html",
        choices=choices,
        chosen=str(days or ""),
        says_source=says_source,
        never_begun_days=NEVER_BEGUN_DAYS,
        record_days=parts().config.record_days,
    )


@kept.post("/privacy/kept")
@signed_in
def keep() -> Response:
    """Keep both answers of the page; a switch that is off is not sent."""
    with parts().db.transaction() as tx:
        letting_go.set_days(tx, owner=account().id, days=_days(request.form.get("photo_days", "")))
        sources.say(tx, owner=account().id, wanted="says_source" in request.form)
    tell(_("Saved."))
    return redirect(url_for("pages.kept.page"), 303)


def after(days: int) -> str:
    if days == 365:
        return str(_("Delete after a year"))
    return str(ngettext("Delete after %(num)d day", "Delete after %(num)d days", days))


def _days(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 5):
        raise BadValue("photo_days", "Choose one of the numbers of days, or to keep the photos.")
    return int(said)

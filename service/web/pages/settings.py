"""How a person wants Undrawer to behave."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.storage import accounts, preferences
from service.storage.preferences import Preferences
from service.web.identity import account, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

settings = Blueprint("settings", __name__)


@settings.get("/settings")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        return render_template(
            "settings.html", preferences=preferences.get(tx, owner=account().id), name=account().name
        )


@settings.post("/settings/name")
@signed_in
def keep_name() -> Response:
    with parts().db.transaction() as tx:
        accounts.set_name(tx, owner=account().id, name=request.form.get("name", ""))
    tell(_("Saved."))
    return redirect(url_for("pages.settings.page"), 303)


@settings.post("/settings/review")
@signed_in
def keep_review() -> Response:
    """Keep the switches of the section on reviewing: a switch that is off is not sent."""
    wanted = Preferences(letter_keys="letter_keys" in request.form, confirms_sure="confirms_sure" in request.form)
    with parts().db.transaction() as tx:
        preferences.keep(tx, wanted, owner=account().id)
    tell(_("Saved."))
    return redirect(url_for("pages.settings.page"), 303)

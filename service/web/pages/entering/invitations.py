"""Invitations: made by the owner of the installation, shown once, taken back while nobody took them up."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.storage import accounts
from service.storage.entering import invitations as kept
from service.storage.entering.record import What
from service.web import recording, unfinished
from service.web.given_out import code, site
from service.web.identity import account, proved_keeping, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

inviting = Blueprint("inviting", __name__)


@inviting.get("/settings/invitations")
@signed_in
def page() -> str:
    _demand_owner()
    with parts().db.reading() as tx:
        return render_template(
            "entering/account_invitations.html",
            invitations=kept.of(tx, owner=account().id),
            days=kept.DAYS,
            typed=unfinished.typed("pages.inviting.make"),
        )


@inviting.post("/settings/invitations")
@signed_in
@proved_keeping("name", "email")
def make() -> Response:
    """Make an invitation and show it, in this one answer and never again."""
    _demand_owner()
    name, email = request.form.get("name", ""), request.form.get("email", "")
    with parts().db.transaction() as tx:
        secret = kept.make(tx, owner=account().id, name=name, email=email)
        recording.write(tx, What.INVITED)
    link = site() + url_for("pages.joining.invited", token=secret)
    response = make_response(
        render_template("entering/account_invitation_made.html", link=link, code=code(link), name=name, days=kept.DAYS)
    )
    response.cache_control.no_store = True
    return response


@inviting.post("/settings/invitations/<uuid:id>/take-back")
@signed_in
def take_back(id: object) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        kept.take_back(tx, owner=account().id, id=str(id))
    tell(_("The invitation opens nothing any more."))
    return redirect(url_for("pages.inviting.page"), 303)


def may_invite() -> bool:
    """Whether whoever asks is the owner of the installation, and anybody may be invited to it."""
    if parts().config.sign_up == "closed":
        return False
    with parts().db.reading() as tx:
        first = accounts.first(tx)
    return first is not None and first.id == account().id


def _demand_owner() -> None:
    if not may_invite():
        abort(404)

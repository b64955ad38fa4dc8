"""Is it you? Asked of who is signed in before keys are made, secrets shown, or all is erased."""

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering.passkey import Purpose, site_of
from service.storage import accounts, sessions
from service.storage.entering import identities, passkeys, second_factors
from service.storage.entering.record import What
from service.web import recording
from service.web.entering import Way, asker
from service.web.given_out import site
from service.web.identity import account, signed_in, this_session
from service.web.pages.entering.passkeys import asking_again, shown
from service.web.pages.entering.second_factor import right
from service.web.pages.language import inside
from service.web.pages.telling import tell
from service.web.parts import parts

proving = Blueprint("proving", __name__)


@proving.get("/settings/access/prove")
@signed_in
def page() -> str:
    return _page(request.args.get("next", ""))


@proving.post("/settings/access/prove")
@signed_in
def by_password() -> Response | tuple[str, int]:
    """Take the password, and the code of the second factor where it is on."""
    who = asker(account().id)
    parts().throttle.demand("prove", **who)
    with parts().db.reading() as tx:
        found = accounts.check_password(tx, email=account().email, password=request.form.get("password", ""))
        second = second_factors.of(tx, owner=account().id)
    good = found is not None and found.id == account().id
    if good and (second is None or right(account().id, request.form.get("code", ""))):
        parts().throttle.right("prove", **who)
        return proved_now(Way.PASSWORD)
    return _page(request.form.get("next", ""), _("That was not right. Try again.")), 401


@proving.post("/settings/access/prove/passkey/question")
@signed_in
def asking() -> Response:
    return asking_again()


@proving.post("/settings/access/prove/passkey")
@signed_in
def by_passkey() -> Response:
    shown(Purpose.PROVE, account().id)
    return proved_now(Way.PASSKEY)


def proved_now(way: Way, back: str = "") -> Response:
    """Remember it in the session, and go back to where it was asked."""
    with parts().db.transaction() as tx:
        sessions.prove(tx, this_session())
        recording.write(tx, What.PROVED, detail=way)
    tell(_("Thank you. Now it can be done."))
    return redirect(inside(back or request.form.get("next", "")), 303)


def _page(back: str, wrong: str = "") -> str:
    owner, config = account().id, parts().config
    with parts().db.reading() as tx:
        ways = {
            "password": accounts.has_password(tx, owner=owner) and account().email,
            "second": second_factors.of(tx, owner=owner),
            "passkey": passkeys.of(tx, owner=owner) and site_of(site()),
            "provider": config.provider if identities.of(tx, owner=owner) else None,
            "mail": account().email if config.mail_server else "",
        }
    return render_template("entering/prove.html", next=back, wrong=wrong, **ways)

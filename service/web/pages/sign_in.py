"""Signing in, by a link that works once or by mail and password, and signing out."""

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.storage import accounts
from service.web import identity
from service.web.pages.language import current, inside, remember
from service.web.pages.telling import tell
from service.web.parts import parts

sign_in = Blueprint("sign_in", __name__)


@sign_in.get("/sign-in")
def form() -> str | Response:
    if g.account:
        return redirect("/")
    return render_template("sign_in.html", next=request.args.get("next", ""), email="", wrong="")


@sign_in.post("/sign-in")
def by_password() -> str | Response | tuple[str, int]:
    email, back = request.form.get("email", ""), request.form.get("next", "")
    who = {"place": request.remote_addr or "", "name": email.strip().lower()}
    parts().throttle.demand("password", **who)
    # Reading only: the check of a password takes its time, and nobody could write meanwhile.
    with parts().db.reading() as tx:
        account = accounts.check_password(tx, email=email, password=request.form.get("password", ""))
    if account is None:
        parts().throttle.wrong("password", **who)
        wrong = _("This e-mail and password do not belong together. Try again.")
        return render_template("sign_in.html", next=back, email=email, wrong=wrong), 401
    parts().throttle.right("password", **who)
    identity.start(account)
    remember(current())
    return redirect(inside(back), 303)


@sign_in.get("/sign-in/<token>")
def offer(token: str) -> str:  # noqa: ARG001 - only the POST looks at it: mail programs open links before people do
    return render_template("sign_in_link.html")


@sign_in.post("/sign-in/<token>")
def by_link(token: str) -> str | Response | tuple[str, int]:
    with parts().db.transaction() as tx:
        account = accounts.use_sign_in_link(tx, token)
    if account is None:
        parts().throttle.count_wrong("link", place=request.remote_addr or "")
        wrong = _("This link was used already, or is too old. Make a new one.")
        return render_template("sign_in.html", next="", email="", wrong=wrong), 401
    identity.start(account)
    remember(current())
    return redirect("/", 303)


@sign_in.post("/sign-out")
def sign_out() -> Response:
    identity.stop()
    tell(_("You are signed out."))
    return redirect("/sign-in", 303)

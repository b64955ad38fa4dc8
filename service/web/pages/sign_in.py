"""Signing in, by a link that works once or by mail and password, and signing out."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering.passkey import site_of
from service.storage import accounts
from service.storage.accounts import By
from service.storage.database import Transaction
from service.storage.entering import first_proof, knocks
from service.storage.entering.knocks import Purpose
from service.web import identity
from service.web.entering import Way, asker, let_in, refused
from service.web.given_out import site
from service.web.pages.language import current
from service.web.pages.telling import tell
from service.web.parts import parts

sign_in = Blueprint("sign_in", __name__)

WAYS = {By.MACHINE: Way.MACHINE, By.MAIL: Way.MAIL, By.DEVICE: Way.DEVICE}


@sign_in.get("/sign-in")
def form() -> str | Response:
    if g.account:
        return redirect("/")
    return _form(back=request.args.get("next", ""))


@sign_in.post("/sign-in")
def by_password() -> str | Response | tuple[str, int]:
    email, back = request.form.get("email", ""), request.form.get("next", "")
    who = asker(email.strip().lower())
    parts().throttle.demand("password", **who)
    # Reading only: the check of a password takes its time, and nobody could write meanwhile.
    with parts().db.reading() as tx:
        account = accounts.check_password(tx, email=email, password=request.form.get("password", ""))
    if account is None:
        refused(email)
        return _form(back, email, _("This e-mail and password do not belong together. Try again.")), 401
    parts().throttle.right("password", **who)
    return let_in(account, Way.PASSWORD, back=back)


@sign_in.post("/sign-in/link")
def by_mail() -> Response:
    """Ask for a link by mail. Whether the address is anybody's is found out later, and by nobody but its owner."""
    knock(Purpose.SIGN_IN, request.form.get("email", ""))
    tell(_("If there is an account with this address, a link is on its way to it. It is good for half an hour."))
    return redirect(url_for("pages.sign_in.form"), 303)


@sign_in.get("/sign-in/<token>")
def offer(token: str) -> str:
    """Looking changes nothing: mail programs open links before people do."""
    with parts().db.reading() as tx:
        first = first_proof.would_be(tx, token)
    return render_template("entering/sign_in_link.html", first=first)


@sign_in.post("/sign-in/<token>")
def by_link(token: str) -> str | Response | tuple[str, int]:
    with parts().db.transaction() as tx:
        account = accounts.use_sign_in_link(tx, token)
        made = accounts.maker_of_link(tx, token) if account else None
    if account is None or made is None:
        parts().throttle.count_wrong("link", place=request.remote_addr or "")
        return _form(wrong=_("This link was used already, or is too old. Make a new one.")), 401
    return let_in(account, WAYS[made.by], proved_at=made.proved_at, sent_to=made.sent_to)


@sign_in.post("/sign-out")
def sign_out() -> Response:
    identity.stop()
    tell(_("You are signed out."))
    return redirect("/sign-in", 303)


def knock(purpose: Purpose, email: str) -> None:
    """Take a knock; so many from one place, and about one address, are enough for a while."""
    who = asker(email.strip().lower())
    parts().throttle.demand("knock", **who)
    with parts().db.transaction() as tx:
        id_ = _put(tx, purpose, email)
    parts().queue.ring("answer_knock", id_)


def _put(tx: Transaction, purpose: Purpose, email: str) -> str:
    return knocks.put(tx, purpose=purpose, email=email, locale=current(), keys=parts().config.signing_keys)


def _form(back: str = "", email: str = "", wrong: str = "") -> str:
    config = parts().config
    ways = {"passkeys": site_of(site()), "mail": config.mail_server, "provider": config.provider}
    return render_template(
        "entering/sign_in.html", next=back, email=email, wrong=wrong, sign_up=config.sign_up == "open", **ways
    )

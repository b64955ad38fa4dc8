"""Joining: an account is made by whoever holds an invitation, or has answered a mail where the door is open."""

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering.signed import Signed, read
from service.domain.errors import BadValue, LinkRefused
from service.domain.knocking import SIGN_UP
from service.storage import accounts
from service.storage.accounts import Account, hashed
from service.storage.database import Transaction
from service.storage.entering import invitations
from service.storage.entering.knocks import Purpose
from service.storage.reaching import signed_links
from service.web.entering import Way, asker, let_in
from service.web.pages.sign_in import knock
from service.web.pages.telling import tell
from service.web.parts import parts

joining = Blueprint("joining", __name__)


@joining.get("/sign-up")
def ask() -> str | Response:
    _demand_open()
    return redirect("/") if g.account else render_template("entering/sign_up.html")


@joining.post("/sign-up")
def knocked() -> Response:
    """Answer alike whether the address has an account or not; the mail says which, to its owner alone."""
    _demand_open()
    knock(Purpose.SIGN_UP, request.form.get("email", ""))
    tell(_("A mail is on its way to this address. Open the link in it to go on."))
    return redirect(url_for("pages.sign_in.form"), 303)


@joining.get("/sign-up/<token>")
def answered(token: str) -> str:
    _demand_open()
    return _form(email=_email(token))


@joining.post("/sign-up/<token>")
def make(token: str) -> Response:
    """Make the account whose address the mail has proved; once."""
    _demand_open()
    link, email = _read(token), _email(token)
    with parts().db.transaction() as tx:
        first = accounts.first(tx)
        if first is None:
            raise LinkRefused("no_owner_yet", "Whoever runs this Undrawer signs in first.")
        # By its address, and kept with the installation's owner: the account that is made may have another one tomorrow.
        signed_links.spend(tx, owner=first.id, link=replace(link, id=hashed(email)))
        made = _make(tx, email=email, email_proved=True)
    return let_in(made, Way.SIGN_UP)


@joining.get("/join/<token>")
def invited(token: str) -> str:
    with parts().db.reading() as tx:
        found = invitations.find(tx, token)
    if found is None or not _invites():
        raise _refused()
    return _form(email=found.email, name=found.name)


@joining.post("/join/<token>")
def accept(token: str) -> Response:
    """Make the account of an invitation; once. The invitation stays good where the address is taken."""
    if not _invites():
        raise _refused()
    # Whoever holds an invitation may not try addresses with it at will.
    who = asker(hashed(token)[:16])
    parts().throttle.demand("join", **who)
    try:
        with parts().db.transaction() as tx:
            found = invitations.use(tx, token)
            if found is None:
                raise _refused()
            email = found.email or request.form.get("email", "")
            made = _make(tx, email=email, email_proved=bool(found.email))
    except (BadValue, LinkRefused):  # it tells nothing of an address
        parts().throttle.give_back("join", **who)
        raise
    parts().throttle.give_back("join", **who)
    return let_in(made, Way.INVITATION)


def _make(tx: Transaction, *, email: str, email_proved: bool) -> Account:
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    if not name:
        raise BadValue("account_name", "Write your name, so that people know who writes to them.")
    if not password and not parts().config.mail_server:
        raise BadValue("password_missing", "Choose a password; there is no other way in here.")
    if not email.strip():
        raise BadValue("mail_address", "This is no mail address.")
    return accounts.create(
        tx, name=name[: accounts.MAX_NAME], email=email, password=password, email_proved=email_proved
    )


def _form(*, email: str, name: str = "") -> str:
    return render_template("entering/join.html", email=email, name=name, needs_password=not parts().config.mail_server)


def _read(token: str) -> Signed:
    return read(parts().config.signing_keys, SIGN_UP, token, now=datetime.now(UTC))


def _email(token: str) -> str:
    return str(_read(token).values["email"])


def _invites() -> bool:
    return parts().config.sign_up != "closed"


def _demand_open() -> None:
    if parts().config.sign_up != "open":
        abort(404)


def _refused() -> LinkRefused:
    parts().throttle.count_wrong("link", place=request.remote_addr or "")
    return LinkRefused("invitation_over", "This invitation was used already, or is too old. Ask for another one.")

"""Who gets in: where one is signed in, the password, another phone by a code, and keys for programs."""

from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.entering.passkey import site_of
from service.domain.errors import BadValue
from service.domain.ties.account import zone_of
from service.storage import accounts, sessions, tokens
from service.storage.accounts import By
from service.storage.database import Transaction
from service.storage.entering import identities, passkeys, record, second_factors
from service.storage.entering.record import What
from service.storage.following import policies
from service.storage.tokens import Scope
from service.web import recording, unfinished
from service.web.given_out import code, elsewhere, site
from service.web.identity import account, proved_keeping, proved_lately, signed_in, this_session
from service.web.pages.entering.record_wording import said
from service.web.pages.telling import tell
from service.web.pages.typed import whole_number
from service.web.parts import parts

access = Blueprint("access", __name__)

PAIRING_MINUTES: Final = 2
KEY_DAYS: Final = (30, 90, 365)
LATEST: Final = 5
SYSTEMS: Final = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
BROWSERS: Final = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}


@access.get("/settings/access")
@signed_in
def page() -> str:
    owner, config = account().id, parts().config
    with parts().db.reading() as tx:
        elsewhere = identities.of(tx, owner=owner)
        zone = zone_of(policies.of(tx, owner=owner).account.zone)
        there = sessions.of(tx, owner=owner, this=this_session(), idle_days=config.session_idle_days)
        return render_template(
            "entering/access.html",
            sessions=there,
            tokens=tokens.of(tx, owner=owner),
            has_password=accounts.has_password(tx, owner=owner),
            email=account().email,
            days=KEY_DAYS,
            typed=unfinished.typed("pages.access.make_key"),
            device=device,
            passkeys=passkeys.of(tx, owner=owner),
            passkeys_here=site_of(site()),
            here=device(request.user_agent.string),
            second=second_factors.of(tx, owner=owner),
            identities=elsewhere,
            provider=config.provider,
            connected=config.provider and config.provider.issuer in {one.issuer.rstrip("/") for one in elsewhere},
            record=[said(line, zone) for line in record.page(tx, owner=owner, limit=LATEST).rows],
        )


@access.post("/settings/access/pair")
@signed_in
def pair() -> Response:
    """Show a code that signs another device in, once and within two minutes; in this one answer and never again."""
    with parts().db.transaction() as tx:
        proved_at = sessions.proved_at(tx, this_session())
        secret = accounts.new_sign_in_link(
            tx, owner=account().id, minutes=PAIRING_MINUTES, by=By.DEVICE, proved_at=proved_at
        )
        recording.write(tx, What.PAIRED)
    link = elsewhere() + url_for("pages.sign_in.offer", token=secret)
    return _shown_once("entering/access_pair.html", link=link, code=code(link))


@access.post("/settings/access/password")
@signed_in
def password() -> Response:
    """Set or change the password; whoever is signed in elsewhere is signed out. A first one wants a recent sign-in."""
    if not _has_password() and not proved_lately():
        return redirect(url_for("pages.proving.page", next=url_for("pages.access.page")), 303)
    who = {"place": request.remote_addr or "", "name": account().id}
    parts().throttle.demand("change", **who)
    email, old, new = (request.form.get(name, "") for name in ("email", "old", "new"))
    with parts().db.transaction() as tx:
        right = not accounts.has_password(tx, owner=account().id) or _is(tx, old)
        if right:
            if email.strip():
                accounts.set_email(tx, owner=account().id, email=email)
            accounts.set_password(tx, owner=account().id, password=new)
            recording.write(tx, What.PASSWORD)
            sessions.end_others(tx, owner=account().id, this=this_session())
    if not right:
        raise BadValue("old_password", "That is not your password. Nothing was changed.")
    parts().throttle.give_back("change", **who)
    tell(_("The new password holds from now on. You were signed out everywhere else."))
    return redirect(url_for("pages.access.page"), 303)


@access.post("/settings/access/sessions/others")
@signed_in
def end_others() -> Response:
    with parts().db.transaction() as tx:
        count = sessions.end_others(tx, owner=account().id, this=this_session())
        recording.write(tx, What.ENDED)
    tell(ngettext("You were signed out in one other place.", "You were signed out in %(num)d other places.", count))
    return redirect(url_for("pages.access.page"), 303)


@access.post("/settings/access/sessions/<id>/end")
@signed_in
def end(id: str) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        sessions.end_one(tx, owner=account().id, id=id)
        recording.write(tx, What.ENDED)
    tell(_("You are signed out there."))
    return redirect(url_for("pages.access.page"), 303)


@access.post("/settings/access/keys")
@signed_in
@proved_keeping("name", "days", "changes")
def make_key() -> Response:
    """Make a key for a program and show it, in this one answer and never again."""
    scope = Scope.ALL if request.form.get("changes") else Scope.READ
    days = whole_number(request.form.get("days", ""))
    name = request.form.get("name", "")
    if not name.strip():
        raise BadValue("token_name", "Give the key a name, so that you know it again.")
    with parts().db.transaction() as tx:
        secret = tokens.create(tx, owner=account().id, name=name, scope=scope, days=days)
        recording.write(tx, What.KEY_MADE, detail=name)
    return _shown_once("entering/access_key.html", name=name, secret=secret)


@access.post("/settings/access/keys/<id>/withdraw")
@signed_in
def withdraw(id: str) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        name = tokens.withdraw(tx, owner=account().id, id=id)
        recording.write(tx, What.KEY_WITHDRAWN, detail=name)
    tell(_("The key “%(name)s” opens nothing any more.", name=name))
    return redirect(url_for("pages.access.page"), 303)


def device(user_agent: str) -> str:
    """What a browser says that it is, in two words: only for its owner to know it again."""
    system = next((name for name in SYSTEMS if name in user_agent), "")
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = {"Macintosh": "Mac", "CrOS": "Chromebook"}.get(system, system)
    return " · ".join(word for word in (browser, system) if word) or _("A program")


def _has_password() -> bool:
    with parts().db.reading() as tx:
        return accounts.has_password(tx, owner=account().id)


def _is(tx: Transaction, password: str) -> bool:
    found = accounts.check_password(tx, email=account().email, password=password)
    return found is not None and found.id == account().id


def _shown_once(template: str, **values: object) -> Response:
    response = make_response(render_template(template, **values))
    response.cache_control.no_store = True
    return response

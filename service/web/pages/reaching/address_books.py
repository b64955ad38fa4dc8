"""Address book and calendar on other devices: a password for each, shown once, with the steps to set it up."""

from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlsplit
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from service.domain.entering import signed
from service.domain.entering.signed import Signed
from service.domain.errors import BadValue, LinkRefused
from service.domain.reaching.device_profile import Access, profile
from service.storage import accounts, sessions
from service.storage.accounts import Account
from service.storage.dav import app_passwords
from service.storage.entering.record import What
from service.storage.reaching import signed_links
from service.web import recording, unfinished
from service.web.given_out import code, elsewhere
from service.web.identity import account, proved_keeping, session_hash, signed_in
from service.web.pages.telling import tell
from service.web.pages.typed import whole_number
from service.web.parts import parts

address_books = Blueprint("address_books", __name__)

PURPOSE: Final = "device"
LINK_MINUTES: Final = 15
DAYS: Final = (30, 90, 365)


@address_books.get("/settings/address-book")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        devices = app_passwords.page(tx, owner=account().id)
        circles = app_passwords.wants_circles(tx, owner=account().id)
    typed = unfinished.typed("pages.address_books.make")
    return render_template("reaching/address_books.html", devices=devices, circles=circles, days=DAYS, typed=typed)


@address_books.post("/settings/address-book")
@signed_in
@proved_keeping("name", "days")
def make() -> Response:
    """Make a password and show it, with the steps of every system, in this one answer and never again."""
    days = whole_number(request.form.get("days", ""))
    with parts().db.transaction() as tx:
        _id, secret = app_passwords.make(tx, owner=account().id, name=request.form.get("name", ""), days=days)
        recording.write(tx, What.APP_PASSWORD_MADE, detail=request.form.get("name", ""))
    access = _access(account(), secret)
    link = elsewhere() + url_for("pages.address_books.phone", token=_token(account(), days))
    shown = render_template(
        "reaching/address_book_made.html",
        name=request.form.get("name", ""),
        access=access,
        davx=_davx(access),
        davx_code=code(_davx(access)),
        link_code=code(link),
        system=_system(),
    )
    response = make_response(shown)
    response.cache_control.no_store = True
    return response


@address_books.post("/settings/address-book/profile")
@signed_in
def download() -> Response:
    """The profile for this iPhone or Mac, of a password that was just made."""
    secret = request.form.get("secret", "")
    with parts().db.reading() as tx:
        owner = app_passwords.owner_of(tx, secret)
    if owner is None or owner.id != account().id:
        raise BadValue("device_secret", "This password is not one of yours. Make a new one.")
    return _profile(_access(account(), secret))


@address_books.post("/settings/address-book/<uuid:id>/disconnect")
@signed_in
def disconnect(id: UUID) -> AnyResponse:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        name = app_passwords.take_back(tx, owner=account().id, id=str(id))
        recording.write(tx, What.APP_PASSWORD_WITHDRAWN, detail=name)
    tell(_("%(name)s is disconnected. What it holds already stays there.", name=name))
    return redirect(url_for("pages.address_books.page"), 303)


@address_books.post("/settings/address-book/circles")
@signed_in
def circles() -> AnyResponse:
    """Keep the switch: one that is off is not sent."""
    with parts().db.transaction() as tx:
        app_passwords.want_circles(tx, owner=account().id, wanted="circles" in request.form)
    tell(_("Saved."))
    return redirect(url_for("pages.address_books.page"), 303)


@address_books.get("/phone/<token>")
def phone(token: str) -> str:
    """What the code on another screen opens on an iPhone: nothing happens before its button is tapped."""
    _read(token)
    return render_template("reaching/address_book_phone.html", token=token)


@address_books.post("/phone/<token>")
def phone_profile(token: str) -> Response:
    """Make a password for the phone that holds the link, and give it in a profile; once."""
    link = _read(token)
    with parts().db.transaction() as tx:
        owner = accounts.get(tx, owner=link.values["owner"])
        signed_links.spend(tx, owner=owner.id, link=link)
        _id, secret = app_passwords.make(tx, owner=owner.id, name=_phone_name(), days=link.values.get("days"))
        recording.write(tx, What.APP_PASSWORD_MADE, owner=owner.id, detail=_phone_name())
    return _profile(_access(owner, secret))


def _token(owner: Account, days: int | None) -> str:
    until = datetime.now(tz=UTC) + timedelta(minutes=LINK_MINUTES)
    said = {"owner": owner.id, "session": session_hash(), "days": days}
    return signed.sign(parts().config.signing_keys, PURPOSE, said, until)


def _read(token: str) -> Signed:
    """The link, while who made it is still signed in: what ends a session ends the doors that it left ajar."""
    link = signed.read(parts().config.signing_keys, PURPOSE, token, now=datetime.now(tz=UTC))
    owner, made_in = link.values["owner"], link.values.get("session", "")
    with parts().db.reading() as tx:
        if not sessions.is_open(tx, owner=owner, hash=made_in, idle_days=parts().config.session_idle_days):
            raise LinkRefused("link_expired", "This link is too old by now. Open Undrawer to go on.")
    return link


def _access(owner: Account, secret: str) -> Access:
    return Access(elsewhere(), owner.id, app_passwords.user_name(owner.id, owner.email), secret)


def _profile(access: Access) -> Response:
    content = profile(access, description=_("Your contacts, touches and gatherings of Undrawer on this device."))
    response = Response(content, mimetype="application/x-apple-aspen-config")
    response.headers["Content-Disposition"] = 'inline; filename="undrawer.mobileconfig"'
    response.cache_control.no_store = True
    return response


def _davx(access: Access) -> str:
    """What opens DAVx5 on its page for new accounts, filled in."""
    place = urlsplit(access.address)
    scheme = "davx5" if place.scheme == "https" else "carddav"
    return f"{scheme}://{quote(access.user, safe='')}:{quote(access.secret, safe='')}@{place.netloc}/dav/"


def _system() -> str:
    """Whose steps to show first: a guess by what the browser says of itself."""
    agent = request.user_agent.string
    known = (("android", "Android"), ("ios", "iPhone"), ("ios", "iPad"), ("mac", "Macintosh"))
    return next((system for system, word in known if word in agent), "")


def _phone_name() -> str:
    return "iPad" if "iPad" in request.user_agent.string else "iPhone"

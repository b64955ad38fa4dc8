"""A firm's own sign-in on pages: going there and coming back, for signing in, connecting, and showing that it is you."""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Final

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering.provider import Admits
from service.domain.errors import Conflict, UndrawerError
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Transaction
from service.storage.entering import identities
from service.storage.entering.identities import Claims
from service.storage.entering.record import What
from service.web import provider, recording
from service.web.entering import Way, let_in
from service.web.identity import PROOF_MINUTES, account, proved, signed_in
from service.web.pages.entering.proving import proved_now
from service.web.pages.telling import tell
from service.web.parts import parts

firm = Blueprint("firm", __name__)

_FOR: Final = "firm"  # in the session: what the way there was begun for
_NONCE: Final = "connecting"  # in the session: what the button gave, and the way there asks for
_NONCE_BYTES: Final = 16
LINKING: Final = "link"
PROVING: Final = "prove"
SIGNING_IN: Final = "in"


@firm.get("/sign-in/firm")
def away() -> Response:
    """Go there to sign in; a plain link, for a form may lead to no other site."""
    if parts().config.provider is None:
        abort(404)
    return _away(SIGNING_IN, request.args.get("next", ""))


@firm.get("/settings/access/firm/prove")
@signed_in
def prove() -> Response:
    return _away(PROVING, request.args.get("next", ""))


@firm.post("/settings/access/firm/link")
@signed_in
@proved
def connect() -> Response:
    """Begin to connect. The page goes on by itself: browsers let no form lead to another site, by no detour either."""
    admitting = parts().config.provider or abort(404)
    nonce = token_urlsafe(_NONCE_BYTES)
    session[_NONCE] = nonce
    there = url_for("pages.firm.link", nonce=nonce)
    response = make_response(render_template("entering/firm_connect.html", name=admitting.name, there=there))
    response.cache_control.no_store = True
    return response


@firm.get("/settings/access/firm/link")
@signed_in
@proved
def link() -> Response:
    """Go there to connect, once for each time that it was begun: no other site can send anybody on this way."""
    if not compare_digest(session.pop(_NONCE, "").encode() or b"none", request.args.get("nonce", "").encode()):
        tell(_("That was not right. Try again."))
        return redirect(url_for("pages.access.page"), 303)
    return _away(LINKING, "")


@firm.post("/settings/access/firm/<uuid:id>/unlink")
@signed_in
@proved
def unlink(id: object) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        identities.unlink(tx, owner=account().id, id=str(id))
        recording.write(tx, What.PROVIDER_UNLINKED)
    tell(_("That sign-in opens nothing here any more."))
    return redirect(url_for("pages.access.page"), 303)


@firm.get("/sign-in/firm/back")
def back() -> Response:
    """Come back, and do what the way was begun for."""
    if parts().config.provider is None:
        abort(404)
    begun = session.pop(_FOR, {"for": SIGNING_IN, "back": ""})
    try:
        claims = provider.back()
    except UndrawerError:
        # Anybody can make browsers of a network come here with nonsense; who was sent by the firm is let in all the same.
        parts().throttle.count_wrong("firm", place=request.remote_addr or "")
        raise
    if g.account and begun["for"] == LINKING:
        return _link(claims)
    if g.account and begun["for"] == PROVING:
        return _prove(claims, begun["back"])
    return _sign_in(claims, begun["back"])


def _sign_in(claims: Claims, next_: str) -> Response:
    with parts().db.transaction() as tx:
        found = identities.account_of(tx, claims) or _met(tx, claims)
    if found is None:
        tell(_("You have no account here yet. Sign in another way and connect it, or ask for an invitation."))
        return redirect(url_for("pages.sign_in.form"), 303)
    return let_in(found, Way.PROVIDER, back=next_, proved_at=claims.shown_at)


def _met(tx: Transaction, claims: Claims) -> Account | None:
    """Whoever comes for the first time: known by an address that both sides have checked, or new where all are let in."""
    found = identities.account_by_address(tx, claims) or _new(tx, claims)
    if found:
        identities.link(tx, claims, owner=found.id)
        recording.write(tx, What.PROVIDER_LINKED, owner=found.id, detail=claims.email)
    return found


def _new(tx: Transaction, claims: Claims) -> Account | None:
    admitting = parts().config.provider
    if not admitting or admitting.admits is not Admits.ALL or not claims.email or accounts.first(tx) is None:
        return None
    try:
        return accounts.create(tx, name=claims.name or claims.email, email=claims.email, email_proved=True)
    except Conflict:
        return None  # somebody wrote this address as his own without showing that it is


def _link(claims: Claims) -> Response:
    with parts().db.transaction() as tx:
        identities.link(tx, claims, owner=account().id)
        recording.write(tx, What.PROVIDER_LINKED, detail=claims.email)
    tell(_("Connected. It signs you in from now on."))
    return redirect(url_for("pages.access.page"), 303)


def _prove(claims: Claims, next_: str) -> Response:
    with parts().db.transaction() as tx:
        found = identities.account_of(tx, claims)
    lately = claims.shown_at is not None and claims.shown_at > datetime.now(UTC) - timedelta(minutes=PROOF_MINUTES)
    if found is None or found.id != account().id or not lately:
        tell(_("That was not right. Try again."))
        return redirect(url_for("pages.proving.page", next=next_), 303)
    return proved_now(Way.PROVIDER, next_)


def _away(for_: str, next_: str) -> Response:
    answer = provider.away(again=for_ == PROVING)
    session[_FOR] = {"for": for_, "back": next_}
    return answer

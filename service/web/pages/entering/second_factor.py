"""The second factor: asked for after a password, switched on by a first right code, with recovery codes on paper."""

from collections.abc import Callable

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering import second_factor as codes
from service.storage.database import Transaction
from service.storage.entering import second_factors
from service.storage.entering.record import What
from service.web import recording
from service.web.entering import Way, asker, let_in_second, pending
from service.web.given_out import code as drawn
from service.web.identity import account, proved, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

second_factor = Blueprint("second_factor", __name__)

DOOR = "second"


@second_factor.get("/sign-in/code")
def form() -> str | Response:
    if pending() is None:
        return redirect(url_for("pages.sign_in.form"))
    return render_template("entering/sign_in_code.html", wrong="")


@second_factor.post("/sign-in/code")
def use() -> str | Response | tuple[str, int]:
    """Let in whoever shows the code of the moment, or one of the recovery codes."""
    who = pending()
    if who is None:
        return redirect(url_for("pages.sign_in.form"), 303)
    if right(who.id, request.form.get("code", "")):
        return let_in_second(who)
    return render_template("entering/sign_in_code.html", wrong=_("That was not the code. Wait for the next one.")), 401


@second_factor.post("/settings/access/second")
@signed_in
@proved
def begin() -> Response:
    with parts().db.transaction() as tx:
        if second_factors.of(tx, owner=account().id) is None:
            second_factors.begin(tx, owner=account().id, keys=parts().config.signing_keys)
    return redirect(url_for("pages.second_factor.page"), 303)


@second_factor.get("/settings/access/second")
@signed_in
@proved
def page() -> Response:
    """Show the code for the app, until a first code of it was right."""
    with parts().db.reading() as tx:
        secret = second_factors.begun(tx, owner=account().id, keys=parts().config.signing_keys)
    if not secret:
        return redirect(url_for("pages.access.page"))
    picture = drawn(codes.address(secret, name=account().email or account().name))
    return _shown_once("entering/second_factor.html", secret=secret, code=picture)


@second_factor.post("/settings/access/second/confirm")
@signed_in
@proved
def confirm() -> Response:
    """Switch it on, and show the recovery codes in this one answer and never again."""
    parts().throttle.demand(DOOR, **asker(account().id))
    with parts().db.transaction() as tx:
        keys, typed = parts().config.signing_keys, request.form.get("code", "")
        given = second_factors.confirm(tx, owner=account().id, keys=keys, code=typed)
        if given:
            recording.write(tx, What.SECOND_ON)
    if given:
        parts().throttle.give_back(DOOR, **asker(account().id))
        return _shown_once("entering/recovery_codes.html", codes=given)
    tell(_("That was not the code. Look at the app again; the clock of your phone must be right."))
    return redirect(url_for("pages.second_factor.page"), 303)


@second_factor.post("/settings/access/second/codes")
@signed_in
@proved
def new_codes() -> Response:
    """Make new recovery codes in the place of those from before."""
    with parts().db.transaction() as tx:
        if second_factors.of(tx, owner=account().id) is None:
            return redirect(url_for("pages.access.page"), 303)
        given = second_factors.new_codes(tx, owner=account().id)
        recording.write(tx, What.CODES_MADE)
    return _shown_once("entering/recovery_codes.html", codes=given)


@second_factor.post("/settings/access/second/off")
@signed_in
@proved
def off() -> Response:
    with parts().db.transaction() as tx:
        second_factors.switch_off(tx, owner=account().id)
        recording.write(tx, What.SECOND_OFF)
    tell(_("The password alone signs you in again."))
    return redirect(url_for("pages.access.page"), 303)


def right(owner: str, typed: str) -> bool:
    """Whether this is the owner's code of the moment, or a recovery code, which is then used up. Raises TooMany.

    Each has a door of its own: who knows the password and guesses the six digits in vain bars nobody's codes on paper,
    which nobody can guess, and of which the right one is let in whoever else was wrong beside it.
    """
    if codes.is_recovery(typed):
        found = _tried(owner, _recovers, typed)
        if not found:
            parts().throttle.count_wrong("recovery", place=asker()["place"])
        return found
    parts().throttle.demand(DOOR, **asker(owner))
    found = _tried(owner, _is_of_now, typed)
    if found:
        parts().throttle.right(DOOR, **asker(owner))
    return found


def _tried(owner: str, look: Callable[[Transaction, str, str], bool], typed: str) -> bool:
    with parts().db.transaction() as tx:
        found = look(tx, owner, typed)
        if not found:
            recording.write(tx, What.REFUSED, owner=owner, detail=Way.CODE)
    return found


def _is_of_now(tx: Transaction, owner: str, typed: str) -> bool:
    return second_factors.right(tx, owner=owner, keys=parts().config.signing_keys, code=typed)


def _recovers(tx: Transaction, owner: str, typed: str) -> bool:
    found = second_factors.use_code(tx, owner=owner, code=typed)
    if found:
        recording.write(tx, What.CODE_USED, owner=owner)
    return found


def _shown_once(template: str, **values: object) -> Response:
    response = make_response(render_template(template, **values))
    response.cache_control.no_store = True
    return response

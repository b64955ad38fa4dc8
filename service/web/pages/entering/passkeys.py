"""Passkeys: adding one, signing in with one without typing a name, and removing one. The browser's part is a script."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering import passkey as asked
from service.domain.entering.passkey import Purpose, Site, site_of
from service.domain.entering.signed import Signed
from service.domain.errors import BadValue
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import passkeys as kept
from service.storage.entering.passkeys import Passkey
from service.storage.entering.record import What
from service.storage.reaching import signed_links
from service.web import recording
from service.web.entering import Way, asker, let_in
from service.web.given_out import site
from service.web.identity import account, proved, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts

passkeys = Blueprint("passkeys", __name__)

_CHALLENGE = "challenge"  # in the session: what this browser was asked, until it answers


@passkeys.post("/settings/access/passkeys/question")
@signed_in
@proved
def adding() -> Response:
    """What the browser is to make."""
    here, owner = _site(), account()
    with parts().db.reading() as tx:
        known = [one.credential_id for one in kept.of(tx, owner=owner.id)]
    name = owner.email or owner.name or "Undrawer"
    return jsonify(asked.adding(here, _new(Purpose.ADD, owner.id), owner=owner.id, name=name, known=known))


@passkeys.post("/settings/access/passkeys")
@signed_in
@proved
def add() -> Response:
    """Keep what the browser made."""
    challenge, read = _challenge(Purpose.ADD, account().id)
    new = asked.added(_site(), challenge, request.form.get("answer", ""))
    with parts().db.transaction() as tx:
        signed_links.spend(tx, owner=account().id, link=read)
        kept.add(tx, owner=account().id, name=request.form.get("name", ""), new=new)
        recording.write(tx, What.PASSKEY_ADDED, detail=request.form.get("name", ""))
    tell(_("The passkey signs you in from now on."))
    return redirect(url_for("pages.access.page"), 303)


@passkeys.post("/settings/access/passkeys/<uuid:id>/remove")
@signed_in
def remove(id: object) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        name = kept.remove(tx, owner=account().id, id=str(id))
        recording.write(tx, What.PASSKEY_REMOVED, detail=name)
    tell(_("The passkey “%(name)s” opens nothing any more.", name=name))
    return redirect(url_for("pages.access.page"), 303)


@passkeys.post("/sign-in/passkey/question")
def asking() -> Response:
    """What the browser is to show; any that it has for this site, so that no name is typed."""
    return jsonify(asked.asking(_site(), _new(Purpose.SIGN_IN, "")))


@passkeys.post("/sign-in/passkey")
def use() -> Response:
    """Sign in whoever's passkey was shown."""
    owner = shown(Purpose.SIGN_IN)
    return let_in(owner, Way.PASSKEY, back=request.form.get("next", ""))


def asking_again() -> Response:
    """What the browser is to show of whoever is signed in, who shows again that it is he."""
    with parts().db.reading() as tx:
        known = [one.credential_id for one in kept.of(tx, owner=account().id)]
    return jsonify(asked.asking(_site(), _new(Purpose.PROVE, account().id), known=known))


def shown(purpose: Purpose, owner: str = "") -> Account:
    """Whose passkey the browser showed. Raises BadValue, LinkRefused, or TooMany for who was wrong too often."""
    parts().throttle.demand("passkey", **asker())
    answer = request.form.get("answer", "")
    with parts().db.reading() as tx:
        known = kept.find(tx, asked.named(answer))
    try:
        challenge, read = _challenge(purpose, owner)
        found = _checked(known, challenge, read, answer, owner)
    except BadValue:
        if known:
            recording.note(What.REFUSED, detail=Way.PASSKEY, owner=known.owner)
        raise
    parts().throttle.give_back("passkey", **asker())
    return found


def _checked(known: Passkey | None, challenge: str, read: Signed, answer: str, owner: str) -> Account:
    if known is None or owner not in {"", known.owner}:
        raise _refused()
    count = asked.shown(_site(), challenge, answer, public_key=known.public_key, sign_count=known.sign_count)
    with parts().db.transaction() as tx:
        signed_links.spend(tx, owner=known.owner, link=read)
        if not kept.used(tx, known, sign_count=count):
            raise _refused()
        return accounts.get(tx, owner=known.owner)


def _new(purpose: Purpose, owner: str) -> str:
    challenge = asked.new_challenge(parts().config.signing_keys, purpose, owner=owner, now=datetime.now(UTC))
    session[_CHALLENGE] = challenge
    return challenge


def _challenge(purpose: Purpose, owner: str) -> tuple[str, Signed]:
    """What this browser was asked last; asked for once."""
    challenge = session.pop(_CHALLENGE, "")
    keys = parts().config.signing_keys
    return challenge, asked.read_challenge(keys, purpose, challenge, owner=owner, now=datetime.now(UTC))


def _site() -> Site:
    found = site_of(site())
    if found is None:
        raise BadValue("no_passkeys_here", "Browsers offer passkeys only by HTTPS and under a name.")
    return found


def _refused() -> BadValue:
    return BadValue("passkey_refused", "This passkey was not accepted. Try again.")

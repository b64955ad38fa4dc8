"""The one door: whoever showed who he is comes in here, past the second factor where there is one, and into the record."""

from datetime import UTC, datetime
from enum import StrEnum
from time import time
from typing import Final

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import first_proof, second_factors
from service.storage.entering.record import What
from service.web import identity, recording
from service.web.pages.language import current, inside, remember
from service.web.pages.telling import tell
from service.web.parts import parts

_PENDING: Final = "second"  # in the session: who waits for his second factor
_PENDING_SECONDS: Final = 600


class Way(StrEnum):
    """How somebody came in."""

    PASSWORD = "password"  # noqa: S105 - a word, no secret
    MACHINE = "machine"
    MAIL = "mail"
    DEVICE = "device"
    CODE = "code"
    PASSKEY = "passkey"
    PROVIDER = "provider"
    INVITATION = "invitation"
    SIGN_UP = "sign up"


ONE_FACTOR: Final = frozenset({Way.PASSWORD, Way.MAIL, Way.PROVIDER})
"""After these the second factor is asked for. A passkey is two in one; the machine's own link is its administrator's."""

BY_WORD: Final = frozenset({Way.DEVICE, Way.PROVIDER})
"""After these somebody else says when its owner last showed that it is he: perhaps hours ago, in a browser left open."""


def let_in(
    account: Account, way: Way, *, back: str = "", proved_at: datetime | None = None, sent_to: str = ""
) -> Response:
    """Sign in, or ask for the second factor first.

    `proved_at` is what is said BY_WORD; None where nothing is. `sent_to` is the hash of the address whose mail was answered.
    """
    if way in ONE_FACTOR and _has_second(account):
        session.clear()
        waits = {"owner": account.id, "way": way, "back": back, "sent_to": sent_to}
        session[_PENDING] = {**waits, "until": time() + _PENDING_SECONDS}
        return redirect(url_for("pages.second_factor.form"), 303)
    return _in(account, way, back, proved_at if way in BY_WORD else datetime.now(UTC), sent_to)


def pending() -> Account | None:
    """Who showed the first factor in this browser a moment ago."""
    waits = session.get(_PENDING)
    if not waits or waits["until"] < time():
        session.pop(_PENDING, None)
        return None
    with parts().db.reading() as tx:
        return accounts.get(tx, owner=waits["owner"])


def let_in_second(account: Account) -> Response:
    """Sign in whoever was pending and showed the second factor."""
    waits = session.pop(_PENDING)
    return _in(account, Way(waits["way"]), waits["back"], datetime.now(UTC), waits.get("sent_to", ""))


def refused(email: str) -> None:
    """Write a refusal down: for whose address it is, or for the owner of the installation where it is nobody's.

    The same work either way, so that time tells nobody who is known; what was typed is not kept. It is done once the
    answer is out: whoever mistypes waits for nobody who writes.
    """
    with parts().db.reading() as tx:
        first, known = accounts.first(tx), accounts.by_email(tx, email)
    whose = known or first
    if whose:
        recording.note_afterwards(What.REFUSED if known else What.UNKNOWN_REFUSED, detail=Way.PASSWORD, owner=whose.id)


def _in(account: Account, way: Way, back: str, proved_at: datetime | None, sent_to: str) -> Response:
    ended = _answered(account, sent_to)
    identity.start(account, proved_at=proved_at)
    if ended:
        tell(_("Your address is checked. What opened this account before has ended: add a passkey, or set a password."))
    recording.note(What.SIGNED_IN, detail=way)
    remember(current())
    return redirect(inside(back), 303)


def _answered(account: Account, sent_to: str) -> int | None:
    """Take a mail that was answered for the proof of its address."""
    if not sent_to:
        return None
    with parts().db.transaction() as tx:
        ended = first_proof.take(tx, owner=account.id, sent_to=sent_to)
        if ended is not None:
            recording.write(tx, What.ADDRESS_PROVED, owner=account.id, detail=Way.MAIL)
    return ended


def _has_second(account: Account) -> bool:
    with parts().db.reading() as tx:
        return second_factors.of(tx, owner=account.id) is not None


def asker(name: str = "") -> dict[str, str]:
    """From where it is tried, and about whom, for the count of wrong tries."""
    return {"place": request.remote_addr or "", "name": name}

"""The personal link of an invitation: signed, for one guest's answer alone, and good for as long as it makes sense."""

from datetime import UTC, datetime
from typing import Final

from flask import url_for

from service.domain.entering.signed import read, sign
from service.domain.errors import LinkRefused
from service.domain.gatherings.gathering import Gathering
from service.storage.database import Transaction
from service.storage.meeting import answering
from service.storage.meeting.answering import Invitation
from service.storage.meeting.guests import Guest
from service.web.given_out import elsewhere
from service.web.parts import parts

PURPOSE: Final = "guest"


def link_of(tx: Transaction, *, owner: str, guest: Guest, gathering: Gathering) -> str:
    """The whole address, for a message; the same for as long as the day is."""
    until = answering.expires(tx, owner=owner, gathering=gathering)
    token = sign(parts().config.signing_keys, PURPOSE, {"s": guest.secret}, until, id=guest.id)
    return elsewhere() + url_for("pages.answering.page", token=token)


def opened_by(tx: Transaction, token: str) -> Invitation:
    """The invitation of a link. Raises LinkRefused or NotFound, whose words are for the guest."""
    guest_id, secret = who(token)
    return answering.opened(tx, guest_id=guest_id, secret=secret)


def who(token: str) -> tuple[str, str]:
    """The guest and the secret that a link names."""
    signed = read(parts().config.signing_keys, PURPOSE, token, now=datetime.now(UTC))
    secret = signed.values.get("s")
    if not isinstance(secret, str):
        raise LinkRefused("link_altered", "This link is not whole. Copy all of it, or open it from the message again.")
    return signed.id, secret

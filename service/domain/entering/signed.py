"""Signed texts for links that mail carries: for one purpose, with an end, readable by whoever holds one."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer

from service.domain.errors import LinkRefused

SALT: Final = "undrawer.link."
LONGEST: Final = 2_000
"""What is packed may be a thousand times as long, and is unpacked before it is known who signed it."""

_ID_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Signed:
    """What a link says. `id` is the same however its text was written, so that it can be spent once."""

    purpose: str
    id: str
    values: Mapping[str, Any]
    expires: datetime


def sign(keys: Sequence[str], purpose: str, values: Mapping[str, Any], expires: datetime, *, id: str = "") -> str:  # noqa: A002
    """Sign with the first key. Links of the same `id`, purpose and end are the same text; without one it is new."""
    said = {"p": purpose, "i": id or secrets.token_urlsafe(_ID_BYTES), "e": int(expires.timestamp()), "v": dict(values)}
    return str(_signer(keys, purpose).dumps(said))


def read(keys: Sequence[str], purpose: str, text: str, *, now: datetime) -> Signed:
    """Read what one of the keys signed for this purpose. Raises LinkRefused: altered, for something else, or too old."""
    if len(text) > LONGEST:
        raise _altered()
    try:
        said = _signer(keys, purpose).loads(text)
    except BadData:
        raise _refusal(keys, text) from None
    expires = datetime.fromtimestamp(said["e"], tz=UTC)
    if now >= expires:
        raise LinkRefused("link_expired", "This link is too old by now. Open Undrawer to go on.")
    return Signed(purpose, said["i"], said["v"], expires)


def _refusal(keys: Sequence[str], text: str) -> LinkRefused:
    """Tell a whole link for something else from one that nobody signed: what a text says it is for may be a lie."""
    _, said = _signer(keys, "").loads_unsafe(text)
    claimed = said.get("p") if isinstance(said, dict) else None
    if isinstance(claimed, str) and _signer(keys, claimed).loads_unsafe(text)[0]:
        return LinkRefused("link_other", "This link is for something else. Open the one from the message again.")
    return _altered()


def _signer(keys: Sequence[str], purpose: str) -> URLSafeSerializer:
    # The library takes the oldest key first and signs with the last.
    how = {"key_derivation": "hmac", "digest_method": sha256}
    return URLSafeSerializer(list(reversed(keys)), salt=SALT + purpose, signer_kwargs=how)


def _altered() -> LinkRefused:
    return LinkRefused("link_altered", "This link is not whole. Copy all of it, or open it from the message again.")

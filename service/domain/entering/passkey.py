"""Passkeys (WebAuthn): what a browser is asked, and whether what it answers is right. Challenges are signed and short."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from service.domain.entering import signed
from service.domain.entering.signed import Signed
from service.domain.errors import BadValue, LinkRefused

MINUTES: Final = 5
_LONGEST: Final = 20_000
_NONSENSE: Final = (WebAuthnException, RecursionError)
"""What an answer that is none raises: brackets within brackets go deeper than Python reads."""

_WANTED: Final = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
)
"""One that finds itself, so that no name is typed, and that asks for a finger, a face or a PIN: two factors in one."""


class Purpose(StrEnum):
    """What a challenge is for; one for one thing is good for no other."""

    ADD = "passkey-add"
    SIGN_IN = "passkey-sign-in"
    PROVE = "passkey-prove"


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are good: the name that they are bound to, and the address that the browser says it is at."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What is kept of a new one; `synced`: its provider keeps it on several devices."""

    credential_id: str
    public_key: str
    sign_count: int
    synced: bool


def site_of(address: str) -> Site | None:
    """The site of an address; None where browsers offer no passkeys: by plain HTTP, or without a name."""
    parted = urlsplit(address)
    host = parted.hostname or ""
    numbers = ":" in host or host.replace(".", "").isdigit()
    if numbers or not host or (parted.scheme != "https" and host != "localhost"):
        return None
    return Site(host, f"{parted.scheme}://{parted.netloc}")


def new_challenge(keys: Sequence[str], purpose: Purpose, *, owner: str, now: datetime) -> str:
    """A challenge that we know again by our signature; `owner` is "" for who signs in."""
    return signed.sign(keys, purpose, {"owner": owner}, now + timedelta(minutes=MINUTES))


def read_challenge(keys: Sequence[str], purpose: Purpose, challenge: str, *, owner: str, now: datetime) -> Signed:
    """Raise BadValue for one of somebody else, for something else, or too old."""
    try:
        read = signed.read(keys, purpose, challenge, now=now)
    except LinkRefused:
        raise _refused() from None
    if read.values["owner"] != owner:
        raise _refused()
    return read


def adding(site: Site, challenge: str, *, owner: str, name: str, known: Sequence[str]) -> dict[str, Any]:
    """What a browser is asked that shall make one; not on a device that has one of the `known`."""
    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name="Undrawer",
        user_name=name,
        user_display_name=name,
        user_id=owner.encode(),
        challenge=challenge.encode(),
        timeout=MINUTES * 60_000,
        authenticator_selection=_WANTED,
        exclude_credentials=_described(known),
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def added(site: Site, challenge: str, answer: str) -> NewPasskey:
    """Check a new one. Raises BadValue."""
    try:
        found = webauthn.verify_registration_response(
            credential=_short(answer),
            expected_challenge=challenge.encode(),
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _NONSENSE:
        raise _refused() from None
    return NewPasskey(
        credential_id=bytes_to_base64url(found.credential_id),
        public_key=bytes_to_base64url(found.credential_public_key),
        sign_count=found.sign_count,
        synced=found.credential_backed_up,
    )


def asking(site: Site, challenge: str, *, known: Sequence[str] = ()) -> dict[str, Any]:
    """What a browser is asked that shall show one; any that it has for this site where none are `known`."""
    options = webauthn.generate_authentication_options(
        rp_id=site.name,
        challenge=challenge.encode(),
        timeout=MINUTES * 60_000,
        allow_credentials=_described(known) or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def named(answer: str) -> str:
    """Which passkey the answer says it is of; "" for an answer that is none."""
    try:
        said = json.loads(_short(answer))
    except (ValueError, RecursionError):
        return ""
    return str(said.get("id", "")) if isinstance(said, dict) else ""


def shown(site: Site, challenge: str, answer: str, *, public_key: str, sign_count: int) -> int:
    """Check what was shown and give its new count. Raises BadValue: a count that does not grow is of a copied key."""
    try:
        found = webauthn.verify_authentication_response(
            credential=_short(answer),
            expected_challenge=challenge.encode(),
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _NONSENSE:
        raise _refused() from None
    return found.new_sign_count


def _described(credential_ids: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in credential_ids]


def _short(answer: str) -> str:
    if len(answer) > _LONGEST:
        raise _refused()
    return answer


def _refused() -> BadValue:
    return BadValue("passkey_refused", "This passkey was not accepted. Try again.")

"""A device that wants notices, as its browser describes it: where its push service is, and with what to encrypt."""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey, generate_private_key

from service.domain.errors import BadValue

LONGEST_ENDPOINT: Final = 1_000
_AUTH_BYTES: Final = 16
_HTTPS: Final = 443
_BEHIND_NAT: Final = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that are IPv4 ones, of any network, behind the translator of a provider."""


class PushState(StrEnum):
    """How a notice stands: it waits until somebody's answer was yes, never, or it is too late."""

    WAITING = "waiting"
    SENT = "sent"
    NOTHING = "nothing"  # to say when its time came
    REFUSED = "refused"
    TOO_LATE = "too late"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where and how a device is reached. Whoever has it may write there, so it reaches no log."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    @property
    def public_key(self) -> bytes:
        return _octets(self.p256dh)

    @property
    def secret(self) -> bytes:
        return _octets(self.auth)


def checked(*, endpoint: str, p256dh: str, auth: str, at_home: bool) -> Subscription:
    """Give a subscription that can be written to. Raises BadValue: the address comes from a browser, and may be a lie.

    With `at_home`, a push service may stand in a private network and speak plain HTTP.
    """
    _check_address(endpoint, at_home=at_home)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _octets(p256dh))
        right = len(_octets(auth)) == _AUTH_BYTES
    except (ValueError, NotBase64):
        right = False
    if not right:
        raise BadValue("device_keys", "The keys of this device are not right. Turn the notices on again.")
    return Subscription(endpoint, p256dh, auth)


def encrypted(to: Subscription, content: bytes) -> bytes:
    """For the eyes of this device only (RFC 8291): the service that carries it sees how long it is, and no more."""
    once = generate_private_key(SECP256R1())
    made: bytes = http_ece.encrypt(
        content, private_key=once, dh=to.public_key, auth_secret=to.secret, version="aes128gcm"
    )
    return made


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network: not of this machine, of its neighbours, nor of any other use."""
    found: IPv4Address | IPv6Address | None = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found in _BEHIND_NAT:
            return False
        found = found.ipv4_mapped or found.sixtofour or (None if found.teredo else found)
    return found is not None and found.is_global and not found.is_multicast


def _check_address(endpoint: str, *, at_home: bool) -> None:
    parts = _parts(endpoint)
    secure = parts is not None and parts.scheme == "https" and (parts.port or _HTTPS) == _HTTPS
    if parts is None or not (secure or (at_home and parts.scheme in {"http", "https"})):
        raise _refused()
    if not at_home and not _is_public_name(parts.hostname or ""):
        raise _refused()


def _parts(endpoint: str) -> SplitResult | None:
    """The parts of an address that says no more and no less than it must."""
    plain = endpoint.isascii() and endpoint.isprintable() and not set(' "<>\\^`{|}') & set(endpoint)
    try:
        parts = urlsplit(endpoint)
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0) and ":" not in (parts.hostname or "")
    except ValueError:
        return None
    whole = plain and known and len(endpoint) <= LONGEST_ENDPOINT and parts.username is None and not parts.fragment
    return parts if whole else None


def _is_public_name(host: str) -> bool:
    """A name with a dot in it, or a public address; what the name leads to is looked at before every push."""
    try:
        return is_public(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2].lower()
        return "." in host.strip(".") and not last.isdigit() and last not in {"localhost", "local", "internal"}


def _refused() -> BadValue:
    return BadValue("device_address", "This is no address of a push service that Undrawer may write to.")


def _octets(text: str) -> bytes:
    if not text.isascii() or len(text) > LONGEST_ENDPOINT:
        raise ValueError("Keys are written in base64url.")
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))

"""A firm's own sign-in (OpenID Connect), as an installation is told of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from service.domain.errors import BadValue

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Admits(StrEnum):
    """Who comes in by it: those who have an account already, or everybody whom it vouches for."""

    KNOWN = "known"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where the sign-in is, who we are there, what its button says, and who is let in."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    admits: Admits = Admits.KNOWN


def checked_issuer(url: str) -> str:
    """Give the address without the slash at its end. Raises BadValue for plain HTTP to another machine."""
    parted = urlsplit(url)
    safe = parted.scheme == "https" or (parted.scheme == "http" and parted.hostname in _LOOPBACK)
    if not safe or not parted.hostname or parted.query or parted.fragment:
        raise BadValue("issuer", "The issuer is an address that begins with https://.")
    return url.rstrip("/")

"""A configuration profile for iPhone, iPad and Mac: address book and calendar set up with two taps."""

import plistlib
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Access:
    """Where a device finds its books: `address` of the service, the account, and what is typed as user and password."""

    address: str
    owner: str
    user: str
    secret: str

    @property
    def books(self) -> str:
        """Where a program begins to look."""
        return f"{self.address}/dav/"


def profile(access: Access, *, description: str) -> bytes:
    """Apple's keys: Device Management, `com.apple.carddav.account` and `com.apple.caldav.account`."""
    payloads = [_account(access, service) for service in ("CardDAV", "CalDAV")]
    about = {"PayloadDescription": description, "PayloadContent": payloads, "PayloadRemovalDisallowed": False}
    return plistlib.dumps({**_payload(access, "profile"), "PayloadType": "Configuration", **about})


def _account(access: Access, service: str) -> dict[str, Any]:
    place = urlsplit(access.address)
    secure = place.scheme == "https"
    said = {
        "AccountDescription": "Undrawer",
        "HostName": place.hostname or "",
        "Port": place.port or (443 if secure else 80),
        "UseSSL": secure,
        "Username": access.user,
        "Password": access.secret,
        "PrincipalURL": f"/dav/{access.owner}/",
    }
    named = {f"{service}{key}": value for key, value in said.items()}
    return {**_payload(access, service), "PayloadType": f"com.apple.{service.lower()}.account", **named}


def _payload(access: Access, part: str) -> dict[str, Any]:
    """The same for the same account, so that a second profile takes the place of the first."""
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"{access.address} {access.owner} {part}")
    return {
        "PayloadVersion": 1,
        "PayloadDisplayName": "Undrawer",
        "PayloadIdentifier": f"undrawer.{part.lower()}.{named}",
        "PayloadUUID": str(named).upper(),
    }

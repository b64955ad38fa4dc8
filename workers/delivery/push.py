"""One notice given to one push service (RFC 8030, 8188, 8291, 8292). What the answer means is told apart here."""

import http.client
import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from service.domain.reaching import vapid
from service.domain.reaching.push import Subscription, encrypted, is_public

PATIENCE_SECONDS: Final = 20
LONGEST_WAIT_SECONDS: Final = 6 * 3600
_HTTPS: Final = 443
_HTTP: Final = 80


class Answer(StrEnum):
    """What becomes of a notice: it arrived, the device is gone, it will never do, or not now."""

    SENT = "sent"
    GONE = "gone"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`trouble` says what went wrong in a word, `wait_seconds` how long the service asks to be left alone."""

    answer: Answer
    trouble: str = ""
    wait_seconds: int = 0


class NotPublic(OSError):
    """The name of a push service leads into a private network."""


def push(
    to: Subscription,
    content: bytes,
    *,
    key: str,
    contact: str,
    now: datetime,
    good_for_seconds: int,
    topic: str = "",
    at_home: bool = False,
    patience_seconds: float = PATIENCE_SECONDS,
) -> Outcome:
    """Encrypt the content for the device and give it to its service. `topic` replaces what it has not shown yet."""
    headers = {
        "Authorization": vapid.authorization(key, endpoint=to.endpoint, contact=contact, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, good_for_seconds)),
        "Urgency": "normal",
        **({"Topic": topic} if topic else {}),
    }
    try:
        return _post(urlsplit(to.endpoint), encrypted(to, content), headers, at_home, patience_seconds)
    except NotPublic:
        return Outcome(Answer.REFUSED, "private_address")
    except ssl.SSLError:
        return Outcome(Answer.LATER, "not_secure")
    except (OSError, http.client.HTTPException):
        return Outcome(Answer.LATER, "unreachable")


def _post(to: SplitResult, body: bytes, headers: dict[str, str], at_home: bool, patience_seconds: float) -> Outcome:  # noqa: FBT001
    """Redirections are followed nowhere: who is written to was looked at before."""
    with closing(_connection(to, at_home, patience_seconds)) as connection:
        path = (to.path or "/") + (f"?{to.query}" if to.query else "")
        connection.request("POST", path, body, headers)
        return _answered(connection.getresponse())


def _answered(response: http.client.HTTPResponse) -> Outcome:
    status = response.status
    if 200 <= status < 300:
        return Outcome(Answer.SENT)
    if status in {404, 410}:
        return Outcome(Answer.GONE, str(status))
    if status == 429 or status >= 500:
        return Outcome(Answer.LATER, str(status), _wait_of(response.getheader("Retry-After", "")))
    return Outcome(Answer.REFUSED, str(status))


def _wait_of(said: str) -> int:
    """Seconds as the service says them; a date, which few send, counts as nothing said."""
    return min(int(said), LONGEST_WAIT_SECONDS) if said.isascii() and said.isdigit() else 0


def _connection(to: SplitResult, at_home: bool, patience_seconds: float) -> http.client.HTTPConnection:  # noqa: FBT001
    """Connect to an address that was looked at, and to no other that the name may mean a moment later."""
    host, secure = to.hostname or "", to.scheme == "https"
    address = _address(host, to.port or (_HTTPS if secure else _HTTP), at_home=at_home)
    plain = socket.create_connection(address, timeout=patience_seconds)
    try:
        spoken = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except OSError:
        plain.close()
        raise
    # The port stands in the header `Host` as it does in the address.
    connection = http.client.HTTPConnection(host, to.port or (_HTTPS if secure else _HTTP), timeout=patience_seconds)
    if to.port is None:
        connection.default_port = connection.port
    connection.sock = spoken
    return connection


def _address(host: str, port: int, *, at_home: bool) -> tuple[str, int]:
    """One of the addresses that a name has. Raises NotPublic if any of them is not of the open network."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or (not at_home and not all(map(is_public, found))):
        raise NotPublic
    return found[0], port

"""Mail as plain values: what is to be sent, by which server, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from service.domain.errors import BadValue

PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}


class Security(StrEnum):
    """`starttls` begins in the clear and refuses to go on so; `none` is for a relay on the same machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Route(StrEnum):
    """By whose server: the installation's, or the account's own."""

    SERVICE = "service"
    OWN = "own"


class MailState(StrEnum):
    """How far a mail got.

    `sending` may be tried again, `handed` not: from there on the server may have taken it. `perhaps` is what that
    becomes when no answer came. `kept` was never to be sent, because there is no server.
    """

    WAITING = "waiting"
    SENDING = "sending"
    HANDED = "handed"
    SENT = "sent"
    FAILED = "failed"
    PERHAPS = "perhaps"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


UNDER_WAY: Final = frozenset({MailState.WAITING, MailState.SENDING, MailState.HANDED})


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and who we are there."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message to one person. `unsubscribe` is the address at which a POST stops such mails."""

    sender: str
    sender_name: str
    to: str
    to_name: str
    subject: str
    text: str
    message_id: str
    at: datetime
    html: str = ""
    ics: str = ""
    unsubscribe: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try: sent, failed for ever, or waiting for another; `reply` is the server's own."""

    state: MailState
    reason: str = ""
    reply: str = ""


def server_of(url: str) -> Server:
    """Read `smtp://user:password@host:587` or `smtps://...`; `?starttls=no` sends in the clear. Raises BadValue."""
    parts = urlsplit(url)
    security = {"smtp": Security.STARTTLS, "smtps": Security.TLS}.get(parts.scheme)
    options = parse_qs(parts.query)
    if security is None or not parts.hostname or set(options) - {"starttls"}:
        raise BadValue("mail_server", "Write the mail server as smtp://USER:PASSWORD@HOST:587 or smtps://...")
    if options.get("starttls") == ["no"] and security is Security.STARTTLS:
        security = Security.NONE
    try:
        port = parts.port
    except ValueError:
        raise BadValue("mail_server", "The port of the mail server is a number up to 65535.") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port or PORTS[security], security, user, password)

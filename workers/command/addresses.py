"""Where a running Undrawer is found: from this computer, and from a phone in the same network."""

import socket
import time
from contextlib import closing

from service.config import Config
from service.domain.errors import BadValue

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - these are compared with, not listened on
SOMEWHERE_ELSE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737); the way to it begins at our own address in the network."""


def local(config: Config) -> str:
    return f"http://{_bracketed('localhost' if config.host in EVERYWHERE else config.host)}:{config.port}"


def for_phone(config: Config) -> str:
    """Give the address that other machines use: the public one if set, else this machine's in its network."""
    if config.public_url:
        return config.public_url
    return f"http://{_bracketed(_own_address())}:{config.port}" if config.host in EVERYWHERE else local(config)


def refuse_if_taken(config: Config, *, patience_seconds: float = 3) -> None:
    """Raise BadValue if another program listens there; one that is just ending is waited for."""
    until = time.monotonic() + patience_seconds
    while error := _why_not(config):
        if time.monotonic() > until:
            hint = "Another program may be using it; choose another port: --port N."
            raise BadValue("port", f"Port {config.port} on {config.host} cannot be opened ({error}). {hint}")
        time.sleep(0.2)


def _why_not(config: Config) -> str:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        # As gunicorn does; or the connections of the run before would count as in use for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
            probe.listen()
        except OSError as error:
            return str(error.strerror or error)
    return ""


def _own_address() -> str:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            # Nothing is sent by this.
            probe.connect(SOMEWHERE_ELSE)
        except OSError:
            return "localhost"
        return str(probe.getsockname()[0])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host

"""Where a running Undrawer is found: from this computer, and from a phone in the same network."""

import socket
import time
from contextlib import closing

from service.config import GIVEN_OUT, Config
from service.domain.errors import BadValue

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - these are compared with, not listened on
SOMEWHERE_ELSE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737); the way to it begins at our own address in the network."""


def local(config: Config) -> str:
    return _address(config, "localhost" if config.host in EVERYWHERE else config.host)


def for_phone(config: Config) -> str:
    """Give the address that other machines use: the public one if set, else this machine's in its network."""
    if config.public_url:
        return config.public_url
    return _address(config, _own_address()) if config.host in EVERYWHERE else local(config)


def of_trust(config: Config) -> str:
    """Give the address of the page that shows a phone how to trust this machine; by plain HTTP, for it does not yet."""
    host = _own_address() if config.host in EVERYWHERE else config.host
    return f"http://{_bracketed(host)}:{config.trust_port}/trust"


def given_out(config: Config) -> str:
    """Give the address that the running Undrawer said at its start: it may have been told its port on its own line."""
    try:
        return (config.data / GIVEN_OUT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return for_phone(config)


def refuse_if_taken(host: str, port: int, *, option: str, patience_seconds: float = 3) -> None:
    """Raise BadValue if another program listens there; one that is just ending is waited for."""
    until = time.monotonic() + patience_seconds
    while error := _why_not(host, port):
        if time.monotonic() > until:
            hint = f"Another program may be using it; choose another port: {option} N."
            raise BadValue("port", f"Port {port} on {host} cannot be opened ({error}). {hint}")
        time.sleep(0.2)


def _address(config: Config, host: str) -> str:
    return f"{'https' if config.https_at_home else 'http'}://{_bracketed(host)}:{config.port}"


def _why_not(host: str, port: int) -> str:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        # As gunicorn does; or the connections of the run before would count as in use for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
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

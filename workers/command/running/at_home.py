"""`undrawer run --https`: the certificate kept fresh, the page of trust beside the app, and what is said of both."""

import logging
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from service.config import Config
from workers.command.running import addresses, certificates
from workers.command.running.supervision import Program
from workers.command.running.welcome import qr

LOOK_AGAIN_SECONDS = 600  # a network may give this machine another address at any time

log = logging.getLogger(__name__)

WELCOME = """
Undrawer is running, by HTTPS.

  Address            {address}
  From your phone    {phone_address}   (in the same network)
  Sign in            {link}

Scan this with your phone. It shows the few steps by which the phone trusts this machine, once, and then opens
Undrawer, signed in. Links and code are good once, for 15 minutes; `undrawer account link` makes new ones.

{code}
The page of the code: {trust}
The certificate that phones install, by its SHA-256:
{fingerprint}
Data and logs: {data}   End: Ctrl-C
"""


def prepare(config: Config) -> None:
    """Make what is missing before the server starts, and look again while it runs."""
    addresses.refuse_if_taken(config.host, config.trust_port, option="--trust-port")
    certificates.prepare(config.certificates, more=_named(config))
    Thread(target=_keep_fresh, args=[config], daemon=True).start()


def authority(config: Config) -> Path | None:
    """The certificate by which this machine's own address is trusted, where it has one."""
    return config.certificates / "authority.pem" if config.https_at_home else None


def programs(config: Config, settings: Mapping[str, str]) -> list[Program]:
    if not config.https_at_home:
        return []
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.web.trust_settings"]
    return [Program(name="trust", command=command, environment=settings)]


def welcome(config: Config, *, address: str, phone_address: str, link: str, phone_link: str) -> str:
    """The secret of the link stands behind a `#`: a browser keeps that part to itself, so plain HTTP never carries it."""
    trust = addresses.of_trust(config)
    return WELCOME.format(
        address=address,
        phone_address=phone_address,
        link=link,
        code=qr(f"{trust}#{phone_link.rpartition('/')[2]}"),
        trust=trust,
        fingerprint=certificates.fingerprint(config.certificates),
        data=config.data,
    )


def _keep_fresh(config: Config) -> None:
    while True:
        time.sleep(LOOK_AGAIN_SECONDS)
        if certificates.prepare(config.certificates, more=_named(config)):
            log.warning("The certificate was renewed.")


def _named(config: Config) -> list[str]:
    """Names that people gave this machine beside those it knows itself."""
    given = urlsplit(config.public_url).hostname or ""
    return [given, *([] if config.host in addresses.EVERYWHERE else [config.host])]

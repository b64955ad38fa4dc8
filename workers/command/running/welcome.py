"""What `undrawer run` says once it answers: where it is, a code for the phone, and a way in."""

import io
import math
import ssl
import time
import urllib.request
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from urllib.error import URLError

import click
import segno

PATIENCE_SECONDS = 60

WELCOME = """
Undrawer is running.

  Address            {address}
  From your phone    {phone_address}   (in the same network)
  Sign in            {link}

Scan this with your phone to open it there, signed in. Links and code are good once, for 15 minutes;
`undrawer account link` makes new ones.

{code}
Data and logs: {data}   End: Ctrl-C
"""


def qr(text: str) -> str:
    drawn = io.StringIO()
    segno.make(text, error="l").terminal(out=drawn, compact=True, border=2)
    return drawn.getvalue()


def welcome(*, address: str, phone_address: str, link: str, phone_link: str, data: Path) -> str:
    return WELCOME.format(address=address, phone_address=phone_address, link=link, code=qr(phone_link), data=data)


def say_when_ready(text: str, *, address: str, log: Path, trust: Path | None = None) -> None:
    """Print the text as soon as the address answers, while this thread goes on to start what answers there.

    Whoever waits longer than a minute is told where to look, and welcomed all the same when it is ready.
    """

    def wait() -> None:
        if not _answers(f"{address}/readyz", trust, within_seconds=PATIENCE_SECONDS):
            click.echo(f"Undrawer is not ready yet. What holds it up: {log}")
            _answers(f"{address}/readyz", trust, within_seconds=math.inf)
        click.echo(text)

    Thread(target=wait, daemon=True).start()


def _answers(url: str, trust: Path | None, *, within_seconds: float) -> bool:
    until = time.monotonic() + within_seconds
    # The machine's own address needs no proxy, whatever the environment says.
    secure = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=trust))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), secure)
    while time.monotonic() < until:
        try:
            with opener.open(url, timeout=5) as answer:
                if answer.status == HTTPStatus.OK:
                    return True
        except (URLError, OSError):
            pass  # not yet there, or there and not yet ready (503)
        time.sleep(0.2)
    return False

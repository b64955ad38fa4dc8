"""What leads here from elsewhere: whole addresses of this site, and codes that hold them."""

from typing import Final
from urllib.parse import urlsplit

import segno
from flask import request
from markupsafe import Markup

from service.web.parts import parts

_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def site() -> str:
    """Where people reach us, without the slash at its end."""
    return parts().config.public_url or request.host_url.rstrip("/")


def elsewhere() -> str:
    """As `site`, for who opens it on another device: a name that means this machine leads nowhere there."""
    here = site()
    if urlsplit(here).hostname not in _THIS_MACHINE:
        return here
    return parts().config.given_out or here


def code(text: str) -> Markup:
    """A QR code, dark on light whatever the look of the page is: some cameras read no other."""
    return Markup(segno.make(text, error="m").svg_inline(scale=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704  # of our own making

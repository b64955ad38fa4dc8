"""What leads here from elsewhere: whole addresses of this site, and codes that hold them."""

import segno
from flask import request
from markupsafe import Markup

from service.web.parts import parts


def site() -> str:
    """Where people reach us, without the slash at its end."""
    return parts().config.public_url or request.host_url.rstrip("/")


def code(text: str) -> Markup:
    """A QR code, dark on light whatever the look of the page is: some cameras read no other."""
    return Markup(segno.make(text, error="m").svg_inline(scale=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704  # of our own making

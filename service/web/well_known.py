"""Where programs that were given nothing but a name of a machine look for address book and calendar (RFC 6764)."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

well_known = Blueprint("well_known", __name__)

_METHODS = ("GET", "HEAD", "PROPFIND", "OPTIONS")


@well_known.route("/.well-known/carddav", methods=_METHODS, provide_automatic_options=False)
@well_known.route("/.well-known/caldav", methods=_METHODS, provide_automatic_options=False)
def to_dav() -> Response:
    """For good (301): some programs, TbSync for one, follow no other."""
    return redirect("/dav/", 301)

"""The files that a phone keeps of the app. Their version is in their address, so a kept one is never an old one."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, request, url_for

STATIC: Final = Path(__file__).parent / "static"
_YEAR_SECONDS: Final = 31_536_000


@cache
def version() -> str:
    """The same for the same files, whoever serves them."""
    sum_ = hashlib.sha256()
    for name in names():
        sum_.update(name.encode() + b"\0" + (STATIC / name).read_bytes())
    return sum_.hexdigest()[:12]


def static_url_path() -> str:
    return f"/static/{version()}"


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.*")))


def addresses() -> list[str]:
    """What works without a network: all but the big icons, which the system keeps itself."""
    return [url_for("static", filename=name) for name in names() if not name.startswith("icons/")]


def register(app: Flask) -> None:
    app.after_request(_for_good)


def _for_good(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code < 400:
        response.cache_control.no_cache = None
        response.cache_control.max_age = _YEAR_SECONDS
        response.cache_control.immutable = True
    return response

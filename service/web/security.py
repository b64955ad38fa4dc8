"""What every answer carries to protect the reader, and what a writing request must carry to be believed."""

from datetime import timedelta
from typing import Final

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect

from service.config import Config
from service.dav.body import LIMIT, STRANGERS_LIMIT_BYTES
from service.domain.errors import BadValue
from service.domain.imports.sheet import MAX_BYTES
from service.web.identity import came_by_cookie
from service.web.parts import parts

WRITER_HEADER: Final = "X-Requested-With"
SMALL_BODY_BYTES: Final = 1024 * 1024
PHOTOS_IN_ONE_UPLOAD: Final = 10
"""So many photos of the greatest size fit into one upload; of usual ones, dozens."""

PAGE_POLICY: Final = (
    "default-src 'none'; img-src 'self' blob:; media-src 'self' blob:; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DATA_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Flask-WTF wants the Referer of our own forms behind HTTPS, so it stays for ourselves.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), screen-wake-lock=(self), microphone=(self), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR_SECONDS: Final = 31_536_000

csrf = CSRFProtect()


def register(app: Flask, config: Config) -> None:
    """Set the cookies up; the order of the hooks matters: who asks is known before a body is read."""
    app.session_interface = Sessions()
    app.config.update(
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=list(config.old_keys),
        SESSION_COOKIE_NAME="undrawer",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=config.session_days),
        MAX_FORM_PARTS=1100,  # of an upload: 500 photos, an id for each, and a few words
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open overnight still works
    )
    app.before_request(_limit_body)
    csrf.init_app(app)
    app.after_request(_protect)


class Sessions(SecureCookieSessionInterface):
    """A cookie that was given by HTTPS goes by nothing else, whatever the installation knows of its address."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return super().get_cookie_secure(app) or request.is_secure


def demand_header() -> None:
    """Refuse a write that a browser may have been talked into: it has the cookie, but not our header."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or not came_by_cookie():
        return
    if not request.headers.get(WRITER_HEADER):
        raise BadValue("header_missing", f"Send the header `{WRITER_HEADER}: undrawer` with a session cookie.")


def _limit_body() -> tuple[str, int] | None:
    """Only uploads of signed-in people may be long; werkzeug holds the limit, by length and while reading."""
    photo_bytes = parts().config.max_photo_bytes
    limit = SMALL_BODY_BYTES if g.account else STRANGERS_LIMIT_BYTES
    if g.account and request.path in {"/photos", "/share", "/api/v1/photos"}:
        limit = PHOTOS_IN_ONE_UPLOAD * photo_bytes + SMALL_BODY_BYTES
    elif g.account and request.method == "PUT" and request.path.startswith("/api/v1/photos/"):
        # One more than a photo may have: a body without a length is cut off there in silence, and then seen to be too big.
        limit = photo_bytes + 1
    elif g.account and request.path in {"/import", "/api/v1/imports"}:
        limit = MAX_BYTES + SMALL_BODY_BYTES
    request.max_content_length = limit
    if LIMIT not in request.environ:
        return None
    request.environ[LIMIT] = limit
    return "", 204


def _protect(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    data = request.path.startswith("/api/v1/")
    response.headers.setdefault("Content-Security-Policy", _DATA_POLICY if data else PAGE_POLICY)
    if request.endpoint is None or not request.endpoint.endswith("static"):
        response.cache_control.private = True
        # What says itself that it never changes, such as a small picture asked for by its hash, is not asked for again.
        response.cache_control.no_cache = None if response.cache_control.immutable else True
    # Not at home: a browser would then ask for every port of this machine by HTTPS, that of the page of trust too.
    if parts().config.public_url.startswith("https://") and not parts().config.https_at_home:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR_SECONDS}")
    return response

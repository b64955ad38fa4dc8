"""Every error becomes an answer: a problem document (RFC 9457) for programs, a friendly page for people."""

import errno
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apiflask import HTTPError
from flask import Flask, Response, json, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError

from service.domain.errors import (
    BadValue,
    Conflict,
    LinkRefused,
    NotFound,
    NotSignedIn,
    PhotoRefused,
    PhotoUnreadable,
    TooMany,
    UndrawerError,
)
from service.storage.database import DatabaseAway, why_away

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5
PROBLEM_TYPE = "application/problem+json"

_STATUS: dict[type[UndrawerError], int] = {
    PhotoRefused: 415,
    PhotoUnreadable: 422,
    NotFound: 404,
    Conflict: 409,
    BadValue: 422,
    NotSignedIn: 401,
    LinkRefused: 410,
    TooMany: 429,
}
_STATUS_OF_CODE = {
    "too_big": 413,
    "sound_too_big": 413,
    "import_too_large": 413,
    "empty": 422,
    "no_sound": 422,
    "database_damaged": 500,
    "wrong_hash": 400,
    "changed_meanwhile": 412,
    "header_missing": 403,
    "token_reads_only": 403,
    "not_proved": 403,
    "link_altered": 404,
    "link_other": 404,
}

SENTENCES = {
    400: ("bad_request", "The request could not be understood. Check that its body arrived whole and is well formed."),
    401: ("not_signed_in", "Sign in, or send an API token as `Authorization: Bearer TOKEN`."),
    403: ("forbidden", "This is not allowed."),
    404: ("not_found", "There is nothing here under this address."),
    405: ("method_not_allowed", "This address does not take this kind of request."),
    408: ("too_slow", "The request took too long to arrive. Send it again."),
    412: ("changed_meanwhile", "It was changed meanwhile. Load it again, then repeat the change."),
    413: ("too_big", "The request is too big."),
    415: ("wrong_type", "The body is of a kind that is not taken here. Check the Content-Type."),
    422: ("bad_value", "Some values of the request are not right."),
    429: ("too_many", "Too many requests. Wait a little."),
    500: (
        "our_mistake",
        "Something went wrong on our side. It has been written down; nothing you sent before is lost.",
    ),
    503: ("not_ready", "The service is not ready. Try again in a moment."),
    507: ("disk_full", "There is no room left on the disk of the service. Nothing was kept of this request."),
}
"""Status -> our code for it and what a person is told, where nothing more exact is known."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, before it is written as a problem document or as a page."""

    status: int
    code: str
    message: str
    errors: tuple[dict[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


_AWAY = Trouble(503, *SENTENCES[503], headers={"Retry-After": str(AGAIN_SECONDS)})
_FULL = Trouble(507, *SENTENCES[507])


def register(app: Flask) -> None:
    app.register_error_handler(UndrawerError, lambda error: answer(trouble_of(error)))
    app.register_error_handler(HTTPError, lambda error: answer(_of_validation(error)))
    app.register_error_handler(HTTPException, lambda error: answer(_of_http(error)))
    app.register_error_handler(OSError, _of_disk)
    app.register_error_handler(DatabaseAway, _of_database)


def trouble_of(error: UndrawerError) -> Trouble:
    """Status and headers for an error of ours."""
    status = _STATUS_OF_CODE.get(error.code) or _STATUS[type(error)]
    headers = {"WWW-Authenticate": _challenge(error.code)} if status == 401 else {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.seconds)
    return Trouble(status, error.code, error.message, headers=headers)


def problem(trouble: Trouble) -> dict[str, Any]:
    """Give the body of a problem document."""
    body: dict[str, Any] = {
        "type": f"/api/docs#problem-{trouble.code}",
        "title": SENTENCES.get(trouble.status, SENTENCES[400])[1] if trouble.status >= 500 else trouble.message,
        "status": trouble.status,
        "code": trouble.code,
        "detail": trouble.message,
    }
    return {**body, **({"errors": list(trouble.errors)} if trouble.errors else {}), **trouble.more}


def answer(trouble: Trouble) -> Response:
    if request.path.startswith("/api/"):
        response = Response(json.dumps(problem(trouble)), trouble.status, mimetype=PROBLEM_TYPE)
    else:
        response = Response(_page(trouble), trouble.status, mimetype="text/html")
    response.headers.extend(trouble.headers)
    return response


def _page(trouble: Trouble) -> str:
    message = gettext(trouble.message)
    return render_template("error.html", code=trouble.status, title=message, message=message)


def _challenge(code: str) -> str:
    return 'Bearer realm="Undrawer"' + (', error="invalid_token"' if code == "wrong_token" else "")


def _of_validation(error: HTTPError) -> Trouble:
    """The answer to a request that the schemas refused."""
    code, message = SENTENCES.get(error.status_code, SENTENCES[400])
    return Trouble(error.status_code, code, message, errors=tuple(_flat(error.detail)))


def _flat(detail: object, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for key, below in detail.items():
            yield from _flat(below, f"{path}/{key}")
    elif isinstance(detail, list):
        for message in detail:
            yield {"where": path.lstrip("/"), "message": str(message)}


def _of_http(error: HTTPException) -> Trouble:
    """Take status and headers over (Allow, Retry-After), never the text: it may repeat what was sent."""
    status = error.code or 500
    code, message = SENTENCES.get(status, SENTENCES[400])
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    return Trouble(status, code, message, headers=headers)


def _of_disk(error: OSError) -> Response:
    """Say that the disk is full, or that the bucket is away; any other failure of the system is our mistake."""
    if error.errno == errno.EHOSTUNREACH:
        return answer(_AWAY)
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        raise InternalServerError(original_exception=error) from error
    return answer(_FULL)


def _of_database(error: DatabaseAway) -> Response:
    """Say that the database is busy or away, so that a phone comes again, or that its disk is full."""
    why = why_away(error)
    if not why:
        raise InternalServerError(original_exception=error) from error
    log.warning("The database did not answer (%s)", why)
    return answer(_FULL if why == "full" else _AWAY)

"""What all nouns of the API have in common: nobody passes without an account, and answers know their version."""

from datetime import UTC, datetime
from io import BufferedReader
from os import SEEK_END
from typing import Final

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.http import parse_etags
from werkzeug.wsgi import wrap_file

from service.domain.errors import BadValue, Conflict, NotFound
from service.web.identity import account
from service.web.parts import parts
from service.web.security import csrf, demand_header

GULP_BYTES: Final = 64 * 1024


def noun(name: str, *, about: str) -> APIBlueprint:
    bp = APIBlueprint(f"api_{name}", __name__, tag={"name": name.title(), "description": about})
    bp.before_request(_demand_account)
    bp.before_request(demand_header)
    bp.before_request(_demand_json)
    bp.after_request(_conditional)
    # A token of the form would be one more thing for programs to fetch; `demand_header` stands in for it.
    csrf.exempt(bp)
    return bp


def owner() -> str:
    """Id of the account that asks."""
    return account().id


def now() -> datetime:
    return datetime.now(UTC)


def opened(sha256: str) -> BufferedReader:
    """A file of the account. Raises NotFound for one that is lost, whether or not its row knows."""
    try:
        if sha256:
            return parts().files.open(sha256)
    except FileNotFoundError:
        pass
    raise NotFound(
        "file_lost", "This file was lost on the disk of the service. All that was read in it is still there."
    )


def kept_file(sha256: str, *, media_type: str, in_parts: bool = False) -> Response:
    """A file of the account, piece by piece; its bytes never change, so its hash is its version.

    `in_parts` answers `Range` too.
    """
    file = opened(sha256)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    response = Response(wrap_file(request.environ, file, GULP_BYTES), mimetype=media_type, direct_passthrough=True)
    response.content_length = size
    response.set_etag(sha256)
    if in_parts:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    return response


def made_file(content: bytes, *, media_type: str) -> Response:
    """A file made for this answer; its version is its hash."""
    response = Response(content, mimetype=media_type)
    response.add_etag()
    return response


def check_version(etag: str, wanted: str) -> None:
    """Raise Conflict (412) where the request was made for another version: `wanted` is its `If-Match`."""
    if wanted and not parse_etags(wanted).contains(etag):
        raise Conflict("changed_meanwhile", "It was changed meanwhile. Load it again, then repeat the change.")


def _demand_account() -> None:
    account()


def _demand_json() -> None:
    """Changes are JSON objects; APIFlask would take any Content-Type, and `null` for a body that may be left out."""
    if request.method == "PATCH" and not request.is_json:
        raise UnsupportedMediaType
    said = request.method in {"PATCH", "POST"} and request.is_json and (request.method == "PATCH" or request.data)
    if said and request.get_json() is None:
        raise BadValue("not_an_object", "Send a JSON object.")


def _conditional(response: Response) -> Response:
    """Say 304 where the asker has this version already."""
    response.make_conditional(request)
    if response.status_code == 304:
        # werkzeug drops the body, and would leave its file open.
        response.close()
        response.set_data(b"")
    return response

"""The door before Radicale: who asks, how much he may send, and what of a request it would misread.

Each workaround names what it is for; the tests beside it fail without it.
"""

import base64
import binascii
import codecs
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NoReturn
from xml.sax.saxutils import escape

from service.dav.asked import Asked, asking
from service.dav.body import LIMIT, LIMIT_BYTES, STRANGERS_LIMIT_BYTES, BodyRefused, read_body
from service.dav.xml_body import XmlRefused, check
from service.domain.errors import TooMany
from service.domain.imports.cards import MAX_PROPERTIES, properties_in
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.storage.dav.app_passwords import Owner
from service.throttle import Throttle

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DOOR: Final = "dav"
_GUIDE: Final = "/settings/address-book"
_XML: Final = frozenset({"PROPFIND", "REPORT", "PROPPATCH", "MKCOL", "MKCALENDAR"})
_HEADERS: Final = [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "private, no-cache")]
_CHALLENGE: Final = [("WWW-Authenticate", 'Basic realm="Undrawer", charset="UTF-8"')]


class Refusal(Exception):
    """An answer that Radicale is not asked for."""

    def __init__(self, status: HTTPStatus, sentence: str, headers: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, list(headers)


class Guard:
    """A WSGI application around Radicale's."""

    def __init__(self, app: "WSGIApplication", *, db: Database, throttle: Throttle) -> None:
        self._app, self._db, self._throttle = app, db, throttle

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if LIMIT in environ:
            environ[LIMIT] = self._limit(str(environ.get("HTTP_AUTHORIZATION", "")))
            start_response("204 No Content", _HEADERS)
            return []
        try:
            wanted = self._let_in(environ)
        except Refusal as refusal:
            return _answer(start_response, refusal.status, refusal.sentence, refusal.headers)
        with asking(wanted):
            answer = _Answer(start_response, environ["REQUEST_METHOD"], wanted)
            return answer.of(self._app(environ, answer.start))

    def _let_in(self, environ: "WSGIEnvironment") -> Asked:
        _mend(environ)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ["PATH_INFO"] in ("", "/"):
            raise Refusal(HTTPStatus.SEE_OTHER, "How to set a device up stands there.", [("Location", _GUIDE)])
        owner = self._owner(environ)
        try:
            body = read_body(environ, known=bool(owner))
        except BodyRefused as refused:
            raise Refusal(refused.status, "The body is too big, took too long, or did not arrive whole.") from None
        if owner:
            _look(environ, body)
        text = _text(body) if environ["REQUEST_METHOD"] == "PUT" else None
        return Asked(owner=owner, path=environ["PATH_INFO"], body=text)

    def _limit(self, said: str) -> int | None:
        """How long a body may be; None for a wrong password, which is refused and counted when it is answered."""
        if not said:
            return STRANGERS_LIMIT_BYTES
        return LIMIT_BYTES if self._found(*_name_and_secret(said)) else None

    def _found(self, name: str, secret: str) -> Owner | None:
        with self._db.reading() as tx:
            found = app_passwords.owner_of(tx, secret) if secret else None
        return found if found and name.lower() in found.names else None

    def _owner(self, environ: "WSGIEnvironment") -> str:
        """The account whose password came along; none where none came."""
        said = str(environ.pop("HTTP_AUTHORIZATION", ""))
        if not said:
            return ""
        name, secret = _name_and_secret(said)
        found = self._found(name, secret)
        if found is None:
            self._wrong(str(environ.get("REMOTE_ADDR", "")))
        if not found.used_lately:
            with self._db.transaction() as tx:
                app_passwords.used(tx, secret)
        return found.id

    def _wrong(self, place: str) -> NoReturn:
        """Nobody guesses 192 bits; counted so that nobody keeps us busy with it. The right one is always let in."""
        try:
            self._throttle.count_wrong(DOOR, place=place)
        except TooMany as error:
            after = [("Retry-After", str(error.seconds))]
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, error.message, after) from None
        raise Refusal(HTTPStatus.UNAUTHORIZED, "The app password is wrong, or it was taken back.", _CHALLENGE)


class _Answer:
    """Radicale's answer, with what it cannot know."""

    def __init__(self, start_response: "StartResponse", method: str, wanted: Asked) -> None:
        self._start_response, self._method, self._wanted = start_response, method, wanted
        self._status, self._headers = "", [("", "")]

    def start(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
        self._status, self._headers = status, headers
        return lambda _bytes: None

    def of(self, body: Iterable[bytes]) -> Iterable[bytes]:
        if self._wanted.refusal and self._status[:1] in ("4", "5"):
            return _answer(self._start_response, HTTPStatus.FORBIDDEN, self._wanted.refusal, [])
        # RFC 6352, 6.3.2.3: what is kept otherwise than it was sent has no etag that the device could go by.
        hidden = {"etag"} if self._method == "PUT" and self._wanted.rewritten else set()
        headers = [(name, value) for name, value in self._headers if name.lower() not in hidden]
        self._start_response(self._status, [*headers, *_HEADERS])
        return body


def _mend(environ: "WSGIEnvironment") -> None:
    # Radicale takes the mount off a second time when it sees X-Forwarded-*, and believes X-Script-Name and X-Remote-*
    # of anybody. Whoever is trusted to speak for others was heard before us.
    for name in [name for name in environ if name.startswith("HTTP_X_")]:
        del environ[name]
    # WSGI gives octets as Latin-1; Radicale takes them for text, and `ü.vcf` would be kept under two names.
    raw = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace")
    try:
        environ["PATH_INFO"] = raw.decode()
    except UnicodeDecodeError:
        raise Refusal(HTTPStatus.BAD_REQUEST, "The address is not UTF-8.") from None
    # It compares a Destination with this port; behind a proxy it is that of another door.
    environ["SERVER_PORT"] = "443" if environ.get("wsgi.url_scheme") == "https" else "80"
    host = str(environ.get("HTTP_HOST", ""))
    if ":" in host.rpartition("]")[2]:
        environ["SERVER_PORT"] = host.rpartition(":")[2]


def _look(environ: "WSGIEnvironment", body: bytes) -> None:
    """Refuse what Radicale would answer with 500, or be busy with for minutes, or break on."""
    if environ["REQUEST_METHOD"] in _XML and body:
        try:
            check(body)
        except XmlRefused as refused:
            raise Refusal(HTTPStatus.BAD_REQUEST, str(refused)) from None
        # It was looked at in these letters; Radicale would take any that the device names.
        environ["CONTENT_TYPE"] = "application/xml; charset=utf-8"
    if environ["REQUEST_METHOD"] != "PUT":
        return
    if properties_in(body) > MAX_PROPERTIES:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "A contact or a task with so many lines is not kept.")
    # Radicale takes a byte order mark for a part of the first line, which is then no BEGIN.
    plain = body.removeprefix(codecs.BOM_UTF8)
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(plain), str(len(plain))


def _name_and_secret(said: str) -> tuple[str, str]:
    """Of a header that is none of ours nothing, which is as wrong as a wrong one: Radicale answers it with 500."""
    scheme, _, rest = said.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        plain = base64.b64decode(rest.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return "", ""
    name, _, secret = plain.partition(":")
    return name.strip(), secret


def _text(body: bytes) -> str | None:
    """What a device sent, byte for byte; None where it is no UTF-8, and Radicale's reading of it has to do."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _answer(
    start_response: "StartResponse", status: HTTPStatus, sentence: str, headers: list[tuple[str, str]]
) -> Iterable[bytes]:
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<error xmlns="DAV:" xmlns:u="urn:undrawer">'
        f"<u:because>{escape(sentence)}</u:because></error>"
    ).encode()
    about = [("Content-Type", "application/xml; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", [*about, *headers, *_HEADERS])
    return [body]

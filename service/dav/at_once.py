"""The three requests that a sync of contacts is made of, answered at once; all that is unusual in one goes to Radicale.

They are the listing of a book, the report of what changed, and the cards of some names. Radicale answers them too, and
the same: it builds a tree with a dozen nodes a contact, which is most of what a first sync costs.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError  # the types alone; defusedxml parses

from defusedxml.ElementTree import fromstring

from service.dav import multistatus
from service.dav.asked import asked
from service.dav.multistatus import ETAG, KIND, TEXT, TYPE, Headers
from service.dav.storage import CONTACTS, Storage
from service.storage.database import Database
from service.storage.dav import dav_contacts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_DAV: Final = "{DAV:}"
_MULTIGET: Final = "{urn:ietf:params:xml:ns:carddav}addressbook-multiget"
_OF_A_LISTING: Final = frozenset({ETAG, KIND, TYPE})
_OF_A_REPORT: Final = frozenset({ETAG, TYPE, TEXT})
_PLAIN: Final = [("Content-Type", "text/xml; charset=utf-8")]


class AtOnce:
    """A WSGI application before Radicale's."""

    def __init__(self, app: "WSGIApplication", *, db: Database) -> None:
        self._app, self._db = app, db

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = self._answered(environ)
        if answer is None:
            return self._app(environ, start_response)
        status, headers, body = multistatus.sent(*answer, packed="gzip" in str(environ.get("HTTP_ACCEPT_ENCODING", "")))
        start_response(status, headers)
        return [body]

    def _answered(self, environ: "WSGIEnvironment") -> tuple[bytes, Headers] | None:
        owner, method = asked().owner, environ["REQUEST_METHOD"]
        if not owner or str(environ["PATH_INFO"]).rstrip("/") != f"/{owner}/{CONTACTS}":
            return None
        base = f"{environ.get('SCRIPT_NAME', '')}/{owner}/{CONTACTS}/"
        if method == "PROPFIND" and environ.get("HTTP_DEPTH") == "1":
            return self._listing(environ, base)
        if method == "REPORT":
            report = self._report(_xml(environ), base)
            return (report, _PLAIN) if report else None
        return None

    def _listing(self, environ: "WSGIEnvironment", base: str) -> tuple[bytes, Headers] | None:
        """What Radicale says of the book itself, and a line for each contact."""
        root = _xml(environ)
        props = _props(root, _OF_A_LISTING) if root is not None and root.tag == f"{_DAV}propfind" else []
        if not props:
            return None
        of_book = _Heard()
        said = b"".join(self._app({**environ, "HTTP_DEPTH": "0", "HTTP_ACCEPT_ENCODING": ""}, of_book))
        with self._db.reading() as tx:
            rows = ((name, etag, "") for name, etag in dav_contacts.etags(tx, owner=asked().owner))
            body = multistatus.with_lines(said, multistatus.found(base, props, rows))
        return (body, of_book.headers) if body and of_book.status.startswith("207") else None

    def _report(self, root: Element | None, base: str) -> bytes | None:
        props = _props(root, _OF_A_REPORT) if root is not None else []
        if root is None or not props:
            return None
        if root.tag == _MULTIGET:
            names = _names(root, base)
            return self._cards(base, props, names) if names else None
        return self._changes(root, base, props) if root.tag == f"{_DAV}sync-collection" else None

    def _cards(self, base: str, props: Sequence[str], names: Sequence[str], token: str = "") -> bytes:
        """Of names what there is, and which there are not."""
        with self._db.reading() as tx:
            there = dav_contacts.cards(tx, owner=asked().owner, hrefs=names, texts=TEXT in props)
        missing = [name for name in names if name not in there]
        lines = (*multistatus.gone(base, missing), *multistatus.found(base, props, there.values()))
        return multistatus.whole(lines, token=token)

    def _changes(self, root: Element, base: str, props: Sequence[str]) -> bytes | None:
        before = root.findtext(f"{_DAV}sync-token", "").strip()
        try:
            # Of two who look at the same time the token must not be newer than what is told.
            token, names = Storage.contacts(self._db, asked().owner).sync(before)
        except ValueError:
            return None  # Radicale has the words for it
        return self._cards(base, props, list(names), token)


class _Heard:
    """Takes an answer down."""

    status = ""

    def __init__(self) -> None:
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, _exc_info: Any = None, /) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return lambda _bytes: None


def _xml(environ: "WSGIEnvironment") -> Element | None:
    stream = environ["wsgi.input"]
    body = stream.read()
    stream.seek(0)
    try:
        found: Element | None = fromstring(body.decode()) if body else None
    except (ParseError, ValueError):
        return None
    return found


def _props(root: Element, known: frozenset[str]) -> list[str]:
    """What is asked for; nothing where anything is unusual."""
    asked_for = [prop.tag for prop in root.findall(f"{_DAV}prop/*")]
    plain = len(root.findall(f"{_DAV}prop")) == 1 and set(asked_for) <= known and len(set(asked_for)) == len(asked_for)
    return asked_for if plain else []


def _names(root: Element, base: str) -> list[str]:
    """The names that a device wants the cards of; none where one is written otherwise than we do."""
    names: dict[str, None] = {}
    for one in root.findall(f"{_DAV}href"):
        path = _path(one.text or "")
        name = path.removeprefix(base)
        if path == name or not name or "/" in name or name in (".", ".."):
            return []
        names[name] = None
    return list(names)


def _path(href: str) -> str:
    """The path alone; nothing of what is no address."""
    try:
        return unquote(urlsplit(href.strip()).path)
    except ValueError:
        return ""

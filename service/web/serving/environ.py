"""A request as ASGI tells it, as WSGI wants it."""

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from werkzeug.middleware.proxy_fix import ProxyFix

from service.domain.entering.place import household_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Scope = Mapping[str, Any]

_PLAIN: Final = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1"})
_MULTIPLEX: Final = {b"cookie": "; "}  # of RFC 6265; all others are joined by a comma


def environ_of(scope: Scope) -> "WSGIEnvironment":
    """Give the environ of PEP 3333, with an empty body."""
    server, client = scope.get("server") or ("localhost", None), scope.get("client") or ("", 0)
    path = scope.get("raw_path") or scope["path"].encode()
    headers = _headers(scope)
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(),
        "wsgi.errors": Complaints(),
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.url_scheme": _scheme(scope["scheme"], client[0], headers),
        **headers,
    }


def place_of(environ: "WSGIEnvironment", *, proxies: int) -> str:
    """From where it was asked, by the word of so many proxies."""
    seen = dict(environ)
    if proxies:
        ProxyFix(lambda _environ, _start: [], x_for=proxies)(seen, lambda *_: lambda _bytes: None)
    return household_of(str(seen["REMOTE_ADDR"]))


def _scheme(scheme: str, client: str, headers: Mapping[str, str]) -> str:
    """A proxy on this machine may say that it was asked by HTTPS; others only where they are believed (ProxyFix)."""
    said = headers.get("HTTP_X_FORWARDED_PROTO", "")
    return "https" if said == "https" and client in _THIS_MACHINE else scheme


def _headers(scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if b"_" in name:  # it would be taken for the one with a dash, such as X_Forwarded_For
            continue
        key = _PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        found[key] = found[key] + _MULTIPLEX.get(name, ",") + text if key in found else text
    return found


class Complaints:
    """`wsgi.errors`: nobody here writes to it, and whoever does is not to break for it."""

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Say nothing."""

    def flush(self) -> None:
        """Nothing is held back."""

"""What is answered without the application: come back later, and no room on the disk."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from service.web.errors import PROBLEM_TYPE, SENTENCES
from service.web.serving.answering import Send

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_SPANISH: Final = {
    400: "Esta petición no se entiende.",
    429: "Ahora mismo hay mucho trabajo. Vuelve a intentarlo dentro de unos segundos.",
    507: "No queda sitio en el disco del servicio. De esta petición no se ha guardado nada.",
}
_PAGE: Final = """\
<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Undrawer</title><p>{es}</p><p lang="en">{en}</p>
"""


async def refuse(
    send: Send,
    environ: "WSGIEnvironment",
    status: int,
    *,
    retry_after: int = 0,
    rest: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Answer in a few words; there is no thread for more. Without a `rest` to be heard, the line is closed."""
    code, sentence = ("too_busy", BUSY) if status == 429 else SENTENCES[status]
    if str(environ["PATH_INFO"]).startswith("/api/"):
        about = {"type": f"/api/docs#problem-{code}", "title": sentence, "status": status, "code": code}
        kind, body = PROBLEM_TYPE, json.dumps({**about, "detail": sentence}).encode()
    else:
        kind, body = "text/html; charset=utf-8", _PAGE.format(es=_SPANISH[status], en=sentence).encode()
    headers = {"content-type": kind, "content-length": str(len(body)), "cache-control": "no-store"}
    headers |= {"x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'"}
    headers |= {"retry-after": str(retry_after)} if retry_after else {}
    headers |= {} if rest else {"connection": "close"}
    written = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": written})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    if rest:
        await rest()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


BUSY: Final = "There is a great deal to do just now. Send it again in a few seconds."

"""What a request leaves in the log: its route and not its address, and the account as a number that only we can make."""

import hashlib
import hmac
import logging
from typing import Any, Final

from flask import Flask, Response, g, request

from service.config import Config

SAID: Final = "undrawer.said"
"""In the environ: what the application adds to the line that the door writes."""

log = logging.getLogger(__name__)


def register(app: Flask, config: Config) -> None:
    key = hashlib.sha256(b"logs" + config.secret_key.encode()).digest()

    def keep(response: Response) -> Response:
        account = g.get("account")
        said = {"route": _route()}
        if account:
            said["account"] = hmac.new(key, account.id.encode(), "sha256").hexdigest()[:12]
        request.environ[SAID] = said
        return response

    def log_exception(exc_info: Any) -> None:
        log.error("It failed.", exc_info=exc_info, extra={"said": {"what": "failed", "route": _route()}})

    app.after_request(keep)
    app.log_exception = log_exception  # type: ignore[method-assign] # Flask's own would write the address


def _route() -> str:
    return str(request.url_rule) if request.url_rule else ""

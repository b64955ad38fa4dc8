"""The page that shows a phone how to trust the certificate of this machine; served over plain HTTP, beside the app."""

import hashlib
import plistlib
import re
import ssl
import uuid
from typing import Final

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from service.config import Config
from service.web import security, shell
from service.web.pages import language

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]")

trust = Blueprint("trust", __name__)


def create_trust_app(config: Config | None = None) -> Flask:
    """Make the little application that knows this page and nothing of anybody."""
    app = Flask(__name__, static_url_path=shell.static_url_path())
    app.extensions["https"] = config or Config.from_env()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    language.register(app)
    app.register_blueprint(trust)
    app.register_error_handler(404, lambda _error: redirect("/trust"))
    app.after_request(_protect)
    shell.register(app)
    return app


@trust.get("/trust")
def page() -> str:
    secure = _secure_address()
    if not secure:
        abort(400)
    return render_template("trust.html", secure=secure, system=_system(), fingerprint=_fingerprint())


@trust.get("/trust/undrawer.crt")
def certificate() -> Response:
    """The authority as Android, computers, and iOS too, install it."""
    return _file(_authority(), "undrawer.crt", "application/x-x509-ca-cert")


@trust.get("/trust/undrawer.mobileconfig")
def profile() -> Response:
    """The authority in a profile that iOS offers to install, by its name and what it is for."""
    content = _authority()
    about = {"PayloadVersion": 1, "PayloadDisplayName": "Undrawer"}
    root = about | {
        "PayloadType": "com.apple.security.root",
        "PayloadContent": content,
        **_identified(content, "certificate"),
    }
    described = _("Lets this device trust your own Undrawer. It can vouch for addresses of your own network only.")
    whole = about | {"PayloadType": "Configuration", "PayloadDescription": described, "PayloadContent": [root]}
    made = plistlib.dumps(whole | _identified(content, "profile"))
    return _file(made, "undrawer.mobileconfig", "application/x-apple-aspen-config")


def _identified(content: bytes, part: str) -> dict[str, str]:
    """The same for the same certificate, so that a second installation takes the place of the first."""
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"{part} {content.hex()}")
    return {"PayloadIdentifier": f"undrawer.{part}.{named}", "PayloadUUID": str(named).upper()}


def _authority() -> bytes:
    path = _config().certificates / "authority.pem"
    if not path.exists():
        abort(404)
    return ssl.PEM_cert_to_DER_cert(path.read_text(encoding="ascii"))


def _fingerprint() -> str:
    return hashlib.sha256(_authority()).digest().hex(":").upper()


def _file(content: bytes, name: str, media_type: str) -> Response:
    """Not as an attachment where a system is to offer it by itself."""
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'inline; filename="{name}"'})


def _secure_address() -> str:
    """Where the app is: under the name by which this page was reached, for the certificate holds for it too."""
    host = request.host.rpartition(":")[0] if re.search(r":\d+$", request.host) else request.host
    return f"https://{host}:{_config().port}" if _HOST.fullmatch(host) else ""


def _system() -> str:
    """Whose steps to show first: a guess by what the browser says of itself; the others are a tap away."""
    agent = request.user_agent.string
    if "Android" in agent:
        return "android"
    return "ios" if re.search(r"iPhone|iPad|Macintosh", agent) else ""


def _config() -> Config:
    found: Config = current_app.extensions["https"]
    return found


def _protect(response: AnyResponse) -> AnyResponse:
    policy = security.PAGE_POLICY
    if request.endpoint == "trust.page":
        policy = policy.replace("connect-src 'self'", f"connect-src 'self' {_secure_address()}")
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    return response

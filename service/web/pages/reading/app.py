"""What makes an installable app of the pages: manifest, service worker, the page without a network, and "Share"."""

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from service.web import shell
from service.web.pages.language import current
from service.web.pages.reading.photos import keep_all
from service.web.pages.telling import tell
from service.web.security import csrf

app = Blueprint("app", __name__)


@app.get("/manifest.webmanifest")
def manifest() -> Response:
    """Describe the app in the language asked for: a system shows the words of the shortcuts as they are."""
    response = jsonify(
        id="/",
        name="Undrawer",
        short_name="Undrawer",
        description=_("Business cards become contacts, on your own machine."),
        lang=current(),
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#f6f0e4",
        theme_color="#f6f0e4",
        icons=[
            _icon("icon-192", 192),
            _icon("icon-512", 512),
            _icon("maskable-512", 512, purpose="maskable"),
        ],
        shortcuts=[
            {"name": name, "url": url, "icons": [_icon("icon-192", 192)]}
            for name, url in ((_("Scan"), "/?camera=1"), (_("Today"), "/today"))
        ],
        share_target={
            "action": "/share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "photo", "accept": ["image/*", ".heic", ".heif"]}]},
        },
    )
    response.mimetype = "application/manifest+json"
    response.vary.update(["Accept-Language", "Cookie"])
    return response


@app.get("/sw.js")
def service_worker() -> Response:
    """The service worker; its text changes with every version, which is how a browser learns of a new one."""
    text = render_template("sw.js", version=shell.version(), files=shell.addresses())
    return Response(text, mimetype="text/javascript")


@app.get("/offline")
def offline() -> str:
    """The Scan page of nobody: kept on the phone, so that photos can be taken where there is no network."""
    g.account = None
    return render_template(
        "reading/photos.html", offline=True, photos=[], cards=[], waiting=0, empty=False, gathering="", known=[]
    )


@app.post("/share")
def share() -> AnyResponse:
    """Photos shared from another app, where the service worker did not run; else they stay with it."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        abort(403)
    if g.account is None:
        tell(_("Sign in first, then share the photo again."))
        return redirect(url_for("pages.sign_in.form"), 303)
    keep_all()
    return redirect("/", 303)


# The system's share sheet has no token of ours; its requests say where they come from.
csrf.exempt(share)


def _icon(name: str, size: int, *, purpose: str = "any") -> dict[str, str]:
    source = url_for("static", filename=f"icons/{name}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}

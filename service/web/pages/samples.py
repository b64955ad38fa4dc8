"""Sample cards for an empty drawer: pictures of people who do not exist, on the same way as any photo."""

from flask import Blueprint, redirect
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.web.identity import signed_in
from service.web.pages.telling import tell
from service.web.parts import parts
from service.web.upload import take_in

HOW_MANY = 4

samples = Blueprint("samples", __name__)


@samples.post("/samples")
@signed_in
def put_in() -> Response:
    chosen = sorted(parts().config.samples.glob("*.jpg"))[:HOW_MANY]
    for picture in chosen:
        take_in(picture.read_bytes(), name=picture.name)
    tell(ngettext("%(num)d sample card is being read.", "%(num)d sample cards are being read.", len(chosen)))
    return redirect("/", 303)

"""Sample cards for an empty drawer: pictures of people who do not exist, on the same way as any photo."""

from flask import Blueprint, redirect
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.web.identity import signed_in
from service.web.pages.telling import tell
from service.web.parts import parts
from service.web.upload import take_in

CHOSEN = ("two-phones.jpg", "dark-card.jpg", "no-person.jpg", "table-of-four.jpg")
"""A plain one, a dark one, a shop's, and a table with four: what a newcomer would try next."""

samples = Blueprint("samples", __name__)


@samples.post("/samples")
@signed_in
def put_in() -> Response:
    chosen = [picture for name in CHOSEN if (picture := parts().config.samples / name).is_file()]
    for picture in chosen:
        take_in(picture.read_bytes(), name=picture.name)
    tell(ngettext("%(num)d sample photo added.", "%(num)d sample photos added.", len(chosen)))
    return redirect("/", 303)

"""Small pictures of cards, for lists: made when asked for, and kept by the browser for as long as the picture stays."""

from typing import Annotated, Final
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from pydantic import StringConstraints

from service.storage.reading import cards
from service.storage.reading.pictures import SMALL_PX, small
from service.web.api.document import gives
from service.web.api.doors import noun, opened, owner
from service.web.api.shapes.text import Given
from service.web.parts import parts

bp = noun("thumbnails", about="Small pictures of cards.")

_YEAR_SECONDS: Final = 31_536_000


class PictureWanted(Given):
    """`v` is the beginning of the picture's hash: with it the answer is good for ever."""

    v: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8,64})?$")] = ""


@bp.get("/cards/<uuid:card_id>/thumbnail")
@bp.input(PictureWanted, location="query", arg_name="query")
@bp.doc(responses=gives("The squared card, 176 pixels on its longer side.", "image/jpeg"))
def get_thumbnail(card_id: UUID, query: PictureWanted) -> ResponseReturnValue:
    """Give a small picture of the card."""
    with parts().db.reading() as tx:
        card = cards.get(tx, owner=owner(), id=str(card_id))
    etag = f"{card.picture}-{SMALL_PX}"
    known = request.if_none_match.contains(etag)  # then it is not even made
    response = Response(b"" if known else _small(card.picture), mimetype="image/jpeg")
    response.set_etag(etag)
    if query.v and card.picture.startswith(query.v):
        response.cache_control.max_age = _YEAR_SECONDS
        response.cache_control.immutable = True
    return response


def _small(sha256: str) -> bytes:
    with opened(sha256) as picture:
        return small(picture)

"""A card read once more, for the API and the pages: the row first, then the commit, then the bell."""

from service.domain.reading.card import Corners
from service.storage.reading import rereadings
from service.storage.reading.rereadings import Rereading
from service.web.identity import account
from service.web.parts import parts


def read_card_again(card_id: str, corners: Corners) -> Rereading:
    """Have a card to review read again where the person says it lies. Raises NotFound and Conflict."""
    with parts().db.transaction() as tx:
        asked = rereadings.ask(tx, owner=account().id, card_id=card_id, corners=corners)
    parts().queue.ring("read_again", asked.id)
    return asked

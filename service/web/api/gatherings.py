"""Gatherings over HTTP: where the contacts of the drawer were met."""

from service.storage import gatherings
from service.web.api.doors import noun, owner
from service.web.api.shapes.gathering import GatheringAnswer, GatheringsAnswer
from service.web.parts import parts

bp = noun("gatherings", about="Occasions at which contacts were met: a name, a day and a place.")


@bp.get("/gatherings")
@bp.output(GatheringsAnswer)
def list_gatherings() -> GatheringsAnswer:
    """List the last two hundred gatherings at which somebody was met, newest first."""
    with parts().db.reading() as tx:
        met = gatherings.recent(tx, owner=owner(), limit=200)
    return GatheringsAnswer(gatherings=[GatheringAnswer.of(one) for one in met])

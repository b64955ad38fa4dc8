"""What events were worth, over HTTP."""

from service.domain.outcomes.worth import by_kind, total
from service.storage.following import outcomes
from service.web.api.doors import noun, owner
from service.web.api.shapes.worth import EventWorthAnswer, KindWorthAnswer, SumsAnswer, WorthAnswer
from service.web.parts import parts

bp = noun("worth", about="Events and their kinds compared: cards, persons, ties, referrals, clients.")


@bp.get("/worth")
@bp.output(WorthAnswer)
def get_worth() -> WorthAnswer:
    """Compare events and kinds; the sums of the events, and of what came back from elsewhere, are the total."""
    with parts().db.reading() as tx:
        rows = outcomes.worth(tx, owner=owner())
    return WorthAnswer(
        events=[EventWorthAnswer.of(row) for row in rows],
        kinds=[KindWorthAnswer.of(one) for one in by_kind(rows)],
        total=SumsAnswer.of(total(row.sums for row in rows)),
    )

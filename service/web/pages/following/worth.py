"""What is worth it: events and their kinds compared, so that the next one is chosen knowing."""

from flask import Blueprint, render_template, request

from service.domain.outcomes.worth import Worth, by_kind, rank, total
from service.storage.following import outcomes
from service.web.identity import account, signed_in
from service.web.pages.following import worth_view
from service.web.parts import parts

worth = Blueprint("worth", __name__)

_FEW = 12


@worth.get("/worth")
@signed_in
def page() -> str:
    """The kinds first; of the events the latest, or with `?all` every one."""
    with parts().db.reading() as tx:
        rows = outcomes.worth(tx, owner=account().id)
    events, elsewhere = rows[:-1], rows[-1]
    seen = events if "all" in request.args else events[:_FEW]
    kinds = by_kind(rows)
    drawn = [one for one in kinds if any(rank(one.sums))]
    return render_template(
        "following/worth.html",
        chart=worth_view.chart([(worth_view.kind(one.kind), one.sums) for one in drawn]) if drawn else None,
        steps=[str(worth_view.STEP_NAMES[step]) for step in worth_view.STEPS],
        kinds=[worth_view.kind_row(one) for one in kinds],
        events=[worth_view.event_row(one, _href(one)) for one in seen],
        elsewhere=worth_view.event_row(elsewhere, "") if any(rank(elsewhere.sums)) else None,
        total=worth_view.total_row(total(row.sums for row in rows)),
        more=len(events) - len(seen),
    )


def _href(one: Worth) -> str:
    return f"/gatherings/{one.id}"

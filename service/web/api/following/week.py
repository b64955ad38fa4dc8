"""The week and the plan over HTTP: what was chosen, what is left out and why, and what lies ahead."""

from datetime import timedelta

from service.storage.following import policies, seats, touches, weeks
from service.web.api.doors import noun, owner
from service.web.api.shapes.touch import TouchAnswer, TouchesAnswer
from service.web.api.shapes.week import MoreGiven, WeekAnswer
from service.web.parts import parts

bp = noun("week", about="What the seats of this week went to, and today's share of it.")

_AHEAD = timedelta(days=366)


@bp.get("/week")
@bp.output(WeekAnswer)
def get_week() -> WeekAnswer:
    """Show this week; what it chose once stays."""
    return WeekAnswer.of(weeks.settled(parts().db, owner=owner()))


@bp.post("/week/more")
@bp.input(MoreGiven, arg_name="given")
@bp.output(WeekAnswer)
def take_more(given: MoreGiven) -> WeekAnswer:
    """Take more seats for this week, which is the only way above the budget."""
    with parts().db.transaction() as tx:
        seats.take_more(tx, owner=owner(), more=given.more, today=policies.today(tx, owner=owner()))
    return WeekAnswer.of(weeks.settled(parts().db, owner=owner()))


@bp.delete("/week/more")
@bp.output({}, status_code=204, description="The week has its budget again.")
def drop_more() -> str:
    """Undo the raise of this week."""
    with parts().db.transaction() as tx:
        seats.drop_raise(tx, owner=owner(), today=policies.today(tx, owner=owner()))
    return ""


@bp.get("/plan")
@bp.output(TouchesAnswer)
def get_plan() -> TouchesAnswer:
    """List what is planned for the year ahead, soonest first: at most two hundred."""
    with parts().db.reading() as tx:
        day = policies.today(tx, owner=owner()) + _AHEAD
        found = touches.on(tx, owner=owner(), day=day)
    return TouchesAnswer(touches=[TouchAnswer.of(one) for one in found])

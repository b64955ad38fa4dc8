"""The week on one page: chosen, left out and why, doors that are open, and what the circles ask for."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.ties.seat import LeftOut, SeatState
from service.storage.database import Transaction
from service.storage.following import circles, policies, questions, seats, ties, weeks
from service.storage.following.circles import AskedFor
from service.storage.following.weeks import Settled
from service.storage.people import contacts
from service.web.identity import account, signed_in
from service.web.pages.following.tie_wording import CIRCLES, KINDS, LEFT_OUT
from service.web.pages.language import inside
from service.web.pages.language import week as days_of_week
from service.web.pages.meeting.gathering_tasks import one_each, task_of
from service.web.pages.telling import tell
from service.web.pages.typed import whole_number
from service.web.parts import parts

week = Blueprint("week", __name__)

_NAMED = 3


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One line of the week; `state` says what became of it, `when` from which day it may be done."""

    contact_id: str
    name: str
    kind_name: str = ""
    id: str = ""
    when: str = ""
    state: str = ""
    reason: str = ""


@week.get("/week")
@signed_in
def page() -> str:
    settled = weeks.settled(parts().db, owner=account().id)
    with parts().db.reading() as tx:
        asked = circles.ask_for(tx, owner=account().id, account=settled.rules.account)
        return render_template(
            "following/week.html",
            span=_span(settled),
            seats=_seats(settled),
            rows=[*_chosen(tx, settled), *_over(tx, settled)],
            left=[row for one in settled.week.left_out if (row := _left(tx, one))],
            left_count=settled.week.left_out_count,
            doors=[_contact(tx, id_) for id_ in weeks.open_doors(tx, owner=account().id)],
            moves=[_moved(tx, one) for one in questions.moves(tx, owner=account().id)],
            load=_load(asked, settled),
            widen=_widen([_of_tie(tx, one.tie).name for one in asked.widen[:_NAMED]], len(asked.widen)),
            raises=range(1, settled.rules.account.policy.raise_at_most - settled.raised + 1),
        )


@week.post("/week/more")
@signed_in
def take_more() -> Response:
    """More seats for this week, which is the only way above the budget."""
    extra = whole_number(request.form.get("extra", ""))
    if extra is None:
        raise BadValue("raise", "Say how many.")
    with parts().db.transaction() as tx:
        today = policies.today(tx, owner=account().id)
        seats.take_more(tx, owner=account().id, more=extra, today=today)
    text = ngettext("%(num)d more this week.", "%(num)d more this week.", extra)
    tell(text, undo=url_for("pages.week.take_back"))
    return redirect(inside(request.form.get("next", "/today")), 303)


@week.post("/week/more/back")
@signed_in
def take_back() -> Response:
    with parts().db.transaction() as tx:
        seats.drop_raise(tx, owner=account().id, today=policies.today(tx, owner=account().id))
    return redirect(url_for("pages.today.page"), 303)


def _chosen(tx: Transaction, settled: Settled) -> list[WeekRow]:
    return [
        WeekRow(
            contact_id=kept.contact_id,
            name=task.heading if (task := task_of(tx, kept)) else _contact(tx, kept.contact_id).name,
            kind_name=task.name if task else str(KINDS[kept.touch.kind]),
            id=kept.id,
            when=str(format_date(max(kept.touch.day, settled.today), "EEE d")),
        )
        for kept in one_each(list(settled.chosen))
    ]


def _over(tx: Transaction, settled: Settled) -> list[WeekRow]:
    """What was done or skipped this week."""
    said = {SeatState.DONE: _("done"), SeatState.SKIPPED: _("not this one")}
    over = [seat for seat in settled.held if seat.state in said]
    return [
        WeekRow(
            contact_id=(row := _of_tie(tx, seat.touch.tie)).contact_id,
            name=row.name,
            kind_name=str(KINDS[seat.touch.kind]),
            state=said[seat.state],
        )
        for seat in over
    ]


def _left(tx: Transaction, one: LeftOut) -> WeekRow | None:
    row = _of_tie(tx, one.tie)
    kind = str(KINDS[one.touch.kind]) if one.touch else ""
    return WeekRow(row.contact_id, row.name, kind, reason=str(LEFT_OUT[one.reason]))


def _moved(tx: Transaction, waiting: questions.Waiting) -> WeekRow:
    row = _contact(tx, waiting.history.contact_id)
    circle = str(CIRCLES[waiting.asked.to]) if waiting.asked.to else ""
    return WeekRow(row.contact_id, row.name, circle)


def _of_tie(tx: Transaction, tie_id: str) -> WeekRow:
    return _contact(tx, ties.contact_of(tx, owner=account().id, id=tie_id))


def _contact(tx: Transaction, contact_id: str) -> WeekRow:
    contact = contacts.get(tx, owner=account().id, id=contact_id)
    return WeekRow(contact.id, contact.name or contact.org)


def _span(settled: Settled) -> str:
    return days_of_week(settled.week.monday, settled.week.monday + timedelta(days=6))


def _seats(settled: Settled) -> str:
    used = len(settled.week.chosen) + sum(seat.state is SeatState.DONE for seat in settled.held)
    return str(_("%(used)d of %(seats)d seats taken.", used=used, seats=settled.week.seats))


def _load(asked: AskedFor, settled: Settled) -> str:
    touches, budget = round(asked.touches, 1), settled.rules.account.policy.budget
    load = format_decimal(touches)
    if not asked.more and touches == 1:
        return str(_("One touch a week; you have %(budget)d seats.", budget=budget))
    if asked.more:
        return str(_("More than %(load)s touches a week; you have %(budget)d seats.", load=load, budget=budget))
    return str(_("%(load)s touches a week; you have %(budget)d seats.", load=load, budget=budget))


def _widen(names: list[str], count: int) -> str:
    if not names:
        return ""
    named = ", ".join(names)
    if count > len(names):
        more = ngettext("and %(num)d more", "and %(num)d more", count - len(names))
        named = f"{named} {more}"
    return str(_("That is more than fits. You could widen the circle of: %(names)s.", names=named))

"""Reconnect: whom it would be worth hearing of again and why, and the calls that came of it."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering.ring import moment_of
from service.domain.errors import BadValue
from service.domain.outcomes.hours import FreeHours, Span
from service.domain.people.vcard import fields_of
from service.domain.reaching.calendar import Event, calendar
from service.domain.ties.account import zone_of
from service.domain.ties.question import Reply
from service.domain.ties.tie import Senior
from service.storage.database import Transaction
from service.storage.following import calls, free_hours, policies, reconnecting, ties
from service.storage.people import contacts
from service.web.api.doors import made_file
from service.web.identity import account, signed_in
from service.web.pages.following.reconnect_view import CallShown, call_shown, shown, warm_up_of
from service.web.pages.following.ties import day_given
from service.web.pages.language import moment
from service.web.pages.telling import tell
from service.web.pages.typed import whole_number
from service.web.parts import parts

reconnect = Blueprint("reconnect", __name__)

_MONDAY = date(2026, 1, 5)
_SPANS = 2


@reconnect.get("/reconnect")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        owner = account().id
        rules, today = policies.of(tx, owner=owner), policies.today(tx, owner=owner)
        found = reconnecting.ranked(tx, owner=owner)
        return render_template(
            "following/reconnect.html",
            calls=[call_shown(tx, one) for one in calls.open_ones(tx, owner=owner)],
            warm_up=warm_up_of(tx, found),
            candidates=[shown(tx, one, rules.account.policy, today) for one in found],
            count=reconnecting.count(tx, owner=owner),
            seniors=_seniors(),
            **_hours(free_hours.of(tx, owner=owner)),
        )


@reconnect.post("/reconnect/<uuid:id>")
@signed_in
def act(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Say whether one of the ranked is still of interest, describe it, or take it up today."""
    name, line = request.form.get("act", ""), request.form.get("line", "").strip()
    with parts().db.transaction() as tx:
        tie_id = ties.get(tx, owner=account().id, id=str(id)).tie.id
        if name == "describe":
            _describe(tx, tie_id)
        elif name == "write":
            if line:
                reconnecting.answer(tx, owner=account().id, tie_id=tie_id, reply=Reply.YES, line=line)
            touch = reconnecting.take(tx, owner=account().id, tie_id=tie_id)
            return redirect(url_for("pages.today.page", touch=touch.id), 303)
        else:
            _answer(tx, tie_id, name, line)
    return redirect(url_for("pages.reconnect.page"), 303)


@reconnect.post("/calls/<uuid:id>")
@signed_in
def choose(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Take the time that they chose: one of those offered, or another."""
    with parts().db.transaction() as tx:
        known = calls.get(tx, owner=account().id, id=str(id))
        zone = zone_of(policies.of(tx, owner=account().id).account.zone)
        given, day = request.form.get("time", ""), day_given("day")
        at = _moment(given) if given else _local(day, request.form.get("hour", ""), zone.key)
        call = calls.choose(tx, owner=account().id, id=known.id, at=at)
    when = moment(call.chosen) if call.chosen else ""
    tell(_("The call is on %(when)s.", when=when), open=url_for("pages.reconnect.page") + f"#call-{call.id}")
    return redirect(url_for("pages.reconnect.page"), 303)


@reconnect.get("/calls/<uuid:id>.ics")
@signed_in
def ics(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """The call as an event for a calendar, once it has a time."""
    with parts().db.reading() as tx:
        call = calls.get(tx, owner=account().id, id=str(id))
        there: CallShown = call_shown(tx, call)
        fields = fields_of(contacts.get(tx, owner=account().id, id=call.contact_id).vcard)
    if call.chosen is None:
        raise BadValue("call_time", "Choose a time first.")
    event = Event(
        uid=f"call-{call.id}@undrawer",
        begins=call.chosen,
        ends=call.ends,
        summary=_("A call with %(name)s", name=there.name),
        text=next((phone.e164 or phone.raw for phone in fields.phones), ""),
        sequence=call.sequence,
        changed_at=call.changed_at or datetime.now(UTC),
    )
    answer = made_file(calendar([event]), media_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=call.ics"
    return answer


@reconnect.post("/reconnect/hours")
@signed_in
def hours() -> Response:
    """Keep the hours in which calls are taken."""
    weekdays = frozenset(int(day) for day in request.form.getlist("weekday") if day in set("0123456"))
    spans = tuple(span for number in range(_SPANS) if (span := _span(number)))
    with parts().db.transaction() as tx:
        free_hours.keep(tx, FreeHours(weekdays, spans), owner=account().id)
    tell(_("Saved."))
    return redirect(url_for("pages.reconnect.page"), 303)


def _answer(tx: Transaction, tie_id: str, name: str, line: str) -> None:
    replies = {"yes": Reply.YES, "no": Reply.NO, "new_job": Reply.NEW_JOB, "nothing": Reply.NOTHING}
    if name not in replies:
        raise BadValue("act", "The page is out of date. Load it again.")
    if name == "new_job" and not line:
        raise BadValue("empty_line", "Write one line.")
    reconnecting.answer(tx, owner=account().id, tie_id=tie_id, reply=replies[name], line=line)
    said = {
        "yes": _("Noted. You may write whenever you like."),
        "no": _("Back to the drawer."),
        "new_job": _("Noted: a good reason to congratulate."),
        "nothing": _("Not for a year, then."),
    }
    tell(said[name])


def _describe(tx: Transaction, tie_id: str) -> None:
    senior = whole_number(request.form.get("senior", ""))
    values: dict[str, object] = {"shared_past": request.form.get("past", "").strip()}
    if senior is not None and senior in list(Senior):
        values["senior"] = Senior(senior)
    ties.describe(tx, owner=account().id, id=tie_id, **values)


def _seniors() -> list[tuple[int, str]]:
    return [
        (Senior.SENIOR.value, _("Higher up than you")),
        (Senior.PEER.value, _("About where you are, or you don't know")),
        (Senior.JUNIOR.value, _("Just starting out")),
    ]


def _hours(free: FreeHours) -> dict[str, object]:
    spans = [(f"{span.begins:%H:%M}", f"{span.ends:%H:%M}") for span in free.spans]
    return {
        "weekdays": [(number, format_date(_MONDAY + timedelta(days=number), "EEEE")) for number in range(7)],
        "calling": free.weekdays,
        "spans": (spans + [("", "")] * _SPANS)[:_SPANS],
    }


def _span(number: int) -> Span | None:
    begins, ends = (request.form.get(f"{name}{number}", "").strip() for name in ("begins", "ends"))
    if not begins and not ends:
        return None
    return Span(_clock(begins), _clock(ends))


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise BadValue("hour", "This is no time of day. Write it as 16:30.") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("call_time", "Choose one of the times.") from None
    if moment.tzinfo is None:
        raise BadValue("call_time", "Choose one of the times.")
    return moment.astimezone(UTC)


def _local(day: date | None, hour: str, zone: str) -> datetime:
    if day is None:
        raise BadValue("call_time", "Choose one of the times.")
    return moment_of(day, _clock(hour.strip()), zone_of(zone))

"""The rules of an account on one page: seats, zone, quiet days and stretches, and every number with its source."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import available_timezones

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.ties.account import Stay, Stretch
from service.domain.ties.policy import NUMBERS, Number
from service.storage.following import policies, whereabouts
from service.storage.following.policies import Rules
from service.web.identity import account, signed_in
from service.web.pages.following.policy_wording import NUMBERS_IN_WORDS, SOURCES
from service.web.pages.following.ties import day_given
from service.web.pages.following.writing import formalities
from service.web.pages.language import current
from service.web.pages.telling import tell
from service.web.parts import parts

policy = Blueprint("policy", __name__)

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number of the policy: in words, the account's own value or "", ours, and where ours comes from."""

    name: str
    text: str
    value: str
    ours: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownStretch:
    span: str
    id: str = ""
    first: str = ""
    last: str = ""


@policy.get("/policy")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        rules = policies.of(tx, owner=account().id)
        today = policies.today(tx, owner=account().id)
    return render_template(
        "following/policy.html",
        rules={
            "budget": rules.account.policy.budget,
            "zone": rules.account.zone,
            "quiet_weekdays": rules.account.quiet_weekdays,
            "formality": rules.formality,
        },
        formalities=formalities(),
        towns=rules.towns,
        stays=[ShownStretch(_where(one), id=id_) for id_, one in rules.stays if one.last >= today],
        today=today.isoformat(),
        zones=sorted({rules.account.zone, *ZONES}),
        weekdays=[(number, format_date(_MONDAY + timedelta(days=number), "EEEE")) for number in range(7)],
        stretches=[ShownStretch(_span(one), id=id_) for id_, one in rules.stretches if one.last >= today],
        offered=_offered(rules, today),
        numbers=[_shown(one, rules) for one in NUMBERS.values() if one.name != "budget"],
    )


@policy.post("/policy")
@signed_in
def save() -> Response:
    """Seats, zone and quiet days; what was planned otherwise is planned again."""
    weekdays = frozenset(int(day) for day in request.form.getlist("quiet") if day in set("0123456"))
    with parts().db.transaction() as tx:
        before = policies.of(tx, owner=account().id)
        budget = _number("budget", request.form.get("budget", ""))
        if budget != before.account.policy.budget:
            policies.set_numbers(tx, owner=account().id, numbers={"budget": budget})
        if request.form.get("zone", "") != before.account.zone:
            policies.set_zone(tx, owner=account().id, zone=request.form.get("zone", ""))
        if weekdays != before.account.quiet_weekdays:
            policies.set_quiet_weekdays(tx, owner=account().id, weekdays=weekdays)
        if request.form.get("formality", "") != before.formality:
            policies.set_formality(tx, owner=account().id, formality=request.form.get("formality", ""))
    tell(_("Saved."))
    return redirect(url_for("pages.policy.page"), 303)


@policy.post("/policy/numbers")
@signed_in
def save_numbers() -> Response:
    """An empty box gives our own value back."""
    given = {name: _number(name, request.form[name]) for name in NUMBERS if name in request.form}
    with parts().db.transaction() as tx:
        policies.set_numbers(tx, owner=account().id, numbers=given)
    tell(_("Saved."))
    return redirect(url_for("pages.policy.page"), 303)


@policy.post("/policy/stretches")
@signed_in
def add_stretch() -> Response:
    first, last = day_given("first"), day_given("last")
    if first is None or last is None:
        raise BadValue("day", "This is no day. Choose one from the calendar.")
    with parts().db.transaction() as tx:
        policies.add_stretch(tx, owner=account().id, first=first, last=last)
    tell(_("These days are yours."))
    return redirect(url_for("pages.policy.page"), 303)


@policy.post("/policy/stretches/<uuid:id>/remove")
@signed_in
def drop_stretch(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        policies.drop_stretch(tx, owner=account().id, id=str(id))
    tell(_("Removed."))
    return redirect(url_for("pages.policy.page"), 303)


@policy.post("/policy/towns")
@signed_in
def add_town() -> Response:
    """A town of one's own, or with a day the town where one will be then."""
    first, last, name = day_given("first"), day_given("last"), request.form.get("town", "")
    with parts().db.transaction() as tx:
        if first is None:
            whereabouts.add_town(tx, owner=account().id, name=name)
        else:
            whereabouts.add_stay(tx, owner=account().id, name=name, first=first, last=last)
    tell(_("Saved."))
    return redirect(url_for("pages.policy.page", _anchor="towns"), 303)


@policy.post("/policy/towns/<uuid:id>/remove")
@signed_in
def drop_town(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        whereabouts.drop(tx, owner=account().id, id=str(id))
    tell(_("Removed."))
    return redirect(url_for("pages.policy.page", _anchor="towns"), 303)


def _number(name: str, text: str) -> int | None:
    text = text.strip()
    if not text and name != "budget":
        return None
    try:
        return int(text)
    except ValueError:
        low, high = NUMBERS[name].low, NUMBERS[name].high
        message = f"{name}: choose a whole number from {low} to {high}."
        raise BadValue("number_out_of_bounds", message) from None


def _shown(number: Number, rules: Rules) -> ShownNumber:
    own = rules.numbers.get(number.name)
    return ShownNumber(
        name=number.name,
        text=str(NUMBERS_IN_WORDS[number.name]),
        value="" if own is None else str(own),
        ours=str(number.default),
        source=str(SOURCES[number.source]),
    )


def _offered(rules: Rules, today: date) -> list[ShownStretch]:
    """August and the turn of the year, the next ones, where they are not kept free yet."""
    year = today.year + (today > date(today.year, 8, 31))
    august = Stretch(date(year, 8, 1), date(year, 8, 31))
    winter = Stretch(date(today.year, 12, 23), date(today.year + 1, 1, 6))
    kept = {one for _, one in rules.stretches}
    return [
        ShownStretch(_span(one), first=one.first.isoformat(), last=one.last.isoformat())
        for one in sorted((august, winter))
        if one not in kept
    ]


def _where(stay: Stay) -> str:
    return f"{stay.name}, {_span(stay)}"


def _span(stretch: Stretch | Stay) -> str:
    if stretch.first == stretch.last:
        return str(format_date(stretch.first, "EEEE d 'de' MMMM" if current() == "es" else "EEEE d MMMM"))
    return f"{format_date(stretch.first, 'd MMM')} – {format_date(stretch.last, 'd MMM y')}"

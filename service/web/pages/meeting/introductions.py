"""Introductions: whom to introduce to whom, those under way, and each on a page of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.introductions.course import UNDER_WAY, Step
from service.domain.introductions.invitation import event_of
from service.domain.reaching.calendar import calendar
from service.domain.ties.introduction import CameOf, Said
from service.domain.ties.tie import Source
from service.storage.database import Transaction
from service.storage.following import policies, ties
from service.storage.meeting import introduction_proposals
from service.storage.meeting import introductions as kept_introductions
from service.storage.meeting.introductions import Wanted
from service.storage.people import contacts
from service.storage.people.which import Which
from service.web.identity import account, signed_in
from service.web.pages.following.ties import day_given, undo_at
from service.web.pages.meeting.introduction_view import row_of, shown, shown_proposal, someone
from service.web.pages.telling import tell
from service.web.parts import parts

introductions = Blueprint("introductions", __name__)

FOUND_AT_MOST = 12
PROPOSED_AT_MOST = 8


@introductions.get("/introductions")
@signed_in
def listing() -> str:
    with parts().db.reading() as tx:
        owner, today = account().id, policies.today(tx, owner=account().id)
        courses = kept_introductions.recent(tx, owner=owner)
        found = introduction_proposals.proposals(tx, owner=owner, limit=PROPOSED_AT_MOST)
        return render_template(
            "meeting/introductions.html",
            proposals=[shown_proposal(tx, one) for one in found],
            under_way=[row_of(tx, one, today) for one in courses if one.step in UNDER_WAY],
            made=[row_of(tx, one, today) for one in courses if one.step is Step.MADE],
            over=[row_of(tx, one, today) for one in courses if one.step in (Step.DECLINED, Step.DROPPED)],
        )


@introductions.get("/introductions/new")
@signed_in
def new() -> str:
    """Choose the other one, and say who needs what."""
    query = request.args.get("q", "").strip()[:120]
    with parts().db.reading() as tx:
        one = ties.of_contact(tx, owner=account().id, contact_id=request.args.get("contact", ""))
        page = contacts.page(tx, owner=account().id, which=Which(query=query), limit=FOUND_AT_MOST)
        found = [row for row in page.rows if one is None or row.id != one.contact_id]
        promised = request.args.get("promise", "")
        promise = next((kept for kept in one.tie.promises if kept.id == promised), None) if one else None
        today = policies.today(tx, owner=account().id)
        return render_template(
            "meeting/introduction_new.html",
            one=someone(tx, one.tie.id) if one else None,
            promise=promise,
            found=found,
            query=query,
            first_day=today.isoformat(),
            tomorrow=(today + timedelta(days=1)).isoformat(),
        )


@introductions.post("/introductions")
@signed_in
def begin() -> Response:
    """Begin one: of a proposal, or by hand with a promise for a day."""
    with parts().db.transaction() as tx:
        one, far = (_tie(tx, request.form.get(name, "")) for name in ("one", "other"))
        promise, made = _promised(tx, one, far)
        wanted = Wanted(
            one=one,
            other=far,
            need=request.form.get("need", ""),
            offer=request.form.get("offer", ""),
            helps=request.form.get("who") == "other",
            promise_id=promise,
            asks_on=day_given("day") or policies.today(tx, owner=account().id),
        )
        course = kept_introductions.begin(tx, wanted, owner=account().id)
    undo = url_for("pages.introductions.take_back", id=course.id, act=made or None)
    tell(_("Begun. Nobody knows of it yet."), undo=undo)
    return redirect(url_for("pages.introductions.page", id=course.id), 303)


@introductions.post("/introductions/refuse")
@signed_in
def refuse() -> Response:
    """Not these two: the pair is not proposed again."""
    with parts().db.transaction() as tx:
        one, far = (_tie(tx, request.form.get(name, "")) for name in ("one", "other"))
        wanted = Wanted(one=one, other=far, need=request.form.get("need", ""))
        course = kept_introductions.begin(tx, wanted, owner=account().id, closed=True)
    tell(_("Not these two."), undo=url_for("pages.introductions.take_back", id=course.id))
    return redirect(url_for("pages.introductions.listing"), 303)


@introductions.get("/introductions/<uuid:id>")
@signed_in
def page(id: UUID) -> str:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        today = policies.today(tx, owner=account().id)
        one = shown(tx, kept_introductions.get(tx, owner=account().id, id=str(id)), today)
    return render_template("meeting/introduction.html", one=one, first_day=today.isoformat())


@introductions.post("/introductions/<uuid:id>")
@signed_in
def act(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Do what the button said; each of them can be undone."""
    name = next((name for name in _ACTS if name in request.form), "")
    if not name:
        raise BadValue("act", "The page is out of date. Load it again.")
    with parts().db.transaction() as tx:
        _ACTS[name](tx, str(id), request.form[name])
    return redirect(_at(str(id)), 303)


@introductions.post("/introductions/<uuid:id>/back")
@signed_in
def take_back(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """As if it had never been begun, and the promise that was made with it."""
    with parts().db.transaction() as tx:
        kept_introductions.take_back(tx, owner=account().id, id=str(id), promised=request.args.get("act", ""))
    tell(_("Undone."))
    return redirect(url_for("pages.introductions.listing"), 303)


@introductions.post("/introductions/<uuid:id>/up")
@signed_in
def take_up(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Go on with what was given up."""
    with parts().db.transaction() as tx:
        kept_introductions.drop(tx, owner=account().id, id=str(id), dropped=False)
    tell(_("Taken up again."))
    return redirect(_at(str(id)), 303)


@introductions.get("/introductions/<uuid:id>/meeting.ics")
@signed_in
def invitation(id: UUID) -> FlaskResponse:  # noqa: A002 - the name in the address
    """The meeting of three as a file for any calendar."""
    with parts().db.reading() as tx:
        course = kept_introductions.get(tx, owner=account().id, id=str(id))
        names = [someone(tx, tie).name for tie in (course.a, course.b)]
        zone = policies.of(tx, owner=account().id).account.zone
    event = event_of(course, summary=_("Coffee: %(one)s and %(two)s", one=names[0], two=names[1]), zone=zone)
    response = make_response(calendar([event]))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


def _said(tx: Transaction, id_: str, word: str) -> None:
    if word not in list(Said):
        raise BadValue("answer", "This is no answer to the question. Load the page again.")
    side = request.form.get("side", "")
    done = kept_introductions.say(tx, owner=account().id, id=id_, side="b" if side == "b" else "a", word=Said(word))
    tell(_("Written down."), undo=undo_at(done.id, _at(id_)))


def _outcome(tx: Transaction, id_: str, word: str) -> None:
    if word not in list(CameOf):
        raise BadValue("answer", "This is no answer to the question. Load the page again.")
    done = kept_introductions.came_of(tx, owner=account().id, id=id_, outcome=CameOf(word))
    tell(_("Written down, with both of them."), undo=undo_at(done.id, _at(id_)))


def _drop(tx: Transaction, id_: str, _word: str) -> None:
    kept_introductions.drop(tx, owner=account().id, id=id_)
    tell(_("Given up."), undo=url_for("pages.introductions.take_up", id=id_))


def _met(tx: Transaction, id_: str, _word: str) -> None:
    kept_introductions.met(tx, owner=account().id, id=id_)
    tell(_("Written down, with both of them."))


def _meet(tx: Transaction, id_: str, word: str) -> None:
    day = day_given("day") if word != "off" else None
    values: dict[str, Any] = {"at": request.form.get("at", ""), "place": request.form.get("place", "")}
    kept_introductions.meet(tx, owner=account().id, id=id_, day=day, **values)
    tell(_("Saved."))


_ACTS: dict[str, Callable[[Transaction, str, str], None]] = {
    "said": _said,
    "outcome": _outcome,
    "drop": _drop,
    "met": _met,
    "meet": _meet,
}


def _tie(tx: Transaction, contact_id: str) -> str:
    """The tie with a contact, begun if need be."""
    return ties.begin(tx, owner=account().id, contact_id=contact_id, source=Source.HAND)


def _promised(tx: Transaction, one: str, far: str) -> tuple[str, str]:
    """The promise that the introduction keeps: one made before, or one made with it; and the act of the latter."""
    before = request.form.get("promise", "")
    if before or "promised" not in request.form:
        return before, ""
    due = day_given("day") or policies.today(tx, owner=account().id) + timedelta(days=1)
    text = _("an introduction to %(name)s", name=someone(tx, far).name)
    id_ = ties.add_promise(tx, owner=account().id, id=one, text=text, due_on=due)
    known = ties.get(tx, owner=account().id, id=one)
    return id_, next(promise.act for promise in known.tie.promises if promise.id == id_)


def _at(id_: str) -> str:
    return url_for("pages.introductions.page", id=id_)

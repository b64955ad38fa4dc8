"""Today: its share of the week, one touch a screen, and the questions that wait for a word."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.drafts.selling import sells
from service.domain.errors import BadValue, NotFound
from service.domain.ties.act import Act
from service.domain.ties.introduction import introduction_of
from service.domain.ties.touch import Channel, Kind
from service.drafting import NOTE_OF_GAP
from service.storage.database import Transaction
from service.storage.following import calls, deeds, policies, sorting, ties, touches, weeks
from service.storage.following.touches import KeptTouch
from service.storage.following.weeks import Settled
from service.storage.meeting import introductions
from service.storage.people import contacts
from service.web.identity import account, signed_in
from service.web.pages.following import sending
from service.web.pages.following.asking import AskedNow, next_question, relevant
from service.web.pages.following.tie_wording import GAPS, HEADINGS
from service.web.pages.following.ties import day_given, undo_at
from service.web.pages.following.touch_view import row_of, shown
from service.web.pages.language import current, remember
from service.web.pages.meeting.gathering_tasks import one_each, row_of_task, task_of
from service.web.pages.telling import tell
from service.web.parts import parts

today = Blueprint("today", __name__)

AFTERWARDS = 20
"""Rows below the first touch: a share of the week is seldom more than five."""


@dataclass(frozen=True, slots=True)
class MoreSeats:
    """The one tap after an event."""

    text: str
    button: str
    extra: int


@today.get("/today")
@signed_in
def page() -> str:
    remember(current())
    settled = weeks.settled(parts().db, owner=account().id)
    with parts().db.reading() as tx:
        shares = one_each(_asked_first(tx, settled, request.args.get("touch", "")))
        question = _question(tx, shares, settled)
        task = task_of(tx, shares[0]) if shares else None
        first = shown(tx, shares[0], rules=settled.rules, today=settled.today) if shares and not task else None
        later = shares if task and question else shares[1:]
        after = [row_of_task(tx, kept) or row_of(tx, kept) for kept in later[:AFTERWARDS]]
        states = sending.states_of(tx, shares)
        to_sort = sorting.count(tx, owner=account().id)
        anybody = bool(shares) or bool(contacts.page(tx, owner=account().id, limit=1).rows)
    return render_template(
        "following/today.html",
        date=_date(settled.today),
        heading=_heading(len(shares), question),
        first=first,
        task=task,
        after=after,
        states=states,
        question=question,
        more_seats=_more_seats(settled),
        sort_waiting=to_sort,
        empty=not shares and not question,
        closing=_closing(settled, len(shares)) if anybody else _beginning(),
    )


@today.post("/today/<uuid:id>")
@signed_in
def act(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Do what the button said to the touch; each of them can be undone."""
    name = request.form.get("act", "")
    if name not in _ACTS:
        raise BadValue("act", "The page is out of date. Load it again.")
    with parts().db.transaction() as tx:
        kept = touches.get(tx, owner=account().id, id=str(id))
        stay = _ACTS[name](tx, kept)
    return redirect(url_for("pages.today.page", touch=kept.id if stay else None), 303)


@today.post("/today/<uuid:id>/opened")
@signed_in
def opened(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """A program was opened with the draft; coming back, the page asks once whether it was sent."""
    try:
        channel = Channel(request.form.get("channel", ""))
    except ValueError:
        raise BadValue("channel", "This is no way to write to anybody.") from None
    with parts().db.transaction() as tx:
        calls.offer(tx, owner=account().id, touch=touches.get(tx, owner=account().id, id=str(id)))
        touches.opened(tx, owner=account().id, id=str(id), channel=channel, draft=request.form.get("text", ""))
    return redirect(url_for("pages.today.page", touch=id), 303)


@today.post("/today/selling")
@signed_in
def selling() -> dict[str, Any]:
    """Which words of a text read like a pitch."""
    return {"sells": [span.word for span in sells(request.form.get("text", "")[:5000])]}


def _asked_first(tx: Transaction, settled: Settled, wanted: str) -> list[KeptTouch]:
    """The share of the day, the touch that was asked for in front, also one out of its turn."""
    shares = sending.those_on_their_way_last(tx, list(settled.share))
    if wanted:
        try:
            asked_for = touches.get(tx, owner=account().id, id=wanted)
        except NotFound:
            return shares
        if asked_for.state == "planned":
            return [asked_for, *(kept for kept in shares if kept.id != asked_for.id)]
    return shares


def _question(tx: Transaction, shares: list[KeptTouch], settled: Settled) -> AskedNow | None:
    """What waits for a word; and of somebody dormant first of all whether one would still like to hear of him."""
    if "touch" not in request.args and (waiting := next_question(tx, settled.today)):
        return waiting
    if shares and shares[0].touch.kind is Kind.RECONNECT:
        return relevant(tx, shares[0], ties.get(tx, owner=account().id, id=shares[0].touch.tie))
    return None


def _done(tx: Transaction, kept: KeptTouch) -> bool:
    way = request.form.get("channel", "")
    channel = Channel(way) if way in list(Channel) else None
    text = request.form.get("text", "")
    calls.offer(tx, owner=account().id, touch=kept)
    done = touches.done(tx, owner=account().id, id=kept.id, channel=channel, text=text)
    name = _name(tx, kept)
    if done.first:
        _tell(_("Done: %(name)s.", name=name), done.act)
    else:
        tell(_("It was done already: %(name)s.", name=name))
    return False


def _postpone(day: date | None, tx: Transaction, kept: KeptTouch) -> bool:
    settled_day = day or policies.today(tx, owner=account().id) + timedelta(days=1)
    done = touches.postpone(tx, owner=account().id, id=kept.id, day=settled_day)
    _tell(_("%(name)s: on %(day)s.", name=_name(tx, kept), day=_said(settled_day)), done)
    return False


def _skip(tx: Transaction, kept: KeptTouch) -> bool:
    done = touches.skip(tx, owner=account().id, id=kept.id)
    _tell(_("Not this one: %(name)s.", name=_name(tx, kept)), done)
    return False


def _swap(kind: str, tx: Transaction, kept: KeptTouch) -> bool:
    if kind not in list(Kind):
        raise BadValue("kind", "Choose one of the list.")
    done = touches.swap(tx, owner=account().id, id=kept.id, kind=Kind(kind))
    _tell(_("Changed."), done)
    return True


def _let_go(tx: Transaction, kept: KeptTouch) -> bool:
    name = _name(tx, kept)
    done = deeds.let_go(tx, owner=account().id, tie_id=kept.touch.tie)
    if done is None:
        tell(_("There is a promise to %(name)s open. Keep it, or drop it first.", name=name))
        return True
    _tell(_("%(name)s was let go. The card stays in the drawer.", name=name), done)
    return False


def _release(tx: Transaction, kept: KeptTouch) -> bool:
    promise = kept.touch.cause.partition(":")[2]
    done = touches.release(tx, owner=account().id, promise_id=promise)
    _tell(_("The promise to %(name)s was dropped.", name=_name(tx, kept)), done)
    return False


def _not_sent(tx: Transaction, kept: KeptTouch) -> bool:
    touches.not_sent(tx, owner=account().id, id=kept.id)
    return True


def _note(tx: Transaction, kept: KeptTouch) -> bool:
    """What the draft asked for: noted for good where it is worth it, else told for this touch alone."""
    about, text = request.form.get("about", ""), request.form.get("note", "").strip()
    if about not in GAPS or not text:
        return True
    if about == "need" and (introduction := introduction_of(kept.touch.cause)):
        introductions.describe(tx, owner=account().id, id=introduction, need=text)
    elif about in NOTE_OF_GAP:
        ties.add_note(tx, owner=account().id, id=kept.touch.tie, kind=NOTE_OF_GAP[about], text=text)
    else:
        touches.tell(tx, owner=account().id, id=kept.id, about=about, text=text)
    return True


_ACTS: dict[str, Any] = {
    "done": _done,
    "send": sending.send,
    "tomorrow": lambda tx, kept: _postpone(None, tx, kept),
    "postpone": lambda tx, kept: _postpone(day_given("day"), tx, kept),
    "skip": _skip,
    "nothing_to_give": lambda tx, kept: _swap(Kind.HELLO, tx, kept),
    "swap": lambda tx, kept: _swap(request.form.get("kind", ""), tx, kept),
    "let_go": _let_go,
    "release": _release,
    "not_sent": _not_sent,
    "note": _note,
}


def _tell(text: str, done: Act) -> None:
    tell(text, undo=undo_at(done.id, url_for("pages.today.page")))


def _name(tx: Transaction, kept: KeptTouch) -> str:
    return row_of(tx, kept).name


def _date(day: date) -> str:
    """A day with its name, as a line of its own."""
    said = _said(day)
    return said[:1].upper() + said[1:]


def _said(day: date) -> str:
    """A day with its name, as one says it."""
    return str(format_date(day, "EEEE d 'de' MMMM" if current() == "es" else "EEEE d MMMM"))


def _heading(count: int, question: AskedNow | None) -> str:
    if not count and question:
        return str(_("One question"))
    if count < len(HEADINGS):
        return str(HEADINGS[count])
    return str(ngettext("%(num)d thing today", "%(num)d things today", count))


def _more_seats(settled: Settled) -> MoreSeats | None:
    week, offer = settled.week, settled.offer
    if not offer:
        return None
    return MoreSeats(
        text=_("Seats for %(chosen)d of %(due)d new people.", chosen=week.fresh_chosen, due=week.fresh_due),
        button=ngettext("Write to %(num)d more this week", "Write to %(num)d more this week", offer),
        extra=offer,
    )


def _beginning() -> str:
    return str(_("Once you have confirmed your first card, whom to write to stands here, and why."))


def _closing(settled: Settled, count: int) -> str:
    later = len(settled.week.chosen) - count
    if not count:
        week = _("You owe nobody anything this week. Enjoy it.")
        return str(_("You owe nobody anything today. Enjoy it.") if later else week)
    if later > 0:
        text = ngettext("And that is all. %(num)d more this week.", "And that is all. %(num)d more this week.", later)
        return str(text)
    return str(_("And that is all."))

"""What a person does about a tie on its contact's page: note, promise, log, ask, move, let go; and undo of any act."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.ties.act import Act
from service.domain.ties.circle import Circle
from service.domain.ties.note import NoteKind
from service.domain.ties.tie import Source
from service.storage.database import Transaction
from service.storage.following import deeds, policies, replies, sought, touches
from service.storage.following import ties as kept_ties
from service.storage.people import contacts
from service.web.identity import account, signed_in
from service.web.pages.following.tie_wording import LOGS
from service.web.pages.following.writing import chosen
from service.web.pages.language import inside
from service.web.pages.telling import tell
from service.web.pages.typed import whole_number
from service.web.parts import parts

ties = Blueprint("ties", __name__)

_TALKS = frozenset({"call", "coffee", "visit", "gathering"})
_GIFTS = frozenset({"referral", "favour", "client"})
_REPLY = {"kind": "kind", "on": "on", "reply": "answer", "line": "line"}


@ties.post("/contacts/<uuid:id>/tie")
@signed_in
def act(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Do what the button said, and come back to the contact."""
    with parts().db.transaction() as tx:
        contact = contacts.get(tx, owner=account().id, id=str(id))
        name = request.form.get("act") or ("log" if "log" in request.form else "")
        known = kept_ties.of_contact(tx, owner=account().id, contact_id=contact.id)
        if known is None:
            kept_ties.begin(tx, owner=account().id, contact_id=contact.id, source=Source.HAND)
        elif name != "begin":
            _DEEDS.get(name, _unknown)(tx, known.tie.id)
    return redirect(url_for("pages.contacts.page", id=id), 303)


@ties.post("/acts/<uuid:id>/undo")
@signed_in
def undo(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Undo an act, from wherever it was told, and go back there."""
    with parts().db.transaction() as tx:
        fallen = touches.undo(tx, owner=account().id, act_id=str(id))
    tell(_("Undone.") if fallen else _("That was undone before."))
    return redirect(inside(request.args.get("next", "/today")), 303)


@ties.post("/contacts/<uuid:id>/question")
@signed_in
def reply(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Answer a question about a tie, from Today or from its page."""
    back = inside(request.form.get("next", "/today"))
    with parts().db.transaction() as tx:
        known = kept_ties.of_contact(tx, owner=account().id, contact_id=str(id))
        if known is None:
            abort(404)
        done = _replied(tx, known.tie.id)
    if done:
        tell(_("Written down."), undo=undo_at(done.id, back))
    return redirect(back, 303)


@ties.post("/notes/<uuid:id>/back")
@signed_in
def bring_back(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Undo that a note was removed."""
    with parts().db.transaction() as tx:
        kept_ties.drop_note(tx, owner=account().id, note_id=str(id), dropped=False)
    tell(_("Undone."))
    return redirect(inside(request.args.get("next", "/contacts")), 303)


def undo_at(act_id: str, back: str) -> str:
    """Where a told line posts to in order to undo an act."""
    return url_for("pages.ties.undo", id=act_id, next=back)


def _replied(tx: Transaction, tie_id: str) -> Act | None:
    given = {name: request.form.get(field, "") for name, field in _REPLY.items()}
    return replies.reply(tx, owner=account().id, tie_id=tie_id, day=day_given("day"), **given)


def _note(tx: Transaction, tie_id: str) -> None:
    try:
        kind = NoteKind(request.form.get("kind", ""))
    except ValueError:
        raise BadValue("note_kind", "Say what kind of note it is.") from None
    kept_ties.add_note(tx, owner=account().id, id=tie_id, kind=kind, text=request.form.get("line", ""))


def _drop_note(tx: Transaction, _tie_id: str) -> None:
    note = request.form.get("note", "")
    kept_ties.drop_note(tx, owner=account().id, note_id=note)
    tell(_("The note was removed."), undo=url_for("pages.ties.bring_back", id=note, next=_here()))


def _write_how(tx: Transaction, tie_id: str) -> None:
    known = kept_ties.get(tx, owner=account().id, id=tie_id)
    kept_ties.describe(tx, owner=account().id, id=tie_id, **chosen(known))
    tell(_("Saved."))


def _promise(tx: Transaction, tie_id: str) -> None:
    day = day_given("day") or policies.today(tx, owner=account().id) + timedelta(days=1)
    kept_ties.add_promise(tx, owner=account().id, id=tie_id, text=request.form.get("line", ""), due_on=day)


def _release(tx: Transaction, _tie_id: str) -> None:
    done = touches.release(tx, owner=account().id, promise_id=request.form.get("promise", ""))
    tell(_("The promise was dropped."), undo=undo_at(done.id, _here()))


def _star(starred: bool) -> Callable[[Transaction, str], None]:  # noqa: FBT001 - one of two buttons
    return lambda tx, tie_id: kept_ties.describe(tx, owner=account().id, id=tie_id, starred=starred)


def _circle(tx: Transaction, tie_id: str) -> None:
    """The slider gives a place, 0 for the nearest."""
    order = list(Circle)
    place = whole_number(request.form.get("circle", ""))
    if place is None or place >= len(order):
        raise BadValue("circle", "Choose one of the five circles.")
    done = deeds.move(tx, owner=account().id, tie_id=tie_id, circle=order[place])
    if done:
        tell(_("Moved to another circle."), undo=undo_at(done.id, _here()))


def _log(tx: Transaction, tie_id: str) -> None:
    what = request.form.get("log", "")
    if what in _TALKS:
        done = deeds.talked(tx, owner=account().id, tie_id=tie_id, talk=what)
    elif what in _GIFTS:
        done = deeds.received(tx, owner=account().id, tie_id=tie_id, gift=what)
    elif what == "met":
        done = deeds.met(tx, owner=account().id, tie_id=tie_id)
    elif what == "wrote":
        done = deeds.they_wrote(tx, owner=account().id, tie_id=tie_id)
    else:
        raise BadValue("log", "Say what happened.")
    tell(_("Written down: %(what)s.", what=str(LOGS[what])), undo=undo_at(done.id, _here()))


def _ask(tx: Transaction, tie_id: str) -> None:
    reason = request.form.get("reason", "")
    seeking = request.form.get("seeking", "")
    done = deeds.plan_ask(tx, owner=account().id, tie_id=tie_id, reason=reason, text=seeking.strip())
    sought.remember(tx, owner=account().id, text=seeking)
    tell(_("It is on Today."), open=url_for("pages.today.page"), undo=undo_at(done.id, _here()))


def _let_go(tx: Transaction, tie_id: str) -> None:
    done = deeds.let_go(tx, owner=account().id, tie_id=tie_id)
    if done is None:
        tell(_("There is a promise open. Keep it, or drop it first."))
    else:
        tell(_("Let go. The card stays in the drawer."), undo=undo_at(done.id, _here()))


def _revive(tx: Transaction, tie_id: str) -> None:
    done = deeds.revive(tx, owner=account().id, tie_id=tie_id)
    tell(_("Taken up again."), undo=undo_at(done.id, _here()))


def _undo(tx: Transaction, _tie_id: str) -> None:
    fallen = touches.undo(tx, owner=account().id, act_id=request.form.get("which", ""))
    tell(_("Undone.") if fallen else _("That was undone before."))


def _unknown(_tx: Transaction, _tie_id: str) -> None:
    raise BadValue("act", "The page is out of date. Load it again.")


def day_given(name: str) -> date | None:
    """A day of the form; None for an empty one."""
    text = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadValue("day", "This is no day. Choose one from the calendar.") from None


def _here() -> str:
    return request.path.removesuffix("/tie")


_DEEDS: dict[str, Callable[[Transaction, str], None]] = {
    "note": _note,
    "drop_note": _drop_note,
    "promise": _promise,
    "release": _release,
    "write_how": _write_how,
    "star": _star(True),
    "unstar": _star(False),
    "circle": _circle,
    "log": _log,
    "ask": _ask,
    "let_go": _let_go,
    "revive": _revive,
    "undo": _undo,
}

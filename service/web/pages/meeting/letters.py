"""Invitations, reminders and thank-yous, one after the other: each opens in the user's own program, and is ticked off."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.gatherings.gathering import Gathering
from service.domain.ties.invited import invite_cause, thank_cause
from service.domain.ties.touch import Channel
from service.storage.database import Transaction
from service.storage.following import policies, touches
from service.storage.following.planning import PLANNED
from service.storage.following.touches import KeptTouch
from service.storage.meeting import gatherings, guests, inviting
from service.storage.meeting.guests import Guest
from service.web.guest_letters import letter_to
from service.web.identity import account, signed_in
from service.web.pages.following.ties import undo_at
from service.web.pages.following.touch_view import TouchWay, ways_for
from service.web.pages.language import current
from service.web.pages.meeting import reminding
from service.web.pages.meeting.gathering_view import to_invite, to_remind, to_thank
from service.web.pages.meeting.gathering_wording import when
from service.web.pages.telling import tell
from service.web.parts import parts

letters = Blueprint("letters", __name__)

WHO: Final[dict[str, Callable[[list[Guest]], list[Guest]]]] = {
    "invitations": to_invite,
    "reminders": to_remind,
    "thanks": to_thank,
}
_CAUSES: Final = {"invitations": invite_cause, "thanks": thank_cause}
_CHATS: Final = frozenset({Channel.WHATSAPP, Channel.SMS, Channel.LINKEDIN})


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter to one guest, as the sheet shows it."""

    guest_id: str
    contact_id: str
    name: str
    subject: str
    text: str
    language: str
    rows: int
    ways: tuple[TouchWay, ...]
    channel: str
    was_opened: bool
    sender: str = ""


@letters.get("/gatherings/<uuid:id>/letters/<what>")
@signed_in
def page(id: UUID, what: str) -> str | Response:  # noqa: A002 - the name in the address
    """The one that was asked for, else the first that waits."""
    who = WHO.get(what) or abort(404)
    with parts().db.reading() as tx:
        gathering = gatherings.get(tx, owner=account().id, id=str(id))
        waiting = who(guests.of_gathering(tx, owner=account().id, gathering_id=gathering.id))
        if not waiting:
            return redirect(url_for("pages.gatherings.page", id=id))
        wanted = request.args.get("guest", "")
        waiting.sort(key=lambda guest: guest.id != wanted)
        letter = _shown(tx, gathering, waiting[0], what)
    return render_template(
        "meeting/letters.html",
        gathering=gathering,
        when=when(gathering),
        what=what,
        heading=_heading(what, len(waiting)),
        letter=letter,
        after=waiting[1:],
    )


@letters.post("/gatherings/<uuid:id>/letters/<what>/<uuid:guest>")
@signed_in
def act(id: UUID, what: str, guest: UUID) -> Response:  # noqa: A002 - the name in the address
    """It went out; or not yet."""
    if what not in WHO:
        abort(404)
    way = request.form.get("channel", "")
    channel = Channel(way) if way in list(Channel) else None
    with parts().db.transaction() as tx:
        known = guests.get(tx, owner=account().id, id=str(guest))
        if request.form.get("act") == "send" and what == "reminders":
            reminding.send(tx, known)
        elif request.form.get("act") == "not_sent":
            if planned := _planned(tx, known, what):
                touches.not_sent(tx, owner=account().id, id=planned.id)
        else:
            _sent(tx, known, what, channel, request.form.get("text", ""))
    return redirect(url_for("pages.letters.page", id=id, what=what), 303)


@letters.post("/gatherings/<uuid:id>/letters/<what>/<uuid:guest>/opened")
@signed_in
def opened(id: UUID, what: str, guest: UUID) -> Response:  # noqa: A002 - the name in the address
    """A program was opened with the letter; coming back, the page asks whether it was sent."""
    way = request.form.get("channel", "")
    with parts().db.transaction() as tx:
        known = guests.get(tx, owner=account().id, id=str(guest))
        planned = _planned(tx, known, what)
        if planned and way in list(Channel):
            text = request.form.get("text", "")
            touches.opened(tx, owner=account().id, id=planned.id, channel=Channel(way), draft=text)
    return redirect(url_for("pages.letters.page", id=id, what=what, guest=guest), 303)


def _shown(tx: Transaction, gathering: Gathering, guest: Guest, what: str) -> ShownLetter:
    rules, today = policies.of(tx, owner=account().id), policies.today(tx, owner=account().id)
    known: dict[str, Any] = {"person": account(), "rules": rules, "page": current(), "today": today}
    letter = letter_to(tx, guest, gathering, what, **known)
    if letter.channel not in _CHATS:
        letter = letter_to(tx, guest, gathering, what, chat=False, **known)
    planned = _planned(tx, guest, what)
    text = (planned.draft if planned else "") or letter.draft.text
    ways = tuple(ways_for(letter.fields, letter.channel, subject=letter.draft.subject, text=text))
    return ShownLetter(
        guest_id=guest.id,
        contact_id=guest.contact_id,
        name=guest.name,
        subject=letter.draft.subject,
        text=text,
        language=letter.language,
        rows=min(14, sum(1 + len(line) // 34 for line in text.split("\n"))),
        ways=ways,
        channel=ways[0].channel if ways else "",
        was_opened=bool(planned and planned.opened_by),
        sender=reminding.sender(tx, letter.fields) if what == "reminders" else "",
    )


def _planned(tx: Transaction, guest: Guest, what: str) -> KeptTouch | None:
    """The touch behind the letter, where one is planned."""
    if what not in _CAUSES:
        return None
    key = (guest.tie_id, _CAUSES[what](guest.gathering_id))
    found = touches.by_keys(tx, owner=account().id, keys=[key]).get(key)
    return found if found and found.state == PLANNED else None


def _sent(tx: Transaction, guest: Guest, what: str, channel: Channel | None, text: str) -> None:
    owner = account().id
    if what == "reminders":
        inviting.reminded(tx, owner=owner, guest_id=guest.id, day=policies.today(tx, owner=owner))
        tell(_("Done: %(name)s.", name=guest.name))
        return
    do = inviting.invited if what == "invitations" else inviting.thanked
    sent, first = do(tx, owner=owner, guest_id=guest.id, channel=channel, text=text)
    back = url_for("pages.letters.page", id=guest.gathering_id, what=what, guest=guest.id)
    if first:
        tell(_("Done: %(name)s.", name=guest.name), undo=undo_at(sent.id, back))
    else:
        tell(_("It was done already: %(name)s.", name=guest.name))


def _heading(what: str, count: int) -> str:
    if what == "invitations":
        return str(ngettext("%(num)d invitation", "%(num)d invitations", count))
    if what == "reminders":
        return str(ngettext("%(num)d reminder", "%(num)d reminders", count))
    return str(ngettext("%(num)d thank-you", "%(num)d thank-yous", count))

"""A gathering as its page shows it: what comes next, who comes, and what it brought."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.gatherings.gathering import Gathering, Reply
from service.storage.meeting.guests import Guest
from service.web.pages.meeting.gathering_wording import REPLIES


@dataclass(frozen=True, slots=True)
class NextAct:
    """The biggest thing on the page; `what` is "" where nothing waits."""

    what: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people: guests who come, with those whom they bring; those who may; those who said nothing yet."""

    coming: int
    perhaps: int
    not_coming: int
    silent: int
    came: int


def counted(guests: list[Guest]) -> Counted:
    return Counted(
        coming=sum(guest.seats for guest in guests if guest.comes),
        perhaps=sum(guest.seats for guest in guests if guest.answer == Reply.MAYBE),
        not_coming=sum(guest.answer == Reply.NO for guest in guests),
        silent=sum(not guest.answer for guest in guests),
        came=sum(bool(guest.came) + guest.guest_came for guest in guests),
    )


def to_invite(guests: list[Guest]) -> list[Guest]:
    return [guest for guest in guests if not guest.invited and not guest.answer and not guest.came]


def to_remind(guests: list[Guest]) -> list[Guest]:
    """Who comes or may come, and was not reminded yet."""
    return [guest for guest in guests if guest.answer in (Reply.YES, Reply.MAYBE) and not guest.reminded_on]


def to_thank(guests: list[Guest]) -> list[Guest]:
    return [guest for guest in guests if guest.came and not guest.thanked]


def to_keep(guests: list[Guest]) -> list[Guest]:
    """Whose own guest came and is no contact yet."""
    return [guest for guest in guests if guest.guest_came and not guest.guest_tie_id]


def next_act(gathering: Gathering, guests: list[Guest], today: date) -> NextAct:
    """One thing at a time: the list, the invitations, the reminder, the door, the thank-yous."""
    if gathering.cancelled:
        return NextAct("", "")
    if today < gathering.day:
        return _before(gathering, guests, today)
    if today <= gathering.ends:
        return NextAct("door", _("The list for the door"), _("Tick who comes in."))
    return _after(guests)


def answer_of(guest: Guest) -> str:
    """What is said beside a name: the answer, or whether they were written to at all."""
    if not guest.answer and not guest.invited:
        return str(_("Not invited yet"))
    return str(REPLIES[guest.answer])


def _before(gathering: Gathering, guests: list[Guest], today: date) -> NextAct:
    if not guests:
        return NextAct("guests", _("Choose your guests"), _("Who shares it comes first."))
    if waiting := len(to_invite(guests)):
        text = ngettext("%(num)d invitation", "%(num)d invitations", waiting)
        return NextAct("invitations", text, _("One after the other, each in your own words."))
    if (gathering.day - today).days == 1 and (waiting := len(to_remind(guests))):
        text = ngettext("%(num)d reminder", "%(num)d reminders", waiting)
        return NextAct("reminders", text, _("It is tomorrow."))
    return NextAct("", "")


def _after(guests: list[Guest]) -> NextAct:
    if waiting := len(to_thank(guests)):
        text = ngettext("%(num)d thank-you", "%(num)d thank-yous", waiting)
        return NextAct("thanks", text, _("While it is fresh."))
    if guests and not any(guest.came or guest.guest_came for guest in guests):
        return NextAct("door", _("Who came?"), _("Tick them, and thank them."))
    return NextAct("", "")

"""Sending a touch's draft from one's own address: the button on Today, and what became of its mail."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, after_this_request, request, url_for
from flask_babel import gettext as _

from service.domain.drafts.filling import GAP
from service.domain.errors import BadValue
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.reaching.mail import UNDER_WAY, MailState
from service.domain.ties.touch import Channel
from service.storage.database import Transaction
from service.storage.following import calls, sent_touches, touches
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts
from service.storage.reaching import mail_settings, outgoing
from service.web.identity import account
from service.web.pages.reaching.mail_wording import state_of
from service.web.pages.reaching.outbox import ShownMail, shown
from service.web.pages.telling import tell
from service.web.parts import parts


@dataclass(frozen=True, slots=True)
class Sending:
    """`sender` is the own address that the button sends from, "" without one; `mail` is what was begun or failed."""

    sender: str = ""
    mail: ShownMail | None = None


def sending_of(tx: Transaction, kept: KeptTouch, fields: CardFields) -> Sending:
    settings = mail_settings.of(tx, owner=account().id)
    mail = outgoing.of_touches(tx, owner=account().id, ids=[kept.id]).get(kept.id)
    over = mail is None or mail.state in (MailState.SENT, MailState.WITHDRAWN)
    return Sending(settings.from_address if fields.emails else "", None if over or mail is None else shown(mail))


def states_of(tx: Transaction, kept: list[KeptTouch]) -> dict[str, str]:
    """How far the mails of touches got, in words, of those that have one and are not done."""
    mails = outgoing.of_touches(tx, owner=account().id, ids=[one.id for one in kept])
    over = (MailState.SENT, MailState.WITHDRAWN)
    return {touch: state_of(mail) for touch, mail in mails.items() if mail.state not in over}


def those_on_their_way_last(tx: Transaction, kept: list[KeptTouch]) -> list[KeptTouch]:
    """What is being sent needs nobody: the next touch comes first."""
    mails = outgoing.of_touches(tx, owner=account().id, ids=[one.id for one in kept])
    return sorted(kept, key=lambda one: one.id in mails and mails[one.id].state in UNDER_WAY)


def send(tx: Transaction, kept: KeptTouch) -> bool:
    """Have the text of the form sent; the touch is done when the server has taken it."""
    fields = fields_of(contacts.get(tx, owner=account().id, id=kept.contact_id).vcard)
    if not mail_settings.of(tx, owner=account().id).host:
        raise BadValue("no_own_server", "Set your own mail server first.")
    if not fields.emails:
        raise BadValue("no_mail_address", "This contact has no mail address. Add one first.")
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    subject = request.form.get("subject", "").strip()[:300]
    if not text:
        raise BadValue("nothing_said", "Write what you want to say.")
    if missing := _missing(subject, text):
        # The text as it stands is kept, and the person comes back to it.
        touches.opened(tx, owner=account().id, id=kept.id, channel=Channel.MAIL, draft=text)
        touches.not_sent(tx, owner=account().id, id=kept.id)
        tell(missing)
        return True
    calls.offer(tx, owner=account().id, touch=kept)
    said = {"subject": subject, "text": text + "\n"}
    id_ = sent_touches.send(tx, owner=account().id, id=kept.id, to=fields.emails[0], to_name=fields.shown_as, **said)
    after_this_request(_ring(id_))
    tell(_("On its way to %(name)s.", name=fields.shown_as), open=url_for("pages.outbox.page", id=id_))
    return False


def _missing(subject: str, text: str) -> str:
    """What is still to be said before it can go: a program of one's own would show it, but here a press sends."""
    if GAP in text or GAP in subject:
        return str(_("There is a gap in the text (%(gap)s). Fill it before you send it.", gap=GAP))
    return "" if subject else str(_("Write a subject before you send it."))


def ring_after(id_: str) -> None:
    """Have a mail sent as soon as what was written is committed."""
    after_this_request(_ring(id_))


def _ring(id_: str) -> Callable[[Response], Response]:
    def ring(response: Response) -> Response:
        parts().queue.ring("send_mail", id_)
        return response

    return ring

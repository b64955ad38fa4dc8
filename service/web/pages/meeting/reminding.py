"""A reminder that goes out from the user's own address: one press, one message, once."""

from flask import request, url_for
from flask_babel import gettext as _

from service.domain.drafts.filling import GAP
from service.domain.errors import BadValue
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.reaching.mail import Route
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.meeting import inviting
from service.storage.meeting.guests import Guest
from service.storage.reaching import mail_settings, outgoing
from service.web.identity import account
from service.web.pages.following.sending import ring_after
from service.web.pages.telling import tell

KIND = "reminder"


def sender(tx: Transaction, fields: CardFields) -> str:
    """The own address that it would go out from; "" without a server, or where the guest has no address."""
    return mail_settings.of(tx, owner=account().id).from_address if fields.emails else ""


def send(tx: Transaction, guest: Guest) -> None:
    """Put it into the outbox and remember that they were reminded; the second press finds it done."""
    fields = fields_of(guest.vcard)
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    subject = request.form.get("subject", "").strip()[:300] or _("A reminder")
    if not sender(tx, fields):
        raise BadValue("no_own_server", "Set your own mail server first.")
    if not text or GAP in text:
        raise BadValue("nothing_said", "Write what you want to say.")
    today = policies.today(tx, owner=account().id)
    if not inviting.reminded(tx, owner=account().id, guest_id=guest.id, day=today):
        return tell(_("It was done already: %(name)s.", name=guest.name))
    id_ = outgoing.put(
        tx,
        owner=account().id,
        kind=KIND,
        key=f"guest:{guest.id}:reminder:{today}",
        to=fields.emails[0],
        to_name=fields.shown_as,
        subject=subject,
        text=text + "\n",
        route=Route.OWN,
    )
    ring_after(id_)
    return tell(_("On its way to %(name)s.", name=guest.name), open=url_for("pages.outbox.page", id=id_))

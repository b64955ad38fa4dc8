"""A mail as the message that a server takes, made by Python's own library of mail."""

from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Final

from service.domain.errors import BadValue
from service.domain.reaching.mail import Mail

ONE_CLICK: Final = "List-Unsubscribe=One-Click"


class OneLine(UnstructuredHeader, BaseHeader):
    """A header whose address must stay whole: folded, a long one would become encoded words that nobody follows."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS: Final = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", OneLine)
POLICY: Final = SMTP.clone(cte_type="7bit", header_factory=HEADERS)
"""For servers of every age: what is beyond ASCII is written in it."""


def message_of(mail: Mail) -> EmailMessage:
    """Make the message: text, the same as HTML where there is some, and a calendar file if one goes along."""
    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.at)
    message["From"] = _address(mail.sender_name, mail.sender)
    message["To"] = _address(mail.to_name, mail.to)
    if mail.reply_to and mail.reply_to != mail.sender:
        message["Reply-To"] = _address(mail.sender_name, mail.reply_to)
    message["Subject"] = mail.subject
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        # Mailboxes post to this by themselves when their button is pressed, and to HTTPS only (RFC 8058, 3.1).
        if mail.unsubscribe.startswith("https://"):
            message["List-Unsubscribe-Post"] = ONE_CLICK
        # Nobody's automatic answer is to come back for a mail that nobody wrote by hand (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.ics:
        message.add_attachment(mail.ics, subtype="calendar", filename="undrawer.ics")
    return message


def _address(name: str, address: str) -> Address:
    """Raise BadValue for what is no address of the usual kind: neither a list of them, nor a header in disguise."""
    try:
        local, _, domain = address.rpartition("@")
        made = Address(" ".join(name.split()), addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (ValueError, IndexError, MessageError):
        raise BadValue("mail_address", "This is no mail address.") from None
    if not made.username or not made.domain:
        raise BadValue("mail_address", "This is no mail address.")
    return made

"""What the screens say of mail: how far one got, why not further, and what a refused link says."""

from flask_babel import format_time
from flask_babel import gettext as _g
from flask_babel import lazy_gettext as _

from service.domain.reaching.mail import MailState, Security
from service.storage.reaching.outgoing import Outgoing
from service.web.pages.language import day

STATES = {
    MailState.WAITING: _("Going out"),
    MailState.SENDING: _("Being sent"),
    MailState.HANDED: _("Being sent"),
    MailState.SENT: _("Sent"),
    MailState.FAILED: _("Not sent"),
    MailState.PERHAPS: _("Perhaps sent"),
    MailState.KEPT: _("Not sent"),
    MailState.WITHDRAWN: _("Called back"),
}

REASONS = {
    "refused_for_now": _("The server said: not now."),
    "refused": _("The server will not take it."),
    "wrong_password": _("The mail server does not know this user and password."),
    "not_secure": _("No secure connection to the mail server could be made."),
    "unreachable": _("The mail server could not be reached."),
    "no_answer": _("The server took it and did not answer. Look into your sent mail before you send it again."),
    "broken_off": _("It was broken off while it was being sent."),
    "no_server": _("No mail server is set, so it stays here."),
    "no_address": _("Your account has no mail address, so it stays here."),
    "mail_address": _("The address is not one that mail can be sent to."),
    "sealed_elsewhere": _("The key of this installation was changed. Write the password again."),
    "touch_gone": _("It was done another way, or dropped, before it went out."),
}
_BROKEN_OFF_LATE = _("It was broken off at the last moment. Look into your sent mail before you send it again.")

KINDS = {
    "digest": _("Digest"),
    "touch": _("Message"),
    "test": _("Try-out"),
    "reminder": _("Reminder"),
}

SECURITIES = (
    (Security.STARTTLS, _("STARTTLS (usually port 587)")),
    (Security.TLS, _("TLS from the start (usually port 465)")),
    (Security.NONE, _("None: only for a server on this machine")),
)

ERRORS = (
    _("This link is not whole. Copy all of it, or open it from the message again."),
    _("This link is for something else. Open the one from the message again."),
    _("This link is too old by now. Open Undrawer to go on."),
    _("This link was used already. Open Undrawer to go on."),
    _("There is no such message."),
    _("Meanwhile this message went on by itself. Look at it again."),
    _("This is no mail address. Write it like ana@example.org."),
    _("Write the name of the mail server alone, such as smtp.example.org."),
    _("The port of the mail server is a number up to 65535."),
    _("Choose how the connection is kept secret."),
    _("Choose a day of the week and a full hour."),
    _("Set your own mail server first."),
    _("This contact has no mail address. Add one first."),
    _("Write what you want to say."),
    _("There is no such account."),
)
"""What errors about mail say on a page, named here so that they are translated with the rest."""


def state_of(mail: Outgoing) -> str:
    """How far it got, in a word or two, with the day where that matters."""
    said = str(STATES[mail.state])
    if mail.state is MailState.SENT and mail.ended_at:
        return str(_g("Sent %(day)s", day=day(mail.ended_at)))
    return said


def reason_of(mail: Outgoing) -> str:
    """Why it got no further, and when it is tried again; "" where there is nothing to say."""
    if mail.state is MailState.PERHAPS and mail.reason == "broken_off":
        return str(_BROKEN_OFF_LATE)
    said = str(REASONS.get(mail.reason, ""))
    if mail.state is MailState.WAITING and mail.tries:
        again = _g("It is tried again by itself, %(day)s at %(time)s.", day=day(mail.due_at), time=clock(mail))
        return f"{said} {again}".strip()
    return said


def clock(mail: Outgoing) -> str:
    return str(format_time(mail.due_at, "short"))

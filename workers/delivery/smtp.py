"""One mail given to one server. What the answer means is told apart here: sent, not now, never, or nobody knows."""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Final

from service.domain.reaching.mail import MailState, Outcome, Security, Server

PATIENCE_SECONDS: Final = 30
ANSWER_SECONDS: Final = 60
"""For the answer to the text, after which nobody would know: longer than for the rest (RFC 5321, 4.5.3.2.6)."""

_GOODBYE_SECONDS: Final = 2
_PERMANENT: Final = 500
_WRONG_PASSWORD: Final = frozenset({530, 534, 535, 538})


def deliver(server: Server, message: EmailMessage, *, about_to: Callable[[], bool]) -> Outcome:
    """Give the message to the server. `about_to` is asked before its text is handed over, and may call it off.

    Until then a break means that nothing was sent; from then on, without an answer, that nobody knows.
    """
    handed = False
    try:
        with _opened(server) as smtp:
            _name(smtp, message)
            if not about_to():
                return Outcome(MailState.WAITING, "broken_off")
            handed = True
            _wait_at_most(smtp, ANSWER_SECONDS)
            code, reply = smtp.data(message.as_bytes())
            return _answered(code, reply)
    except smtplib.SMTPResponseException as error:
        # An answer is an answer, also to the text.
        return _answered(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(MailState.PERHAPS, "no_answer") if handed else Outcome(MailState.WAITING, _trouble(error))


@contextmanager
def _opened(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection on which we are who we are. However it ends, it is closed, and the goodbye is not waited for long."""
    smtp = _connected(server)
    try:
        if server.security is Security.STARTTLS:
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.username:
            _sign_in(smtp, server)
        yield smtp
        with suppress(smtplib.SMTPException, OSError):  # the mail is settled by now
            _wait_at_most(smtp, _GOODBYE_SECONDS)
            smtp.quit()
    finally:
        smtp.close()


def _connected(server: Server) -> smtplib.SMTP:
    if server.security is Security.TLS:
        trust = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=trust)
    return smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)


def _wait_at_most(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock:
        smtp.sock.settimeout(seconds)


def _sign_in(smtp: smtplib.SMTP, server: Server) -> None:
    if (server.username + server.password).isascii():
        smtp.login(server.username, server.password)
        return
    # Python's login takes ASCII alone; PLAIN itself is UTF-8 (RFC 4616, 2).
    secret = b64encode(f"\0{server.username}\0{server.password}".encode()).decode()
    code, reply = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)


def _name(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    """Say from whom and to whom it is."""
    sender, to = (str(message[header].addresses[0].addr_spec) for header in ("From", "To"))
    for say, address in ((smtp.mail, sender), (smtp.rcpt, to)):
        code, reply = say(address)
        if code not in {250, 251}:
            raise smtplib.SMTPResponseException(code, reply)


def _answered(code: int, reply: bytes | str) -> Outcome:
    text = reply if isinstance(reply, str) else reply.decode("utf-8", "replace")
    said = f"{code} {' '.join(text.split())}"
    if code < 400 and code // 100 == 2:
        return Outcome(MailState.SENT, reply=said)
    if code in _WRONG_PASSWORD:
        return Outcome(MailState.FAILED, "wrong_password", said)
    if code >= _PERMANENT:
        return Outcome(MailState.FAILED, "refused", said)
    return Outcome(MailState.WAITING, "refused_for_now", said)


def _trouble(error: Exception) -> str:
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return "not_secure"
    return "unreachable"

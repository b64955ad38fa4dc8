"""A knock answered by mail: only here it comes out whether the address is anybody's, and only its owner hears of it."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from service.config import Config
from service.domain.entering.signed import sign
from service.domain.errors import BadValue
from service.domain.knocking import SIGN_UP, Answer, way_in, welcome
from service.domain.reaching.mail import Mail, MailState, Server
from service.storage import accounts
from service.storage.accounts import By
from service.storage.database import Database, Transaction
from service.storage.entering import knocks
from service.storage.entering.knocks import Knock, Purpose
from workers.delivery.message import message_of
from workers.delivery.smtp import deliver

SIGN_UP_HOURS: Final = 24


def answer(db: Database, config: Config, knock: Knock) -> None:
    """Write to the address, if there is something to say to it, and forget the knock."""
    with db.transaction() as tx:
        said = _answer(tx, config, knock)
    later = said is not None and config.mail_server is not None and not _sent(config, config.mail_server, knock, said)
    with db.transaction() as tx:
        if later:
            knocks.later(tx, id=knock.id)
        else:
            knocks.answered(tx, id=knock.id)


def _answer(tx: Transaction, config: Config, knock: Knock) -> Answer | None:
    """To who has an account the same, whatever was asked; to a stranger nothing, where strangers may not come in."""
    account = accounts.by_email(tx, knock.email)
    if account:
        secret = accounts.new_sign_in_link(
            tx, owner=account.id, minutes=knocks.MINUTES, by=By.MAIL, sent_to=account.email
        )
        return way_in(f"{config.address}/sign-in/{secret}", lang=account.locale or knock.locale)
    if knock.purpose is not Purpose.SIGN_UP or config.sign_up != "open":
        return None
    until = datetime.now(UTC) + timedelta(hours=SIGN_UP_HOURS)
    token = sign(config.signing_keys, SIGN_UP, {"email": knock.email}, until)
    return welcome(f"{config.address}/sign-up/{token}", lang=knock.locale)


def _sent(config: Config, server: Server, knock: Knock, said: Answer) -> bool:
    """Whether the server is done with it, one way or the other; False where it may be tried again."""
    mail = Mail(
        sender=config.mail_from,
        sender_name="Undrawer",
        to=knock.email,
        to_name="",
        subject=said.subject,
        text=said.text,
        message_id=f"<{uuid4()}@{config.mail_from.rpartition('@')[2]}>",
        at=datetime.now(UTC),
    )
    try:
        message = message_of(mail)
    except BadValue:
        return True
    return deliver(server, message, about_to=lambda: True).state is not MailState.WAITING

"""Mail from its row to its server and back: what is sent in whose name, and what a digest says today."""

from datetime import datetime
from functools import partial

from service.config import Config
from service.domain.entering.sealed import unseal
from service.domain.errors import BadValue
from service.domain.people.vcard import fields_of
from service.domain.reaching.mail import Mail, MailState, Outcome, Route, Server
from service.domain.reaching.mail_links import Act, link
from service.domain.ties.account import day_of
from service.domain.ties.touch import Kind, Lane
from service.drafting import words_for
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.following import policies, sent_touches, ties, weeks
from service.storage.following.touches import KeptTouch
from service.storage.following.weeks import Settled
from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.storage.people.counterparts import counterpart_of
from service.storage.reaching import mail_settings, outgoing
from service.storage.reaching.mail_settings import SEALED_FOR, MailSettings, rings_after
from service.storage.reaching.outgoing import Outgoing
from workers.delivery.digest import Digest, Due, write
from workers.delivery.message import message_of
from workers.delivery.smtp import deliver

DIGEST = "digest"
_NAMED_AT_MOST = 12


def send(db: Database, config: Config, mail: Outgoing) -> None:
    """Send a mail that was claimed, without a transaction, and write down what became of it."""
    outcome = _try(db, config, mail)
    with db.transaction() as tx:
        told = outgoing.settle(tx, id=mail.id, outcome=outcome, claimed_at=mail.claimed_at)
        if told and outcome.state is MailState.SENT and mail.touch_id:
            sent_touches.did(tx, mail)


def _try(db: Database, config: Config, mail: Outgoing) -> Outcome:
    if not mail.to:
        return Outcome(MailState.KEPT, "no_address")
    try:
        with db.transaction() as tx:
            if mail.touch_id and not sent_touches.still_wanted(tx, mail):
                return Outcome(MailState.WITHDRAWN, "touch_gone")
            way = _way(tx, config, mail)
            message = message_of(_mail(tx, mail, way[1])) if way else None
    except BadValue as error:
        return Outcome(MailState.FAILED, error.code)
    if way is None or message is None:
        return Outcome(MailState.FAILED if mail.route is Route.OWN else MailState.KEPT, "no_server")
    return deliver(way[0], message, about_to=partial(_hand_over, db, mail))


def _hand_over(db: Database, mail: Outgoing) -> bool:
    with db.transaction() as tx:
        return outgoing.hand_over(tx, id=mail.id, claimed_at=mail.claimed_at)


def _way(tx: Transaction, config: Config, mail: Outgoing) -> tuple[Server, str] | None:
    """By which server, and as whom: the service's own for what it writes itself, if it has one."""
    if mail.route is Route.SERVICE and config.mail_server:
        return config.mail_server, config.mail_from
    settings = mail_settings.of(tx, owner=mail.owner)
    if not settings.host:
        return None
    password = unseal(config.signing_keys, SEALED_FOR, settings.password) if settings.password else ""
    return settings.server(password), settings.from_address


def _mail(tx: Transaction, mail: Outgoing, sender: str) -> Mail:
    """What is written to others bears the person's name, and answers to it reach the person."""
    account = accounts.get(tx, owner=mail.owner)
    to_myself = mail.kind == DIGEST
    message_id = outgoing.name(tx, id=mail.id, message_id=f"<{mail.id}@{sender.rpartition('@')[2]}>")
    return Mail(
        sender=sender,
        sender_name="Undrawer" if to_myself else account.name,
        to=mail.to,
        to_name=mail.to_name,
        subject=mail.subject,
        text=mail.text,
        message_id=message_id,
        at=mail.created_at,
        html=mail.html,
        ics=mail.ics,
        unsubscribe=mail.unsubscribe,
        reply_to="" if to_myself else account.email or sender,
    )


def write_digest(db: Database, config: Config, owner: str, *, now: datetime) -> str:
    """Write the digest if it is to ring by now; give the id of the mail, "" where there is none."""
    with db.reading() as tx:
        settings, zone = mail_settings.of(tx, owner=owner), policies.of(tx, owner=owner).account.zone
        account = accounts.get(tx, owner=owner)
    if not (settings.weekly or settings.daily):
        return ""
    if settings.next_at is None or settings.next_at > now:
        return ""
    its_day = day_of(settings.next_at, zone).weekday() == settings.weekday
    weekly = settings.weekly and (its_day or not settings.daily)
    settled = weeks.settled(db, owner=owner)
    with db.transaction() as tx:
        if not mail_settings.ring_next(
            tx, owner=owner, before=settings.next_at, at=rings_after(settings, now, zone=zone)
        ):
            return ""
        dues = _one_each(settled.chosen if weekly else settled.share)
        if not dues and not weekly:
            return ""
        digest = _digest(tx, config, account, settings, settled, dues, weekly=weekly, now=now)
        return _put(tx, account, settings, digest, day=settings.next_at)


def _one_each(kept: tuple[KeptTouch, ...]) -> tuple[KeptTouch, ...]:
    """All letters of a gathering are one thing to do: without all but the first of each task."""
    return tuple({one.touch.task: one for one in reversed(kept)}.values())[::-1]


def _digest(
    tx: Transaction,
    config: Config,
    account: Account,
    settings: MailSettings,
    settled: Settled,
    dues: tuple[KeptTouch, ...],
    *,
    weekly: bool,
    now: datetime,
) -> Digest:
    language = account.locale or settings.locale or "en"
    signed = partial(link, config.address, config.signing_keys, at=now)
    return Digest(
        when="weekly" if weekly else "daily",
        language=language,
        dues=tuple(_due(tx, config, account, settled, kept, language, now) for kept in dues[:_NAMED_AT_MOST]),
        more=max(0, len(dues) - _NAMED_AT_MOST),
        today=f"{config.address}/today",
        settings=f"{config.address}/settings/mail",
        stop=signed(Act.STOP, {"owner": account.id}),
    )


def _due(
    tx: Transaction,
    config: Config,
    account: Account,
    settled: Settled,
    kept: KeptTouch,
    language: str,
    now: datetime,
) -> Due:
    draft = f"{config.address}/today?touch={kept.id}"
    if kept.touch.cause.startswith("gathering:"):
        gathering = gatherings.get(tx, owner=account.id, id=kept.touch.cause.split(":")[1])
        return Due(name=gathering.name, kind=f"{kept.touch.kind} all", draft=draft)
    fields = fields_of(contacts.get(tx, owner=account.id, id=kept.contact_id).vcard)
    history = ties.get(tx, owner=account.id, id=kept.touch.tie)
    far = counterpart_of(tx, owner=account.id, touch=kept.touch)
    words = words_for(
        kept,
        history,
        fields,
        person=account,
        rules=settled.rules,
        page=language,
        today=settled.today,
        counterpart=far,
    )
    about = {"owner": account.id, "touch": kept.id}
    signed = partial(link, config.address, config.signing_keys, values=about, at=now)
    skippable = kept.touch.kind is not Kind.PROMISE and (kept.touch.lane.proposed or kept.touch.lane is Lane.BY_HAND)
    return Due(
        name=fields.shown_as,
        kind=kept.touch.kind,
        why=words.why,
        draft=draft,
        done=signed(Act.DONE),
        later=signed(Act.LATER),
        skip=signed(Act.SKIP) if skippable else "",
    )


def _put(tx: Transaction, account: Account, settings: MailSettings, digest: Digest, *, day: datetime) -> str:
    written = write(digest)
    return outgoing.put(
        tx,
        owner=account.id,
        kind=DIGEST,
        key=f"digest:{day.isoformat()}",
        to=settings.to or account.email,
        to_name=account.name,
        subject=written.subject,
        text=written.text,
        html=written.html,
        unsubscribe=digest.stop,
    )

"""A notice from its row to its device: what is due is looked up at the last moment, so that nothing done is told."""

import json
from datetime import datetime
from typing import Final

from service.config import Config
from service.domain import notices as wording
from service.domain.notices import Due, Notice
from service.domain.reaching.push import PushState
from service.domain.ties.touch import Kind
from service.storage.database import Database, Transaction
from service.storage.following import touches, weeks
from service.storage.following.touches import KeptTouch
from service.storage.moment import now
from service.storage.people import contacts
from service.storage.reaching import devices, notices
from service.storage.reaching.devices import Device
from service.storage.reaching.notices import Waiting
from workers.delivery.push import Answer, Outcome, push

CONTACT: Final = "https://undrawer.example"
"""Where nobody said whom to write to; a push service looks only that something stands there."""

_STATES: Final = {Answer.SENT: PushState.SENT, Answer.REFUSED: PushState.REFUSED}


def tell(db: Database, config: Config, waiting: Waiting, *, patience_seconds: float | None = None) -> None:
    """Send a notice, or find that there is nothing to say; its row says what became of it."""
    with db.reading() as tx:
        device = devices.get(tx, owner=waiting.owner, id=waiting.device_id)
    said = _said(db, waiting, device)
    if said is None or now() >= waiting.until:
        with db.transaction() as tx:
            notices.settle(tx, waiting, PushState.TOO_LATE if said else PushState.NOTHING)
        return
    more = {} if patience_seconds is None else {"patience_seconds": patience_seconds}
    outcome = push(
        device.subscription,
        _written(waiting, said, device),
        key=config.push_key,
        contact=_contact(config),
        now=now(),
        good_for_seconds=_seconds(waiting.until),
        topic="today" if waiting.key.startswith("day:") else "",
        at_home=config.push_at_home,
        **more,
    )
    with db.transaction() as tx:
        _settle(tx, waiting, outcome)


def _said(db: Database, waiting: Waiting, device: Device) -> Notice | None:
    if waiting.key.startswith("try:"):
        return wording.attempt(lang=device.locale)
    settled = weeks.settled(db, owner=waiting.owner)
    with db.reading() as tx:
        wanted = notices.settings(tx, owner=waiting.owner)
        owed = [one for one in touches.on(tx, owner=waiting.owner, day=settled.today) if one.touch.kind is Kind.PROMISE]
        others = [one for one in settled.share if one.touch.kind is not Kind.PROMISE]
        promises = [_due(tx, waiting.owner, one) for one in owed] if wanted.promises else []
        first = _due(tx, waiting.owner, others[0]) if others and wanted.first_touch else None
    return wording.notice(promises, first, lang=device.locale, names=device.names)


def _due(tx: Transaction, owner: str, kept: KeptTouch) -> Due:
    contact = contacts.get(tx, owner=owner, id=kept.contact_id)
    return Due(kept.touch.kind, contact.name or contact.org, kept.touch.why.text)


def _written(waiting: Waiting, said: Notice, device: Device) -> bytes:
    """`tag` makes a notice that comes twice, because an answer was lost, take the place of the first in silence."""
    told = {"title": said.title, "body": said.body, "tag": waiting.key, "lang": device.locale or "en", "url": "/today"}
    return json.dumps(told, ensure_ascii=False).encode()


def _contact(config: Config) -> str:
    return config.push_contact or (config.public_url if config.public_url.startswith("https://") else CONTACT)


def _seconds(until: datetime) -> int:
    return int((until - now()).total_seconds())


def _settle(tx: Transaction, waiting: Waiting, outcome: Outcome) -> None:
    if outcome.answer is Answer.GONE:
        notices.gone(tx, waiting)
    elif outcome.answer is Answer.LATER:
        notices.later(tx, waiting, reason=outcome.trouble, wait_seconds=outcome.wait_seconds)
    else:
        notices.settle(tx, waiting, _STATES[outcome.answer], reason=outcome.trouble)

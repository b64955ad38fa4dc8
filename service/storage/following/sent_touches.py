"""Touches that are done by sending a mail: written to be sent once a press, and done when it was sent."""

from typing import Any

from sqlalchemy import Connection, func, select

from service.domain.errors import Conflict, NotFound
from service.domain.reaching.mail import UNDER_WAY, MailState, Route
from service.domain.ties.act import ActType
from service.domain.ties.touch import Channel
from service.storage.following import acts, policies, touches
from service.storage.following.planning import PLANNED, plan_again
from service.storage.reaching import outgoing
from service.storage.reaching.mail_tables import outgoing as rows
from service.storage.reaching.outgoing import Outgoing

KIND = "touch"
_OPEN = (*UNDER_WAY, MailState.PERHAPS)


def send(tx: Connection, *, owner: str, id: str, to: str, to_name: str, subject: str, text: str) -> str:  # noqa: A002
    """Have the mail of a touch sent, and give its id; where one is under way already, that one's.

    Raises Conflict for a touch that is not planned any more.
    """
    kept = touches.get(tx, owner=owner, id=id)
    if kept.state != PLANNED:
        raise Conflict("touch_gone", "This is not planned any more. Look at the contact to see what comes next.")
    before = outgoing.of_touches(tx, owner=owner, ids=[kept.id]).get(kept.id)
    if before is not None and before.state in _OPEN:
        return before.id
    if before is not None and before.state is MailState.FAILED:
        outgoing.withdraw(tx, owner=owner, id=before.id)
    touches.opened(tx, owner=owner, id=kept.id, channel=Channel.MAIL, draft=text)
    touches.not_sent(tx, owner=owner, id=kept.id)  # the text is kept, but nobody is asked what we know ourselves
    mine = (rows.c.account_id == owner, rows.c.touch_id == kept.id)
    nth = tx.execute(select(func.count()).select_from(rows).where(*mine)).scalar_one()
    said = {"kind": KIND, "key": f"touch:{kept.id}:{nth}", "touch_id": kept.id, "route": Route.OWN}
    return outgoing.put(tx, owner=owner, to=to, to_name=to_name, subject=subject, text=text, **said)


def still_wanted(tx: Connection, mail: Outgoing) -> bool:
    """Whether nobody did it otherwise, or dropped it, since the button was pressed."""
    try:
        return touches.get(tx, owner=mail.owner, id=mail.touch_id).state == PLANNED
    except NotFound:
        return False


def did(tx: Connection, mail: Outgoing) -> None:
    """Write down that it was sent, with its text; what another device did meanwhile stays beside it."""
    try:
        done = touches.done(tx, owner=mail.owner, id=mail.touch_id, channel=Channel.MAIL, text=mail.text)
    except Conflict:
        _beside(tx, mail)
    except NotFound:
        return  # with the contact went its timeline
    else:
        if not done.first:
            _beside(tx, mail)


def _beside(tx: Connection, mail: Outgoing) -> None:
    """A message outside the plan: what was sent stays sent."""
    kept = touches.get(tx, owner=mail.owner, id=mail.touch_id)
    today = policies.today(tx, owner=mail.owner)
    said: dict[str, Any] = {"kind": kept.touch.kind, "channel": Channel.MAIL, "text": mail.text}
    acts.add(tx, owner=mail.owner, tie_id=kept.touch.tie, type=ActType.DID, day=today, **said)
    plan_again(tx, owner=mail.owner, tie_id=kept.touch.tie, today=today)

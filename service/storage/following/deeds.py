"""What is done about a tie outside its touches: talks, gifts, circles, asks, letting go and taking up again."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from service.domain.errors import BadValue, Conflict
from service.domain.ties.act import Act, ActSource, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.debts import open_promises
from service.domain.ties.gate import missing
from service.domain.ties.rest import is_let_go
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Channel, Kind
from service.storage.following import acts, policies, ties
from service.storage.following.planning import plan_again

_DAY = timedelta(days=1)


def talked(
    tx: Connection, *, owner: str, tie_id: str, talk: str, day: date | None = None, source: ActSource = ActSource.APP
) -> Act:
    """A call, a coffee, a visit, or an event at which we spoke; the same on the same day is written down once."""
    return _log(tx, owner, tie_id, day, type=ActType.TALKED, talk=_value(Talk, talk, "talk"), source=source)


def met(tx: Connection, *, owner: str, tie_id: str, day: date | None = None) -> Act:
    """An exchange of cards: with somebody new, or once more."""
    return _log(tx, owner, tie_id, day, type=ActType.MET)


def received(
    tx: Connection, *, owner: str, tie_id: str, gift: str, day: date | None = None, text: str = "", **more: Any
) -> Act:
    """What came back: a referral, a favour, a client with the value if it was told."""
    return _log(tx, owner, tie_id, day, type=ActType.RECEIVED, gift=_value(Gift, gift, "gift"), text=text, **more)


def they_wrote(
    tx: Connection, *, owner: str, tie_id: str, day: date | None = None, channel: Channel | None = None
) -> Act:
    """A message that they began."""
    warm: dict[str, Any] = {"type": ActType.ANSWERED, "outcome": Outcome.WARM, "channel": channel}
    return _log(tx, owner, tie_id, day, **warm)


def accepted(tx: Connection, *, owner: str, tie_id: str, day: date | None = None) -> Act:
    return _log(tx, owner, tie_id, day, type=ActType.ACCEPTED)


def move(tx: Connection, *, owner: str, tie_id: str, circle: Circle) -> Act | None:
    """Into another circle; None where it is there already. Raises Conflict when the inner one is full."""
    story = _story(tx, owner, tie_id)
    if story.circle == circle:
        return None
    most = story.policy.inner_at_most
    if circle is Circle.INNER and ties.count_in(tx, owner=owner, circle=circle) >= most:
        raise Conflict("inner_full", "The inner circle holds three people. Move one of them out first.")
    return _write(tx, owner, tie_id, story.today, type=ActType.CIRCLE, circle=circle)


def plan_ask(tx: Connection, *, owner: str, tie_id: str, reason: str = "", text: str = "") -> Act:
    """Put an ask on Today. While the gate is shut it needs a reason, which is kept."""
    story = _story(tx, owner, tie_id)
    if missing(story) and not reason.strip():
        raise Conflict("gate_shut", "Something is missing before you ask. Give first, or say why you ask all the same.")
    values = {"kind": Kind.ASK, "until": story.today, "reason": reason, "text": text}
    return _write(tx, owner, tie_id, story.today, type=ActType.PLANNED, **values)


def plan_by_hand(
    tx: Connection,
    *,
    owner: str,
    tie_id: str,
    kind: Kind,
    day: date,
    channel: Channel | None = None,
    text: str = "",
) -> Act:
    """Put a touch on a day of one's own choice; asks go through their gate."""
    if kind in (Kind.ASK, Kind.PROMISE):
        raise BadValue("kind", "Ask or promise in their own way.")
    story = _story(tx, owner, tie_id)
    if not story.today <= day <= story.today + 366 * _DAY:
        raise BadValue("day", "Choose a day within a year from today.")
    values = {"kind": kind, "until": day, "channel": channel, "text": text}
    return _write(tx, owner, tie_id, story.today, type=ActType.PLANNED, **values)


def let_go(tx: Connection, *, owner: str, tie_id: str) -> Act | None:
    """The explicit no. None while a promise is open: that is kept or dropped first."""
    story = _story(tx, owner, tie_id)
    if open_promises(story):
        return None
    if is_let_go(story):
        return next(act for act in reversed(story.acts) if act.type is ActType.LET_GO)
    return _write(tx, owner, tie_id, story.today, type=ActType.LET_GO)


def revive(tx: Connection, *, owner: str, tie_id: str) -> Act:
    story = _story(tx, owner, tie_id)
    return _write(tx, owner, tie_id, story.today, type=ActType.REVIVED)


def _log(tx: Connection, owner: str, tie_id: str, day: date | None, **values: Any) -> Act:
    """Two taps on a slow line are one talk: the same on the same day is given back as it stands."""
    story = _story(tx, owner, tie_id)
    when = acts.check_day(day or story.today, today=story.today, tomorrow=story.today + _DAY)
    for act in story.acts:
        if act.day == when and not act.on and all(getattr(act, name) == value for name, value in values.items()):
            return act
    return _write(tx, owner, tie_id, when, **values)


def _write(tx: Connection, owner: str, tie_id: str, day: date, **values: Any) -> Act:
    act = acts.add(tx, owner=owner, tie_id=tie_id, day=day, **values)
    plan_again(tx, owner=owner, tie_id=tie_id, today=policies.today(tx, owner=owner))
    return act


def _story(tx: Connection, owner: str, tie_id: str) -> Story:
    known = ties.locked(tx, owner=owner, id=tie_id)
    account = policies.of(tx, owner=owner).account
    return read(known.tie, known.acts, account, policies.today(tx, owner=owner))


def _value(kind: Any, given: str, name: str) -> Any:
    try:
        return kind(given)
    except ValueError:
        raise BadValue(name, f"{name}: choose one of {', '.join(kind)}.") from None

"""Lives of ties, steered: how a contact answers and what the user does, day by day, from a script of small numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from service.domain.ties.account import Account
from service.domain.ties.act import Act, ActSource, ActType, Gift, Outcome, Talk
from service.domain.ties.history import in_force
from service.domain.ties.outlook import Outlook, outlook
from service.domain.ties.plan import plan
from service.domain.ties.promise import Promise
from service.domain.ties.tie import Tie
from service.domain.ties.touch import MEETINGS, Kind, Touch

START = date(2026, 1, 22)


@dataclass(frozen=True)
class Manner:
    """`answers` come in turn, one a touch: `w`arm, `c`ool, `n`o, or untold (anything else), after `delay` days.

    The user does what is due after `lag` days, unless the day lies in `does` at a letter other than `d`: `s`kips,
    `p`uts off, lets `_` pass, s`w`aps the kind. `promises`, `talks`, `gifts`, `asks` and `words` (messages that they
    begin) happen every so many days, never at 0.
    """

    answers: str = "n"
    delay: int = 3
    does: str = "d"
    lag: int = 0
    promises: int = 0
    keeps: bool = True
    talks: int = 0
    gifts: int = 0
    asks: int = 0
    words: int = 0
    lets_go: int = 0
    revives: int = 0
    meets: int = 0
    undoes: int = 0


@dataclass
class Life:
    """A tie on a day, as its acts made it so far; `touches`, `facts` and `seen` are of that day before its own acts."""

    tie: Tie
    account: Account
    manner: Manner
    today: date = START
    acts: list[Act] = field(default_factory=list)
    touches: tuple[Touch, ...] = ()
    facts: list[Act] = field(default_factory=list)
    seen: Outlook | None = None
    told: list[tuple[date, Act]] = field(default_factory=list)
    turns: int = 0

    def add(self, type_: ActType, **values: object) -> Act:
        at = datetime.combine(self.today, time(9), tzinfo=UTC) + timedelta(seconds=len(self.acts))
        act = Act(f"a{len(self.acts)}", type_, self.today, at, **values)  # type: ignore[arg-type]
        self.acts.append(act)
        return act


Planner = Callable[[Tie, list[Act], Account, date], tuple[Touch, ...]]


def live(life: Life, days: int, *, step: int = 1, planner: Planner = plan) -> Iterator[Life]:
    """The life day by day: first what happens to it, then what is planned, then what the user does of it."""
    for _ in range(0, days, step):
        _hear(life)
        _happen(life, step)
        life.touches = planner(life.tie, life.acts, life.account, life.today)
        life.facts = list(in_force(life.acts, life.today))
        life.seen = outlook(life.tie, life.acts, life.account, life.today)
        yield life
        _act(life)
        life.today += timedelta(days=step)


def _hear(life: Life) -> None:
    due = [(day, act) for day, act in life.told if day <= life.today]
    life.told = [(day, act) for day, act in life.told if day > life.today]
    for _, act in due:
        told = life.add(act.type, outcome=act.outcome, on=act.on, talk=act.talk)
        touch = next(one for one in life.acts if one.id == act.on)
        if told.outcome is Outcome.WARM and touch.kind in MEETINGS:
            talk = Act("", ActType.TALKED, life.today, told.at, on="", talk=Talk.COFFEE)
            life.add(talk.type, talk=talk.talk)


def _happen(life: Life, step: int) -> None:
    day = (life.today - START).days
    for name, event in _EVENTS.items():
        every = getattr(life.manner, name)
        if every and day > 0 and day % every < step:
            event(life)


def _promise(life: Life) -> None:
    number = len(life.tie.promises)
    act = life.add(ActType.PROMISED, on=f"p{number}")
    due = life.today + timedelta(days=5)
    promise = Promise(f"p{number}", "the number of a joiner", life.today, due, act=act.id)
    life.tie = replace(life.tie, promises=(*life.tie.promises, promise))


def _gift(life: Life) -> None:
    life.add(ActType.RECEIVED, gift=Gift.REFERRAL if life.turns % 2 else Gift.FAVOUR)


def _ask(life: Life) -> None:
    life.add(ActType.PLANNED, kind=Kind.ASK, until=life.today + timedelta(days=3), reason="tried")


def _undo(life: Life) -> None:
    if life.acts and life.acts[-1].type is not ActType.MET:
        life.add(ActType.UNDONE, on=life.acts[-1].id)


_EVENTS: dict[str, Callable[[Life], object]] = {
    "promises": _promise,
    "talks": lambda life: life.add(ActType.TALKED, talk=Talk.CALL),
    "gifts": _gift,
    "asks": _ask,
    "words": lambda life: life.add(ActType.ANSWERED, outcome=Outcome.WARM),
    "lets_go": lambda life: life.add(ActType.LET_GO),
    "revives": lambda life: life.add(ActType.REVIVED),
    "meets": lambda life: life.add(ActType.MET),
    "undoes": _undo,
}


def _act(life: Life) -> None:
    """One touch a day: what is due, the debts first."""
    late = timedelta(days=life.manner.lag)
    due = [touch for touch in life.touches if touch.day + late <= life.today]
    for touch in due[:1]:
        does = life.manner.does[life.turns % len(life.manner.does)]
        life.turns += 1
        _do(life, touch, does)


def _do(life: Life, touch: Touch, does: str) -> None:
    owed = touch.kind is Kind.PROMISE
    if owed and not life.manner.keeps:
        return
    if does == "s" and not owed:
        life.add(ActType.SKIPPED, cause=touch.cause)
    elif does == "p":
        life.add(ActType.POSTPONED, cause=touch.cause, until=life.today + timedelta(days=9))
    elif does == "w" and touch.lane.proposed:
        life.add(ActType.SWAPPED, cause=touch.cause, kind=Kind.HELLO)
    elif does == "2":
        life.add(ActType.DID, kind=touch.kind, channel=touch.channel, cause=touch.cause)
        _answer(life, life.add(ActType.DID, kind=touch.kind, channel=touch.channel, cause=touch.cause))
    elif does != "_":
        _answer(life, life.add(ActType.DID, kind=touch.kind, channel=touch.channel, cause=touch.cause))


def _answer(life: Life, did: Act) -> None:
    how = life.manner.answers[life.turns % len(life.manner.answers)]
    outcome = {"w": Outcome.WARM, "c": Outcome.COOL, "?": Outcome.UNKNOWN}.get(how)
    if how == "n":
        told = replace(did, type=ActType.NO_ANSWER, on=did.id)
        life.told.append((life.today + timedelta(days=15), told))
    elif outcome:
        told = replace(did, type=ActType.ANSWERED, on=did.id, outcome=outcome)
        life.told.append((life.today + timedelta(days=life.manner.delay), told))


def imported(life: Life, day: date) -> None:
    """The day of last contact that came with an import."""
    at = datetime.combine(day, time(9), tzinfo=UTC)
    life.acts.append(Act(f"i{len(life.acts)}", ActType.TALKED, day, at, source=ActSource.IMPORT))

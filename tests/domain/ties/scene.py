"""A tie and its acts in few words: days are counted from the evening on which the card was given."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from service.domain.ties.account import Account
from service.domain.ties.act import Act, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.outlook import Outlook, outlook
from service.domain.ties.plan import plan
from service.domain.ties.promise import Promise
from service.domain.ties.story import Story, read
from service.domain.ties.tie import Source, Tie
from service.domain.ties.touch import Channel, Kind, Touch

THURSDAY = date(2026, 1, 22)
OPEN = Account(quiet_weekdays=frozenset())
"""Every day open, so that a test counts days and nothing else."""


def day(n: int) -> date:
    return THURSDAY + timedelta(days=n)


class Scene:
    """What happened so far. Each verb adds an act on a day, and returns its id."""

    def __init__(self, account: Account = OPEN, **tie: object) -> None:
        self.account = account
        self.tie = replace(Tie("t", Source.CARD, THURSDAY, channels=(Channel.MAIL, Channel.WHATSAPP)), **tie)  # type: ignore[arg-type]
        self.acts: list[Act] = []
        self._numbers = count(1)

    def act(self, type_: ActType, n: int, **values: object) -> str:
        at = datetime.combine(day(n), time(9), tzinfo=UTC)
        number = next(self._numbers)
        self.acts.append(Act(f"a{number:03}", type_, day(n), at, **values))  # type: ignore[arg-type]
        return self.acts[-1].id

    def met(self, n: int = 0) -> str:
        return self.act(ActType.MET, n)

    def talked(self, n: int, talk: Talk = Talk.COFFEE) -> str:
        return self.act(ActType.TALKED, n, talk=talk)

    def received(self, n: int, gift: Gift = Gift.FAVOUR, on: str = "") -> str:
        return self.act(ActType.RECEIVED, n, gift=gift, on=on)

    def did(self, n: int, kind: Kind = Kind.HELLO, cause: str = "", channel: Channel = Channel.MAIL) -> str:
        return self.act(ActType.DID, n, kind=kind, cause=cause, channel=channel)

    def does(self, n: int) -> str:
        """The first touch that is planned on that day."""
        touch = self.plan(n)[0]
        return self.act(ActType.DID, n, kind=touch.kind, cause=touch.cause, channel=touch.channel)

    def warm(self, n: int, on: str = "") -> str:
        return self.act(ActType.ANSWERED, n, outcome=Outcome.WARM, on=on)

    def cool(self, n: int, on: str = "") -> str:
        return self.act(ActType.ANSWERED, n, outcome=Outcome.COOL, on=on)

    def no(self, n: int, on: str) -> str:
        return self.act(ActType.NO_ANSWER, n, on=on)

    def skips(self, n: int) -> str:
        return self.act(ActType.SKIPPED, n, cause=self.plan(n)[0].cause)

    def promises(self, n: int, due: int) -> str:
        name = f"p{next(self._numbers)}"
        act = self.act(ActType.PROMISED, n, on=name)
        promise = Promise(name, "the number of a joiner", day(n), day(due), act=act)
        self.tie = replace(self.tie, promises=(*self.tie.promises, promise))
        return name

    def notes(self, kind: NoteKind, text: str = "sails", n: int = 0, on: date | None = None) -> None:
        note = Note(f"n{next(self._numbers)}", kind, text, day(n), on)
        self.tie = replace(self.tie, notes=(*self.tie.notes, note))

    def moves(self, n: int, circle: Circle) -> str:
        return self.act(ActType.CIRCLE, n, circle=circle)

    def undoes(self, n: int, act: str) -> str:
        return self.act(ActType.UNDONE, n, on=act)

    def plan(self, n: int) -> tuple[Touch, ...]:
        return plan(self.tie, self.acts, self.account, day(n))

    def next(self, n: int) -> Touch:
        (touch,) = self.plan(n)
        return touch

    def story(self, n: int) -> Story:
        return read(self.tie, self.acts, self.account, day(n))

    def outlook(self, n: int, colleagues: int | None = None) -> Outlook:
        return outlook(self.tie, self.acts, self.account, day(n), colleagues)


def noted(**values: object) -> Scene:
    scene = Scene(**values)  # type: ignore[arg-type]
    scene.notes(NoteKind.NEED, "a place to train the kids")
    return scene

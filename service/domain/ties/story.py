"""A tie's story as of today: its acts in force, and what every rule wants to know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from service.domain.ties.account import Account
from service.domain.ties.act import Act, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.history import in_force
from service.domain.ties.introduction import is_making, is_telling
from service.domain.ties.note import SPECIFIC, Note
from service.domain.ties.policy import Policy
from service.domain.ties.tie import Tie
from service.domain.ties.touch import Kind

_ANSWERS = frozenset({Outcome.WARM, Outcome.COOL})
_TOUCHES = frozenset({ActType.DID, ActType.ASKED})
_TALKS = {Talk.CALL: Kind.CALL, Talk.COFFEE: Kind.COFFEE, Talk.VISIT: Kind.VISIT}


@dataclass(frozen=True)
class Story:
    """`acts` are in force and in order. Everything else is derived from them, once, when it is asked for."""

    tie: Tie
    acts: tuple[Act, ...]
    account: Account
    today: date

    @property
    def policy(self) -> Policy:
        return self.account.policy

    @cached_property
    def circle(self) -> Circle:
        """The circle it is in now."""
        moved = [act.circle for act in self.acts if act.type is ActType.CIRCLE and act.circle]
        return moved[-1] if moved else self.tie.circle

    @cached_property
    def interval(self) -> int:
        return self.policy.interval(self.circle)

    @cached_property
    def contact(self) -> Act | None:
        """The last two-way contact."""
        return self.last(*(act for act in self.acts if is_two_way(act)))

    @cached_property
    def met(self) -> Act | None:
        """The last exchange of cards."""
        return self.last(*self.of(ActType.MET))

    @cached_property
    def beginning(self) -> Act | None:
        """What silence is counted from: the last two-way contact, exchange or revival."""
        starts = (act for act in self.acts if is_two_way(act) or act.type in (ActType.MET, ActType.REVIVED))
        return self.last(*starts)

    @cached_property
    def touches(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if is_touch(act))

    @cached_property
    def touch_by_id(self) -> dict[str, Act]:
        return {act.id: act for act in self.touches}

    @cached_property
    def silent(self) -> tuple[Act, ...]:
        """Touches since the beginning: none was answered, or not so far."""
        since = self.after(self.beginning)
        return tuple(act for act in since if is_touch(act) and asks_for_an_answer(act))

    @cached_property
    def closed(self) -> frozenset[str]:
        """The causes of the touches that were done or skipped."""
        return frozenset(act.cause for act in self.of(ActType.DID, ActType.SKIPPED) if act.cause)

    @cached_property
    def answers(self) -> dict[str, Act]:
        """By touch: the act that says how it was answered. An answer always wins over a `no`, however late."""
        told = {act.on: act for act in self.acts if act.type is ActType.NO_ANSWER and act.on}
        told |= {act.on: act for act in self.acts if act.type is ActType.ANSWERED and act.on and act.on not in told}
        return told | {act.on: act for act in self.acts if act.on and is_two_way(act)}

    @cached_property
    def noted(self) -> tuple[Note, ...]:
        """The notes in force that make someone known, oldest first."""
        notes = (note for note in self.tie.notes if note.kind in SPECIFIC and self.holds(note.act))
        return tuple(sorted(notes, key=lambda note: (note.noted_on, note.id)))

    @cached_property
    def known(self) -> bool:
        """Something is noted, or we have talked: there is something to give."""
        return bool(self.noted or self.of(ActType.TALKED))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(act.id for act in self.acts)

    def holds(self, act: str) -> bool:
        """Whether something that was recorded by an act still stands."""
        return not act or act in self._ids

    def of(self, *types: ActType) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.type in types)

    def after(self, act: Act | None) -> tuple[Act, ...]:
        return self.acts if act is None else self.acts[self.acts.index(act) + 1 :]

    def said_no(self, touch: Act) -> bool:
        """A plain no: the user told that nothing came back."""
        told = self.answers.get(touch.id)
        return told is not None and told.type is ActType.NO_ANSWER

    @staticmethod
    def last(*acts: Act) -> Act | None:
        return acts[-1] if acts else None


def read(tie: Tie, history: Iterable[Act], account: Account, today: date) -> Story:
    return Story(tie, in_force(history, today), account, today)


def is_two_way(act: Act) -> bool:
    """Answered, talked, received, or a message that they began; neither the exchange itself nor a click on LinkedIn."""
    if act.type is ActType.ANSWERED:
        return act.outcome in _ANSWERS
    return act.type in (ActType.TALKED, ActType.RECEIVED)


def is_touch(act: Act) -> bool:
    """Done, from the plan or outside it, or asked outside the plan."""
    return act.type in _TOUCHES


def asks_for_an_answer(act: Act) -> bool:
    """A thank-you asks for none, nor does an introduction once made, or the word that there will be none."""
    return act.kind is not Kind.THANK and not is_making(act.cause) and not is_telling(act.cause)


def kind_of(act: Act) -> Kind | None:
    """What kind of touch an act was: of a talk, the meeting it amounts to."""
    if act.type is ActType.ASKED:
        return Kind.ASK
    return _TALKS.get(act.talk) if act.talk else act.kind


def is_referral(act: Act) -> bool:
    return act.type is ActType.RECEIVED and act.gift in (Gift.REFERRAL, Gift.CLIENT)

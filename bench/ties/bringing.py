"""The introductions of the scripted year: begun, asked of one and then of the other, made, and what came of them."""

from dataclasses import dataclass, replace
from datetime import date

from bench.ties.clock import Year
from bench.ties.people import chance
from service.domain.introductions.proposal import pair_of
from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.introducing import askings, said
from service.domain.ties.introduction import CameOf, Introduction, Said, is_asking, is_making, outcome_cause
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Kind
from service.domain.ties.warmth import Warmth

_NO = 10
_GONE = (Warmth.RESTING, Warmth.LET_GO)


@dataclass
class Pairing:
    """Two people to be introduced: `one` is asked first, or was promised it and has said yes."""

    id: str
    one: str
    other: str
    need: str
    begun_on: date
    by_hand: bool = False
    promise: str = ""
    outcome: str = ""
    made: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        return pair_of(self.one, self.other)


def begin(year: Year, pairing: Pairing) -> Pairing:
    for name in (pairing.one, pairing.other):
        row = year.rows[name]
        row.tie = replace(row.tie, introductions=(*row.tie.introductions, _seen(year, pairing, name, None)))
        year.look(row)
    follow(year, pairing)
    return pairing


def follow(year: Year, pairing: Pairing) -> None:
    """Let each side see how far the other has come, as storage does after every act of the two."""
    told = {name: _told(year, pairing, name) for name in (pairing.one, pairing.other)}
    for name in told:
        row = year.rows[name]
        mine = _seen(year, pairing, name, told[pairing.other if name == pairing.one else pairing.one])
        seen = tuple(mine if one.id == pairing.id else one for one in row.tie.introductions)
        if seen != row.tie.introductions:
            row.tie = replace(row.tie, introductions=seen)
            year.look(row)


def _story(year: Year, name: str) -> Story:
    row = year.rows[name]
    return read(row.tie, row.acts, year.account, year.today)


def _told(year: Year, pairing: Pairing, name: str) -> tuple[Introduction, Story]:
    story = _story(year, name)
    return next(one for one in story.tie.introductions if one.id == pairing.id), story


def _seen(year: Year, pairing: Pairing, name: str, far: tuple[Introduction, Story] | None) -> Introduction:
    first = name == pairing.one
    known = next((one for one in year.rows[name].tie.introductions if one.id == pairing.id), None)
    word, day = said(far[1], far[0]) if far else (None, None)
    asked = askings(far[1], far[0]) if far else ()
    other = pairing.other if first else pairing.one
    gone = year.rows[other].seen
    return Introduction(
        id=pairing.id,
        side="a" if name == pairing.pair[0] else "b",
        other=other,
        begun_on=known.begun_on if known else year.today,
        asks_on=known.asks_on if known else year.today,
        first=first,
        needs=first,
        need=pairing.need,
        by_hand=pairing.by_hand,
        promised=bool(pairing.promise),
        promise=pairing.promise if first else "",
        agreed=first and bool(pairing.promise),
        other_said=word,
        other_said_on=day,
        other_asked_on=asked[-1].day if asked else None,
        other_gone=bool(gone and gone.warmth in _GONE),
    )


def hear(year: Year, pairing: Pairing, did: Act, name: str) -> None:
    """A yes, a no or silence to being asked; what is made stands in both histories."""
    if is_making(did.cause):
        far = pairing.other if name == pairing.one else pairing.one
        year.act(far, ActType.DID, kind=Kind.INTRODUCE, channel=did.channel, cause=did.cause)
        pairing.made = True
        year.tell(year.back, "introduced", f"{pairing.one} and {pairing.other}")
    elif is_asking(did.cause):
        word = _word(name, did.cause)
        if word:
            year.later(2 + chance(name, did.cause) % 5, lambda: _said(year, pairing, did, name, word))
    follow(year, pairing)


def _word(name: str, cause: str) -> Said | None:
    """Who is asked about what they need or offer themselves says yes more often than not; None for silence."""
    drawn, yes = chance(name, cause), 45 + chance(name, "temper") // 2
    if drawn < yes:
        return Said.YES
    return Said.NO if drawn < yes + _NO else None


def _said(year: Year, pairing: Pairing, did: Act, name: str, word: Said) -> None:
    year.act(name, ActType.ANSWERED, outcome=Outcome.WARM, reason=word, on=did.id)
    year.tell(year.back, f"says {word}", name)
    follow(year, pairing)


def came_of(year: Year, pairing: Pairing) -> CameOf:
    """The user asks some weeks later, and tells; it stands in both histories."""
    drawn = chance(pairing.one, f"came of {pairing.other}")
    outcome = CameOf.WORK_TOGETHER if drawn < 35 else CameOf.TALKED if drawn < 75 else CameOf.NOTHING
    for name in (pairing.one, pairing.other):
        made = next(act for act in year.rows[name].acts if act.cause == f"introduction:{pairing.id}")
        values = {"cause": outcome_cause(pairing.id), "kind": Kind.INTRODUCE, "text": outcome, "on": made.id}
        year.act(name, ActType.NOTED, **values)
    pairing.outcome = outcome
    year.tell(year.back, f"came of it: {outcome}", f"{pairing.one} and {pairing.other}")
    return outcome

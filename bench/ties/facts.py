"""What the laws know of a history by counting it for themselves, without asking the engine that they judge."""

from datetime import date, timedelta

from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.touch import Kind, Sort

TOUCHES = (ActType.DID, ActType.ASKED)


def two_way(act: Act) -> bool:
    answered = act.type is ActType.ANSWERED and act.outcome in (Outcome.WARM, Outcome.COOL)
    return answered or act.type in (ActType.TALKED, ActType.RECEIVED)


def since_last(acts: list[Act], *, revivals: bool) -> list[Act]:
    """The acts after the last two-way contact (or, too, the last exchange or revival)."""
    starts = (ActType.MET, ActType.REVIVED) if revivals else ()
    found = [n for n, act in enumerate(acts) if two_way(act) or act.type in starts]
    return acts[found[-1] + 1 :] if found else acts


def asks_something(act: Act) -> bool:
    """A touch that an answer may be waited for: neither a thank-you nor two people brought together, nor word of it."""
    word, _, rest = act.cause.partition(":")
    brought = word == "introduction" and rest.partition(":")[2][:1] not in ("a", "b")
    return act.type in TOUCHES and act.kind is not Kind.THANK and not brought


def plain_noes(acts: list[Act], touches: list[Act]) -> list[Act]:
    answered = {act.on for act in acts if two_way(act)}
    refused = {act.on for act in acts if act.type is ActType.NO_ANSWER}
    return [act for act in touches if act.id in refused and act.id not in answered]


def rests(acts: list[Act], channels: int, today: date) -> bool:
    """§7 by the letter: three plain noes, on two channels or the only one, the first and the third long enough ago."""
    silent = [act for act in since_last(acts, revivals=True) if asks_something(act)]
    noes = plain_noes(acts, silent)
    if len(noes) < 3 or len({act.channel for act in noes}) < min(2, max(1, channels)):
        return False
    return today - noes[0].day >= timedelta(days=90) and today - noes[2].day >= timedelta(days=14)


def is_let_go(acts: list[Act]) -> bool:
    for act in reversed(acts):
        if act.type is ActType.LET_GO:
            return True
        if two_way(act) or act.type in (ActType.MET, ActType.REVIVED):
            return False
    return False


def gives(acts: list[Act]) -> list[Act]:
    """But for invitations, which no life here sends."""
    return [act for act in acts if act.type is ActType.DID and act.kind and act.kind.sort is Sort.GIVE]


def asks(acts: list[Act]) -> list[Act]:
    return [act for act in acts if act.type is ActType.ASKED or (act.type is ActType.DID and act.kind is Kind.ASK)]


def untold(acts: list[Act]) -> list[Act]:
    """Touches without any word since: told neither by the user nor by a later contact."""
    told = {act.on for act in acts if act.type is ActType.NO_ANSWER or two_way(act)}
    return [act for act in since_last(acts, revivals=False) if act.type in TOUCHES and act.id not in told]

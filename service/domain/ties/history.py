"""The acts that are in force, in their order: undone ones are gone, and done twice is done once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from service.domain.ties.act import Act, ActType


def in_force(history: Iterable[Act], today: date) -> tuple[Act, ...]:
    """What holds on a day, oldest first. Acts dated later count as that day's; nothing depends on the rows' order."""
    acts = sorted({act.id: act for act in history}.values(), key=_order)
    fallen = _fallen(acts)
    alive = (act for act in acts if act.id not in fallen and act.type is not ActType.UNDONE)
    return tuple(act if act.day <= today else replace(act, day=today) for act in _once(alive))


def falls_with(history: Iterable[Act], act: str) -> tuple[Act, ...]:
    """What undoing an act takes away: itself and what stands on it, such as the answer to it. Said beforehand."""
    acts = sorted(history, key=_order)
    before = _fallen(acts)
    after = _fallen(acts, also=act)
    return tuple(one for one in acts if one.id in after - before and one.type is not ActType.UNDONE)


def _order(act: Act) -> tuple[date, float, str]:
    return act.day, act.at.timestamp(), act.id


def _fallen(acts: list[Act], also: str = "") -> set[str]:
    """The ids of undone acts and of all that stands on them."""
    by_id = {act.id: act for act in acts}
    undone = {also} if also else set()
    for act in reversed(acts):
        if act.type is ActType.UNDONE and act.id not in undone:
            undone.add(act.on)
    return {act.id for act in acts if _stands_on(act, undone, by_id)}


def _stands_on(act: Act, undone: set[str], by_id: Mapping[str, Act]) -> bool:
    """Whether the act, or any that it stands on, was undone. An `undone` falls only by being undone itself."""
    seen: set[str] = set()
    at: Act | None = act
    while at is not None and at.id not in seen:
        if at.id in undone:
            return True
        seen.add(at.id)
        at = None if at.type is ActType.UNDONE else by_id.get(at.on)
    return False


def _once(acts: Iterable[Act]) -> Iterable[Act]:
    """Without the second `did` or `skipped` of one touch: two devices count once, and an answer to either counts."""
    first: dict[tuple[ActType, str], str] = {}
    same: dict[str, str] = {}
    for act in acts:
        if act.type in (ActType.DID, ActType.SKIPPED) and act.cause:
            kept = first.setdefault((act.type, act.cause), act.id)
            if kept != act.id:
                same[act.id] = kept
                continue
        yield replace(act, on=same[act.on]) if act.on in same else act

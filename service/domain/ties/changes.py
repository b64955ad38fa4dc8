"""What has to be written so that the kept touches of a tie become those of its plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.ties.touch import Lane, Touch


@dataclass(frozen=True, slots=True)
class Changes:
    """`put` is to be inserted or updated by its key, `withdraw` are keys of open touches that no longer hold."""

    put: tuple[Touch, ...] = ()
    withdraw: tuple[tuple[str, str], ...] = ()


def changes(kept: Iterable[Touch], planned: Iterable[Touch], candidate: Touch | None = None) -> Changes:
    """Kept are the open touches of the tie. A reconnect that the week chose stays while it is a candidate still."""
    before = {touch.key: touch for touch in kept}
    after = {touch.key: touch for touch in planned}
    put = tuple(touch for key, touch in after.items() if before.get(key) != touch)
    gone = (touch for key, touch in before.items() if key not in after)
    return Changes(put, tuple(touch.key for touch in gone if not _still_chosen(touch, candidate)))


def _still_chosen(touch: Touch, candidate: Touch | None) -> bool:
    if touch.lane is not Lane.DORMANT or candidate is None or candidate.key != touch.key:
        return False
    return touch.until is None or candidate.day <= touch.until

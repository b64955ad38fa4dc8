"""The caps of a week: not five coffees, not five favours, not five of one company, and not the nearest alone."""

from collections.abc import Sequence

from service.domain.ties.circle import NEAR
from service.domain.ties.policy import Policy
from service.domain.ties.seat import LeftOutReason
from service.domain.ties.touch import MEETINGS, Kind, Lane, Touch


def blocked(touch: Touch, taken: Sequence[Touch], seats: int, policy: Policy) -> LeftOutReason | None:
    """Why a proposal may not join what the week has taken (or has done) already; None where it may."""
    if _company_taken(touch, taken):
        return LeftOutReason.COMPANY
    return LeftOutReason.CAP if _is_full(touch, taken, seats, policy) else None


def _is_full(touch: Touch, taken: Sequence[Touch], seats: int, policy: Policy) -> bool:
    if touch.kind in MEETINGS and sum(one.kind in MEETINGS for one in taken) >= policy.week_meetings:
        return True
    if touch.kind is Kind.FAVOUR and sum(one.kind is Kind.FAVOUR for one in taken) >= policy.week_favours:
        return True
    if touch.lane is Lane.DORMANT and sum(one.lane is Lane.DORMANT for one in taken) >= policy.week_dormant:
        return True
    near = sum(one.circle in NEAR and one.lane.proposed for one in taken)
    return touch.circle in NEAR and near >= seats * policy.week_near_percent // 100


def _company_taken(touch: Touch, taken: Sequence[Touch]) -> bool:
    """One proposal a company; a table of colleagues met on one evening may all be greeted."""
    if not touch.company or touch.lane is Lane.FRESH:
        return False
    others = (one for one in taken if one.lane.proposed and one.lane is not Lane.FRESH)
    return any(one.company == touch.company for one in others)

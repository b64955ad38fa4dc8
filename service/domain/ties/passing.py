"""What the user lets pass: a touch that stood in the week, again and again, while he did others."""

from collections.abc import Collection
from datetime import date

from service.domain.ties.days import monday
from service.domain.ties.policy import Policy
from service.domain.ties.seat import Seat, SeatState


def let_pass(touch: tuple[str, str], seats: Collection[Seat], today: date, policy: Policy) -> bool:
    """Whether it counts as a skip by now. Weeks in which the user did nothing count for nothing."""
    over = [seat for seat in seats if seat.week < monday(today)]
    busy = {seat.week for seat in over if seat.state is SeatState.DONE}
    left = {seat.week for seat in over if seat.touch.key == touch and seat.state is SeatState.OPEN}
    return len(left & busy) >= policy.passed_weeks

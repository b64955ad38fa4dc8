"""The week: whom its seats go to. Debts and what the user planned come in always, proposals as far as seats go."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from service.domain.ties.account import Account
from service.domain.ties.caps import blocked
from service.domain.ties.days import monday, next_open, sunday
from service.domain.ties.policy import Policy
from service.domain.ties.seat import LeftOut, LeftOutReason, Seat, SeatState, Week
from service.domain.ties.touch import Lane, Touch
from service.domain.ties.turns import TURNS, by_points


@dataclass
class _Table:
    """The seats of a week while they are being filled; `taken` holds what was done as well."""

    seats: int
    policy: Policy
    room: int = 0
    taken: list[Touch] = field(default_factory=list)
    chosen: list[Touch] = field(default_factory=list)
    keys: set[tuple[str, str]] = field(default_factory=set)

    def seat(self, touch: Touch) -> None:
        self.keys.add(touch.key)
        self.taken.append(touch)
        self.chosen.append(touch)
        self.room -= touch.lane.proposed

    def has(self, touch: Touch) -> bool:
        return touch.key in self.keys

    def refusal(self, touch: Touch) -> LeftOutReason | None:
        return blocked(touch, self.taken, self.seats, self.policy)


def fit(  # noqa: PLR0913  # all that a week is chosen by
    touches: Iterable[Touch],
    budget: int,
    week: date,
    today: date,
    held: Collection[Seat],
    *,
    account: Account,
    raised: int = 0,
    companies_tried: Collection[str] = (),
    waiting: Collection[str] = (),
    kept: int = 0,
) -> Week:
    """Choose for the week of `week` among open touches (and dormant candidates), keeping to what it holds already.

    `companies_tried` had a dormant touch lately; `waiting` are ties of whom the user has yet to say whether they
    answered. `kept` seats stay free for whom one will meet this week. Only what could be chosen need be given: the cost
    does not grow with the address book.
    """
    week, last = monday(week), sunday(week)
    table = _Table(budget + raised, account.policy, taken=[one.touch for one in held if one.state is SeatState.DONE])
    live = _live(touches, held)
    for touch in sorted((one for one in live if _is_due_debt(one, last)), key=lambda one: (one.day, one.key)):
        table.seat(touch)
    table.room = max(0, table.seats - len({one.task for one in table.taken}) - _skipped_too_often(held, budget))
    given_back = _keep_held(table, live, held, last)
    table.room = max(0, table.room - kept)
    new = [one for one in live if one.lane.proposed and not table.has(one) and one not in given_back]
    ideas = [one for one in new if _has_day(one, max(week, today), last, account)]
    ideas = by_points((one for one in ideas if not _tried_there(one, companies_tried)), today, account.policy)
    _fill(table, ideas)
    out = _left_out(table, [*given_back, *ideas], waiting)
    return _week(week, table, out, given_back, ideas)


def _live(touches: Iterable[Touch], held: Collection[Seat]) -> list[Touch]:
    """What was neither done nor skipped in this week already."""
    gone = {seat.touch.key for seat in held if seat.state in (SeatState.DONE, SeatState.SKIPPED)}
    return list({touch.key: touch for touch in touches if touch.key not in gone}.values())


def _is_due_debt(touch: Touch, last: date) -> bool:
    return not touch.lane.proposed and touch.day <= last


def _has_day(touch: Touch, first: date, last: date, account: Account) -> bool:
    """Whether an open day is left for it in the week, within its own time."""
    day = next_open(max(touch.day, first), account)
    return day <= last and (touch.until is None or day <= touch.until)


def _tried_there(touch: Touch, companies_tried: Collection[str]) -> bool:
    return touch.lane is Lane.DORMANT and bool(touch.company) and touch.company in companies_tried


def _skipped_too_often(held: Collection[Seat], budget: int) -> int:
    """The seat of what was skipped goes to the next, at most as often as the week has seats of its own."""
    return max(0, sum(seat.state is SeatState.SKIPPED for seat in held) - budget)


def _keep_held(table: _Table, live: list[Touch], held: Collection[Seat], last: date) -> list[Touch]:
    """What the week chose stays as far as there is room; the lowest seats go back."""
    now = {touch.key: touch for touch in live if touch.lane.proposed and touch.day <= last}
    seats = sorted(
        (seat for seat in held if seat.state is SeatState.OPEN), key=lambda one: (one.position, one.touch.key)
    )
    kept = [now[seat.touch.key] for seat in seats if seat.touch.key in now]
    for touch in kept[: table.room]:
        table.seat(touch)
    return [touch for touch in kept if not table.has(touch)]


def _fill(table: _Table, ideas: list[Touch]) -> None:
    for turn, one_only in TURNS:
        for touch in turn([one for one in ideas if not table.has(one)], table.taken):
            if table.room <= 0:
                return
            if table.refusal(touch) is None:
                table.seat(touch)
                if one_only:
                    break


def _left_out(table: _Table, ideas: list[Touch], waiting: Collection[str]) -> list[LeftOut]:
    """In the order of their points; a dormant is no one's turn, so it is not left out either."""
    left = [one for one in ideas if not table.has(one) and one.lane is not Lane.DORMANT]
    seated = table.room > 0
    out = [LeftOut(one.tie, (seated and table.refusal(one)) or LeftOutReason.NO_SEAT, one) for one in left]
    return [*out, *(LeftOut(tie, LeftOutReason.WAITS_FOR_WORD) for tie in sorted(waiting))]


def _week(week: date, table: _Table, out: list[LeftOut], given_back: list[Touch], ideas: list[Touch]) -> Week:
    fresh = [one for one in table.taken if one.lane is Lane.FRESH]
    waiting = [one for one in ideas if one.lane is Lane.FRESH and not table.has(one)]
    return Week(
        monday=week,
        seats=table.seats,
        chosen=tuple(table.chosen),
        left_out=tuple(out[: table.policy.left_out_shown]),
        left_out_count=len(out),
        given_back=tuple(given_back),
        fresh_chosen=len(fresh),
        fresh_due=len(fresh) + len(waiting),
    )

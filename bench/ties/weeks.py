"""The laws of the week, over weeks put together at random: seats, caps, and what was chosen."""

import random
from dataclasses import replace
from datetime import date, timedelta

from service.domain.ties.account import Account
from service.domain.ties.circle import NEAR, Circle
from service.domain.ties.days import monday, sunday
from service.domain.ties.seat import LeftOutReason, Seat, SeatState, Week
from service.domain.ties.touch import FIRST_WORDS, MEETINGS, Kind, Lane, Reason, Touch, Why
from service.domain.ties.week import fit

MONDAY = date(2026, 3, 2)
_KINDS = {
    Lane.DEBT: (Kind.PROMISE, Kind.THANK),
    Lane.BY_HAND: (Kind.ASK, Kind.COFFEE, Kind.HELLO),
    Lane.IN_MOTION: (Kind.COFFEE, Kind.CALL),
    Lane.FRESH: (Kind.FIRST,),
    Lane.KEEP: (Kind.FAVOUR, Kind.HELLO, Kind.COFFEE, Kind.CONGRATULATE),
    Lane.TRY: (Kind.FAVOUR, Kind.HELLO, Kind.COFFEE),
    Lane.LATE: (Kind.LATE_HELLO,),
    Lane.DORMANT: (Kind.RECONNECT,),
}


def touch(chance: random.Random, number: int) -> Touch:
    lane = chance.choice(list(Lane))
    return Touch(
        tie=f"t{number}",
        cause=_cause(chance, lane, number),
        kind=chance.choice(_KINDS[lane]),
        lane=lane,
        day=MONDAY + timedelta(days=chance.randint(-40, 9)),
        until=chance.choice([None, None, MONDAY + timedelta(days=chance.randint(-3, 20))]),
        channel=None,
        why=Why(Reason.TIME, MONDAY - timedelta(days=chance.randint(0, 900))),
        circle=chance.choice(list(Circle)),
        points=chance.randint(-3, 12),
        company=chance.choice(["", "", "acme", "bolt", "crane"]),
        begun_on=MONDAY - timedelta(days=chance.randint(0, 900)),
        easy=chance.random() < 0.2,
    )


def _cause(chance: random.Random, lane: Lane, number: int) -> str:
    invited = lane is Lane.BY_HAND and chance.random() < 0.4
    return "gathering:g:invite" if invited else f"c{number}"


def judge(seed: int) -> None:
    """A week through its days: things fall due, are done, skipped, promised; every law after every change."""
    chance = random.Random(seed)
    account, budget, raised = Account(), chance.randint(1, 8), chance.choice([0, 0, 5])
    free = chance.choice([0, 0, 0, 3])
    touches = [touch(chance, n) for n in range(chance.randint(0, 40))]
    held: list[Seat] = []
    for day in range(7):
        today = MONDAY + timedelta(days=day)
        week = fit(touches, budget, MONDAY, today, held, account=account, raised=raised, kept=free)
        check(week, touches, held, account)
        _keeps_free(week, held, free)
        turned = fit(touches[::-1], budget, MONDAY, today, held[::-1], account=account, raised=raised, kept=free)
        assert turned == week, "row order"
        held = _hold(week, held, today)
        again = fit(touches, budget, MONDAY, today, held, account=account, raised=raised, kept=free)
        assert set(again.chosen) == set(week.chosen), "what the week holds stays"
        held = [_become(seat, chance) for seat in held]
        touches = [one for one in touches if one.key not in _ended(held)]
        touches += [touch(chance, 100 * (day + 1) + n) for n in range(chance.randint(0, 4))]


def check(week: Week, touches: list[Touch], held: list[Seat], account: Account) -> None:
    """§9 and the first of the laws of §12, counted by hand."""
    done = [seat.touch for seat in held if seat.state is SeatState.DONE]
    always = [one for one in touches if not one.lane.proposed and one.day <= sunday(MONDAY)]
    always = [one for one in always if one.key not in _ended(held)]
    assert all(one in week.chosen for one in always), "debts and by hand are always in"
    assert _tasks([*week.chosen, *done]) <= max(week.seats, _tasks([*always, *done])), "the seats"
    assert all(one.day <= sunday(MONDAY) for one in week.chosen)
    assert not {one.key for one in week.chosen} & _ended(held)
    kept = {seat.touch.key for seat in held if seat.state is SeatState.OPEN}
    stays = {one.key for one in (*week.chosen, *week.given_back)}
    assert all(one.key in stays for one in touches if one.key in kept), "what the week chose stays"
    assert _tasks([*week.chosen, *done]) >= week.seats or not week.given_back or _many_skipped(held), (
        "given back in vain"
    )
    _caps(week, [*done, *week.chosen], [one for one in week.proposals if one.key not in kept], account)
    left = {one.tie for one in week.left_out}
    assert not left & {one.tie for one in week.chosen}
    assert len(week.left_out) <= account.policy.left_out_shown <= max(week.left_out_count, 5)


def _tasks(touches: list[Touch]) -> int:
    """All invitations to one gathering are one task with one seat."""
    return len({one.cause if one.cause.startswith("gathering:") else one.tie for one in touches})


def _keeps_free(week: Week, held: list[Seat], free: int) -> None:
    """Before a gathering nothing new takes the seats that are kept for whom one will meet."""
    before = {seat.touch.key for seat in held}
    done = [seat.touch for seat in held if seat.state is SeatState.DONE]
    if any(one.key not in before for one in week.proposals):
        assert _tasks([*week.chosen, *done]) <= week.seats - free, "the seats kept for a gathering"
    if any(one.reason is LeftOutReason.NO_SEAT for one in week.left_out) and not _many_skipped(held):
        assert _tasks([*week.chosen, *done]) >= week.seats - free, "a seat left empty"


def _caps(week: Week, taken: list[Touch], new: list[Touch], account: Account) -> None:
    policy = account.policy
    if any(one.kind in MEETINGS for one in new):
        assert sum(one.kind in MEETINGS for one in taken) <= policy.week_meetings, "meetings"
    if any(one.kind is Kind.FAVOUR for one in new):
        assert sum(one.kind is Kind.FAVOUR for one in taken) <= policy.week_favours, "favours"
    if any(one.lane is Lane.DORMANT for one in new):
        assert sum(one.lane is Lane.DORMANT for one in taken) <= policy.week_dormant, "dormant"
    if any(one.circle in NEAR for one in new):
        near = sum(one.circle in NEAR and one.lane.proposed for one in taken)
        assert near * 100 <= week.seats * policy.week_near_percent, "inner and close"
    for one in (one for one in new if one.company and one.kind not in FIRST_WORDS):
        same = [other for other in taken if other.company == one.company and other.lane.proposed]
        assert len([other for other in same if other.lane is not Lane.FRESH]) == 1, "one a company"


def _hold(week: Week, held: list[Seat], today: date) -> list[Seat]:
    """As it would be kept: new seats are added, those that gave way are given back, the withdrawn are gone."""
    chosen = {one.key for one in week.chosen}
    kept = [seat for seat in held if seat.state in (SeatState.DONE, SeatState.SKIPPED) or seat.touch.key in chosen]
    had = {seat.touch.key for seat in kept}
    new = [one for one in week.chosen if one.key not in had]
    return kept + [Seat(monday(MONDAY), one, today, len(kept) + n) for n, one in enumerate(new)]


def _many_skipped(held: list[Seat]) -> bool:
    return sum(seat.state is SeatState.SKIPPED for seat in held) > 1


def _become(seat: Seat, chance: random.Random) -> Seat:
    fate = chance.choice([SeatState.OPEN, SeatState.OPEN, SeatState.DONE, SeatState.SKIPPED])
    owed = seat.touch.kind is Kind.PROMISE and fate is SeatState.SKIPPED
    return seat if seat.state is not SeatState.OPEN or owed else replace(seat, state=fate)


def _ended(held: list[Seat]) -> set[tuple[str, str]]:
    return {seat.touch.key for seat in held if seat.state in (SeatState.DONE, SeatState.SKIPPED)}

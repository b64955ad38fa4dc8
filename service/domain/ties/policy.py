"""Every number of the engine, each with its source; an account may change each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from service.domain.errors import BadValue
from service.domain.ties.circle import Circle

OURS = "ours"
DUNBAR = "Dunbar: week, month, half-year, year"
LEVIN = "Levin, Walter & Murnighan 2011"
FERRAZZI = "Ferrazzi, Never Eat Alone"
PRACTITIONERS = "practitioners: within 24 to 48 hours"
ESSAY = "the founder's essay on contacts"
WALTER = "ours, after Walter 2015 and Rajkumar 2022"
GRANT = "ours, after Grant, Give and Take"
SIXTY = "Dunbar: some 60 % of attention goes to the inner fifteen"


def _number(default: int, source: str, low: int, high: int) -> Any:
    return field(default=default, metadata={"source": source, "low": low, "high": high})


def _days(default: int, source: str, low: int = 1, high: int = 3650) -> Any:
    return _number(default, source, low, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The numbers, in the order of docs/followup.md. `metadata` of a field has its source and what is allowed."""

    # Words: windows and stages.
    answer_window_days: int = _days(14, OURS, 1, 90)
    stage_apart_days: int = _days(30, OURS)
    fresh_days: int = _days(14, OURS, 1, 90)
    cooling_waits: int = _number(2, OURS, 1, 10)
    dormant_days: int = _days(3 * 365, LEVIN, 180)
    # Circles.
    inner_days: int = _days(7, DUNBAR)
    close_days: int = _days(30, DUNBAR)
    active_days: int = _days(90, OURS)
    wider_days: int = _days(180, DUNBAR)
    drawer_days: int = _days(365, DUNBAR)
    inner_at_most: int = _number(3, ESSAY, 1, 15)
    # The touches: how long each makes sense.
    thank_days: int = _days(14, OURS, 1, 90)
    first_after_days: int = _days(1, PRACTITIONERS, 0, 14)
    late_hello_days: int = _days(45, OURS, 15, 365)
    meeting_days: int = _days(21, OURS)
    introduce_days: int = _days(30, OURS)
    introduce_again_days: int = _days(90, OURS)
    congratulate_days: int = _days(30, OURS)
    date_days: int = _days(3, OURS, 1, 30)
    # When the next one is due.
    second_try_days: int = _days(30, FERRAZZI, 14)
    third_try_days: int = _days(60, FERRAZZI, 14)
    tries_at_most: int = _number(3, FERRAZZI, 1, 4)
    try_spread_days: int = _days(24, OURS, 0, 28)
    meeting_after_days: int = _days(7, OURS, 1, 20)
    new_tie_days: int = _days(30, FERRAZZI)
    give_back_days: int = _days(30, OURS, 7)
    cool_waits: int = _number(2, OURS, 1, 10)
    silent_least_days: int = _days(14, OURS, 14)
    silent_most_days: int = _days(180, OURS, 14)
    unknown_at_most: int = _number(3, OURS, 1, 4)
    skip_days: int = _days(30, OURS)
    # Which kind.
    between_gives_days: int = _days(30, OURS)
    same_kind_days: int = _days(180, OURS)
    same_channel_at_most: int = _number(2, OURS, 1, 10)
    # Dormant ties and old cards.
    dormant_shares: int = _number(25, WALTER, 0, 100)
    dormant_seniority: int = _number(25, WALTER, 0, 100)
    dormant_answers: int = _number(17, WALTER, 0, 100)
    dormant_past: int = _number(17, WALTER, 0, 100)
    dormant_noted: int = _number(16, WALTER, 0, 100)
    dormant_company_days: int = _days(90, OURS)
    dormant_again_days: int = _days(365, OURS)
    dormant_tries: int = _number(2, OURS, 1, 5)
    reconnect_call_days: int = _days(3, OURS, 1, 20)
    sort_at_most: int = _number(10, OURS, 1, 200)
    # Rest.
    rest_after: int = _number(3, OURS, 2, 4)
    rest_channels: int = _number(2, OURS, 1, 4)
    rest_first_days: int = _days(90, OURS)
    rest_last_days: int = _days(14, OURS)
    rest_again_days: int = _days(365, OURS)
    touches_to_silence: int = _number(4, OURS, 2, 4)
    # Closer and wider.
    circle_every_days: int = _days(91, OURS)
    circle_refused_days: int = _days(365, OURS)
    closer_received: int = _number(2, OURS, 1, 10)
    closer_talks: int = _number(2, OURS, 1, 10)
    closer_talk_days: int = _days(120, OURS)
    wider_cool: int = _number(2, OURS, 1, 10)
    wider_skips: int = _number(3, OURS, 1, 10)
    wider_gives: int = _number(5, OURS, 1, 50)
    year_days: int = _days(365, OURS)
    # Give before you ask.
    gate_gives: int = _number(2, GRANT, 1, 10)
    gate_gives_days: int = _days(730, GRANT)
    gate_contact_days: int = _days(730, GRANT)
    gate_known_days: int = _days(60, GRANT, 0)
    gate_asks_days: int = _days(90, GRANT)
    # The week and Today.
    budget: int = _number(5, OURS, 1, 50)
    raise_at_most: int = _number(10, OURS, 1, 10)
    raise_offer: int = _number(5, OURS, 1, 10)
    week_meetings: int = _number(2, OURS, 0, 50)
    week_favours: int = _number(2, OURS, 0, 50)
    week_dormant: int = _number(2, OURS, 0, 2)
    week_near_percent: int = _number(60, SIXTY, 0, 100)
    gathering_seats: int = _number(3, OURS, 0, 50)
    invite_days: int = _days(21, OURS, 1, 90)
    left_out_shown: int = _number(5, OURS, 1, 20)
    # Points.
    points_starred: int = _number(2, OURS, 0, 10)
    points_they_gave: int = _number(2, OURS, 0, 10)
    points_late_hello: int = _number(2, OURS, 0, 10)
    points_noted: int = _number(1, OURS, 0, 10)
    points_answered: int = _number(1, OURS, 0, 10)
    points_silent_try: int = _number(-3, OURS, -10, 0)
    points_late_most: int = _number(4, OURS, 0, 10)
    # Another day, not this one, let pass.
    postpone_days: int = _days(60, OURS, 1, 365)
    postpone_times: int = _number(3, OURS, 1, 10)
    passed_weeks: int = _number(3, OURS, 1, 26)
    # Days.
    longest_stretch_days: int = _days(365, OURS, 1, 365)

    def interval(self, circle: Circle) -> int:
        """Days between touches that the circle asks for."""
        match circle:
            case Circle.INNER:
                return self.inner_days
            case Circle.CLOSE:
                return self.close_days
            case Circle.ACTIVE:
                return self.active_days
            case Circle.WIDER:
                return self.wider_days
            case Circle.DRAWER:
                return self.drawer_days


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the policy as it is shown: by default, from whom, and within what bounds it may be changed."""

    name: str
    default: int
    source: str
    low: int
    high: int

    @property
    def ours(self) -> bool:
        return self.source.startswith(OURS)


NUMBERS: dict[str, Number] = {
    one.name: Number(one.name, getattr(Policy(), one.name), **one.metadata) for one in fields(Policy)
}
"""By name, in the order of the specification."""


def policy(changes: Mapping[str, object]) -> Policy:
    """The policy with an account's own numbers in place of ours."""
    for name, value in changes.items():
        _check(name, value)
    return Policy(**changes)  # type: ignore[arg-type] # checked above


def _check(name: str, value: object) -> None:
    number = NUMBERS.get(name)
    if number is None:
        raise BadValue("unknown_number", f"The policy has no number called {name}.")
    if not isinstance(value, int) or isinstance(value, bool) or not number.low <= value <= number.high:
        raise BadValue("number_out_of_bounds", f"{name}: choose a whole number from {number.low} to {number.high}.")

"""A gathering as an event: on its days, or from its hour, in the zone of the host."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from service.domain.errors import BadValue
from service.domain.gatherings.event import event_of
from service.domain.gatherings.gathering import Gathering
from service.domain.gatherings.said import checked

DAY = date(2026, 6, 18)
MADRID = ZoneInfo("Europe/Madrid")
AT = datetime(2026, 6, 1, tzinfo=UTC)


def gathering(**values: Any) -> Gathering:
    return Gathering(id="g", name="Cata", day=DAY, changed_at=AT, **values)


def test_an_hour_makes_it_last_two_hours_or_as_long_as_was_said() -> None:
    for hours, ends in ((None, 22), (3.0, 23)):
        event = event_of(gathering(begins="20:00", hours=hours), MADRID)
        assert event.begins == datetime(2026, 6, 18, 20, tzinfo=MADRID)
        assert event.ends == datetime(2026, 6, 18, ends, tzinfo=MADRID)


def test_without_an_hour_it_is_its_days() -> None:
    assert (event_of(gathering(), MADRID).begins, event_of(gathering(), MADRID).ends) == (DAY, None)
    fair = gathering(last_day=date(2026, 6, 20), begins="09:00")
    assert (event_of(fair, MADRID).begins, event_of(fair, MADRID).ends) == (DAY, date(2026, 6, 20))


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": "\x00 \n"},
        {"name": 3},
        {"begins": "8 pm"},
        {"hours": -1},
        {"hours": "2"},
        {"seats_kept": 99},
        {"kind": "wedding"},
        {"day": None},
        {"last_day": date(2026, 6, 17)},
        {"last_day": date(2027, 6, 18)},
        {"reply_by": date(2026, 6, 19)},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        checked(values, day=DAY)


def test_what_is_said_is_kept_in_one_line_and_own_follows_from_the_kind() -> None:
    assert checked({"name": " Cata \n de  vinos ", "kind": "own"}, day=DAY) == {
        "name": "Cata de vinos",
        "kind": "own",
        "own": True,
    }
    assert checked({"last_day": DAY}, day=DAY) == {"last_day": None}

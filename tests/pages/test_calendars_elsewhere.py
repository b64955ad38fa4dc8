"""ical.js, which nobody here wrote, reads our calendars as they were meant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from service.domain.reaching.calendar import Event, calendar
from tests.domain.test_calendar import CHANGED, MEAL
from tests.pages.elsewhere import events_of

pytestmark = pytest.mark.browser

CHANGES = (
    ("Europe/Madrid", 3, 28),
    ("Europe/Madrid", 10, 31),
    ("America/Santiago", 4, 4),
    ("America/Santiago", 9, 5),
    ("Australia/Lord_Howe", 4, 3),
    ("Australia/Lord_Howe", 10, 2),
)
"""The nights of one year, by UTC, in which clocks change."""


def test_ical_js_reads_the_same_event(chromium: Browser) -> None:
    (event,) = events_of(chromium, calendar([MEAL], name="Undrawer", method="REQUEST").decode())
    assert isinstance(MEAL.begins, datetime)
    assert isinstance(MEAL.ends, datetime)
    said = {"summary": MEAL.summary, "description": MEAL.text, "location": MEAL.place}
    when = {"start": MEAL.begins.timestamp(), "end": MEAL.ends.timestamp()}
    assert event == {"uid": MEAL.uid, "sequence": 3, **said, **when}


def test_ical_js_reads_days_as_days(chromium: Browser) -> None:
    fair = Event(uid="1", summary="Feria", begins=date(2027, 3, 1), ends=date(2027, 3, 3), changed_at=CHANGED)
    (event,) = events_of(chromium, calendar([fair]).decode())
    assert (event["start"], event["end"]) == ("2027-03-01", "2027-03-04")


def test_every_hour_around_a_change_of_clocks_is_the_right_one_in_ical_js(chromium: Browser) -> None:
    hours = [
        (datetime(2027, month, day, tzinfo=UTC) + timedelta(hours=hour)).astimezone(ZoneInfo(zone))
        for zone, month, day in CHANGES
        for hour in range(-3, 6)
    ]
    events = [Event(uid=str(n), summary="x", begins=hour, changed_at=CHANGED) for n, hour in enumerate(hours)]
    read = events_of(chromium, calendar(events).decode())
    assert [event["start"] for event in read] == [hour.timestamp() for hour in hours]

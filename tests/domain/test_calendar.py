"""Events become a calendar that other programs read the same way, at the right moment on every day of the year."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import example, given
from hypothesis import strategies as st

from service.domain.reaching.calendar import Event, Person, calendar

MADRID = ZoneInfo("Europe/Madrid")
CHANGED = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
MEAL = Event(
    uid="gathering-1@undrawer",
    summary="Comida; con Íñigo, y más",
    begins=datetime(2027, 2, 12, 14, 30, tzinfo=MADRID),
    ends=datetime(2027, 2, 12, 16, 0, tzinfo=MADRID),
    changed_at=CHANGED,
    sequence=3,
    text="Dos líneas:\nuna, y otra; \\fin",
    place="Gran Vía 3, Bilbao",
    url="https://undrawer.example/gatherings/1",
    organiser=Person("Ana Torres Vidal", "ana@example.com"),
    guests=(Person('Nuria "Nu" Ibáñez; la de Filtros: ñ', "nuria@example.com"),),
)
ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
)
moments = st.builds(
    lambda seconds, zone: (CHANGED + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone)),
    st.integers(-50_000_000, 200_000_000),
    st.sampled_from(ZONES),
)


def event_of(text: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(text).events
    return event


def rules_in(text: bytes) -> tzinfo:
    zone = tzical(StringIO(text.decode())).get()
    assert zone
    return zone


def lines_of(text: bytes) -> list[str]:
    """The logical lines, unfolded."""
    return text.decode().replace("\r\n ", "").split("\r\n")


def test_another_program_reads_every_property() -> None:
    event = event_of(calendar([MEAL], name="Undrawer", method="REQUEST"))
    assert (event.uid, event.sequence, event.start, event.end) == (MEAL.uid, 3, MEAL.begins, MEAL.ends)
    assert (event.summary, event.description, event.location) == (MEAL.summary, MEAL.text, MEAL.place)
    assert (event["URL"], event["ORGANIZER"]) == (MEAL.url, "mailto:ana@example.com")
    assert event["ATTENDEE"].params["CN"] == "Nuria 'Nu' Ibáñez; la de Filtros: ñ"
    assert event.DTSTAMP == event.LAST_MODIFIED == CHANGED


def test_a_second_program_reads_the_same() -> None:
    event = vobject.readOne(calendar([MEAL]).decode()).vevent
    assert event.uid.value == MEAL.uid
    assert (event.summary.value, event.description.value, event.location.value) == (MEAL.summary, MEAL.text, MEAL.place)
    assert (event.dtstart.value, event.dtend.value) == (MEAL.begins, MEAL.ends)
    assert event.sequence.value == "3"


def test_lines_end_in_crlf_and_have_at_most_75_octets() -> None:
    text = calendar(
        [MEAL, Event(uid="2", summary="ñ€😀" * 60, begins=date(2027, 1, 1), changed_at=CHANGED)], name="ñ" * 80
    )
    assert text.endswith(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    text.decode()  # no fold inside a letter


def test_a_day_ends_where_the_next_begins() -> None:
    one = Event(uid="1", summary="Feria", begins=date(2027, 3, 1), changed_at=CHANGED)
    event = event_of(calendar([one]))
    assert (event.start, event.end) == (date(2027, 3, 1), date(2027, 3, 2))
    three = Event(uid="1", summary="Feria", begins=date(2027, 3, 1), ends=date(2027, 3, 3), changed_at=CHANGED)
    assert event_of(calendar([three])).end == date(2027, 3, 4)


def test_without_an_end_a_talk_lasts_an_hour() -> None:
    talk = Event(uid="1", summary="Café", begins=datetime(2027, 3, 1, 9, tzinfo=MADRID), changed_at=CHANGED)
    assert event_of(calendar([talk])).duration == timedelta(hours=1)


def test_what_takes_no_time_and_what_was_called_off_say_so() -> None:
    lines = lines_of(
        calendar([Event(uid="1", summary="x", begins=date(2027, 3, 1), changed_at=CHANGED, free=True, cancelled=True)])
    )
    assert {"TRANSP:TRANSPARENT", "STATUS:CANCELLED"} <= {*lines}


def test_a_calendar_says_its_name_its_method_and_how_often_to_ask() -> None:
    lines = lines_of(calendar([], name="Undrawer, el de Ana", method="PUBLISH", every=timedelta(hours=4)))
    assert {"METHOD:PUBLISH", "X-WR-CALNAME:Undrawer\\, el de Ana", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"} <= {*lines}


def test_the_same_events_give_the_same_bytes() -> None:
    assert calendar([MEAL], name="Undrawer") == calendar([MEAL], name="Undrawer")


@given(moments)
@example(datetime(2027, 3, 28, 3, 0, tzinfo=MADRID))
@example(datetime(2027, 3, 28, 1, 59, tzinfo=MADRID))
@example(datetime(2027, 10, 31, 2, 30, tzinfo=MADRID))
def test_the_rules_of_its_zones_say_the_same_moment(moment: datetime) -> None:
    text = calendar([Event(uid="1", summary="x", begins=moment, changed_at=CHANGED)])
    start = event_of(text).start
    assert isinstance(start, datetime)
    assert start.astimezone(UTC) == moment.astimezone(UTC)
    if start.tzname() != "UTC":
        # dateutil knows nothing here but the rules that stand in the file.
        assert start.replace(tzinfo=rules_in(text)).astimezone(UTC) == moment.astimezone(UTC)


@pytest.mark.parametrize(("fold", "written"), [(0, "DTSTART:20271031T003000Z"), (1, "DTSTART:20271031T013000Z")])
def test_an_hour_that_comes_twice_is_written_by_utc(fold: int, written: str) -> None:
    twice = datetime(2027, 10, 31, 2, 30, tzinfo=MADRID, fold=fold)
    assert written in lines_of(calendar([Event(uid="1", summary="x", begins=twice, changed_at=CHANGED)]))


def test_a_distance_from_utc_without_a_name_is_written_by_utc() -> None:
    far = datetime(2027, 3, 1, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert "DTSTART:20270301T033000Z" in lines_of(
        calendar([Event(uid="1", summary="x", begins=far, changed_at=CHANGED)])
    )


@pytest.mark.parametrize(
    "hostile", ["a\r\nATTACH:evil", "a\nEND:VEVENT", "a\x00\x07b", "\u202ea", "a\u2028ATTACH:evil", "\\n;,:"]
)
def test_no_value_writes_a_property_of_its_own(hostile: str) -> None:
    bad = Event(
        uid=hostile,
        summary=hostile,
        begins=date(2027, 3, 1),
        changed_at=CHANGED,
        text=hostile,
        place=hostile,
        url=f"https://a.example/{hostile}",
        organiser=Person(hostile, f"{hostile}@example.com"),
        guests=(Person(hostile, f"{hostile}@example.com"),),
    )
    text = calendar([bad], name=hostile)
    event = event_of(text)
    assert "ATTACH" not in event
    assert len([line for line in lines_of(text) if line.startswith("END:VEVENT")]) == 1
    assert not any(ord(sign) < 32 for line in lines_of(text) for sign in line)


@given(st.text(), st.text())
def test_any_words_come_back_from_both_programs(summary: str, text: str) -> None:
    event = Event(uid="1", summary=summary, begins=date(2027, 3, 1), changed_at=CHANGED, text=text)
    written = calendar([event])
    one, other = event_of(written), vobject.readOne(written.decode()).vevent
    assert str(one["SUMMARY"]) == other.summary.value
    assert str(one.get("DESCRIPTION", "")) == (other.description.value if "description" in other.contents else "")

"""Days as people say them, reckoned from the day of sending."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.drafts.days import said
from service.domain.drafts.texts import LANGUAGES, texts_of

SATURDAY = date(2026, 6, 13)


@pytest.mark.parametrize(
    ("day", "spanish", "english"),
    [
        (date(2026, 6, 13), "hoy", "today"),
        (date(2026, 6, 12), "ayer", "yesterday"),
        (date(2026, 6, 11), "el jueves", "on Thursday"),
        (date(2026, 6, 7), "el domingo", "on Sunday"),
        (date(2026, 6, 6), "la semana pasada", "last week"),
        (date(2026, 5, 31), "hace dos semanas", "two weeks ago"),
        (date(2026, 5, 12), "hace cuatro semanas", "four weeks ago"),
        (date(2026, 3, 2), "en marzo", "in March"),
        (date(2025, 3, 2), "en marzo del año pasado", "in March last year"),
        (date(2021, 3, 2), "en 2021", "in 2021"),
        (date(2026, 6, 14), "mañana", "tomorrow"),
        (date(2026, 6, 18), "el jueves", "on Thursday"),
        (date(2026, 6, 25), "el jueves 25", "on Thursday the 25th"),
        (date(2026, 7, 2), "el jueves 2", "on Thursday the 2nd"),
        (date(2026, 10, 1), "el jueves 1 de octubre", "on Thursday, 1 October"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, spanish: str, english: str) -> None:
    assert said(day, texts_of("es").days, on=SATURDAY) == spanish
    assert said(day, texts_of("en").days, on=SATURDAY) == english


@given(on=st.dates(date(1999, 1, 1), date(2100, 1, 1)), days=st.integers(-800, 20_000), lang=st.sampled_from(LANGUAGES))
def test_every_day_can_be_said_in_every_language(on: date, days: int, lang: str) -> None:
    told = said(on - timedelta(days=days), texts_of(lang).days, on=on)
    assert told
    assert "{" not in told

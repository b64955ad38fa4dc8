"""Times offered in a message, as each language says them."""

from datetime import date, datetime

import pytest

from service.domain.drafts.times import offered

MONDAY = date(2030, 3, 4)
TIMES = (datetime(2030, 3, 7, 9, 0), datetime(2030, 3, 8, 16, 30), datetime(2030, 3, 12, 10, 0))  # noqa: DTZ001  # local


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("es", "el jueves a las 9:00, el viernes a las 16:30 o el martes 12 a las 10:00"),
        ("en-GB", "on Thursday at 9:00, on Friday at 16:30 or on Tuesday the 12th at 10:00"),
        ("fr", "jeudi à 9h, vendredi à 16h30 ou mardi 12 à 10h"),
        ("de", "am Donnerstag um 9:00 Uhr, am Freitag um 16:30 Uhr oder am Dienstag, den 12. um 10:00 Uhr"),
    ],
)
def test_three_times_are_offered_in_a_breath(lang: str, said: str) -> None:
    assert offered(TIMES, lang=lang, on=MONDAY) == said


@pytest.mark.parametrize("lang", ["es", "en", "pt", "pt-BR", "fr", "de", "it", "xx"])
def test_every_language_says_one_none_and_many(lang: str) -> None:
    assert offered((), lang=lang, on=MONDAY) == ""
    assert "9" in offered(TIMES[:1], lang=lang, on=MONDAY)
    assert offered(TIMES, lang=lang, on=MONDAY).count(",") >= 1

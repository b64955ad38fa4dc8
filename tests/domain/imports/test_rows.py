"""Rows as contacts: what is good goes in, what is not is left out with its reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.imports.columns import Column
from service.domain.imports.days import day_of
from service.domain.imports.rows import Entry, Habits, Trouble, entry_of

TODAY = date(2026, 6, 13)
SPAIN = Habits(country="ES", lang="es")


def entry(columns: list[Column], *cells: str, habits: Habits = SPAIN) -> Entry | Trouble:
    return entry_of(cells, columns, habits=habits, today=TODAY)


def kept(columns: list[Column], *cells: str) -> Entry:
    found = entry(columns, *cells)
    assert isinstance(found, Entry)
    return found


def test_a_row_of_linkedin_becomes_a_person_with_a_profile() -> None:
    columns = [Column.GIVEN, Column.FAMILY, Column.URL, Column.ORG, Column.TITLE, Column.KNOWN_SINCE]
    url = "https://www.linkedin.com/in/nuria-vidal-ros"
    found = kept(columns, "Nuria", "Vidal Ros", url, "Filtros Norte S.L.", "Directora", "05 Nov 2023")
    assert found.fields.name
    assert (found.fields.name.given, found.fields.name.family) == ("Nuria", "Vidal Ros")
    assert [(profile.network, profile.handle) for profile in found.fields.profiles] == [("linkedin", "nuria-vidal-ros")]
    assert found.fields.urls == ()
    assert found.known_since == date(2023, 11, 5)
    assert found.last_contact is None


def test_a_site_that_only_looks_like_linkedin_is_a_site() -> None:
    found = kept([Column.NAME, Column.URL], "Ana", "https://notlinkedin.com/in/ana")
    assert found.fields.profiles == ()


def test_numbers_get_the_files_country_and_mobiles_their_kind() -> None:
    found = kept([Column.NAME, Column.PHONE, Column.MOBILE], "Ana Gil", "944 231 807", "612 345 678")
    assert [(phone.e164, str(phone.type)) for phone in found.fields.phones] == [
        ("+34944231807", ""),
        ("+34612345678", "mobile"),
    ]


def test_a_company_without_a_person_goes_in() -> None:
    assert kept([Column.ORG], "Bar Lola").fields.shown_as == "Bar Lola"


@pytest.mark.parametrize(
    ("column", "cell", "trouble"),
    [
        (Column.EMAIL, "nobody at home", Trouble.MAIL),
        (Column.EMAIL, "a@b@c.example", Trouble.MAIL),
        (Column.NOTE, '=HYPERLINK("http://bad.example","Ana")', Trouble.FORMULA),
        (Column.ORG, "@SUM(A1)", Trouble.FORMULA),
        (Column.ORG, "+cmd(1)", Trouble.FORMULA),
        (Column.LAST_CONTACT, "last summer", Trouble.DAY),
        (Column.LAST_CONTACT, "31/02/2024", Trouble.DAY),
        (Column.LAST_CONTACT, "12/05/24", Trouble.DAY),
        (Column.LAST_CONTACT, "2027-01-01", Trouble.FUTURE),
        (Column.KNOWN_SINCE, "1066-10-14", Trouble.DAY),
    ],
)
def test_a_bad_value_is_left_out_and_the_rest_goes_in(column: Column, cell: str, trouble: Trouble) -> None:
    found = kept([Column.NAME, column], "Ana Gil", cell)
    assert found.left_out == ((column, trouble),)
    assert found.fields.name
    assert found.fields.name.printed == "Ana Gil"


def test_a_row_in_which_nobody_is_left_says_why() -> None:
    assert entry([Column.NAME, Column.ORG], "", " ") is Trouble.NOBODY
    assert entry([Column.NAME], "=1+1") is Trouble.FORMULA
    assert entry([Column.NOTE], "only a note") is Trouble.NOBODY
    assert entry([Column.NAME], "x" * 501) is Trouble.TOO_LONG


def test_a_number_with_its_plus_is_no_formula_and_a_guarding_apostrophe_falls_off() -> None:
    found = kept([Column.NAME, Column.PHONE, Column.PHONE], "Ana", "+34 944 231 807", "'+34612345678")
    assert [phone.e164 for phone in found.fields.phones] == ["+34944231807", "+34612345678"]


def test_cells_beyond_the_headings_are_nobodys() -> None:
    assert kept([Column.NAME], "Ana", "what is this").fields.note == ""


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("2024-03-05", True, date(2024, 3, 5)),
        ("2024-03-05T10:00:00Z", True, date(2024, 3, 5)),
        ("05 Nov 2023", True, date(2023, 11, 5)),
        ("3/4/2021", True, date(2021, 4, 3)),
        ("3/4/2021", False, date(2021, 3, 4)),
        ("3 de abril de 2021", True, date(2021, 4, 3)),
        ("12. März 2020", True, date(2020, 3, 12)),
        ("1 févr. 2022", True, date(2022, 2, 1)),
        ("7 maggio 2019", True, date(2019, 5, 7)),
        ("20 de fev. de 2018", True, date(2018, 2, 20)),
        ("2024", True, None),
        ("March 2024", True, None),
        ("tomorrow", True, None),
        ("9" * 100, True, None),
    ],
)
def test_days_are_read_as_spreadsheets_write_them(text: str, day_first: bool, day: date | None) -> None:  # noqa: FBT001
    assert day_of(text, day_first=day_first) == day


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8), st.lists(st.sampled_from(list(Column)), max_size=8))
def test_any_row_is_a_contact_or_says_why_not(cells: list[str], columns: list[Column]) -> None:
    found = entry_of(cells, columns, habits=SPAIN, today=TODAY)
    if isinstance(found, Entry):
        assert found.fields.shown_as
        days = [day for day in (found.last_contact, found.known_since) if day]
        assert all(day <= TODAY + timedelta(days=1) for day in days)
    else:
        assert found in Trouble

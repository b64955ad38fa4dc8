"""Files of rows: any letters, any separator, notes above the headings, and rows that are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import BadValue
from service.domain.imports.columns import Column, columns_of
from service.domain.imports.sheet import MAX_ROWS, rows_of, sheet_of

LINKEDIN = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing."\n'
    "\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Nuria,Vidal Ros,https://www.linkedin.com/in/nuria-vidal-ros,,Filtros Norte S.L.,Directora de compras,05 Nov 2023\n"
    '"Luis","Peña","","luis@pena.example","Peña, Hijos","",12 Jan 2019\n'
)


def cells_of(text: str | bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of(sheet_of(text if isinstance(text, bytes) else text.encode()))]


def test_linkedins_notes_above_the_headings_are_passed_over() -> None:
    sheet = sheet_of(LINKEDIN.encode())
    assert columns_of(sheet.headings) == (
        Column.GIVEN, Column.FAMILY, Column.URL, Column.EMAIL, Column.ORG, Column.TITLE, Column.KNOWN_SINCE,
    )  # fmt: skip
    rows = list(rows_of(sheet))
    assert [row.place for row in rows] == [5, 6]
    assert rows[1].cells[:5] == ("Luis", "Peña", "", "luis@pena.example", "Peña, Hijos")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_come_through_whatever_they_were_written_in(encoding: str) -> None:
    text = "Nombre;Apellidos;Correo electrónico\n" + "Íñigo;Muñoz Peña;inigo@munoz.example\n" * 20
    assert cells_of(text.encode(encoding))[0] == ("Íñigo", "Muñoz Peña", "inigo@munoz.example")


def test_lines_put_together_from_elsewhere_keep_their_letters() -> None:
    """Somebody pasted a row of an old spreadsheet below a table in UTF-8: both are read as they were written."""
    data = "Nombre\nÁlvaro Muñoz\nÍñigo Peña\n".encode() + "José\n".encode("cp1252")
    assert [row.cells[0] for row in rows_of(sheet_of(data))] == ["Álvaro Muñoz", "Íñigo Peña", "José"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    rows = [["Name", "Company", "Note"], ["Ana Gil", "Gil; Hijos, S.A.", "met | there"]]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    assert cells_of(text) == [("Ana Gil", "Gil; Hijos, S.A.", "met | there")]


def test_a_name_alone_is_a_file_of_one_column() -> None:
    assert cells_of("Nombre\nAna\nLuis\n") == [("Ana",), ("Luis",)]


def test_empty_rows_are_no_rows_and_a_value_may_have_lines() -> None:
    assert cells_of('name,note\n\n,\nAna,"first\nsecond"\n') == [("Ana", "first\nsecond")]


def test_a_quote_never_closed_costs_its_row_and_says_so() -> None:
    rows = list(rows_of(sheet_of(b'name,note\nAna,good\nLuis,"never closed ' + b"x" * 30_000)))
    assert [(row.cells, row.broken) for row in rows] == [(("Ana", "good"), False), ((), True)]


@pytest.mark.parametrize(
    "text",
    [
        'Luis,"Soto,l@soto.example\nEva,Gil,e@gil.example\nMar,Ros,m@ros.example\n',
        'Luis,"Soto,l@soto.example\nEva,"Gil",e@gil.example\nMar,Ros,m@ros.example\n',
        'Luis,"Soto,l@soto.example\nEva,Gil",e@gil.example\nMar,Ros,m@ros.example\n',
        'Luis,Soto,"l@soto.example\nEva,Gil",e@gil.example\nMar,Ros,m@ros.example',
        '"Luis,Soto,l@soto.example\r\nEva,Gil,e@gil.example\r\nMar,"Ros",m@ros.example\r\n',
    ],
)
def test_a_quote_never_closed_does_not_swallow_the_rows_behind_it(text: str) -> None:
    rows = list(rows_of(sheet_of(("First name,Last name,E-mail\nAna,Ros,a@ros.example\n" + text).encode())))
    assert [(row.place, row.broken) for row in rows[:2]] == [(2, False), (3, True)]
    assert [row.cells[0] for row in rows[2:] if row.place == 5] == ["Mar"]
    assert all(row.broken or len(row.cells) == 3 for row in rows[2:])


def test_every_line_that_a_quote_never_closed_leaves_without_a_row_is_told() -> None:
    text = 'name,org,note\nAna,Gil,"first\nsecond, and\n\nthird\nLuis,Soto,good\n'
    rows = list(rows_of(sheet_of(text.encode())))
    assert [(row.place, row.broken) for row in rows] == [(2, True), (3, True), (5, True), (6, False)]


def test_a_last_row_whose_quote_is_open_is_told() -> None:
    rows = list(rows_of(sheet_of(b'name,note\nAna,good\nLuis,"cut off he')))
    assert [row.broken for row in rows] == [False, True]


def test_quotes_that_are_only_odd_cost_nothing() -> None:
    text = 'name,size\nAna "la larga",5"\nLuis,"6"" or so"\n"Eva" Gil,7\n'
    assert cells_of(text) == [('Ana "la larga"', '5"'), ("Luis", '6" or so'), ("Eva Gil", "7")]


def test_notes_of_several_lines_stay_whole() -> None:
    text = 'name,org,note\n"Gil, Ana",Gil,"first, of three\nsecond, third,\n\n""fourth"", fifth, sixth"\nLuis,,\n'
    assert [cells[0] for cells in cells_of(text)] == ["Gil, Ana", "Luis"]


def test_headings_with_an_open_quote_are_refused() -> None:
    with pytest.raises(BadValue) as refused:
        sheet_of(b'name,"note\nAna,good\nLuis,better\n')
    assert refused.value.code == "import_broken_headings"


def test_a_file_of_open_quotes_alone_does_not_cost_its_square() -> None:
    rows = list(rows_of(sheet_of(b"name,note\n" + b'x",y,"z\n' * 100_000)))
    assert len(rows) == 100_000


def test_a_cell_beyond_the_parsers_limit_costs_its_row_alone() -> None:
    rows = list(rows_of(sheet_of(b"name,note\nAna," + b"y" * 140_000 + b"\nLuis,good\n")))
    assert rows[0].broken
    assert rows[-1].cells == ("Luis", "good")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import_empty"),
        (b"\n\n  \n", "import_empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "import_no_text"),
        (b"PK\x03\x04\0\0\0\0", "import_no_text"),
        (b"a," * (26 * 2**20), "import_too_large"),
    ],
)
def test_what_is_no_file_of_rows_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(BadValue) as refused:
        sheet_of(data)
    assert refused.value.code == code


def test_too_many_rows_are_refused() -> None:
    sheet = sheet_of(b"name\n" + b"Ana\n" * (MAX_ROWS + 1))
    with pytest.raises(BadValue, match="rows"):
        list(rows_of(sheet))


def test_lines_without_anything_in_them_have_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.domain.imports.sheet.MAX_LINES", 1000)
    sheet = sheet_of(b"name\nAna\n" + b"\n" * 1000)
    with pytest.raises(BadValue, match="rows"):
        list(rows_of(sheet))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        list(rows_of(sheet_of(data)))
    except BadValue as refused:
        assert refused.code.startswith("import_")  # noqa: PT017 - either way is right


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (("Nombre", "Apellidos", "Empresa"), (Column.GIVEN, Column.FAMILY, Column.ORG)),
        (("Nombre", "Empresa"), (Column.NAME, Column.ORG)),
        (("Vorname", "Nachname", "Firma"), (Column.GIVEN, Column.FAMILY, Column.ORG)),
        (("Prénom", "Nom", "Société"), (Column.GIVEN, Column.FAMILY, Column.ORG)),
        (("E-mail 1 - Value", "shoe size"), (Column.EMAIL, Column.NOTHING)),
    ],
)
def test_headings_are_understood_in_several_languages(headings: tuple[str, ...], columns: tuple[Column, ...]) -> None:
    assert columns_of(headings) == columns

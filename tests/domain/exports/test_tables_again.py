"""A table of ours that is imported again: what was guarded against spreadsheets is there as it was, in no other sense."""

from datetime import UTC, date, datetime

import pytest

from service.domain.exports.client import Client
from service.domain.exports.tables import head, row
from service.domain.imports.columns import Column, columns_of
from service.domain.imports.rows import Entry, Habits, Trouble, entry_of
from service.domain.imports.sheet import rows_of, sheet_of
from service.domain.people.contact import CardFields, contact_of
from service.domain.people.vcard import render
from service.domain.reading.card import PersonName

TODAY = date(2026, 3, 5)
GUARDED = [
    "=1+1",
    '=HYPERLINK("x")',
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    "-",
    "+x(1)",
    "'=1+1",
    "''@a",
    "'+34",
]
PLAIN = ["'t Hart", "'s-Hertogenbosch", "''quoted''", "Ana's", "a=b", "1-2", "'", "@ana", "- Jr", "+34 944 231 807"]


def entries(content: str) -> list[Entry | Trouble]:
    sheet = sheet_of(content.encode())
    return [entry_of(one.cells, columns_of(sheet.headings), habits=Habits(), today=TODAY) for one in rows_of(sheet)]


@pytest.mark.parametrize("client", [client for client in Client if client.is_table])
@pytest.mark.parametrize("said", [*GUARDED, *PLAIN])
def test_what_was_guarded_comes_back_as_it_was(client: Client, said: str) -> None:
    wanted = CardFields(name=PersonName(f"{said} Gil", said, "Gil"), org=said, title=said, note=said)
    text = render(contact_of(wanted, uid="u", gathering="", note="", met_on=None, now=datetime.now(UTC)))
    [found] = entries(head(client) + row(text, client))
    assert isinstance(found, Entry)
    assert found.left_out == ()
    assert found.fields.name
    assert (found.fields.name.given, found.fields.org, found.fields.title, found.fields.note) == (said,) * 4


@pytest.mark.parametrize("said", PLAIN)
def test_a_table_of_another_program_is_taken_as_it_stands(said: str) -> None:
    [found] = entries(f'First Name,Company,Notes\nAna,"{said}","{said}"\n')
    assert isinstance(found, Entry)
    assert (found.fields.org, found.fields.note) == (said, said)


def test_a_formula_of_another_program_is_left_out_as_ever() -> None:
    [found] = entries("First Name,Company,Job Title\nAna,=1+1,@SUM(A1)\n")
    assert isinstance(found, Entry)
    assert found.left_out == ((Column.ORG, Trouble.FORMULA), (Column.TITLE, Trouble.FORMULA))

"""Files of rows for Outlook and Google: the columns they know, nothing that a spreadsheet would run."""

import csv
import io
from pathlib import Path

import pytest

from service.domain.exports.client import Client
from service.domain.exports.tables import head, headings, row
from tests.domain.exports.people import NOTE, everybody

GOLDEN = Path(__file__).parent / "golden"
TABLES = [client for client in Client if client.is_table]


def table(client: Client, texts: list[str]) -> str:
    return head(client) + "".join(row(text, client) for text in texts)


def rows_of(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(client, everybody()).removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("client", TABLES)
def test_a_table_is_the_one_that_was_looked_through(client: Client) -> None:
    assert table(client, everybody()) == (GOLDEN / f"{client}.csv").read_bytes().decode()


def test_outlooks_row_holds_the_contact() -> None:
    nuria, juergen, *_, shop = rows_of(Client.OUTLOOK_CSV)
    assert (nuria["Title"], nuria["First Name"], nuria["Last Name"]) == ("Dra.", "Nuria", "Ibáñez de la Peña")
    assert (nuria["Company"], nuria["Department"]) == ("Filtros, Tubos & Cía; S.L.", "Compras")
    assert (nuria["E-mail 2 Address"], nuria["Mobile Phone"]) == ("n.ibanez@filtros.example", "+34655412093")
    assert (nuria["Business Street"], nuria["Business Postal Code"]) == ("Gran Vía 3, 2º", "48001")
    assert nuria["Notes"].startswith(NOTE[:40])
    assert juergen["Business Fax"] == "+4930901820"
    assert (shop["Company"], shop["First Name"]) == ("Taller Ñandú", "")


def test_googles_row_holds_the_contact() -> None:
    nuria, *_ = rows_of(Client.GOOGLE_CSV)
    assert (nuria["Phone 1 - Label"], nuria["Phone 1 - Value"]) == ("Work", "+34944231807")
    assert nuria["Labels"] == "Feria, Bilbao; 2026 ::: * myContacts"
    assert nuria["Website 2 - Value"] == "https://www.linkedin.com/in/nuria-ibanez"


def test_googles_labels_are_those_of_the_contact() -> None:
    own = (
        "EMAIL;TYPE=INTERNET,HOME:casa@gross.example\r\nitem7.EMAIL:club@gross.example\r\nitem7.X-ABLabel:Verein\r\n"
        "ADR;TYPE=HOME:;;Nebenweg 1;Potsdam;;14467;\r\nTEL;TYPE=HOME,FAX:+4933112345\r\nTEL;TYPE=PAGER:12345\r\n"
        "item8.X-ABDATE:2010-02-03\r\nitem8.X-ABLabel:_$!<Anniversary>!$_\r\nitem9.X-ABRELATEDNAMES:Ute\r\n"
        "item9.X-ABLabel:Schwester\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12\r\nCATEGORIES:Messe,Presse\r\nEND:VCARD"
    )
    text = everybody()[1].replace("END:VCARD", own)
    [found] = csv.DictReader(io.StringIO(table(Client.GOOGLE_CSV, [text]).removeprefix("\ufeff"), newline=""))
    assert (found["E-mail 1 - Label"], found["E-mail 2 - Label"]) == ("* Home", "Verein")
    assert (found["Address 1 - Label"], found["Address 2 - Label"]) == ("Work", "Home")
    assert [found[f"Phone {number} - Label"] for number in (1, 2, 3)] == ["Work Fax", "Home Fax", "Pager"]
    assert (found["Event 1 - Label"], found["Event 1 - Value"]) == ("Anniversary", "2010-02-03")
    assert (found["Relation 1 - Label"], found["Relation 1 - Value"]) == ("Schwester", "Ute")
    assert (found["Birthday"], found["Labels"]) == ("--05-12", "Messe ::: Presse ::: * myContacts")


@pytest.mark.parametrize("client", TABLES)
@pytest.mark.parametrize("said", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "=HYPERLINK(1)"])
def test_nothing_in_a_table_is_a_formula(client: Client, said: str) -> None:
    text = everybody()[1].replace("TITLE:", f"TITLE:{said}\r\nX-OLD:")
    [found] = csv.DictReader(io.StringIO(table(client, [text]).removeprefix("\ufeff"), newline=""))
    assert f"'{said}" in found.values()
    assert not any(cell.startswith(("=", "@", "-", "+c")) for cell in found.values())


@pytest.mark.parametrize("client", TABLES)
def test_no_heading_stands_twice(client: Client) -> None:
    assert len(set(headings(client))) == len(headings(client))

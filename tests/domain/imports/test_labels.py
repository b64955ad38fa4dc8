"""Tables of Google and of Outlook under the headings that they write: what each value is for goes into the vCard."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from service.domain.exports.client import Client
from service.domain.exports.tables import head, row
from service.domain.imports.columns import Column, Origin, columns_of, origin_of
from service.domain.imports.labels import labelled
from service.domain.imports.rows import Entry, Habits, Trouble, entry_of
from service.domain.imports.sheet import rows_of, sheet_of
from service.domain.people.contact import contact_of
from service.domain.people.content_lines import lines_of, written
from service.domain.people.vcard import fields_of, render
from tests.domain.exports.people import everybody

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Address 1 - Label,Address 1 - Formatted,"
    "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
    "Address 1 - Country,Address 1 - Extended Address,Address 2 - Label,Address 2 - Formatted,Address 2 - Street,"
    "Address 2 - City,Address 2 - PO Box,Address 2 - Region,Address 2 - Postal Code,Address 2 - Country,"
    "Address 2 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,"
    "Relation 1 - Label,Relation 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"
)
GOOGLE_BEFORE = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,"
    "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
    "Address 1 - Country,Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department"
)
OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,"
    "Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,"
    "IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,Assistant's Phone,"
    "Company Yomi,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,"
    "Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other City,Other State,"
    "Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,"
    "Anniversary,Notes"
)
OUTLOOK_BEFORE = (
    "First Name,Middle Name,Last Name,Title,Suffix,Initials,Web Page,Gender,Birthday,Anniversary,Location,Language,"
    "Internet Free Busy,Notes,E-mail Address,E-mail 2 Address,E-mail 3 Address,Primary Phone,Home Phone,Home Phone 2,"
    "Mobile Phone,Pager,Home Fax,Home Address,Home Street,Home Street 2,Home Street 3,Home Address PO Box,Home City,"
    "Home State,Home Postal Code,Home Country,Spouse,Children,Manager's Name,Assistant's Name,Referred By,"
    "Company Main Phone,Business Phone,Business Phone 2,Business Fax,Assistant's Phone,Company,Job Title,Department,"
    "Office Location,Organizational ID Number,Profession,Account,Business Address,Business Street,Business Street 2,"
    "Business Street 3,Business Address PO Box,Business City,Business State,Business Postal Code,Business Country,"
    "Other Phone,Other Fax,Other Address,Other Street,Other Street 2,Other Street 3,Other Address PO Box,Other City,"
    "Other State,Other Postal Code,Other Country,Callback,Car Phone,ISDN,Radio Phone,TTY/TDD Phone,Telex,User 1,"
    "User 2,User 3,User 4,Keywords,Mileage,Hobby,Billing Information,Directory Server,Sensitivity,Priority,Private,"
    "Categories"
)
OUTLOOK_OF_SPAIN = (
    "Tratamiento,Nombre,Segundo nombre,Apellidos,Sufijo,Organización,Departamento,Cargo,Calle del trabajo,"
    "Ciudad de trabajo,Provincia o estado de trabajo,Código postal del trabajo,País o región del trabajo,"
    "Calle particular,Ciudad particular,Código postal particular,Fax del trabajo,Teléfono del trabajo,"
    "Teléfono del trabajo 2,Móvil,Buscapersonas,Aniversario,Categorías,Cónyuge,Cumpleaños,"
    "Dirección de correo electrónico,Dirección del correo electrónico 2,Notas,Página Web"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
    "Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,"
    "Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,"
    "Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Notes"
)
NURIA = {"First Name": "Nuria", "Last Name": "Vidal Ros"}
SPAIN = Habits(country="ES", lang="es")
TODAY = date(2026, 6, 13)


def came(header: str, said: dict[str, str], habits: Habits = SPAIN) -> Entry:
    """The row of a table with this header, as it comes in."""
    out, names = io.StringIO(), header.split(",")
    csv.writer(out).writerow([said.get(name, "") for name in names])
    assert said.keys() <= set(names)
    sheet = sheet_of(f"{header}\r\n{out.getvalue()}".encode())
    [row] = rows_of(sheet)
    found = entry_of(row.cells, columns_of(sheet.headings), habits=habits, today=TODAY)
    assert isinstance(found, Entry)
    return found


def lines(entry: Entry, *names: str) -> list[str]:
    now = datetime(2026, 6, 13, tzinfo=UTC)
    contact = contact_of(entry.fields, uid="1", gathering="", note="", met_on=None, now=now)
    text = labelled(render(contact), entry.labels)
    assert fields_of(text).emails == entry.fields.emails
    return [written(line) for line in lines_of(text) if line.name in names]


@pytest.mark.parametrize(
    ("header", "origin"),
    [
        (GOOGLE, Origin.GOOGLE),
        (GOOGLE_BEFORE, Origin.GOOGLE),
        (OUTLOOK, Origin.OUTLOOK),
        (OUTLOOK_BEFORE, Origin.OUTLOOK),
    ],
)
def test_whose_table_it_is_is_known_by_its_headings(header: str, origin: Origin) -> None:
    assert origin_of(header.split(",")) is origin


def test_googles_mails_and_numbers_keep_what_they_are_for() -> None:
    entry = came(
        GOOGLE,
        {
            **NURIA,
            "E-mail 1 - Label": "* Work",
            "E-mail 1 - Value": "nuria@filtros.example",
            "E-mail 2 - Label": "Home",
            "E-mail 2 - Value": "nuria@casa.example ::: vidal@casa.example",
            "Phone 1 - Label": "Mobile",
            "Phone 1 - Value": "612 345 678",
            "Phone 2 - Label": "Home Fax",
            "Phone 2 - Value": "944 231 807",
            "Phone 3 - Label": "Barco",
            "Phone 3 - Value": "944 231 808",
        },
    )
    assert lines(entry, "EMAIL", "TEL", "X-ABLABEL") == [
        "EMAIL;TYPE=INTERNET,WORK:nuria@filtros.example",
        "EMAIL;TYPE=INTERNET,HOME:nuria@casa.example",
        "EMAIL;TYPE=INTERNET,HOME:vidal@casa.example",
        "TEL;TYPE=CELL:+34612345678",
        "TEL;TYPE=FAX:+34944231807",
        "item1.TEL;TYPE=VOICE:+34944231808",
        "item1.X-ABLABEL:Barco",
    ]


def test_googles_addresses_stay_apart_each_with_its_label() -> None:
    entry = came(
        GOOGLE,
        {
            **NURIA,
            "Address 1 - Label": "Home",
            "Address 1 - Formatted": "Calle Mayor 3\n48001 Bilbao\nES",
            "Address 1 - Street": "Calle Mayor 3",
            "Address 1 - City": "Bilbao",
            "Address 1 - Postal Code": "48001",
            "Address 1 - Country": "ES",
            "Address 2 - Label": "Almacén",
            "Address 2 - Street": "Polígono Norte 7",
            "Address 2 - City": "Barakaldo",
            "Address 2 - Postal Code": "48901",
        },
    )
    assert lines(entry, "ADR", "X-ABLABEL") == [
        "ADR;TYPE=HOME:;;Calle Mayor 3;Bilbao;;48001;España",
        "item1.ADR:;;Polígono Norte 7;Barakaldo;;48901;",
        "item1.X-ABLABEL:Almacén",
    ]


@pytest.mark.parametrize(
    ("told", "line"),
    [("1980-05-12", "BDAY:1980-05-12"), ("--02-29", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29")],
)
def test_googles_birthdays_come_with_and_without_a_year(told: str, line: str) -> None:
    assert lines(came(GOOGLE, {**NURIA, "Birthday": told}), "BDAY") == [line]


def test_outlooks_home_and_other_addresses_and_its_birthday_come_in() -> None:
    entry = came(
        OUTLOOK,
        {
            **NURIA,
            "Title": "Dr.",
            "E-mail Address": "nuria@filtros.example",
            "E-mail 2 Address": "nuria@casa.example",
            "Home Phone": "944 231 807",
            "Business Phone": "944 231 808",
            "Business Phone 2": "944 231 809",
            "Mobile Phone": "612 345 678",
            "Business Street": "Gran Vía 1",
            "Business City": "Bilbao",
            "Business Postal Code": "48009",
            "Home Street": "Calle Mayor 3",
            "Home City": "Getxo",
            "Home Postal Code": "48930",
            "Home Country/Region": "España",
            "Other Street": "Playa 2",
            "Other City": "Laredo",
            "Other Postal Code": "39770",
            "Birthday": "5/12/1980",
        },
        Habits(country="ES", lang="en", day_first=False),
    )
    assert lines(entry, "ADR", "BDAY", "TEL") == [
        "ADR;TYPE=WORK:;;Gran Vía 1;Bilbao;;48009;",
        "ADR;TYPE=HOME:;;Calle Mayor 3;Getxo;;48930;España",
        "ADR:;;Playa 2;Laredo;;39770;",
        "TEL;TYPE=HOME,VOICE:+34944231807",
        "TEL;TYPE=WORK,VOICE:+34944231808",
        "TEL;TYPE=WORK,VOICE:+34944231809",
        "TEL;TYPE=CELL:+34612345678",
        "BDAY:1980-05-12",
    ]
    assert entry.fields.name
    assert entry.fields.name.prefix == "Dr."


def test_outlooks_older_tables_have_several_lines_of_a_street() -> None:
    said = {
        "Home Street": "Calle Mayor 3",
        "Home Street 2": "2º izq.",
        "Home City": "Getxo",
        "Home Postal Code": "48930",
    }
    entry = came(OUTLOOK_BEFORE, {**NURIA, **said, "Birthday": "0/0/00", "E-mail Address": "nuria@casa.example"})
    assert lines(entry, "ADR", "BDAY") == ["ADR;TYPE=HOME:;;Calle Mayor 3\\, 2º izq.;Getxo;;48930;"]
    assert entry.left_out == ()


def test_what_stands_on_no_card_comes_in_with_googles_table() -> None:
    said = {
        "Nickname": "Nuri",
        "Labels": "Feria, Bilbao ::: Prensa ::: * myContacts",
        "Phone 1 - Label": "Pager",
        "Phone 1 - Value": "12345",
        "Event 1 - Label": "Anniversary",
        "Event 1 - Value": "2010-02-03",
        "Relation 1 - Label": "Hermana",
        "Relation 1 - Value": "Iker ::: Ane",
    }
    names = ("NICKNAME", "CATEGORIES", "X-ABDATE", "X-ABRELATEDNAMES", "X-ABLABEL")
    assert lines(came(GOOGLE, {**NURIA, **said}), *names) == [
        "NICKNAME:Nuri",
        "CATEGORIES:Feria\\, Bilbao,Prensa",
        "said1.X-ABDATE:2010-02-03",
        "said1.X-ABLABEL:_$!<Anniversary>!$_",
        "said2.X-ABRELATEDNAMES:Iker",
        "said2.X-ABLABEL:Hermana",
        "said3.X-ABRELATEDNAMES:Ane",
        "said3.X-ABLABEL:Hermana",
    ]


def test_what_stands_on_no_card_comes_in_with_outlooks_table() -> None:
    said = {"Nickname": "Nuri", "Pager": "12345", "Anniversary": "2010-02-03", "Spouse": "Iker", "Birthday": "0/0/00"}
    entry = came(OUTLOOK, {**NURIA, **said, "E-mail Address": "nuria@casa.example"})
    assert lines(entry, "NICKNAME", "TEL", "X-ABDATE", "X-ABRELATEDNAMES", "X-ABLABEL", "BDAY") == [
        "NICKNAME:Nuri",
        "TEL;TYPE=PAGER:12345",
        "said1.X-ABDATE:2010-02-03",
        "said1.X-ABLABEL:_$!<Anniversary>!$_",
        "said2.X-ABRELATEDNAMES:Iker",
        "said2.X-ABLABEL:_$!<Spouse>!$_",
    ]


def test_googles_older_table_tells_the_company() -> None:
    said = {
        "Organization 1 - Name": "Filtros",
        "Organization 1 - Title": "Jefa",
        "Organization 1 - Department": "Compras",
    }
    fields = came(GOOGLE_BEFORE, {"Name": "Nuria Vidal", "Given Name": "Nuria", "Family Name": "Vidal", **said}).fields
    assert (fields.org, fields.title, fields.department) == ("Filtros", "Jefa", "Compras")


def test_outlooks_table_in_spanish_is_understood() -> None:
    said = {
        "Nombre": "Nuria",
        "Apellidos": "Vidal",
        "Organización": "Filtros",
        "Calle del trabajo": "Gran Vía 1",
        "Ciudad de trabajo": "Bilbao",
        "Código postal del trabajo": "48009",
        "Calle particular": "Calle Mayor 3",
        "Ciudad particular": "Getxo",
        "Código postal particular": "48930",
        "Teléfono del trabajo": "944 231 808",
        "Móvil": "612 345 678",
        "Categorías": "Feria;Prensa",
        "Cumpleaños": "12/5/1980",
        "Dirección de correo electrónico": "nuria@filtros.example",
        "Dirección del correo electrónico 2": "nuria@casa.example",
    }
    entry = came(OUTLOOK_OF_SPAIN, said)
    assert entry.fields.emails == ("nuria@filtros.example", "nuria@casa.example")
    assert lines(entry, "ADR", "TEL", "BDAY", "CATEGORIES") == [
        "ADR;TYPE=WORK:;;Gran Vía 1;Bilbao;;48009;",
        "ADR;TYPE=HOME:;;Calle Mayor 3;Getxo;;48930;",
        "TEL;TYPE=WORK,VOICE:+34944231808",
        "TEL;TYPE=CELL:+34612345678",
        "BDAY:1980-05-12",
        "CATEGORIES:Feria,Prensa",
    ]


def test_thunderbirds_table_is_understood() -> None:
    said = {
        "First Name": "Nuria",
        "Last Name": "Vidal",
        "Display Name": "Nuria Vidal",
        "Primary Email": "nuria@filtros.example",
        "Secondary Email": "nuria@casa.example",
        "Work Phone": "944 231 808",
        "Mobile Number": "612 345 678",
        "Work Address": "Gran Vía 1",
        "Work City": "Bilbao",
        "Work ZipCode": "48009",
        "Web Page 1": "https://filtros.example",
        "Organization": "Filtros",
    }
    fields = came(THUNDERBIRD, said).fields
    assert (fields.emails, fields.org) == (("nuria@filtros.example", "nuria@casa.example"), "Filtros")
    assert [phone.e164 for phone in fields.phones] == ["+34944231808", "+34612345678"]
    assert (fields.addresses[0].postcode, fields.urls) == ("48009", ("https://filtros.example",))


def test_a_nickname_alone_names_somebody() -> None:
    assert came(GOOGLE, {"Nickname": "Nuri", "Phone 1 - Value": "612 345 678"}).fields.shown_as == "Nuri"


def test_a_table_for_google_brings_back_what_it_took_along() -> None:
    own = (
        "item7.EMAIL;TYPE=INTERNET:club@gross.example\r\nitem7.X-ABLabel:Verein\r\nTEL;TYPE=PAGER:12345\r\n"
        "item8.X-ABDATE:2010-02-03\r\nitem8.X-ABLabel:_$!<Anniversary>!$_\r\nNICKNAME:Jürg\r\n"
        "ADR;TYPE=HOME:;;Nebenweg 1;Potsdam;;14467;Deutschland\r\nCATEGORIES:Messe\\, Köln,Presse\r\nEND:VCARD"
    )
    text = everybody()[1].replace("END:VCARD", own)
    sheet = sheet_of((head(Client.GOOGLE_CSV) + row(text, Client.GOOGLE_CSV)).encode())
    [cells] = rows_of(sheet)
    entry = entry_of(cells.cells, columns_of(sheet.headings), habits=Habits(country="DE"), today=TODAY)
    assert isinstance(entry, Entry)
    told, said = entry.fields, fields_of(text)
    assert (told.org, told.title, told.emails, told.note) == (said.org, said.title, said.emails, said.note)
    assert [place.city for place in told.addresses] == [place.city for place in said.addresses]
    names = ("EMAIL", "NICKNAME", "CATEGORIES", "X-ABDATE", "X-ABLABEL")
    assert lines(entry, *names) == [
        "item1.EMAIL;TYPE=INTERNET:club@gross.example",
        "item1.X-ABLABEL:Verein",
        "NICKNAME:Jürg",
        "CATEGORIES:Messe\\, Köln,Presse",
        "said1.X-ABDATE:2010-02-03",
        "said1.X-ABLABEL:_$!<Anniversary>!$_",
    ]


@pytest.mark.parametrize(
    ("told", "trouble"),
    [("12/5/80", Trouble.DAY), ("--02-30", Trouble.DAY), ("someday", Trouble.DAY), ("2030-01-01", Trouble.FUTURE)],
)
def test_a_birthday_that_is_none_is_left_out_with_its_reason(told: str, trouble: Trouble) -> None:
    entry = came(GOOGLE, {**NURIA, "Birthday": told})
    assert entry.left_out == ((Column.BIRTHDAY, trouble),)
    assert lines(entry, "BDAY") == []


def test_a_table_of_ones_own_without_labels_stays_as_it_was() -> None:
    entry = came("Nombre,Correo,Calle,Ciudad", {"Nombre": "Ana", "Correo": "ana@gil.example", "Calle": "Sol 1"})
    assert lines(entry, "EMAIL", "ADR", "BDAY") == ["ADR;TYPE=WORK:;;Sol 1;;;;", "EMAIL;TYPE=INTERNET:ana@gil.example"]

"""Contacts from elsewhere, in a browser: LinkedIn's file, a table with headings of its own, a refusal, and undo."""

import re
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import Page, expect

from service.storage.people import imports
from tests.pages.conftest import Enter
from workers import importing

pytestmark = pytest.mark.browser

LINKEDIN = (
    'Notes:\n"When exporting your connection data, you may notice that some of the addresses are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Nuria,Vidal Ros,https://www.linkedin.com/in/nuria-vidal-ros,,Filtros Norte S.L.,Directora de compras,05 Nov 2023\n"
    "Luis,Peña Soto,https://www.linkedin.com/in/luis-pena-soto,luis@pena.example,Peña e Hijos,Gerente,12 Jan 2019\n"
    ",,,,,,01 Feb 2020\n"
)


@pytest.fixture
def linkedin(tmp_path: Path) -> Path:
    file = tmp_path / "Connections.csv"
    file.write_text(LINKEDIN, encoding="utf-8")
    return file


def work(app: APIFlask, page: Page) -> None:
    """Do what a worker does, with the import whose page is open."""
    found = app.extensions["undrawer"]
    with found.db.transaction() as tx:
        asked = imports.claim(tx, page.url.rpartition("/")[2], held_seconds=60)
    assert asked
    assert importing.go_on(found.db, found.files, asked, for_seconds=60)


@pytest.mark.parametrize(
    ("language", "look", "bring_in", "there", "undo", "out"),
    [
        (
            "es-ES",
            "Verlo primero",
            "Traer 3 filas",
            "Ya están en el cajón",
            "Deshacer la importación",
            "Importación deshecha",
        ),
        (
            "en-GB",
            "Look at it first",
            "Bring in 3 rows",
            "They are in the drawer",
            "Undo the import",
            "Taken out again",
        ),
    ],
)
def test_linkedins_file_comes_in_and_goes_out_again(
    enter: Enter,
    app: APIFlask,
    linkedin: Path,
    language: str,
    look: str,
    bring_in: str,
    there: str,
    undo: str,
    out: str,
) -> None:
    page = enter("/import", language=language)
    page.locator("input[type=file]").set_input_files(linkedin)
    page.get_by_role("button", name=look).click()
    expect(page.get_by_text("Nuria Vidal Ros", exact=True)).to_be_visible()
    expect(page.locator("select").first).to_have_value("given")
    page.get_by_role("button", name=bring_in).click()
    expect(page.locator("progress")).to_be_visible()
    work(app, page)
    expect(page.get_by_role("heading", name=there)).to_be_visible()
    expect(page.locator("dd")).to_have_text(["2", "0", "1"])
    page.get_by_role("button", name=undo).click()
    work(app, page)
    expect(page.get_by_role("heading", name=out)).to_be_visible()


def test_columns_with_headings_of_their_own_are_told_by_hand(enter: Enter, app: APIFlask, tmp_path: Path) -> None:
    file = tmp_path / "clientes.csv"
    file.write_bytes("Quién;De dónde;Hablamos\nSara Gómez;Taller Sur;03/04/2021\n".encode("cp1252"))
    page = enter("/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Bring in 1 row").click()
    expect(page.get_by_role("alert")).to_contain_text("Say which column holds the names")
    page.locator("select[name=column-0]").select_option("name")
    page.locator("select[name=column-1]").select_option("org")
    page.locator("select[name=column-2]").select_option("last contact")
    page.get_by_role("button", name="Show again").click()
    expect(page.locator("section").get_by_text("Sara Gómez")).to_be_visible()
    enter.visit.forgive("422")
    page.get_by_role("button", name="Bring in 1 row").click()
    work(app, page)
    expect(page.get_by_role("heading", name="They are in the drawer")).to_be_visible()


def test_a_file_of_cards_is_spoken_of_in_cards(enter: Enter, app: APIFlask, tmp_path: Path) -> None:
    file = tmp_path / "contactos.vcf"
    known = "BEGIN:VCARD\nVERSION:3.0\nFN:Eva Soto\nN:Soto;Eva;;;\nEND:VCARD\n"
    file.write_text(known + "BEGIN:VCARD\nVERSION:3.0\nNOTE:Nada\nEND:VCARD\n", encoding="utf-8")
    page = enter("/import", language="es-ES")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Verlo primero").click()
    said = "La tarjeta no nombra a nadie"
    expect(page.get_by_text(said)).to_be_visible()
    page.get_by_role("button", name="Traer 2 tarjetas").click()
    expect(page.get_by_text("0 de 2 tarjetas")).to_be_visible()
    work(app, page)
    expect(page.get_by_text(said)).to_be_visible()
    page.goto(page.url.rpartition("/")[0])
    expect(page.get_by_text("2 tarjetas")).to_be_visible()
    assert "fila" not in page.inner_text("main").lower()


def test_what_is_no_table_is_refused_with_its_reason(enter: Enter, tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    page = enter("/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("no file of rows"))
    enter.visit.forgive("422")


def test_it_works_without_script(enter: Enter, app: APIFlask, linkedin: Path) -> None:
    page = enter("/import", script=False)
    page.locator("input[type=file]").set_input_files(linkedin)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Bring in 3 rows").click()
    work(app, page)
    page.get_by_role("link", name="Load again").click()
    expect(page.get_by_role("heading", name="They are in the drawer")).to_be_visible()

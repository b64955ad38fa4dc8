"""Imports over HTTP: send, say what the columns are, follow, undo; bad files say why."""

from typing import Any

import pytest
from apiflask import APIFlask

from service.domain.imports.sheet import rows_of
from service.storage.people import imports
from service.web.parts import Parts
from service.web.sheets import beginning
from tests.api.asking import Person
from workers import importing

CSV = b"Nombre;Empresa;Correo\nAna Gil;Gil y Soto S.L.;ana@gil.example\nLuis Soto;;luis@soto.example\n;;nobody\n"


def sent(person: Person, content: bytes = CSV) -> Any:
    return person.ask("POST", "/imports?name=gil.csv", data=content, headers={"Content-Type": "text/csv"})


def work(found: Parts, import_id: str) -> None:
    with found.db.transaction() as tx:
        asked = imports.claim(tx, import_id, held_seconds=60)
    assert asked
    assert importing.go_on(found.db, found.files, asked, for_seconds=60)


def test_a_file_is_guessed_at_begun_followed_and_undone(ana: Person, found: Parts) -> None:
    answer = sent(ana)
    assert answer.status_code == 201
    told = answer.json
    assert (told["state"], told["name"], told["rows"]) == ("received", "gil.csv", 3)
    assert told["columns"] == ["name", "org", "email"]
    begun = ana.ask("POST", f"/imports/{told['id']}/begin", json={"columns": told["columns"], "country": "ES"})
    assert (begun.status_code, begun.json["state"]) == (202, "waiting")
    work(found, told["id"])
    done = ana.ask("GET", f"/imports/{told['id']}").json
    assert (done["state"], done["came_in"], done["refused"]) == ("done", 2, 1)
    assert done["left_out"] == [{"line": 4, "column": "", "why": "mail"}]
    assert {contact["name"] for contact in ana.ask("GET", "/contacts").json["contacts"]} == {"Ana Gil", "Luis Soto"}
    assert ana.ask("POST", f"/imports/{told['id']}/undo").json["state"] == "undoing"
    work(found, told["id"])
    assert ana.ask("GET", "/contacts").json["contacts"] == []
    assert [kept["state"] for kept in ana.ask("GET", "/imports").json["imports"]] == ["undone"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "import_empty"), (b"Name;Mail\n", "import_empty"), (b"\x89PNG\0\0\0\0", "import_no_text")],
)
def test_what_is_no_file_of_rows_is_refused_and_not_kept(ana: Person, found: Parts, content: bytes, code: str) -> None:
    answer = sent(ana, content)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert ana.ask("GET", "/imports").json["imports"] == []


def test_columns_that_are_none_are_refused(ana: Person) -> None:
    told = sent(ana).json
    for said in ({"columns": ["name"]}, {"columns": ["shoe", "org", "email"]}, {"columns": ["", "", ""]}, {}):
        assert ana.ask("POST", f"/imports/{told['id']}/begin", json=said).status_code == 422, said


def test_another_persons_import_is_not_there(ana: Person, bruno: Person) -> None:
    told = sent(ana).json
    assert bruno.ask("GET", f"/imports/{told['id']}").status_code == 404
    assert bruno.ask("POST", f"/imports/{told['id']}/begin", json={"columns": told["columns"]}).status_code == 404
    assert bruno.ask("POST", f"/imports/{told['id']}/undo").status_code == 404
    assert bruno.ask("GET", "/imports").json["imports"] == []


def test_looking_at_columns_reads_the_beginning_of_a_file_alone(app: APIFlask, ana: Person, found: Parts) -> None:
    rows = "Ana Muñoz,ana@gil.example\n" + "Luis Peña,luis@gil.example\n" * 60_000
    content = f"Nombre,Correo\n{rows}".encode()
    told = sent(ana, content).json
    with found.db.reading() as tx, app.app_context():
        sheet = beginning(imports.get(tx, owner=ana.account.id, id=told["id"]))
    assert next(rows_of(sheet)).cells == ("Ana Muñoz", "ana@gil.example")
    assert len(sheet.text) < 2**20 < len(content)


def test_a_file_whose_headings_come_late_is_read_whole(app: APIFlask, ana: Person, found: Parts) -> None:
    notes = (",".join(["x" * 19_000] * 6) + "\n") * 10
    content = f"{notes}Nombre,Correo\nAna Gil,ana@gil.example\n".encode()
    told = sent(ana, content).json
    with found.db.reading() as tx, app.app_context():
        assert beginning(imports.get(tx, owner=ana.account.id, id=told["id"])).headings == ("Nombre", "Correo")

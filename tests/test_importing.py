"""Files of rows into contacts, on both databases: batch by batch, resumable, the same file twice, and undone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.imports.columns import Column
from service.domain.imports.rows import Habits, Trouble
from service.domain.imports.sheet import rows_of, sheet_of
from service.domain.people.vcard import edit, fields_of
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.files import Files
from service.storage.following import ties
from service.storage.moment import now
from service.storage.people import contacts, duplicates, import_files, import_tables, imports
from service.storage.people.imports import Import, ImportState
from service.storage.people.which import Which
from workers import importing

COLUMNS = [Column.GIVEN, Column.FAMILY, Column.EMAIL, Column.ORG, Column.LAST_CONTACT]
HEADINGS = "Nombre,Apellidos,Correo,Empresa,Último contacto\n"
SPAIN = Habits(country="ES", lang="es")


def person(number: int, last: str = "") -> str:
    return f"Ana{number},Gil Soto,ana{number}@gil.example,Gil y Soto S.L.,{last}\n"


@pytest.fixture
def files(data: Path) -> Files:
    return Files(data / "files")


def begun(db: Database, files: Files, account: Account, text: str) -> Import:
    content = (HEADINGS + text).encode()
    rows = len(list(rows_of(sheet_of(content))))
    with db.transaction() as tx:
        sent = imports.receive(
            tx, owner=account.id, sha256=files.put(content), name="gil.csv", columns=COLUMNS, rows=rows, habits=SPAIN
        )
        return imports.begin(tx, owner=account.id, id=sent.id, columns=COLUMNS, habits=SPAIN)


def claimed(db: Database, asked: Import) -> Import:
    with db.transaction() as tx:
        found = imports.claim(tx, asked.id, held_seconds=60)
    assert found
    return found


def done(db: Database, files: Files, account: Account, text: str) -> Import:
    asked = begun(db, files, account, text)
    assert importing.go_on(db, files, claimed(db, asked), for_seconds=60)
    with db.reading() as tx:
        return imports.get(tx, owner=account.id, id=asked.id)


def names(db: Database, account: Account) -> set[str]:
    with db.reading() as tx:
        return {contact.name for contact in contacts.page(tx, owner=account.id, limit=100).rows}


def test_rows_become_contacts_with_a_tie_in_the_drawer(db: Database, files: Files, account: Account) -> None:
    came = done(db, files, account, person(1, "2021-05-04") + person(2))
    assert (came.state, came.came_in, came.known, came.refused) == (ImportState.DONE, 2, 0, 0)
    with db.reading() as tx:
        [first] = contacts.page(tx, owner=account.id, which=Which(query="ana1")).rows
        tie = ties.of_contact(tx, owner=account.id, contact_id=first.id)
    assert fields_of(first.vcard).emails == ("ana1@gil.example",)
    assert tie
    assert str(tie.tie.circle) == "drawer"


def test_what_could_not_go_in_is_told_by_its_line(db: Database, files: Files, account: Account) -> None:
    came = done(db, files, account, person(1) + ",,not a mail,,\n" + person(3, "soon") + ",,,=1+1,\n")
    assert (came.came_in, came.refused) == (2, 2)
    assert came.report == (
        (3, Column.NOTHING, Trouble.MAIL),
        (4, Column.LAST_CONTACT, Trouble.DAY),
        (5, Column.NOTHING, Trouble.FORMULA),
    )


def test_a_quote_never_closed_is_told_and_the_rows_behind_it_come_in(
    db: Database, files: Files, account: Account
) -> None:
    came = done(db, files, account, person(1) + person(2).replace("Gil Soto", '"Gil Soto') + person(3) + person(4))
    assert (came.came_in, came.refused) == (3, 1)
    assert came.report == ((3, Column.NOTHING, Trouble.BROKEN),)
    assert names(db, account) == {f"Ana{number} Gil Soto" for number in (1, 3, 4)}


def test_the_same_file_sent_again_brings_nobody_twice(db: Database, files: Files, account: Account) -> None:
    done(db, files, account, person(1) + person(2))
    again = done(db, files, account, person(2) + person(1) + person(3) + person(3))
    assert (again.came_in, again.known) == (1, 3)
    assert names(db, account) == {f"Ana{number} Gil Soto" for number in (1, 2, 3)}


def test_a_worker_stopped_between_batches_goes_on_where_it_was(
    db: Database, files: Files, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 2)
    asked = begun(db, files, account, "".join(map(person, range(5))))
    assert not importing.go_on(db, files, claimed(db, asked), for_seconds=-1)
    with db.transaction() as tx:
        half = imports.get(tx, owner=account.id, id=asked.id)
        imports.pause(tx, id=asked.id)
    assert (half.state, half.came_in, half.place) == (ImportState.WAITING, 2, 3)
    assert importing.go_on(db, files, claimed(db, asked), for_seconds=60)
    with db.reading() as tx:
        whole = imports.get(tx, owner=account.id, id=asked.id)
    assert (whole.state, whole.came_in, whole.known) == (ImportState.DONE, 5, 0)


def test_what_another_worker_holds_is_left_to_him(db: Database, files: Files, account: Account) -> None:
    asked = begun(db, files, account, person(1))
    claimed(db, asked)
    with db.transaction() as tx:
        assert imports.claim(tx, asked.id, held_seconds=60) is None
        assert imports.CLAIMS.forgotten(tx, older_than_seconds=-1, held_seconds=60) == []
        assert imports.CLAIMS.forgotten(tx, older_than_seconds=-1, held_seconds=-1) == [asked.id]


def test_an_import_is_undone_whole_but_for_what_was_changed_since(db: Database, files: Files, account: Account) -> None:
    came = done(db, files, account, person(1) + person(2) + person(3))
    with db.transaction() as tx:
        [kept] = contacts.page(tx, owner=account.id, which=Which(query="ana2")).rows
        contacts.write(tx, owner=account.id, vcard=edit(kept.vcard, {"title": "Gerente"}, now=now()), id=kept.id)
        undoing = imports.undo(tx, owner=account.id, id=came.id)
    assert importing.go_on(db, files, claimed(db, undoing), for_seconds=60)
    assert names(db, account) == {"Ana2 Gil Soto"}
    with db.reading() as tx:
        assert imports.get(tx, owner=account.id, id=came.id).state is ImportState.UNDONE


def test_a_file_undone_can_come_in_again(db: Database, files: Files, account: Account) -> None:
    came = done(db, files, account, person(1))
    with db.transaction() as tx:
        undoing = imports.undo(tx, owner=account.id, id=came.id)
    importing.go_on(db, files, claimed(db, undoing), for_seconds=60)
    assert names(db, account) == set()
    assert done(db, files, account, person(1)).came_in == 1
    assert names(db, account) == {"Ana1 Gil Soto"}


def test_it_is_begun_once_and_with_somebody_in_it(db: Database, files: Files, account: Account) -> None:
    asked = begun(db, files, account, person(1))
    with db.transaction() as tx, pytest.raises(Conflict):
        imports.begin(tx, owner=account.id, id=asked.id, columns=COLUMNS, habits=SPAIN)
    with db.transaction() as tx, pytest.raises(BadValue, match="names"):
        imports.begin(tx, owner=account.id, id=asked.id, columns=[Column.NOTHING] * 5, habits=SPAIN)
    with db.transaction() as tx, pytest.raises(BadValue, match="5 columns"):
        imports.begin(tx, owner=account.id, id=asked.id, columns=[Column.NAME], habits=SPAIN)
    with db.transaction() as tx, pytest.raises(Conflict):
        imports.undo(tx, owner=account.id, id=asked.id)


def test_another_persons_import_is_none(db: Database, files: Files, account: Account) -> None:
    asked = begun(db, files, account, person(1))
    with db.transaction() as tx:
        stranger = accounts.create(tx, name="Eva", email="eva@example.org")
        with pytest.raises(NotFound):
            imports.get(tx, owner=stranger.id, id=asked.id)
        with pytest.raises(NotFound):
            imports.begin(tx, owner=stranger.id, id=asked.id, columns=COLUMNS, habits=SPAIN)
        with pytest.raises(NotFound):
            imports.undo(tx, owner=stranger.id, id=asked.id)
        assert imports.page(tx, owner=stranger.id).rows == []


def test_tries_that_get_nowhere_end_it_and_what_came_in_stays(db: Database, files: Files, account: Account) -> None:
    asked = begun(db, files, account, person(1))
    for _ in range(3):
        claimed(db, asked)
        with db.transaction() as tx:
            imports.CLAIMS.let_go(tx, id=asked.id, tries=3, reason="gave_up")
    with db.reading() as tx:
        failed = imports.get(tx, owner=account.id, id=asked.id)
    assert (failed.state, failed.reason) == (ImportState.FAILED, "gave_up")


VCARDS = Path(__file__).parent / "domain" / "imports" / "vcards"
MARTA = "BEGIN:VCARD\nVERSION:3.0\nUID:marta\nFN:Marta Ruiz\nN:Ruiz;Marta;;;\nTITLE:{}\nTEL;TYPE=CELL:+34600111222\nEND:VCARD\n"


def sent(db: Database, files: Files, account: Account, content: bytes) -> Import:
    with db.transaction() as tx:
        number = content.count(b"BEGIN:VCARD")
        kept = imports.receive(
            tx,
            owner=account.id,
            sha256=files.put(content),
            name="contactos.vcf",
            columns=[],
            rows=number,
            habits=SPAIN,
            format=imports.VCARDS,
        )
        asked = imports.begin(tx, owner=account.id, id=kept.id, columns=[], habits=SPAIN)
    assert importing.go_on(db, files, claimed(db, asked), for_seconds=60)
    with db.reading() as tx:
        return imports.get(tx, owner=account.id, id=asked.id)


def undone(db: Database, files: Files, account: Account, came: Import) -> None:
    with db.transaction() as tx:
        undoing = imports.undo(tx, owner=account.id, id=came.id)
    assert importing.go_on(db, files, claimed(db, undoing), for_seconds=60)


def test_vcards_of_phones_and_programs_come_in(db: Database, files: Files, account: Account) -> None:
    whole = b"\r\n".join((VCARDS / name).read_bytes() for name in ("ios.vcf", "android.vcf", "macos.vcf", "google.vcf"))
    came = sent(db, files, account, whole)
    assert (came.came_in, came.refused, came.state) == (6, 1, ImportState.DONE)
    assert [why for _, _, why in came.report] == [Trouble.GROUP, Trouble.ELSEWHERE]
    assert {"Dra. Nuria Ibáñez de la Peña", "Iñigo Muñoz", "Jürgen Groß", "Zoë O'Neill"} <= names(db, account)
    assert sent(db, files, account, whole).came_in == 0


def test_the_same_uid_is_brought_up_to_date_and_undoing_gives_the_old_text_back(
    db: Database, files: Files, account: Account
) -> None:
    sent(db, files, account, MARTA.format("Comercial").encode())
    with db.transaction() as tx:
        [before] = contacts.page(tx, owner=account.id).rows
        text = before.vcard.replace("END:VCARD", "X-OURS:kept\r\nEND:VCARD")
        before = contacts.write(tx, owner=account.id, vcard=text, id=before.id)
    came = sent(db, files, account, MARTA.format("Directora").encode())
    assert (came.came_in, came.changed, came.known) == (0, 1, 0)
    with db.reading() as tx:
        [after] = contacts.page(tx, owner=account.id).rows
    assert (after.id, after.title) == (before.id, "Directora")
    assert "X-OURS:kept" in after.vcard
    assert sent(db, files, account, MARTA.format("Directora").encode()).known == 1
    undone(db, files, account, came)
    with db.reading() as tx:
        assert contacts.page(tx, owner=account.id).rows[0].vcard == before.vcard


def test_old_texts_are_forgotten_after_a_while_and_undoing_takes_out_who_is_new(
    db: Database, files: Files, account: Account
) -> None:
    sent(db, files, account, MARTA.format("Comercial").encode())
    new = MARTA.format("Socio").replace("UID:marta", "UID:luis").replace("Marta Ruiz", "Luis Vega")
    came = sent(db, files, account, (MARTA.format("Directora") + new).encode())
    assert (came.came_in, came.changed) == (1, 1)
    for days, there in ((import_files.TEXTS_DAYS - 1, 1), (import_files.TEXTS_DAYS, 0)):
        with db.transaction() as tx:
            over = now() - timedelta(days=days)
            tx.execute(update(import_tables.imports).values(finished_at=over))
            import_files.let_go(tx)
            kept = select(func.count()).where(import_tables.imported.c.before.is_not(None))
            assert tx.execute(kept).scalar_one() == there
    undone(db, files, account, came)
    with db.reading() as tx:
        [left] = contacts.page(tx, owner=account.id).rows
    assert left.title == "Directora"


def test_who_may_be_there_already_is_found_as_the_file_comes_in(db: Database, files: Files, account: Account) -> None:
    sent(db, files, account, MARTA.format("Comercial").encode())
    other = MARTA.format("Comercial").replace("UID:marta\n", "").replace("Marta Ruiz", "Marta Ruiz Gil")
    assert sent(db, files, account, other.encode()).came_in == 1
    with db.reading() as tx:
        [pair] = duplicates.page(tx, owner=account.id)
    assert pair.likeness.sure

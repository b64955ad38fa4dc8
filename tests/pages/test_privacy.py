"""Taking everything away, and erasing for good: afterwards nothing of the person is in database, folder or Redis."""

import json
import os
import time
import zipfile
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import vobject
from apiflask import APIFlask
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import expect
from redis import Redis
from sqlalchemy import select, text

from service.config import Config
from service.domain.imports.rows import Trouble
from service.domain.people.erasing import marks
from service.domain.people.vcard import fields_of
from service.storage import accounts, named_files, preferences
from service.storage.accounts import Account
from service.storage.following import ties, weeks
from service.storage.people import contacts, erased
from service.storage.preferences import Preferences
from service.storage.reaching import outgoing
from service.storage.reading import cards, photos, reviewing
from service.storage.tables import metadata
from service.web.parts import Parts
from tests.api.asking import person, picture
from tests.dav.conftest import card, device
from tests.kept_files import path_of
from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_forms import client as client  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import found as found  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import post
from tests.storage.test_ties import contact as new_contact
from tests.test_importing import done
from tests.test_importing import person as row_of
from workers import jobs
from workers.command import main


def words_of(vcard: str) -> list[str]:
    """What nobody may find any more: name, mails and numbers."""
    fields = fields_of(vcard)
    phones = [phone.e164 or phone.raw for phone in fields.phones]
    return [fields.shown_as, *fields.emails, *phones]


def everywhere(config: Config, found: Parts) -> bytes:
    """All bytes that are kept: tables, the database's file, the folder, Redis."""
    with found.db.reading() as tx:
        rows = [str(tx.execute(select(table)).all()) for table in metadata.sorted_tables]
        rows.append(str(tx.execute(text("SELECT * FROM contacts_found")).all()))
    with closing(Redis.from_url(config.redis_url)) as redis:
        queue = b"".join(key + (redis.dump(key) or b"") for key in redis.scan_iter())
    files = [path.read_bytes() for path in config.data.rglob("*") if path.is_file() and not path.is_socket()]
    return "\n".join(rows).encode() + queue + b"".join(files)


def swept(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hour pass for which deleted files are kept aside."""
    for name, value in {
        "DATA": config.data,
        "REDIS_URL": config.redis_url,
        "DATABASE_URL": config.database_url,
    }.items():
        monkeypatch.setenv(f"UNDRAWER_{name}", str(value))
    for path in (config.data / "photos" / "deleted").glob("*"):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    jobs.sweep()


def in_zip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def known(keeper: Keeper, found: Parts, ana: Account) -> str:
    """A contact with a card, a tie, a promise, an import, a mail."""
    contact_id = keeper.confirm(keeper.card(some_cards()[1], "a.jpg", note="Busca sensores"))
    with found.db.transaction() as tx:
        vcard = contacts.get(tx, owner=ana.id, id=contact_id).vcard
        tie = ties.of_contact(tx, owner=ana.id, contact_id=contact_id)
        assert tie
        ties.add_promise(tx, owner=ana.id, id=tie.tie.id, text="el catálogo", due_on=date(2026, 3, 5))
        mail = {"kind": "touch", "key": "1", "to": fields_of(vcard).emails[0], "subject": "Hola", "text": vcard}
        outgoing.put(tx, owner=ana.id, **mail)
    weeks.settled(found.db, owner=ana.id)
    return contact_id


def test_nothing_of_an_erased_person_is_left_anywhere(
    client: FlaskClient,
    keeper: Keeper,
    found: Parts,
    ana: Account,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contact_id = known(keeper, found, ana)
    with found.db.reading() as tx:
        vcard = contacts.get(tx, owner=ana.id, id=contact_id).vcard
        (card,) = cards.of_contact(tx, owner=ana.id, contact_id=contact_id)
    other = keeper.confirm(keeper.card(some_cards()[0], "b.jpg"))
    said = [word.encode() for word in words_of(vcard)]
    assert all(word in everywhere(config, found) for word in said)
    path = f"/contacts/{contact_id}/erase"
    assert post(client, path, form=path).status_code == 422
    assert post(client, path, form=path, sure="yes").status_code == 303
    swept(config, monkeypatch)
    left = everywhere(config, found)
    assert [word for word in said if word in left] == []
    assert not found.files.has(card.picture, aside=False)
    assert client.get(f"/contacts/{contact_id}").status_code == 404
    assert client.get(f"/contacts/{other}").status_code == 200
    with found.db.reading() as tx:
        fields = fields_of(vcard)
        assert erased.when(tx, owner=ana.id, marks=marks(config.signing_keys, ana.id, fields))
        assert erased.when(tx, owner=ana.id, marks=marks(["another key"], ana.id, fields)) is None
        assert erased.when(tx, owner=ana.id, marks=marks(config.signing_keys, "another account", fields)) is None


def test_of_a_photo_with_several_the_others_stay_and_nothing_else(
    client: FlaskClient, keeper: Keeper, found: Parts, ana: Account, config: Config
) -> None:
    first, second, _ = some_cards()
    photo_id = keeper.photo("many.jpg", content=picture(), kind="image/jpeg", note="habló de sensores")
    gone, stays = keeper.read(photo_id, first, second)
    contact_id = keeper.confirm(gone)
    with found.db.reading() as tx:
        before = photos.get(tx, owner=ana.id, id=photo_id)
    path = f"/contacts/{contact_id}/erase"
    assert "1 photo shows others too" in client.get(path).text
    post(client, path, form=path, sure="yes")
    with found.db.reading() as tx:
        after = photos.get(tx, owner=ana.id, id=photo_id)
        (card,) = cards.of_photo(tx, owner=ana.id, photo_id=photo_id)
        assert not named_files.needed(tx, [before.sha256])
    assert (card.id, after.note, after.kind) == (stays, "", "image/jpeg")
    assert not found.files.has(before.sha256, aside=False)
    with Image.open(path_of(found.files, after.sha256)) as cut, Image.open(path_of(found.files, card.picture)) as shown:
        (left, top), _, (right, bottom), _ = card.corners
        assert (right - left, bottom - top) == shown.size
        assert right < cut.width
        assert bottom < cut.height


def test_who_was_joined_with_the_contact_goes_too_and_others_are_planned_again(
    client: FlaskClient, found: Parts, ana: Account, config: Config
) -> None:
    from service.storage.following.ties import Met
    from service.storage.meeting import introductions
    from service.storage.people import merges

    with found.db.transaction() as tx:
        one, twin, other = (
            new_contact(tx, ana.id, name, name) for name in ("Nuria Prat Vila", "Nuria P. Vila", "Iker Solana")
        )
        a, _, b = (
            ties.begin(tx, owner=ana.id, contact_id=id_, met=Met(on=date(2026, 3, 2))) for id_ in (one, twin, other)
        )
        merges.merge(tx, owner=ana.id, kept_id=one, gone_id=twin)
        introductions.begin(tx, introductions.Wanted(one=a, other=b, need="sensores de Nuria Prat Vila"), owner=ana.id)
    weeks.settled(found.db, owner=ana.id)
    path = f"/contacts/{one}/erase"
    assert "1 contact that was joined with it" in client.get(path).text
    assert post(client, path, form=path, sure="yes").status_code == 303
    left = everywhere(config, found)
    assert b"Nuria Prat Vila" not in left
    assert b"Nuria P. Vila" not in left
    assert client.get(f"/contacts/{other}").status_code == 200
    assert client.get("/today").status_code == 200


def test_nobody_erases_or_takes_what_is_somebody_elses(
    app: APIFlask, keeper: Keeper, found: Parts, ana: Account
) -> None:
    contact_id = known(keeper, found, ana)
    stranger = person(app, "Bruno Lima")
    assert stranger.ask("POST", f"/contacts/{contact_id}/erase").status_code == 404
    assert stranger.ask("GET", f"/contacts/{contact_id}/everything.zip").status_code == 404
    assert b"Busca sensores" not in stranger.ask("GET", "/account.zip").data


def test_everything_about_one_person_is_in_one_file(
    client: FlaskClient, keeper: Keeper, found: Parts, ana: Account
) -> None:
    contact_id = known(keeper, found, ana)
    other = keeper.confirm(keeper.card(some_cards()[0], "b.jpg"))
    content = in_zip(client.get(f"/contacts/{contact_id}/everything.zip").data)
    vcard = vobject.readOne(content["contacts.vcf"].decode())
    with found.db.reading() as tx:
        kept = contacts.get(tx, owner=ana.id, id=contact_id)
        (card,) = cards.of_contact(tx, owner=ana.id, contact_id=contact_id)
    assert vcard.uid.value == kept.uid
    assert content[f"cards/{card.id}.jpg"] == found.files.get(card.picture)
    assert "met" in content["timeline.txt"].decode()
    assert json.loads(content["data/promises.jsonl"])["text"] == "el catálogo"
    assert json.loads(content["data/cards.jsonl"])["reading"]
    assert other.encode() not in b"".join(content.values())


def test_everything_of_the_account_is_in_one_file_but_what_opens_doors(
    app: APIFlask, client: FlaskClient, keeper: Keeper, found: Parts, ana: Account
) -> None:
    known(keeper, found, ana)
    with found.db.transaction() as tx:
        stranger = accounts.create(tx, name="Bruno Lima")
        new_contact(tx, stranger.id, "Eva Sanz")
    content = in_zip(client.get("/account.zip").data)
    tables = {name.split("/")[1].split(".")[0] for name in content if name.startswith("data/")}
    assert {"accounts", "contacts", "cards", "photos", "ties", "acts", "promises", "touches", "outgoing"} <= tables
    assert {"sessions", "sign_in_links"}.isdisjoint(tables)
    everything = b"".join(content.values())
    assert b"Eva Sanz" not in everything
    with found.db.reading() as tx:
        secrets = tx.execute(text("SELECT password_hash FROM accounts WHERE id = :id"), {"id": ana.id}).scalar_one()
    assert secrets.encode() not in everything
    assert any(name.startswith("photos/") for name in content)


def test_an_account_is_streamed_piece_by_piece(client: FlaskClient, keeper: Keeper) -> None:
    for n in range(8):
        keeper.photo(f"{n}.jpg", content=os.urandom(300_000) + bytes([n]), kind="image/jpeg")
    sizes = [len(piece) for piece in client.get("/account.zip", buffered=False).response]
    assert sum(sizes) > 2_400_000
    assert max(sizes) < 1_200_000


def test_erasing_the_account_leaves_nothing_of_it(
    client: FlaskClient, keeper: Keeper, found: Parts, ana: Account, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact_id = known(keeper, found, ana)
    with found.db.transaction() as tx:
        vcard = contacts.get(tx, owner=ana.id, id=contact_id).vcard
        stranger = accounts.create(tx, name="Bruno Lima")
        theirs = new_contact(tx, stranger.id, "Eva Sanz")
    assert post(client, "/privacy/account", form="/privacy").status_code == 422
    assert post(client, "/privacy/account", form="/privacy", sure="yes").headers["Location"] == "/sign-in"
    assert "Your account is erased" in client.get("/sign-in").text
    assert client.get("/contacts").headers["Location"].startswith("/sign-in")
    swept(config, monkeypatch)
    left = everywhere(config, found)
    assert [word for word in [*words_of(vcard), ana.name, ana.id] if word.encode() in left] == []
    assert [path for path in (config.data / "photos").rglob("*") if path.is_file()] == []
    with found.db.reading() as tx:
        assert contacts.get(tx, owner=stranger.id, id=theirs)


def test_the_command_writes_the_same_file(
    config: Config, keeper: Keeper, found: Parts, ana: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    contact_id = known(keeper, found, ana)
    for name, value in {
        "DATA": config.data,
        "REDIS_URL": config.redis_url,
        "DATABASE_URL": config.database_url,
    }.items():
        monkeypatch.setenv(f"UNDRAWER_{name}", str(value))
    whole, one = tmp_path / "all.zip", tmp_path / "one.zip"
    for arguments in (["export", str(whole)], ["export", str(one), "--contact", contact_id]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
    assert "contacts.vcf" in in_zip(whole.read_bytes())
    assert "timeline.txt" in in_zip(one.read_bytes())


@pytest.mark.browser
def test_a_person_is_erased_from_the_phone(enter: Enter, keeper: Keeper, found: Parts, ana: Account) -> None:
    contact_id = known(keeper, found, ana)
    page = enter(f"/contacts/{contact_id}", language="es-ES")
    page.get_by_label("Más").click()
    page.get_by_role("link", name="Borrar para siempre").click()
    page.get_by_label("Sí, borra a esta persona").check()
    page.get_by_role("button", name="Borrar para siempre").click()
    expect(page.get_by_text("Borrado del todo")).to_be_visible()
    page.goto("/privacy")
    page.get_by_role("button", name="Olvidar también esto").click()
    expect(page.get_by_text("Nadie por ahora.")).to_be_visible()


def test_a_new_card_of_somebody_erased_asks_before_it_brings_them_back(
    client: FlaskClient, keeper: Keeper, found: Parts, ana: Account
) -> None:
    contact_id = keeper.confirm(keeper.card(some_cards()[1], "a.jpg"))
    path = f"/contacts/{contact_id}/erase"
    post(client, path, form=path, sure="yes")
    again = keeper.card(some_cards()[1], "again.jpg")
    with found.db.transaction() as tx:
        preferences.keep(tx, Preferences(letter_keys=True, confirms_sure=True), owner=ana.id)
        photo_id = cards.get(tx, owner=ana.id, id=again).photo_id
        assert reviewing.sure(tx, owner=ana.id) == []
        assert reviewing.confirm_unasked(tx, owner=ana.id, photo_id=photo_id) == 0
    page = f"/cards/{again}"
    assert "You erased somebody like this on" in client.get(page).text
    assert post(client, page, form=page, act="confirm").status_code == 409
    assert keeper.contacts() == []
    assert post(client, page, form=page, act="confirm", bring_back="yes").status_code == 303
    assert len(keeper.contacts()) == 1
    with found.db.reading() as tx:
        assert erased.everybody(tx, owner=ana.id) == []


def test_an_import_does_not_bring_somebody_erased_back_unnoticed(
    client: FlaskClient, found: Parts, ana: Account, keeper: Keeper
) -> None:
    sheet = row_of(1)
    assert done(found.db, found.files, ana, sheet).came_in == 1
    (there,) = keeper.contacts()
    path = f"/contacts/{there.id}/erase"
    post(client, path, form=path, sure="yes")
    again = done(found.db, found.files, ana, sheet)
    assert (again.came_in, again.refused, [why for _, _, why in again.report]) == (0, 1, [Trouble.ERASED])
    with found.db.transaction() as tx:
        (gone,) = erased.everybody(tx, owner=ana.id)
        erased.forget_person(tx, owner=ana.id, id=gone.id)
    assert done(found.db, found.files, ana, sheet).came_in == 1


def test_a_device_that_brings_somebody_erased_back_is_asked_about(
    client: FlaskClient, app: APIFlask, ana: Account, keeper: Keeper
) -> None:
    phone, text = device(app, ana), card(uid="lucia")
    other = keeper.write(card("Olga Sanz", uid="olga").replace("600123123", "600123999"))[0]
    assert phone.put("lucia.vcf", text).status_code == 201
    there = next(one.id for one in keeper.contacts() if one.uid == "lucia")
    path = f"/contacts/{there}/erase"
    post(client, path, form=path, sure="yes")
    assert phone.put("lucia.vcf", text, If_None_Match="*").status_code == 201, "the device keeps whom it has"
    again = next(one.id for one in keeper.contacts() if one.uid == "lucia")
    page, asked = f"/contacts/{again}", "You erased somebody like this on"
    assert asked in client.get(page).text
    assert asked not in client.get(f"/contacts/{other}").text
    assert f'href="{page}"' in client.get("/privacy").text
    assert post(client, f"{page}/stays", form=page).status_code == 303
    assert asked not in client.get(page).text
    assert page not in client.get("/privacy").text

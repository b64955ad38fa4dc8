"""What an account decides of what is kept: when photos go, and what a first mail says; files of imports go by themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect
from sqlalchemy import update

from service.config import Config
from service.domain.errors import Conflict
from service.domain.people.vcard import fields_of
from service.domain.ties.touch import Channel, Kind
from service.drafting import words_for
from service.storage import named_files
from service.storage.accounts import Account
from service.storage.following import policies, ties, touches
from service.storage.people import contacts, sources
from service.storage.reading import letting_go, photos, rereadings
from service.storage.tables import cards as kept_cards
from service.web.parts import Parts
from tests.kept_files import path_of
from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_corners import photo as a_photo
from tests.pages.test_forms import client as client  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import found as found  # noqa: PLC0414  # a fixture
from tests.pages.test_forms import post
from tests.pages.test_privacy import swept
from tests.test_importing import done
from tests.test_importing import person as row_of

LONG_AGO = datetime.now(UTC) - timedelta(days=40)


def kept(keeper: Keeper) -> tuple[str, list[str]]:
    """A photo with two cards; its id and theirs."""
    photo_id = keeper.photo("a.jpg", content=a_photo(), kind="image/jpeg")
    return photo_id, keeper.read(photo_id, *some_cards()[:2])


def settle_long_ago(found: Parts, *card_ids: str) -> None:
    with found.db.transaction() as tx:
        tx.execute(update(kept_cards).where(kept_cards.c.id.in_(card_ids)).values(settled_at=LONG_AGO))


def let_go(found: Parts) -> list[str]:
    with found.db.transaction() as tx:
        return letting_go.let_go(tx)


def test_photos_are_kept_unless_the_account_says_otherwise(found: Parts, keeper: Keeper) -> None:
    _, card_ids = kept(keeper)
    for card_id in card_ids:
        keeper.confirm(card_id)
    settle_long_ago(found, *card_ids)
    assert let_go(found) == []


def test_a_photo_goes_once_all_its_cards_were_settled_so_long_ago_and_its_cards_stay(
    client: FlaskClient,
    found: Parts,
    keeper: Keeper,
    ana: Account,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo_id, (first, second) = kept(keeper)
    page = "/privacy/kept"
    assert post(client, page, form=page, photo_days="30").status_code == 303
    assert 'value="30" selected' in client.get(page).text
    contact_id = keeper.confirm(first)
    settle_long_ago(found, first)
    assert let_go(found) == []  # the other card waits for a person
    keeper.confirm(second)
    assert let_go(found) == []  # which was only now
    settle_long_ago(found, second)
    [photo] = keeper.photos()
    paths = [path_of(found.files, sha256) for sha256 in (photo.sha256, photo.shown)]
    assert all(path.exists() for path in paths)
    swept(config, monkeypatch)
    swept(config, monkeypatch)
    assert not any(path.exists() for path in paths)
    with found.db.reading() as tx:
        gone = photos.get(tx, owner=ana.id, id=photo_id)
        assert named_files.needed(tx, [gone.sha256]) == set()
    assert (gone.gone_at is not None, gone.shown) == (True, "")
    told = client.get(f"/api/v1/photos/{photo_id}").json
    assert told is not None
    assert (told["image_url"], told["original_url"]) == (None, None)
    assert client.get(f"/api/v1/photos/{photo_id}/original").status_code == 404
    for path in (
        "/",
        f"/api/v1/cards/{first}/image",
        f"/contacts/{contact_id}",
        "/account.zip",
        f"/contacts/{contact_id}/everything.zip",
    ):
        assert client.get(path, buffered=True).status_code == 200, path


def test_the_same_photo_sent_again_comes_back_and_goes_again(found: Parts, keeper: Keeper, ana: Account) -> None:
    photo_id, card_ids = kept(keeper)
    for card_id in card_ids:
        keeper.confirm(card_id)
    settle_long_ago(found, *card_ids)
    with found.db.transaction() as tx:
        letting_go.set_days(tx, owner=ana.id, days=30)
    assert let_go(found)
    assert let_go(found) == []
    assert keeper.photo("a.jpg", content=a_photo(), kind="image/jpeg") == photo_id
    with found.db.reading() as tx:
        back = photos.get(tx, owner=ana.id, id=photo_id)
        assert named_files.needed(tx, [back.sha256]) == {back.sha256}
    assert let_go(found) == [back.sha256]


def test_a_card_taken_back_without_its_photo_is_typed_and_not_read_again(
    found: Parts, keeper: Keeper, ana: Account
) -> None:
    _, card_ids = kept(keeper)
    for card_id in card_ids:
        keeper.confirm(card_id)
    settle_long_ago(found, *card_ids)
    with found.db.transaction() as tx:
        letting_go.set_days(tx, owner=ana.id, days=7)
        assert letting_go.let_go(tx)
        tx.execute(update(kept_cards).where(kept_cards.c.id == card_ids[0]).values(state="to review"))
        with pytest.raises(Conflict, match="let go of"):
            rereadings.ask(tx, owner=ana.id, card_id=card_ids[0], corners=((0, 0), (9, 0), (9, 5), (0, 5)))


@pytest.mark.parametrize("wrong", ["0", "-1", "2", "99999999", "x", "٣٠"])
def test_other_numbers_of_days_are_refused(client: FlaskClient, wrong: str) -> None:
    assert post(client, "/privacy/kept", form="/privacy/kept", photo_days=wrong).status_code == 422


def test_the_file_of_an_import_goes_when_it_is_over_and_undoing_still_works(
    found: Parts, ana: Account, config: Config, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    asked = done(found.db, found.files, ana, row_of(1))
    path = path_of(found.files, asked.sha256)
    assert path.exists()
    swept(config, monkeypatch)
    swept(config, monkeypatch)
    assert not path.exists()
    assert [one for one in everything_in(config.data) if b"persona1@" in one.read_bytes() and one.suffix != ".db"] == []
    undo = f"/import/{asked.id}/undo"
    assert client.get(f"/import/{asked.id}").status_code == 200
    assert post(client, undo, form=f"/import/{asked.id}").status_code == 303


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "db-" not in path.name]


def test_a_first_mail_says_where_the_address_is_from_only_where_that_is_wanted(
    found: Parts, keeper: Keeper, ana: Account
) -> None:
    keeper.confirm(keeper.card(some_cards()[1], "a.jpg", gathering="Feria de Bilbao"))
    assert not any("P. D." in text for text in first_mails(found, ana))
    with found.db.transaction() as tx:
        assert not policies.of(tx, owner=ana.id).says_source
        sources.say(tx, owner=ana.id, wanted=True)
        assert policies.of(tx, owner=ana.id).says_source
    assert all("P. D.: Tengo tus datos de la tarjeta" in text for text in first_mails(found, ana))


def first_mails(found: Parts, ana: Account) -> list[str]:
    """The drafts of first words that are planned to go by mail, as a page in Spanish has them written."""
    with found.db.reading() as tx:
        rules, today = policies.of(tx, owner=ana.id), policies.today(tx, owner=ana.id)
        found_ = [
            (kept, ties.get(tx, owner=ana.id, id=row.id), contacts.get(tx, owner=ana.id, id=kept.contact_id))
            for row in tx.execute(ties.alive(ana.id))
            for kept in touches.of_tie(tx, owner=ana.id, tie_id=row.id)
            if kept.touch.kind is Kind.FIRST
        ]
    assert found_
    by_mail = [(replace(k, touch=replace(k.touch, channel=Channel.MAIL)), h, fields_of(c.vcard)) for k, h, c in found_]
    return [words_for(k, h, f, person=ana, rules=rules, page="es", today=today).draft.text for k, h, f in by_mail]


@pytest.mark.browser
def test_a_person_says_when_photos_go(enter: Enter) -> None:
    page = enter("/privacy", language="es-ES")
    page.get_by_role("link", name="Qué se guarda y cuánto tiempo").click()
    page.get_by_label("La foto original").select_option(label="Eliminarla al cabo de 30 días")
    page.get_by_role("switch", name="Decir de dónde sale la dirección").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_label("La foto original")).to_have_value("30")
    expect(page.get_by_role("switch")).to_be_checked()

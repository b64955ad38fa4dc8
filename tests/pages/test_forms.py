"""Forms sent by hand, without the limits that a browser keeps for us."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.domain.reading.correction import MAX_TEXT
from service.domain.reading.stamp import Stamp
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.following import policies
from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import picture
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


@pytest.fixture
def client(app: APIFlask, ana: Account, found: Parts) -> FlaskClient:
    """Give a browser in which Ana is signed in."""
    with found.db.transaction() as tx:
        link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=ana.id)}"
    client = app.test_client()
    assert post(client, link, form=link).status_code == 303
    return client


def post(client: FlaskClient, path: str, *, form: str = "/", **data: Any) -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(form).text)
    assert token
    return client.post(path, data={"csrf_token": token[1], **data})


def test_words_beside_a_photo_are_kept_as_plain_text_and_not_without_end(
    client: FlaskClient, ana: Account, found: Parts
) -> None:
    post(client, "/photos", photo=(BytesIO(picture()), "a.jpg"), gathering="Fair\r\nTEL:1 \u202e", note="One\ntwo\x07")
    post(client, "/photos", photo=(BytesIO(picture(9)), "b.jpg"), gathering="x" * (MAX_TEXT + 1))
    with found.db.reading() as tx:
        (photo,) = photos.page(tx, owner=ana.id).rows
    assert (photo.gathering, photo.note) == ("Fair TEL:1", "One\ntwo")


def test_the_name_of_a_refused_file_cannot_turn_the_sentence_round(client: FlaskClient) -> None:
    post(client, "/photos", photo=(BytesIO(b"text"), "folder/\u202egpj.exe"))
    page = client.get("/").text
    assert "gpj.exe: This is not a photo" in page
    assert "\u202e" not in page


def test_a_search_for_very_many_words_is_answered(client: FlaskClient) -> None:
    assert client.get("/contacts", query_string={"q": "a " * 1500}).status_code == 200


def test_a_wrong_password_waits_for_nobody_who_writes(app: APIFlask, found: Parts) -> None:
    stranger = app.test_client()
    with found.db.transaction():
        answer = post(stranger, "/sign-in", form="/sign-in", email="ana@example.com", password="wrong one")
    assert answer.status_code == 401


def test_a_draft_that_the_machines_user_signs_says_so_until_somebody_gives_her_name(
    client: FlaskClient, ana: Account, found: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with found.db.transaction() as tx:
        accounts.set_name(tx, owner=ana.id, name="root")
    monkeypatch.setattr(policies, "now", lambda: datetime(2030, 3, 4, 10, tzinfo=UTC))
    keeper = Keeper(found, ana.id)
    keeper.confirm(keeper.card(some_cards()[1], stamp=Stamp(gathering="Feria", met_on=date(2030, 3, 4))))
    monkeypatch.setattr(policies, "now", lambda: datetime(2030, 3, 5, 10, tzinfo=UTC))
    assert "Signed as “root”." in client.get("/today").text
    assert post(client, "/settings/name", form="/settings", name=" ").status_code == 422
    assert post(client, "/settings/name", form="/settings", name=" Ana\r\nTorres ").status_code == 303
    assert 'value="Ana Torres"' in client.get("/settings").text
    assert "Signed as" not in client.get("/today").text

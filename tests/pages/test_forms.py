"""Forms sent by hand, without the limits that a browser keeps for us."""

import re
from io import BytesIO
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.domain.reading.correction import MAX_TEXT
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import picture


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

"""Photos sent over HTTP: what is kept, what is refused, and that an answer means safety."""

import hashlib
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import Person, picture

BAD_FILES = [
    pytest.param(b"", "empty", 422, id="nothing"),
    pytest.param(b"Ana Torres\nana@example.com\n", "not_an_image", 415, id="text"),
    pytest.param(b"%PDF-1.7\n...", "pdf", 415, id="pdf"),
    pytest.param(picture(kind="GIF"), "animated", 415, id="gif"),
    pytest.param(b"\xff\xd8\xff" + b"\0" * (30 * 1024 * 1024), "too_big", 413, id="30 MB"),
]


def send(person: Person, *files: bytes, **words: Any) -> Any:
    parts = [FileStorage(BytesIO(content), f"card {place}.jpg") for place, content in enumerate(files)]
    # The test client's own form would leave the temporary file of a big one open.
    boundary, body = encode_multipart(MultiDict({"photo": parts, **words}))
    return person.ask("POST", "/photos", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def waiting(found: Parts) -> int:
    return found.queue.waiting()


def test_a_photo_is_on_disk_and_rung_for_when_it_is_answered(ana: Person, found: Parts) -> None:
    answer = send(ana, picture(), gathering="Feria de Oporto", note="Busca imprenta")
    assert answer.status_code == 202
    arrival = answer.json["photos"][0]
    assert (arrival["file"], arrival["known"], arrival["error"]) == ("card 0.jpg", False, None)
    photo = arrival["photo"]
    assert (photo["state"], photo["gathering"], photo["note"]) == ("received", "Feria de Oporto", "Busca imprenta")
    assert photo["url"] == f"/api/v1/photos/{photo['id']}"
    assert found.files.get(photo["sha256"]) == picture()
    with found.db.reading() as tx:
        assert photos.get(tx, owner=ana.account.id, id=photo["id"]).size == len(picture())
    assert waiting(found) == 1


def test_every_photo_of_an_upload_has_its_own_answer(ana: Person) -> None:
    arrivals = send(ana, picture(1), b"%PDF-1.7", picture(2)).json["photos"]
    assert [bool(arrival["photo"]) for arrival in arrivals] == [True, False, True]
    assert arrivals[1]["error"]["code"] == "pdf"


def test_the_same_bytes_are_the_same_photo_and_are_said_to_be_known(ana: Person, found: Parts) -> None:
    first = send(ana, picture()).json["photos"][0]
    again = send(ana, picture(), picture()).json["photos"]
    assert [arrival["known"] for arrival in again] == [True, True]
    assert {arrival["photo"]["id"] for arrival in again} == {first["photo"]["id"]}
    assert waiting(found) == 1


def test_an_upload_repeated_with_its_ids_makes_no_second_photo(ana: Person) -> None:
    ids = [str(uuid4()), str(uuid4())]
    for known in (False, True):
        arrivals = send(ana, picture(1), picture(2), id=ids).json["photos"]
        assert [arrival["photo"]["id"] for arrival in arrivals] == ids
        assert [arrival["known"] for arrival in arrivals] == [known, known]


@pytest.mark.parametrize(("content", "code", "status"), BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason(ana: Person, content: bytes, code: str, status: int) -> None:
    answer = send(ana, content)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == code
    assert answer.json["photos"][0]["error"]["status"] == status
    put = ana.ask("PUT", f"/photos/{uuid4()}", data=content)
    assert (put.status_code, put.json["code"]) == (status, code)


@pytest.mark.parametrize(("content", "code", "status"), BAD_FILES)
def test_a_bad_file_does_not_stop_the_others(ana: Person, content: bytes, code: str, status: int) -> None:
    answer = send(ana, content, picture())
    assert answer.status_code == 202
    assert [arrival["photo"] is not None for arrival in answer.json["photos"]] == [False, True]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"id": "not an id"}, "bad_value"),
        ({"id": [str(uuid4()), str(uuid4())]}, "ids_do_not_match"),
        ({"surprise": "x"}, "bad_value"),
        ({"note": "x" * 5_001}, "bad_value"),
        ({"gathering": "a\0b"}, "bad_value"),
    ],
)
def test_words_that_do_not_fit_the_form_are_refused(ana: Person, words: dict[str, Any], code: str) -> None:
    answer = send(ana, picture(), **words)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_an_upload_without_a_file_says_so(ana: Person) -> None:
    answer = ana.ask("POST", "/photos", data={"note": "x"}, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["code"]) == (422, "no_photo")


def test_an_upload_that_is_no_form_is_refused(ana: Person) -> None:
    assert ana.ask("POST", "/photos", json={"photo": "x"}).status_code == 415
    assert ana.ask("POST", "/photos", data=b"--x", content_type="multipart/form-data").status_code == 422


def test_a_file_name_is_kept_without_its_folders(ana: Person) -> None:
    part = (BytesIO(picture()), "../../etc/tarjeta ñ.jpg")
    answer = ana.ask("POST", "/photos", data={"photo": part}, content_type="multipart/form-data")
    assert answer.json["photos"][0]["photo"]["name"] == "tarjeta ñ.jpg"


def test_a_photo_put_is_new_once_and_known_after(ana: Person, found: Parts) -> None:
    path = f"/photos/{uuid4()}"
    first = ana.ask("PUT", path, data=picture(), query_string={"gathering": "Feria", "name": "a.jpg"})
    assert (first.status_code, first.json["gathering"], first.json["name"]) == (201, "Feria", "a.jpg")
    assert first.headers["Location"] == f"/api/v1{path}"
    again = ana.ask("PUT", path, data=picture())
    assert (again.status_code, again.json["id"]) == (200, first.json["id"])
    assert waiting(found) == 1


def test_the_same_bytes_put_under_another_id_lead_to_the_photo_known(ana: Person, photo_id: str) -> None:
    answer = ana.ask("PUT", f"/photos/{uuid4()}", data=picture())
    assert (answer.status_code, answer.json["id"]) == (200, photo_id)
    assert answer.headers["Location"].endswith(photo_id)


def test_bytes_that_do_not_match_their_hash_are_refused_and_not_kept(ana: Person) -> None:
    path = f"/photos/{uuid4()}"
    answer = ana.ask("PUT", path, data=picture(), headers={"X-Sha256": hashlib.sha256(b"other").hexdigest()})
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_hash")
    assert ana.ask("GET", path).status_code == 404
    assert ana.ask("PUT", path, data=picture(), headers={"X-Sha256": "short"}).status_code == 422
    right = hashlib.sha256(picture()).hexdigest().upper()
    assert ana.ask("PUT", path, data=picture(), headers={"X-Sha256": right}).status_code == 201


def test_an_id_of_somebody_else_or_of_other_bytes_is_a_conflict_and_nothing_is_kept(
    ana: Person, bruno: Person, photo_id: str, found: Parts
) -> None:
    assert bruno.ask("PUT", f"/photos/{photo_id}", data=picture(5)).status_code == 409
    assert ana.ask("PUT", f"/photos/{photo_id}", data=picture(5)).status_code == 409
    assert found.files.set_aside() == [hashlib.sha256(picture(5)).hexdigest()]
    arrival = send(bruno, picture(6), picture(7), id=[photo_id, str(uuid4())]).json["photos"]
    assert (arrival[0]["error"]["status"], arrival[1]["error"]) == (409, None)


def test_two_people_may_keep_the_same_bytes(ana: Person, bruno: Person) -> None:
    assert ana.ask("PUT", f"/photos/{uuid4()}", data=picture()).status_code == 201
    assert bruno.ask("PUT", f"/photos/{uuid4()}", data=picture()).status_code == 201


def test_a_body_too_long_is_refused_before_it_is_read(ana: Person) -> None:
    class Unread(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("The body was read.")

    long = {"CONTENT_LENGTH": str(300 * 1024 * 1024), "wsgi.input": Unread()}
    form, photo, json = "multipart/form-data; boundary=x", "image/jpeg", "application/json"
    asked = [("POST", "/photos", form), ("PUT", f"/photos/{uuid4()}", photo), ("PATCH", f"/cards/{uuid4()}", json)]
    for method, path, kind in asked:
        answer = ana.ask(method, path, environ_overrides={**long, "CONTENT_TYPE": kind})
        assert answer.status_code == 413, method
        assert answer.json["code"] == "too_big"


def test_a_photo_is_kept_though_redis_is_down(ana: Person, found: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from service.queue import Queue

    nowhere = Queue(replace(found.config, redis_url="unix:///nowhere/redis.sock"))
    monkeypatch.setitem(ana.client.application.extensions, "undrawer", replace(found, queue=nowhere))
    assert send(ana, picture()).status_code == 202


def test_a_body_without_a_length_is_not_cut_off_in_silence(ana: Person) -> None:
    content = picture() + b"\0" * (26 * 1024 * 1024)
    terminated = {"wsgi.input": BytesIO(content), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    right = {"X-Sha256": hashlib.sha256(content).hexdigest()}
    answer = ana.ask("PUT", f"/photos/{uuid4()}", environ_overrides=terminated, headers=right)
    assert (answer.status_code, answer.json["code"]) == (413, "too_big")

"""Spoken notes over HTTP: kept beside the photo, heard by its owner only, gone with it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.domain.reading.spoken import MAX_SPOKEN_BYTES
from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import Person, picture

WEBM = b"\x1a\x45\xdf\xa3" + bytes(range(200))


@pytest.fixture
def photo(ana: Person) -> Any:
    return ana.ask("PUT", f"/photos/{uuid4()}", data=picture()).json


def test_a_spoken_note_is_kept_beside_its_photo_and_given_back(ana: Person, photo: Any) -> None:
    assert photo["spoken_note_url"] is None
    kept = ana.ask("PUT", f"/photos/{photo['id']}/spoken-note", data=WEBM, content_type="audio/webm;codecs=opus")
    assert (kept.status_code, kept.json["spoken_note_url"]) == (200, f"{photo['url']}/spoken-note")
    heard = ana.ask("GET", f"/photos/{photo['id']}/spoken-note")
    assert (heard.data, heard.mimetype) == (WEBM, "audio/webm")


def test_a_player_may_ask_for_a_part(ana: Person, photo: Any) -> None:
    ana.ask("PUT", f"/photos/{photo['id']}/spoken-note", data=WEBM)
    part = ana.ask("GET", f"/photos/{photo['id']}/spoken-note", headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.data) == (206, WEBM[4:10])


def test_another_recording_takes_its_place_and_nothing_is_left_of_the_first(
    ana: Person, photo: Any, found: Parts
) -> None:
    path = f"/photos/{photo['id']}/spoken-note"
    for recording in (WEBM, WEBM, WEBM + b"more"):
        assert ana.ask("PUT", path, data=recording).status_code == 200
    assert ana.ask("GET", path).data == WEBM + b"more"
    assert len(found.files.set_aside()) == 1
    assert ana.ask("DELETE", path).status_code == 204
    assert ana.ask("GET", path).json["code"] == "spoken_note"
    assert len(found.files.set_aside()) == 2


def test_it_goes_with_its_photo(ana: Person, photo: Any, found: Parts) -> None:
    ana.ask("PUT", f"/photos/{photo['id']}/spoken-note", data=WEBM)
    assert ana.ask("DELETE", f"/photos/{photo['id']}").status_code == 204
    assert len(found.files.set_aside()) == 2


def test_only_the_owner_hears_it(ana: Person, bruno: Person, photo: Any) -> None:
    path = f"/photos/{photo['id']}/spoken-note"
    ana.ask("PUT", path, data=WEBM)
    assert {bruno.ask(verb, path, data=WEBM).status_code for verb in ("GET", "PUT", "DELETE")} == {404}
    assert ana.ask("GET", path).data == WEBM


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"", 422, "no_sound"), (picture(), 415, "not_a_sound"), (WEBM + b"\0" * MAX_SPOKEN_BYTES, 413, "sound_too_big")],
    ids=["nothing", "a picture", "a speech"],
)
def test_what_is_no_note_is_refused(ana: Person, photo: Any, content: bytes, status: int, code: str) -> None:
    refused = ana.ask("PUT", f"/photos/{photo['id']}/spoken-note", data=content)
    assert (refused.status_code, refused.json["code"]) == (status, code)


def test_a_photo_carries_day_place_promise_and_side(ana: Person, found: Parts) -> None:
    said = {"gathering": "Feria", "place": "Bilbao", "met_on": "2026-03-04", "promise": "the paper", "side": "front"}
    front = ana.ask("PUT", f"/photos/{uuid4()}", data=picture(), query_string=said).json
    assert {name: front[name] for name in said} == said
    assert front["promise_on"] == "2026-03-05"
    about = {"side": "back", "pair": front["id"]}
    back = ana.ask("PUT", f"/photos/{uuid4()}", data=picture(3), query_string=about).json
    assert (back["side"], back["pair"], back["promise_on"]) == ("back", front["id"], None)
    with found.db.reading() as tx:
        kept = photos.get(tx, owner=ana.account.id, id=front["id"])
    assert (kept.met_on, kept.promise_on) == (date(2026, 3, 4), date(2026, 3, 4) + timedelta(days=1))


@pytest.mark.parametrize("wrong", [{"side": "rim"}, {"pair": "that one"}, {"met_on": "yesterday"}])
def test_a_stamp_that_means_nothing_is_refused(ana: Person, wrong: dict[str, str]) -> None:
    refused = ana.ask("PUT", f"/photos/{uuid4()}", data=picture(), query_string=wrong)
    assert (refused.status_code, refused.json["code"]) == (422, "bad_value")

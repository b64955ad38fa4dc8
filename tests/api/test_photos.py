"""Photos that were sent: listed, looked at, read again, deleted; by their owner only."""

from uuid import uuid4

from service.domain.reading.photo import REASONS
from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import Person, picture


def test_a_photo_tells_its_state_and_its_cards(ana: Person, photo_id: str, card_id: str) -> None:
    photo = ana.ask("GET", f"/photos/{photo_id}").json
    assert (photo["state"], photo["cards"], photo["reason"], photo["advice"]) == ("read", [card_id], None, None)


def test_an_unreadable_photo_says_why_and_what_to_do(ana: Person, found: Parts, photo_id: str) -> None:
    with found.db.transaction() as tx:
        photos.give_up(tx, id=photo_id, reason="no_card")
    photo = ana.ask("GET", f"/photos/{photo_id}").json
    assert (photo["state"], photo["reason"], photo["advice"]) == ("unreadable", "no_card", REASONS["no_card"])


def test_an_unreadable_photo_is_read_again_when_asked(ana: Person, found: Parts, photo_id: str) -> None:
    with found.db.transaction() as tx:
        photos.give_up(tx, id=photo_id, reason="gave_up")
    before = found.queue.waiting()
    answer = ana.ask("POST", f"/photos/{photo_id}/try-again")
    assert (answer.status_code, answer.json["state"], answer.json["tries"]) == (202, "received", 0)
    assert found.queue.waiting() == before + 1


def test_a_photo_that_was_read_stays_so(ana: Person, found: Parts, photo_id: str, card_id: str) -> None:
    before = found.queue.waiting()
    answer = ana.ask("POST", f"/photos/{photo_id}/try-again")
    assert (answer.status_code, answer.json["state"], answer.json["cards"]) == (202, "read", [card_id])
    assert found.queue.waiting() == before


def test_the_original_is_the_bytes_that_came_to_be_saved_and_not_shown(ana: Person, photo_id: str) -> None:
    answer = ana.ask("GET", f"/photos/{photo_id}/original")
    assert (answer.data, answer.mimetype) == (picture(), "image/jpeg")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={photo_id}.jpeg"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = ana.ask("GET", f"/photos/{photo_id}/original", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_photos_come_in_pages_newest_first(ana: Person, bruno: Person) -> None:
    ids = [str(uuid4()) for _ in range(5)]
    for shade, wanted in enumerate(ids):
        ana.ask("PUT", f"/photos/{wanted}", data=picture(shade))
    bruno.ask("PUT", f"/photos/{uuid4()}", data=picture())
    seen, after = [], ""
    while after is not None:
        page = ana.ask("GET", "/photos", query_string={"limit": 2, "after": after}).json
        seen += [photo["id"] for photo in page["photos"]]
        after = page["next"]
    assert seen == ids[::-1]


def test_photos_are_listed_by_state(ana: Person, photo_id: str) -> None:
    assert [photo["id"] for photo in ana.ask("GET", "/photos?state=received").json["photos"]] == [photo_id]
    assert ana.ask("GET", "/photos?state=read").json["photos"] == []


def test_a_deleted_photo_is_gone_with_its_files(ana: Person, found: Parts, photo_id: str, card_id: str) -> None:
    photo = ana.ask("GET", f"/photos/{photo_id}").json
    assert ana.ask("DELETE", f"/photos/{photo_id}").status_code == 204
    assert ana.ask("GET", f"/photos/{photo_id}").status_code == 404
    assert ana.ask("GET", f"/cards/{card_id}").status_code == 404
    assert not found.files.has(photo["sha256"], aside=False)

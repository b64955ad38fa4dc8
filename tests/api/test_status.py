"""The owner of the installation sees how it is and has failed photos read again; nobody else knows that there is such a thing."""

from service.domain.reading.photo import PhotoState
from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import Person, picture
from tests.api.test_photos_sent import send


def failed(found: Parts, person: Person, *, reason: str = "gave_up", shade: int = 0) -> str:
    photo_id: str = send(person, picture(shade)).json["photos"][0]["photo"]["id"]
    with found.db.transaction() as tx:
        photos.give_up(tx, id=photo_id, reason=reason)
    return photo_id


def test_the_owner_sees_all_and_has_failed_photos_of_everybody_read_again(
    found: Parts, ana: Person, bruno: Person
) -> None:
    mine, other = failed(found, ana), failed(found, bruno)
    failed(found, ana, reason="no_card", shade=9)
    told = ana.ask("GET", "/status").json
    assert {one["id"] for one in told["failed"]} == {mine, other}
    assert told["parts"] == {"database": True, "redis": True, "worker": False}
    assert told["photos"] == {"unreadable": 3}
    assert bruno.account.id not in str(told)
    assert ana.ask("POST", "/status/try-again").json == {"photos": 2}
    assert bruno.ask("GET", f"/photos/{other}").json["state"] == PhotoState.RECEIVED


def test_nobody_else_knows_of_it(found: Parts, ana: Person, bruno: Person) -> None:
    photo_id = failed(found, ana)
    assert bruno.ask("GET", "/status").status_code == 404
    assert bruno.ask("POST", "/status/try-again").status_code == 404
    assert ana.ask("GET", f"/photos/{photo_id}").json["state"] == PhotoState.UNREADABLE

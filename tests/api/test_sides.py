"""Two sides of a card over HTTP: proposed, joined, confirmed as one, taken apart; nobody else's card is a side."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.reading.card import Box, Evidence, Found, PersonName, Phone, ReadCard, Reading
from service.storage.reading import cards, photos
from service.web.parts import Parts
from tests.api.asking import Person, picture

SEEN = Evidence(engines=("rapidocr",), confidence=0.9, box=Box(20, 30, 200, 24))
FRONT = Reading(
    name=Found(PersonName("Lucía Ferrer Soto", "Lucía", "Ferrer Soto"), SEEN),
    emails=(Found("lucia@faronorte.example", SEEN),),
    lang="es",
)
BACK = Reading(
    org=Found("Faro Norte", SEEN), phones=(Found(Phone("+34 910 001 122", "+34910001122"), SEEN),), lang="en"
)


def keep(found: Parts, person: Person, reading: Reading, shade: int) -> str:
    """Keep a photo with one card, as a worker leaves it; give the card's id."""
    corners = ((0.0, 0.0), (320.0, 0.0), (320.0, 200.0), (0.0, 200.0))
    squared = picture(shade)
    with found.db.transaction() as tx:
        id_ = str(uuid4())
        bytes_ = {"sha256": uuid4().hex * 2, "size": 1, "kind": "image/jpeg"}
        photo, _ = photos.receive(tx, owner=person.account.id, id=id_, **bytes_)  # type: ignore[arg-type] # of a dict
        read = ReadCard(corners=corners, picture=squared, width=320, height=200, reading=reading)
        photos.finish(tx, photo=photo, cards=[read], pictures=[found.files.put(squared)])
        return cards.of_photo(tx, owner=person.account.id, photo_id=photo.id)[0].id


@pytest.fixture
def front(found: Parts, ana: Person) -> str:
    return keep(found, ana, FRONT, 10)


@pytest.fixture
def back(found: Parts, ana: Person) -> str:
    return keep(found, ana, BACK, 20)


def change(person: Person, card: str, **changes: Any) -> Any:
    return person.ask("PATCH", f"/cards/{card}", json=changes)


def test_a_card_tells_which_others_may_be_its_other_side(ana: Person, front: str, back: str) -> None:
    [proposed] = ana.ask("GET", f"/cards/{front}").json["proposed_sides"]
    assert proposed == {"card": back, "image_url": f"/api/v1/cards/{back}/image", "side": "back", "shared": "company"}
    assert ana.ask("GET", f"/cards/{back}").json["proposed_sides"][0]["side"] == "front"
    assert change(ana, front, not_side_of=back).json["proposed_sides"] == []
    assert ana.ask("GET", f"/cards/{back}").json["proposed_sides"] == []


def test_two_cards_become_one_with_two_sides(ana: Person, front: str, back: str) -> None:
    answer = change(ana, back, side_of=front.upper())
    assert (answer.status_code, answer.json["side_of"]) == (200, front)
    card = ana.ask("GET", f"/cards/{front}").json
    assert (card["back"], card["side_of"], card["proposed_sides"]) == (back, None, [])
    assert (card["fields"]["name"]["family"], card["fields"]["org"]) == ("Ferrer Soto", "Faro Norte")
    assert card["reading"]["org"]["evidence"]["side"] == "back"
    assert (card["reading"]["lang"], card["reading"]["other_langs"]) == ("es", ["en"])
    listed = ana.ask("GET", "/cards", query_string={"state": "to review"}).json["cards"]
    assert [(one["id"], one["back"]) for one in listed] == [(front, back)]
    for id_, shade in ((front, 10), (back, 20)):
        assert ana.ask("GET", f"/cards/{id_}/image").data == picture(shade)


def test_both_sides_are_one_contact(ana: Person, front: str, back: str) -> None:
    change(ana, back, side_of=front)
    contact = ana.ask("POST", f"/cards/{front}/confirm").json
    assert (contact["name"], contact["org"]) == ("Lucía Ferrer Soto", "Faro Norte")
    assert contact["fields"]["phones"][0]["raw"] == "+34910001122"
    assert ana.ask("POST", f"/cards/{back}/confirm").json["id"] == contact["id"]
    assert {ana.ask("GET", f"/cards/{id_}").json["contact"] for id_ in (front, back)} == {contact["id"]}
    assert change(ana, back, side_of=None).json["code"] == "card_settled"


def test_taken_apart_both_are_as_they_were(ana: Person, front: str, back: str) -> None:
    change(ana, front, title="Farera")
    before = [ana.ask("GET", f"/cards/{id_}").json for id_ in (front, back)]
    for named in (front, back):
        change(ana, back, side_of=front)
        change(ana, front, emails=["otra@faronorte.example"])
        assert change(ana, named, side_of=None).status_code == 200
        assert [ana.ask("GET", f"/cards/{id_}").json for id_ in (front, back)] == before


def test_a_correction_may_come_with_the_other_side(ana: Person, front: str, back: str) -> None:
    change(ana, back, side_of=front, org="Faro del Norte")
    assert ana.ask("GET", f"/cards/{front}").json["fields"]["org"] == "Faro del Norte"
    assert change(ana, back, org="x").json["code"] == "card_is_back"
    assert change(ana, back, side_of=None, org="Faro Norte, S.L.").json["fields"]["org"] == "Faro Norte, S.L."


@pytest.mark.parametrize(
    "side", ["", "x", 5, True, [], {}, "00000000-0000-0000-0000-00000000000g", "0" * 32, f"{{{UUID(int=7)}}}"]
)
@pytest.mark.parametrize("field", ["side_of", "not_side_of"])
def test_a_side_that_is_no_id_is_refused(ana: Person, front: str, field: str, side: Any) -> None:
    assert change(ana, front, **{field: side}).status_code == 422


def test_no_card_is_a_side_of_itself_or_of_a_back(ana: Person, found: Parts, front: str, back: str) -> None:
    third = keep(found, ana, FRONT, 30)
    assert (change(ana, front, side_of=front).status_code, change(ana, front, side_of=front).json["code"]) == (
        422,
        "own_side",
    )
    change(ana, back, side_of=front)
    for one, other in ((third, back), (third, front), (front, third), (back, third), (front, back)):
        refused = change(ana, one, side_of=other)
        assert (refused.status_code, refused.json["code"]) == (409, "card_has_sides")
    assert change(ana, back, side_of=front).status_code == 200


def test_nothing_is_changed_where_a_part_is_refused(ana: Person, front: str) -> None:
    assert change(ana, front, side_of=str(uuid4()), org="Faro").status_code == 404
    assert ana.ask("GET", f"/cards/{front}").json["changes"] == {}


def test_somebody_elses_card_is_no_side(ana: Person, bruno: Person, found: Parts, front: str, back: str) -> None:
    theirs = keep(found, bruno, BACK, 40)
    for field in ("side_of", "not_side_of"):
        assert change(ana, front, **{field: theirs}).status_code == 404
        assert change(bruno, theirs, **{field: front}).status_code == 404
    assert change(bruno, front, side_of=None).status_code == 404
    assert [one["card"] for one in ana.ask("GET", f"/cards/{front}").json["proposed_sides"]] == [back]
    assert bruno.ask("GET", f"/cards/{theirs}").json["proposed_sides"] == []

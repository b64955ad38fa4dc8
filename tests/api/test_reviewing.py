"""Reviewing over HTTP: corners drawn by hand, all that is sure at once, the way back, and the settings."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.domain.reading.card import CardState, Doubt, ReadCard
from service.storage.reading import cards, photos, rereadings
from service.storage.tables import rereadings as table
from service.web.parts import Parts
from tests.api.asking import Person, picture, reading

DRAWN = [[10, 10], [300, 12], [299, 190], [9, 188]]


def put(found: Parts, who: Person, *, doubted: bool = False, shade: int = 1) -> str:
    """Keep a card as a worker would; give its id."""
    sure = replace(reading().phones[0], doubt=Doubt.NUMBER_SHORT if doubted else None)
    seen = ReadCard(((0, 0), (9, 0), (9, 5), (0, 5)), picture(shade), 9, 5, replace(reading(), phones=(sure,)))
    with found.db.transaction() as tx:
        photo, _ = photos.receive(
            tx, owner=who.account.id, id=str(uuid4()), sha256=f"{shade:064}", size=1, kind="image/jpeg"
        )
        photos.finish(tx, photo=photo, cards=[seen], pictures=[found.files.put(seen.picture)])
        return cards.of_photo(tx, owner=who.account.id, photo_id=photo.id)[0].id


def test_corners_drawn_by_hand_are_a_job_for_a_worker(ana: Person, card_id: str, found: Parts) -> None:
    assert ana.ask("GET", f"/cards/{card_id}").json["reading_again"] is None
    waiting = found.queue.waiting()
    answer = ana.ask("POST", f"/cards/{card_id}/corners", json={"corners": DRAWN})
    assert (answer.status_code, answer.json["reading_again"]) == (202, "waiting")
    assert found.queue.waiting() == waiting + 1
    with found.db.reading() as tx:
        asked = rereadings.latest(tx, owner=ana.account.id, card_id=card_id)
    assert asked
    assert asked.corners == tuple(tuple(map(float, corner)) for corner in DRAWN)
    assert found.queue.asked_for("read_again") == {asked.id}
    assert ana.ask("DELETE", f"/cards/{card_id}/corners").json["reading_again"] is None


@pytest.mark.parametrize(
    "corners", [None, [], DRAWN[:3], [*DRAWN, [1, 1]], [[1], [2], [3], [4]], DRAWN[::-1], [["a", 1]] * 4, [[0, 0]] * 4]
)
def test_corners_that_are_none_are_refused(ana: Person, card_id: str, corners: Any, found: Parts) -> None:
    answer = ana.ask("POST", f"/cards/{card_id}/corners", json={"corners": corners})
    assert answer.status_code == 422
    with found.db.reading() as tx:
        assert tx.execute(table.select()).first() is None


def test_only_ones_own_cards_to_review_are_read_again(ana: Person, bruno: Person, card_id: str) -> None:
    for method in ("POST", "DELETE"):
        more = {"json": {"corners": DRAWN}} if method == "POST" else {}
        assert bruno.ask(method, f"/cards/{card_id}/corners", **more).status_code == 404
    ana.ask("DELETE", f"/cards/{card_id}")
    refused = ana.ask("POST", f"/cards/{card_id}/corners", json={"corners": DRAWN})
    assert (refused.status_code, refused.json["code"]) == (409, "card_settled")


def test_a_confirmed_card_is_taken_back_with_its_contact(ana: Person, bruno: Person, card_id: str) -> None:
    contact = ana.ask("POST", f"/cards/{card_id}/confirm").json["id"]
    assert bruno.ask("POST", f"/cards/{card_id}/take-back").status_code == 404
    answer = ana.ask("POST", f"/cards/{card_id}/take-back")
    assert (answer.status_code, answer.json["state"], answer.json["contact"]) == (200, "to review", None)
    assert ana.ask("GET", f"/contacts/{contact}").status_code == 404


def test_all_that_is_sure_is_one_act(ana: Person, bruno: Person, found: Parts) -> None:
    first, second = put(found, ana, shade=1), put(found, ana, shade=2)
    doubted, hers = put(found, ana, doubted=True, shade=3), put(found, bruno, shade=4)
    answer = ana.ask("POST", "/cards/confirm-sure")
    assert answer.status_code == 200
    assert set(answer.json["cards"]) == {first, second}
    assert ana.ask("GET", f"/cards/{doubted}").json["state"] == CardState.TO_REVIEW
    assert bruno.ask("GET", f"/cards/{hers}").json["state"] == CardState.TO_REVIEW
    act = UUID(answer.json["act"])
    assert bruno.ask("POST", f"/acts/{act}/take-back").status_code == 404
    assert ana.ask("POST", f"/acts/{act}/take-back").json == {"cards": 2}
    assert ana.ask("POST", f"/acts/{act}/take-back").json["code"] == "act"
    assert ana.ask("GET", "/contacts").json["contacts"] == []


def test_how_an_account_reviews_is_its_own_affair(ana: Person, bruno: Person) -> None:
    assert ana.ask("GET", "/settings/review").json == {"letter_keys": True, "confirms_sure": False}
    changed = ana.ask("PATCH", "/settings/review", json={"confirms_sure": True})
    assert changed.json == {"letter_keys": True, "confirms_sure": True}
    assert ana.ask("PATCH", "/settings/review", json={}).json == changed.json
    assert bruno.ask("GET", "/settings/review").json == {"letter_keys": True, "confirms_sure": False}
    for wrong in ({"confirms_sure": "yes"}, {"letter_keys": 1}, {"keys": True}):
        assert ana.ask("PATCH", "/settings/review", json=wrong).status_code == 422

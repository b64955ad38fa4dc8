"""Many photos at once, and those that bring their process down."""

import pytest

from tests.command import deadly
from workers.command import pool
from workers.command.outcome import Outcome, Photo


def outcomes(*names: str) -> dict[str, Outcome]:
    return {o.file: o for o in pool.outcomes([Photo(name) for name in names], read=deadly.read, jobs=2)}


def test_a_photo_that_kills_its_process_costs_the_others_nothing() -> None:
    found = outcomes("1.jpg", "kills", "2.jpg", "3.jpg", "4.jpg")
    assert found.keys() == {"1.jpg", "kills", "2.jpg", "3.jpg", "4.jpg"}
    assert {name for name, outcome in found.items() if outcome.error} == {"kills"}
    assert found["kills"].error
    assert found["kills"].error["code"] == "crashed"


def test_an_error_that_nobody_foresaw_is_told_and_the_rest_goes_on() -> None:
    found = outcomes("breaks", "1.jpg")
    assert found["breaks"].error == {
        "code": "failed",
        "message": "Reading this photo failed (ZeroDivisionError: ). Try another photo of the card.",
    }
    assert found["1.jpg"].cards


def test_a_photo_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "LONGEST_SECONDS", 5)  # more than a machine stops between two of the other's steps
    found = outcomes("lasts", "1.jpg")
    assert found["lasts"].error
    assert found["lasts"].error["code"] == "took_too_long"
    assert found["1.jpg"].cards

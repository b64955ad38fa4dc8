"""Learning what signs say: a telling sign gets weight, a seldom one none, and no sign speaks against its nature."""

import numpy as np

from bench.calibrate import of_lines, usual
from bench.reading.regression import Case, fitted
from workers.extraction.fields.surety import sureness
from workers.extraction.fields.surety.signs import KINDS

NAMES = ["kind name", "name torn", "name seldom", "name proved"]
DIRECTIONS = np.array([0.0, 1.0, 1.0, -1.0])


def weights(cases: list[Case], known: float = 0.0) -> dict[str, float]:
    zeros = np.zeros(4)
    held = fitted(
        cases,
        NAMES,
        DIRECTIONS,
        np.array([0.01, 1, 1, 1]),
        start=zeros,
        known=np.array([0, 0, known, 0]),
        steps=800,
    )
    return dict(zip(NAMES, held.tolist(), strict=True))


def some() -> list[Case]:
    right = [Case({"kind name": 1.0, "name proved": 1.0}, wrong=False) for _ in range(60)]
    return [*right, *(Case({"kind name": 1.0, "name torn": 1.0}, wrong=n < 20) for n in range(30))]


def test_a_sign_of_wrong_values_speaks_against_them_and_a_calming_one_for_them() -> None:
    found = weights(some())
    assert found["name torn"] > 0.5
    assert found["name proved"] < -0.5


def test_what_is_known_stands_where_nothing_was_seen() -> None:
    assert weights(some())["name seldom"] == 0
    assert round(weights(some(), known=2.0)["name seldom"], 2) == 2.0


def test_no_sign_of_doubt_ever_speaks_for_a_value() -> None:
    backwards = [Case({"kind name": 1.0, "name torn": 1.0}, wrong=False), Case({"kind name": 1.0}, wrong=True)] * 20
    assert weights(backwards)["name torn"] == 0


def test_the_mean_of_a_sign_is_taken_among_its_kind() -> None:
    cases = [Case({"kind name": 1.0, "name torn": 1.0}, wrong=True), Case({"kind org": 1.0}, wrong=False)]
    assert usual(cases, ["kind name", "kind org", "name torn"]).tolist() == [0.5, 0.5, 1.0]


def test_every_kind_of_value_is_learnt_and_every_sign_that_lines_give_is_told_to_somebody() -> None:
    assert {f"kind {kind}" for kind in KINDS} <= sureness.weights().keys()
    for _, case in of_lines(12, seed=3):
        told = {name: sign for name, sign in case.signs.items() if name != "kind name"}
        assert sureness.reason(told)

"""Leaving stages out: each is where the bench looks for it, is put aside and comes back."""

import pytest

from bench.reading.on_lines import measure
from bench.reading.without import of, stages, without


@pytest.mark.parametrize("stage", stages())
def test_a_stage_is_put_aside_and_comes_back(stage: str) -> None:
    module, name, _ = stages()[stage][0]
    before = of(module, name)
    with without(stage):
        assert of(module, name) is not before
    assert of(module, name) is before


def test_without_the_lists_titles_are_lost() -> None:
    def titles() -> float:
        return measure(30, seed=3, noise=0.0, lang="en", others=0, by="lang").total.figures()["title"]

    whole = titles()
    with without("lists of words"):
        assert titles() < whole
    assert titles() == whole

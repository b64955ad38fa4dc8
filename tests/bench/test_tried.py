"""The service tried in small by what tries it at length: by its own document, and with spoiled uploads."""

import random

import pytest

from bench import schema
from bench.tried import house, spoiled
from bench.tried.full import filled


def test_the_api_answers_as_its_document_says() -> None:
    with house.opened() as tried:
        filled(tried)
        before = tried.failures
        assert schema.round_of(tried, seed=20, examples=2, phases="examples,fuzzing") == 0
        assert tried.failures == before
        assert sum(tried.answers.values()) > 150


# Of a form that is cut short werkzeug leaves the parts' files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_spoiled_uploads_are_taken_whole_or_refused() -> None:
    chance = random.Random(5)
    with house.opened() as tried:
        answers = [spoiled.send(tried, chance)[1] for _ in range(60)]
        ended = spoiled.brought_in(tried)
        assert {status for status in answers if status >= 500 or status == 0} == set()
        assert ended["import done", 0] == 0
        assert ended["import done", 200] > 0
        assert spoiled.half_kept(tried) == 0

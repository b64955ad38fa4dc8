"""A sample of the mutated photos: a reading or a refusal with a reason, within bounds."""

import pytest

from bench.fuzz import MUTATIONS, bounded, mutated, run, whole

pytestmark = pytest.mark.ocr


def test_mutated_photos_are_read_or_refused() -> None:
    report = run(24, seed=2)
    assert not report.wrong


def test_the_same_seed_mutates_alike() -> None:
    assert mutated(3, seed=2) == mutated(3, seed=2)
    assert mutated(3, seed=2) != mutated(4, seed=2)


def test_every_format_is_among_the_photos() -> None:
    formats = {name.split()[1] for name, _ in whole()}
    assert formats == {"JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIF"}
    assert len(MUTATIONS) >= 8


def test_a_photo_that_is_none_is_told_so() -> None:
    outcome, megabytes = bounded(b"no picture")
    assert outcome == "not_an_image"
    assert megabytes < 400

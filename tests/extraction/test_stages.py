"""Stages are timed for who wants to know, and for nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager

from workers.extraction.stages import each, stage, timed_by


def test_each_stage_is_heard_within_the_block_and_not_after_it() -> None:
    heard: list[str] = []

    @contextmanager
    def timer(name: str) -> Iterator[None]:
        heard.append(name)
        yield

    with timed_by(timer), stage("locate"):
        assert list(each("straighten", iter([1, 2]))) == [1, 2]
    with stage("decode"):
        pass
    assert heard == ["locate", "straighten", "straighten", "straighten"]

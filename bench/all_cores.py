"""Work that no clock is held to, on all cores at once: each job in a process of its own that is used again."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Job = TypeVar("Job")
Made = TypeVar("Made")


def each(work: Callable[[Job], Made], jobs: Sequence[Job]) -> Iterator[Made]:
    """What the work makes of every job, in the order of the jobs; `work` stands at the top of a module."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), initializer=one_thread) as pool:
        yield from pool.map(work, jobs)


def one_thread() -> None:
    # Here, for a new process has yet to import it, and after the environment that OpenMP reads once.
    import cv2  # noqa: PLC0415

    cv2.setNumThreads(1)

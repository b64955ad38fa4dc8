"""Reads many photos at once, one process a core; a photo that kills its process costs nobody else anything."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed

from pebble import ProcessExpired, ProcessPool

from service.domain.reading.photo import REASONS
from workers.command.outcome import Outcome, Photo, failed

LONGEST_SECONDS = 120
CRASHED = "Reading this photo ended its process ({how}). Try another photo of the card."
BROKE = "Reading this photo failed ({what}). Try another photo of the card."


def outcomes(photos: Sequence[Photo], *, read: Callable[[Photo], Outcome], jobs: int) -> Iterator[Outcome]:
    """What became of each photo, in the order in which they are done. `read` runs in other processes."""
    # A server that forks has the libraries in memory and, unlike this process, no threads.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["workers.extraction"])
    pool = ProcessPool(max_workers=min(jobs, len(photos)), context=processes)
    try:
        pending: dict[Future[Outcome], Photo] = {
            pool.schedule(read, args=(photo,), timeout=LONGEST_SECONDS): photo for photo in photos
        }
        for future in as_completed(tuple(pending)):
            yield _outcome(future, pending.pop(future))
    finally:
        pool.stop()  # type: ignore[no-untyped-call] # pebble forgot to annotate it
        pool.join()


def _outcome(future: Future[Outcome], photo: Photo) -> Outcome:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, TimeoutError):
        return failed(photo, code="took_too_long", message=REASONS["took_too_long"])
    if isinstance(error, ProcessExpired):
        return failed(photo, code="crashed", message=CRASHED.format(how=f"exit status {error.exitcode}"))
    return failed(photo, code="failed", message=BROKE.format(what=f"{type(error).__name__}: {error}"))

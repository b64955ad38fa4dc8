"""Two workers on two cores against one: how much more they read, and how much memory a worker holds."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Round:
    """What one worker said of one round."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Together:
    """`by_clock` is how much more two workers read in the same time, the median of the rounds.

    `by_cpu` leaves out what else the machine was doing: how little dearer a photo gets with a neighbour, times two.
    """

    by_clock: float
    by_cpu: float
    peak_mb: float


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bench.reading.worker", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            said(process)
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    line = pipe(process.stdout).readline()
    if not line:
        raise RuntimeError(f"A worker of the bench ended with status {process.wait()}; its error stands above.")
    return line


def pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("A worker of the bench has no pipe.")
    return stream


def one_round(workers: Sequence[subprocess.Popen[str]]) -> list[Round]:
    """All at once; then what each says."""
    for each in workers:
        pipe(each.stdin).write("go\n")
        pipe(each.stdin).flush()
    return [Round(*map(float, said(each).split())) for each in workers]


def measure(photos: Iterable[bytes]) -> Together:
    """One, then two, then one again: what else runs on the machine meets both alike."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_workers:
        folder = Path(name)
        for number, photo in enumerate(photos):
            (folder / f"{number:03}.jpg").write_bytes(photo)
        workers = [open_workers.enter_context(worker(folder)) for _ in range(2)]
        rounds = [(one_round(workers[:1]), one_round(workers)) for _ in range(ROUNDS)]
    return compared(rounds)


def compared(rounds: Sequence[tuple[Sequence[Round], Sequence[Round]]]) -> Together:
    by_clock = [2 * one[0].seconds / max(each.seconds for each in two) for one, two in rounds]
    by_cpu = [4 * one[0].cpu_seconds / sum(each.cpu_seconds for each in two) for one, two in rounds]
    peak = max(each.peak_mb for _, two in rounds for each in two)
    return Together(median(by_clock), median(by_cpu), peak)

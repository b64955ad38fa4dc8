"""`python -m bench.worker FOLDER`: reads the folder's photos each time it is told to, as one worker of several does.

A line in begins a round; a line out says its seconds, its CPU seconds and the most memory held so far.
"""

import os
import sys
import time
from pathlib import Path

# Before the engines are imported: OpenMP reads it once.
os.environ["OMP_THREAD_LIMIT"] = os.environ["OMP_NUM_THREADS"] = "1"

from bench.fuzz import peak_mb
from bench.reading.readers import cpu_seconds
from workers import extraction


def main() -> None:
    photos = [path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir())]
    extraction.load()
    extraction.read(photos[0])
    print("ready", flush=True)
    for _ in sys.stdin:
        start, spent = time.perf_counter(), cpu_seconds()
        for photo in photos:
            extraction.read(photo)
        print(time.perf_counter() - start, cpu_seconds() - spent, peak_mb(), flush=True)


if __name__ == "__main__":
    main()

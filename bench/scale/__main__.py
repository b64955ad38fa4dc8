"""`python -m bench.scale`: what a core and a disk carry, measured on PostgreSQL, and simple arithmetic from there.

--photos 8     how many photos of eight megapixels are sent and read; five minutes on two cores
--write        puts the tables into docs/scale.md
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Event

from bench import pages_of_docs
from bench.faults.cluster import Cluster
from bench.report import table
from bench.scale.arithmetic import carried, wanted
from bench.scale.measuring import Costs, measured
from bench.standing import pings, reachable
from service.config import Config, one_thread_each
from service.storage.database import upgrade


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--photos", type=int, default=8)
    given.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    asked = given.parse_args()
    one_thread_each()
    with tempfile.TemporaryDirectory(prefix="undrawer-scale-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL is another user where this one is root
        costs = _measured(folder, asked.photos)
    told = (
        ("What things cost", ("what", "cost"), _rows(costs)),
        ("What one machine carries", ("of a machine with 2 cores and 50 GB", "accounts"), carried(costs)),
        ("What a million accounts want", ("what", "how much"), wanted(costs)),
    )
    for title, head, rows in told:
        sys.stdout.write(f"\n## {title}\n\n{table(head, rows)}\n")
        if asked.write:
            pages_of_docs.put("scale.md", title, table(head, rows))


def _measured(folder: Path, photos: int) -> Costs:
    cluster, socket = Cluster(folder / "postgresql", {}), folder / "redis.sock"
    redis = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    os.environ.update(
        UNDRAWER_DATA=str(folder / "data"), UNDRAWER_DATABASE_URL=cluster.url, UNDRAWER_REDIS_URL=f"unix://{socket}"
    )
    try:
        cluster.keep()
        while not (reachable(cluster.url) and pings(socket)):
            Event().wait(0.2)
        upgrade(cluster.url)
        return measured(Config.from_env(), cluster, photos=photos)
    finally:
        redis.kill()
        redis.wait()
        cluster.stop()


def _rows(costs: Costs) -> list[list[str]]:
    fast = {f"a page: {path}": seconds for path, seconds in costs.pages_cpu.items()}
    fast |= {f"the sweep, with {count:,} accounts": seconds for count, seconds in costs.sweep_cpu.items()}
    fast["an upload until its acknowledgement"] = costs.upload_cpu
    rows = [[name, f"{1000 * seconds:.1f} ms of a core: {1 / seconds:,.0f} a second"] for name, seconds in fast.items()]
    reading = f"reading a photo of {costs.photo_megapixels:.0f} megapixels, with all that the worker does"
    bytes_ = {
        "a contact in PostgreSQL, with tie, touches and indexes": costs.contact_row_bytes,
        "a photo in PostgreSQL, with card and reading": costs.photo_row_bytes,
        "a photo of the bench as it came (phones write some 3,000 kB)": costs.original_bytes,
        "what is made of it: the copy for screens, the squared card": costs.made_bytes,
        "a job that waits, in Redis": costs.job_bytes,
    }
    return [
        [reading, f"{costs.photo_cpu:.2f} s of a core: {3600 / costs.photo_cpu:,.0f} an hour"],
        *rows,
        *([name, f"{size / 1000:,.1f} kB"] for name, size in bytes_.items()),
    ]


if __name__ == "__main__":
    main()

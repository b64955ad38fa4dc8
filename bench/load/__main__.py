"""`python -m bench.load`: a hundred phones at once, slow and idle clients, memory over 2,000 photos, and 100,000 contacts.

Starts a service of its own and prints tables of percentiles as ratios to the idle service. Each part that asks the service
ends after `--minutes`, whatever is left. `--small` is a look at all of it in a few minutes, `--write` puts the tables
into docs/reliability.md. The exit status is 1 where something does not hold.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.load import sizes
from bench.load.parts import memory, slow, uploads
from bench.load.running import running
from bench.load.tables import Told, Wanted, by_size, worst_size
from bench.report import put
from service.storage.moment import now

CARD = Path(__file__).parents[2] / "fixtures" / "cards" / "front.jpg"
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
AT_MOST_DEARER = 1.5
LIVE = {"uploads": uploads, "slow": slow, "memory": memory}
FULL = {
    "phones": 100,
    "each": 6,
    "photos": 2000,
    "slow": 100,
    "idle": 500,
    "large": 100_000,
    "accounts": 100,
    "others": 1000,
}
SMALL = {"phones": 10, "each": 3, "photos": 20, "slow": 20, "idle": 100, "large": 3000, "accounts": 5, "others": 50}


def main() -> None:
    asked = _asked()
    well = True
    for name, told in _parts(asked):
        well = well and all(one.met for one in told.wanted)
        print(f"\n## {name}\n\n{told}", flush=True)
        if asked.write:
            put(f"load: {name}", f"{_circumstances(name)}\n\n{told}", page=PAGE)
    sys.exit(0 if well else 1)


def _parts(asked: argparse.Namespace) -> Iterator[tuple[str, Told]]:
    wanted = asked.only or [*LIVE, "sizes"]
    live = [name for name in LIVE if name in wanted]
    if live:
        picture = CARD.read_bytes()
        with running(workers=asked.workers) as service:
            for name in live:
                yield name, asyncio.run(LIVE[name](service, picture, asked, time.monotonic() + 60 * asked.minutes))
    if "sizes" in wanted:
        yield "sizes", _sizes(asked)


def _sizes(asked: argparse.Namespace) -> Told:
    many = {"large": asked.large, "accounts": asked.accounts, "others": asked.others}
    found = sizes.measured(small=asked.few, **many, database=asked.database)
    page, ratio = worst_size(found)
    head = f"{asked.few:,} contacts; {asked.large:,}, among {asked.accounts} accounts of {asked.others:,} each:"
    sentence = f"each page at most {AT_MOST_DEARER} × what it costs at {asked.few:,}"
    return Told(f"{head}\n\n{by_size(found)}", [Wanted(sentence, f"{page}: {ratio:.2f} ×", ratio <= AT_MOST_DEARER)])


def _circumstances(name: str) -> str:
    said = " ".join(sys.argv[1:]).replace(" --write", "").replace("--write", "") or f"--only {name}"
    return f"`python -m bench.load {said}`\n{now().date().isoformat()}, {os.cpu_count()} cores."


def _asked() -> argparse.Namespace:
    given = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    given.add_argument("--small", action="store_true", help="small sizes where none is said")
    given.add_argument("--only", action="append", choices=[*LIVE, "sizes"], help="this part; may be said again")
    given.add_argument("--minutes", type=float, default=45, help="the longest that a part may take")
    given.add_argument("--workers", type=int, default=2, help="how many photos are read at once")
    given.add_argument("--bytes", type=int, default=3_000_000, help="of a phone's photo")
    given.add_argument("--few", type=int, default=1000, help="contacts of the small account")
    given.add_argument("--database", default="", help="URL of an empty PostgreSQL for the sizes; else SQLite")
    given.add_argument("--write", action="store_true", help="put the tables into docs/reliability.md")
    for name, size in FULL.items():
        given.add_argument(f"--{name}", type=int, help=f"{size:,}; {SMALL[name]:,} with --small")
    asked = given.parse_args()
    for name, size in (SMALL if asked.small else FULL).items():
        setattr(asked, name, size if getattr(asked, name) is None else getattr(asked, name))
    return asked


if __name__ == "__main__":
    main()

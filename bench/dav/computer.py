"""`python -m bench.dav.computer`: a computer with vdirsyncer beside us, from the first sync to one with nothing to do.

--size N   contacts in the book (2000)

Served as at home, on one machine. Both sides are held against each other at the end: the same contacts, letter by letter.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bench import report
from bench.dav import books
from bench.dav.__main__ import served
from service.config import Config
from service.domain.people.vcard import edit
from service.storage.database import Database
from service.storage.moment import now
from service.storage.people import contacts
from service.storage.people.contacts import KeptContact

CHANGED = 10
SETTINGS = """
[general]
status_path = "{folder}/status"
[pair book]
a = "here"
b = "there"
collections = ["from b"]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/cards"
fileext = ".vcf"
[storage there]
type = "carddav"
url = "http://127.0.0.1:{port}/"
username = "{user}"
password = "{secret}"
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=2_000)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="undrawer-computer-") as folder:
        text = table(walked(Path(folder), args.size), args.size)
    print(text)
    if args.write:
        report.put("computer", text)


def walked(folder: Path, size: int) -> list[tuple[str, float]]:
    """Give what each step took; raises SystemExit where the two sides differ or the last sync had something to do."""
    (folder / "data").mkdir()
    config = Config.from_env({"UNDRAWER_DATA": str(folder / "data"), "UNDRAWER_REDIS_URL": "unix:///nowhere"})
    owner, secret = books.ours(config, size)
    taken: list[tuple[str, float]] = []

    def step(name: str, act: Callable[[], object]) -> None:
        begun = time.perf_counter()
        act()
        taken.append((name, time.perf_counter() - begun))

    with served("service.web:create_app()", config, folder / "none") as port, closing(database(config)) as db:
        said = SETTINGS.format(folder=folder, port=port, user=books.USER, secret=secret)
        (folder / "config").write_text(said, encoding="utf-8")
        step("discover", lambda: run(folder, "discover", asked="y\n" * 9))
        step("first sync", lambda: run(folder, "sync"))
        step("nothing to do", lambda: quiet(run(folder, "sync")))
        change_here(db, owner)
        change_there(cards(folder))
        step(f"{CHANGED} edited, deleted and new on each side", lambda: run(folder, "sync"))
        step("nothing to do again", lambda: quiet(run(folder, "sync")))
        compare(everybody(db, owner), cards(folder), size)
    return taken


def database(config: Config) -> Database:
    return Database(config.database_url)


def run(folder: Path, *words: str, asked: str = "") -> str:
    program = Path(sys.executable).parent / "vdirsyncer"
    done = subprocess.run(
        [program, "-c", folder / "config", *words], input=asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout + done.stderr


def quiet(said: str) -> None:
    if "Copying" in said or "Deleting" in said:
        raise SystemExit("There was something to do where nothing had changed.")


def cards(folder: Path) -> Path:
    return folder / "cards" / "contacts"


def everybody(db: Database, owner: str) -> list[KeptContact]:
    found, after = list[KeptContact](), None
    while True:
        with db.reading() as tx:
            page = contacts.page(tx, owner=owner, after=after, limit=500)
        found += page.rows
        after = page.next
        if after is None:
            return found


def change_here(db: Database, owner: str) -> None:
    """In the app: the first ten edited, the next ten deleted, ten new."""
    known = everybody(db, owner)
    with db.transaction() as tx:
        for one in known[:CHANGED]:
            contacts.write(tx, owner=owner, vcard=edit(one.vcard, {"org": "Faro Norte"}, now=now()), id=one.id)
        for one in known[CHANGED : 2 * CHANGED]:
            contacts.delete(tx, owner=owner, id=one.id)
        for number in range(CHANGED):
            contacts.write(tx, owner=owner, vcard=books.card(1_000_000 + number))


def change_there(folder: Path) -> None:
    """On the computer: the same with others."""
    of = {text_of(path).partition("UID:")[2].split()[0]: path for path in folder.iterdir()}
    for number in range(CHANGED):
        path = of[books.uid(number)]
        path.write_text(text_of(path).replace("Directora de compras", "Gerente"), encoding="utf-8")
        of[books.uid(CHANGED + number)].unlink()
        name = books.uid(2_000_000 + number)
        (folder / f"{name}.vcf").write_text(books.card(2_000_000 + number), encoding="utf-8")


def compare(ours: list[KeptContact], folder: Path, size: int) -> None:
    theirs = sorted(plain(text_of(path)) for path in folder.iterdir())
    if sorted(plain(one.vcard) for one in ours) != theirs or len(theirs) != size:
        raise SystemExit(f"The two sides differ: {len(ours)} here, {len(theirs)} there, {size} wanted.")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def table(taken: list[tuple[str, float]], size: int) -> str:
    rows = [(name, f"{seconds:.2f}") for name, seconds in taken]
    return f"## A computer with vdirsyncer\n\n{ABOUT}\n\n{report.table((f'{size:,} contacts', 's'), rows)}"


ABOUT = """`python -m bench.dav.computer`: vdirsyncer, which lists all etags each time, against the service on the same machine; most is its
own time. At the end both sides hold the same contacts, letter by letter, and a further sync copies nothing."""


if __name__ == "__main__":
    main()

"""What the pages cost by how many contacts an account has, and by how many accounts there are beside it."""

import random
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from bench import keeping
from bench.drawer import vcard
from service.config import Config
from service.storage.database import Database, upgrade
from service.storage.following import ties
from service.storage.following.ties import Imported
from service.storage.people import contacts
from service.web import create_app

REPEATS = 25
ALONE, LARGE, SMALL = "a small account alone", "a large one among many", "a small one among many"
NAMESAKES = {"Iratxe": 5, "Nekane": 60}
"""In every account so many bear these names, so that a list is held against one as long: some, and a full page."""

Pages = dict[str, Callable[[], object]]


def measured(*, small: int, large: int, accounts: int, others: int, database: str = "") -> dict[str, dict[str, float]]:
    """Milliseconds by page and place, asked in turns, so that what else the machine does weighs on all alike.

    The small account alone has a database of its own; in the other there are the large one, a small one, and beside them
    more accounts with `others` contacts each. `database` names an empty PostgreSQL for that one.
    """
    with ExitStack() as open_until_done:
        folder = Path(open_until_done.enter_context(tempfile.TemporaryDirectory(prefix="undrawer-sizes-")))
        (alone,) = _filled(open_until_done, folder / "alone", "", [small])
        sizes = [large, small, *[others] * (accounts - 2)]
        big, little, *_ = _filled(open_until_done, folder / "many", database, sizes)
        asks = {ALONE: alone, LARGE: big, SMALL: little}
        taken: dict[str, dict[str, list[float]]] = {page: {place: [] for place in asks} for page in alone}
        for turn in range(REPEATS + 1):
            for page, times in taken.items():
                for place, pages in asks.items():
                    took = keeping.timed(pages[page])
                    times[place] += [took] if turn else []  # the first time brings in what later ones find
    return {page: {place: median(times[place]) for place in times} for page, times in taken.items()}


def _filled(stack: ExitStack, folder: Path, database: str, sizes: list[int]) -> list[Pages]:
    """A database with accounts of these sizes; the pages of each."""
    folder.mkdir()
    url = database or f"sqlite:///{folder / 'undrawer.db'}"
    upgrade(url)
    env = {"UNDRAWER_DATA": str(folder), "UNDRAWER_REDIS_URL": f"unix://{folder}/none", "UNDRAWER_DATABASE_URL": url}
    app = create_app(Config.from_env(env))
    db = stack.enter_context(closing(Database(url)))
    owners = [keeping.filled(db, size) for size in sizes]
    asked = owners[:2]
    for owner in asked:
        _namesakes(db, owner)
    return [_pages(db, keeping.signed_in(db, app, owner), owner) for owner in asked]


def _namesakes(db: Database, owner: str) -> None:
    chance = random.Random(owner)
    cards = [vcard(chance, given=name) for name, times in NAMESAKES.items() for _ in range(times)]
    with db.transaction() as tx:
        written = [contacts.write(tx, owner=owner, vcard=card).id for card in cards]
        ties.begin_many(tx, owner=owner, imported=[Imported(contact, date(2020, 1, 1)) for contact in written])


def _pages(db: Database, client: FlaskClient, owner: str) -> Pages:
    with db.reading() as tx:
        rows = contacts.page(tx, owner=owner, limit=50).rows
    known = random.Random(1).choice(rows)
    some, many = NAMESAKES
    first, word = known.name.split()[0], "sensores"
    addresses = {
        "Today": "/today",
        "the week": "/week",
        "the contacts": "/contacts",
        "one contact": f"/contacts/{known.id}",
        "search: a name that five have": f"/contacts?q={some}",
        "search: a name that sixty have": f"/contacts?q={many}",
        "search: two letters": f"/contacts?q={first[:2]}",
        "search: a word of many notes": f"/contacts?q={word}",
        "search: what nobody has": "/contacts?q=zzyzx",
    }
    return {name: lambda path=path: keeping.opened(client, path) for name, path in addresses.items()}  # type: ignore[misc]

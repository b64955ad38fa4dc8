"""`undrawer learn-report`: counts over one account or all, and nothing of what a card says."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.reading import cards
from tests.storage.test_sides import BACK, FRONT, keep
from workers.command import main

Say = Callable[..., Result]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, data: Path) -> Say:
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    return lambda *words: CliRunner().invoke(main, ["learn-report", *words], catch_exceptions=False)


@pytest.fixture
def db(say: Say) -> Iterator[Database]:
    say()
    with closing(Database(Config.from_env().database_url)) as db:
        yield db


def confirm(db: Database, account: Account, **changes: Any) -> None:
    with db.transaction() as tx:
        [card] = keep(tx, account, FRONT)
        cards.correct(tx, owner=account.id, id=card.id, changes=changes)
        cards.confirm(tx, owner=account.id, id=card.id)
        keep(tx, account, BACK)  # which nobody looked at


@pytest.fixture
def two(db: Database) -> tuple[Account, Account]:
    """Give two people, each with a card that they corrected."""
    with db.transaction() as tx:
        ana = accounts.create(tx, name="Ana", email="ana@example.com")
        bruno = accounts.create(tx, name="Bruno", email="bruno@example.com")
    confirm(db, ana, title="Curator", emails=["maren.solheim@fjordarkiv.example"])
    confirm(db, bruno, emails=[])
    return ana, bruno


def counts(answer: Result) -> dict[str, tuple[int, int]]:
    return {row["field"]: (row["cards"], row["corrected"]) for row in json.loads(answer.stdout)}


@pytest.mark.usefixtures("two")
def test_it_counts_over_all_accounts_or_one(say: Say) -> None:
    everybodys, anas = counts(say("--format", "json")), counts(say("--format", "json", "--email", "ana@example.com"))
    assert (everybodys["emails"], everybodys["title"], everybodys["name"]) == ((2, 2), (1, 1), (2, 0))
    assert (anas["emails"], anas["title"], anas["org"]) == ((1, 1), (1, 1), (0, 0))


@pytest.mark.usefixtures("two")
def test_the_table_says_the_same_and_nothing_of_a_card(say: Say) -> None:
    table = say().stdout
    head, first, *rest = table.splitlines()
    assert head.split()[:4] == ["field", "cards", "corrected", "share"]
    assert first.split()[:5] == ["emails", "2", "2", "100.0%", "0"]
    assert len(rest) == 7
    assert {len(line) for line in table.splitlines()} == {len(head)}
    for printed in ("Maren", "Solheim", "fjordarkiv", "Curator", "47"):
        assert printed not in table + say("--format", "json").stdout


def test_an_empty_drawer_gives_an_empty_report(say: Say) -> None:
    answer = say()
    assert answer.exit_code == 0
    assert "0.0%" in answer.stdout


@pytest.mark.usefixtures("db")
def test_nobodys_address_is_told(say: Say) -> None:
    answer = say("--email", "nobody@example.com")
    assert (answer.exit_code, answer.stdout) == (1, "")

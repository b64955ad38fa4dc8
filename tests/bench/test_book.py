import pytest

from bench import book
from bench.drawer import filled
from service.storage.database import Database


def test_the_address_book_is_measured(
    db: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(book, "ASKED", 1)
    owners = {size: book.with_keys(db, filled(db, size)) for size in (4, 8)}
    book.print_exports(db, owners[4])
    book.print_duplicates({size: book.looked(db, owner) for size, owner in owners.items()})
    book.print_memory(db, owners)
    told = capsys.readouterr().out
    assert "| outlook, read from the database |" in told
    assert "| among 8 |" in told

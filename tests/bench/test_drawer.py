import pytest

from bench import drawer
from service.storage.database import Database


def test_a_drawer_is_filled_and_each_question_timed(
    db: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drawer, "REPEATS", 1)
    drawer.print_table({size: drawer.measured(db, size) for size in (8, 20)})
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    assert all(row.count("|") == 5 for row in rows)

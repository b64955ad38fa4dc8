"""Where one met somebody is told once on their page, also after the gathering was called otherwise."""

from datetime import UTC, date, datetime

import pytest

from service.domain.gatherings.gathering import Gathering
from service.web.pages.meeting.meeting import _without

FAIR = Gathering(id="g", name="Feria", day=date(2026, 11, 21), changed_at=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Feria, 2026-11-21\nBusca sensores", "Busca sensores"),
        ("Feria de Bilbao, 2026-11-20\nBusca sensores", "Busca sensores"),
        ("Busca sensores\nFeria, 2026-11-21", "Busca sensores\nFeria, 2026-11-21"),
        ("Busca sensores, 2026", "Busca sensores, 2026"),
        ("", ""),
    ],
)
def test_the_note_is_told_without_the_gathering_it_begins_with(note: str, told: str) -> None:
    assert _without(FAIR, note) == told

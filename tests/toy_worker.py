"""A real worker whose reading is a toy: the bytes of the "photo" say what befalls it. For tests of the worker."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from service.domain.errors import PhotoUnreadable
from service.domain.reading.card import Corners, Evidence, Found, PersonName, ReadCard, Reading
from service.storage.database import Database
from service.storage.files import Files
from service.storage.people.imports import Import
from workers import extraction, importing
from workers.__main__ import main
from workers.importing import go_on

JPEG = b"\xff\xd8"
BETWEEN_BATCHES = "between-batches"
"""While a file of this name lies in the data folder, an import waits between two of its batches."""


def card_of(name: str) -> ReadCard:
    reading = Reading(name=Found(PersonName(name), Evidence(engines=("toy",), confidence=1.0)))
    return ReadCard(((0, 0), (9, 0), (9, 5), (0, 5)), f"picture of {name}".encode(), 10, 6, reading)


def toy_read(photo: bytes, *, reader: str) -> list[ReadCard]:
    if photo.startswith(JPEG):
        return [replace(card_of("Ana Torres"), picture=photo)]
    fate, _, rest = photo.decode().partition(":")
    match fate:
        case "hang":
            time.sleep(600)
        case "eat":
            hoard = [bytearray(8_000_000) for _ in range(2000)]
            return [card_of(str(len(hoard)))]
        case "die":
            os.abort()
        case "quote":
            raise ValueError(rest)
        case "cut":
            raise PhotoUnreadable("cut_short", "The photo is cut short.")
        case "empty":
            return []
        case "wait":  # for whoever kills the work-horse; the next one finds the note and reads on
            note = Path(rest)
            if not note.exists():
                note.write_text(str(os.getpid()))
                time.sleep(600)
    return [card_of(name) for name in rest.split("+")]


def toy_read_at(photo: bytes, corners: Corners, *, reader: str) -> ReadCard:
    """Read a card within corners; where these begin at 99 the work-horse dies of it."""
    if corners[0][0] == 99:
        os.abort()
    return replace(card_of("Ana Torres, again"), corners=corners)


def nothing(_reader: Any = "both") -> None:
    """Load no models."""


def bring_in(db: Database, files: Files, asked: Import, *, for_seconds: float, gives_way: Callable[[], bool]) -> bool:
    """Go on with an import, of which only its giving way makes an end, however slow the machine is."""

    def looks() -> bool:
        while Path(os.environ["UNDRAWER_DATA"], BETWEEN_BATCHES).exists():
            time.sleep(0.05)
        return gives_way()

    return go_on(db, files, asked, for_seconds=40 * for_seconds, gives_way=looks)


if __name__ == "__main__":
    setattr(importing, "go_on", bring_in)  # noqa: B010  # mypy would have it a constant
    setattr(extraction, "read", toy_read)  # noqa: B010  # mypy knows another signature
    setattr(extraction, "read_at", toy_read_at)  # noqa: B010
    setattr(extraction, "load", nothing)  # noqa: B010
    main()

"""Leaving a stage of the reader out for one run, from outside: the product has no switch for it.

Each stage is a function of a module; here it is put aside for what one would have without it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np

from bench.reading import on_lines
from bench.reading.readers import OURS, load
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles.assignment import Assignment
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.quads import Quad, frame_of

Piece_ = Candidate[Piece]
Swap = tuple[str, str, Any]
"""A module, what it calls by a name, and what it calls instead."""

READ, STRAIGHTEN, LINES, RECOGNISER = (
    f"workers.extraction{part}" for part in ("", ".straighten", ".lines", ".readers.recogniser")
)
FIELDS = "workers.extraction.fields"


def whole_frame(frame: Any, text_boxes: Any) -> list[Quad]:
    del text_boxes
    return [frame_of(frame.shape[1], frame.shape[0])]


def upright_rectangle(square: Callable[..., Any]) -> Callable[..., Any]:
    """The card cut out by the upright rectangle around it, as one does who knows nothing of slants."""

    def cut(source: Any, corners: Quad, source_scale: float) -> Any:
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
        return square(source, box, source_scale)

    return cut


def one_by_one(names: Sequence[Piece_], titles: Sequence[Piece_], orgs: Sequence[Piece_]) -> Assignment:
    """The best name, then the best title of what is left, then the best organisation: first come, first served."""
    used, chosen = 0, list[Piece_ | None]()
    for candidates in (names, titles, orgs):
        ranked = sorted(candidates, key=lambda candidate: -candidate.score)
        best = next((each for each in ranked if each.score > 0 and not each.value.bits & used), None)
        used |= best.value.bits if best else 0
        chosen.append(best)
    return Assignment(chosen[0], chosen[1], chosen[2], 0.0, (9.0, 9.0, 9.0))


def nothing(*_: Any, **__: Any) -> list[Any]:
    return []


def zero(*_: Any, **__: Any) -> float:
    return 0.0


def no(*_: Any, **__: Any) -> bool:
    return False


def yes(*_: Any, **__: Any) -> bool:
    return True


def same(first: Any, *_: Any, **__: Any) -> Any:
    return first


def same_second(_: Any, second: Any) -> Any:
    return second


def of(module: str, name: str) -> Any:
    """The thing itself; a name with a dot is of a class. It fails where the product calls it otherwise by now."""
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def photo_stages() -> Mapping[str, Sequence[Swap]]:
    """What may be left out between a photo and its fields."""
    return {
        "locate": [(READ, "locate", whole_frame)],
        "straighten": [(STRAIGHTEN, "square", upright_rectangle(of(STRAIGHTEN, "square")))],
        "upright": [(STRAIGHTEN, "upright", same)],
        "even light": [(STRAIGHTEN, "evened", same)],
        "codes": [(READ, "payloads", lambda _: ())],
        "whole words": [(LINES, "whole_words", same_second)],
        "bars and icons apart": [(RECOGNISER, "parted", same)],
        "all alphabets": [(RECOGNISER, "is_latin", yes)],
        "second reader": [(READ, "doubtful_lines", nothing)],
        "no card": [(READ, "is_card", yes)],
    }


def field_stages() -> Mapping[str, Sequence[Swap]]:
    """What may be left out between lines and fields."""
    lexicon, around = f"{FIELDS}.words.lexicon", f"{FIELDS}.roles.surroundings"
    return {
        "joint assignment": [(FIELDS, "assign", one_by_one)],
        "lists of names": [(lexicon, "given", zero), (lexicon, "surname", zero)],
        "lists of words": [(lexicon, "in_list", no)],
        "mailbox and name": [(around, "Surroundings.person", zero)],
        "domain and organisation": [(around, "Surroundings.company", zero)],
        "weighed doubts": [(f"{FIELDS}.surety.doubts", "settled", same)],
        "contested places": [(FIELDS, "without_contested", same)],
        "second reader on lines": [(on_lines.__name__, "doubtful_lines", nothing)],
        "no card on lines": [(on_lines.__name__, "is_card", yes)],
    }


def stages() -> dict[str, Sequence[Swap]]:
    return {**photo_stages(), **field_stages()}


@contextmanager
def without(stage: str) -> Iterator[None]:
    """Within, the reader has no such stage; "" leaves all in place."""
    swaps = stages()[stage] if stage else ()
    if stage in photo_stages():
        load([OURS])  # the models are made ready with every stage in place
    kept = [(module, name, of(module, name)) for module, name, _ in swaps]
    try:
        put_in(swaps)
        yield
    finally:
        put_in(kept)


def put_in(swaps: Sequence[Swap]) -> None:
    for module, name, thing in swaps:
        holder, _, last = name.rpartition(".")
        setattr(of(module, holder) if holder else import_module(module), last, thing)
    forget()


def forget() -> None:
    """What the fields remember of words was found with the stage in place, or without it."""
    for name, module in list(sys.modules.items()):
        if name.startswith(FIELDS):
            for thing in list(vars(module).values()):
                getattr(thing, "cache_clear", int)()

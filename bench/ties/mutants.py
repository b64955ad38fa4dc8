"""Planners that break a law, one law each; every one of them must be caught: `python -m bench.ties.mutants`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest.mock import patch

from bench.ties import steered, weeks
from service.domain.ties import introducing
from service.domain.ties.week import _fill as fill

PACKAGE = "service.domain.ties"
Swaps = dict[str, Any]


@dataclass(frozen=True)
class Mutant:
    """What it forgets, the functions that are put in the place of ours (module.function), and where to look first."""

    forgets: str
    swaps: Swaps
    shows_in: str = ""


def _tie_began(story: Any) -> date:
    return story.tie.begun_on  # type: ignore[no-any-return]


def _same_day(day: date, _: Any) -> date:
    return day


def _never(*_: Any, **__: Any) -> bool:
    return False


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _from_last_contact(_: Any, contact: Any) -> date:
    return contact.day  # type: ignore[no-any-return]


def _fills_every_seat(table: Any, ideas: Any) -> None:
    table.room = table.seats - len({one.task for one in table.taken})
    fill(table, ideas)


def _every(module_functions: str, by: Callable[..., Any]) -> Swaps:
    return dict.fromkeys(module_functions.split(), by)


MUTANTS = (
    Mutant("rest", _every("plan.is_resting", _never), "somebody inner who falls silent"),
    Mutant("quiet days", _every("making.next_open motion.next_open", _same_day), "a card that never answers"),
    Mutant(
        "the answer window",
        _every("tries.free_from keeping.free_from motion.free_from", _tie_began),
        "somebody inner of whom nobody tells",
    ),
    Mutant("that it was done already", {"history._once": lambda acts: acts}, "a card that never answers"),
    Mutant("what was undone", {"history._fallen": lambda *_, **__: set()}, "a card that never answers"),
    Mutant("the order of the days", {"history._order": lambda _: 0}, "a card that never answers"),
    Mutant("the caps", _every("week.blocked", _nothing)),
    Mutant("the seats", {"week._skipped_too_often": lambda *_: -100}),
    Mutant("what the week holds", {"week._keep_held": lambda *_: []}),
    Mutant("the seats kept for a gathering", {"week._fill": _fills_every_seat}),
    Mutant("that invitations are one task", {"touch.Touch.task": property(lambda touch: touch.key)}),
    Mutant("that the other said no", {"introducing.REFUSALS": frozenset()}, "the other said no"),
    Mutant("who rests when it introduces", {"plan.introductions_owed": introducing.introductions}, "is asked second"),
    Mutant("giving before asking", _every("gate._gives gate._give_since_ask", _nothing), "a friend who falls silent"),
    Mutant("how lately it asked", _every("gate._asked", _nothing), "is asked too often"),
    Mutant("the kind it used last", _every("kind.is_varied", lambda *_: True), "gives back"),
    Mutant("promises to the resting", {"plan.promises": lambda _: ()}, "promises to somebody silent"),
    Mutant("whom it let go", _every("plan.is_let_go", _never), "let go with a promise open"),
    Mutant(
        "that silence counts from the touch",
        {"keeping.due": _from_last_contact, "keeping.free_from": _tie_began},
        "a friend who falls silent",
    ),
    Mutant(
        "when to stop trying", _every("tries.spent keeping.spent rest.spent", _never), "a friend told half the time"
    ),
    Mutant(
        "that contact revives",
        {"rest.is_two_way": _never, "story.Story.beginning": property(_nothing)},
        "always answers, never gives",
    ),
    Mutant("old cards", _every("standing.to_sort", _never), "a card nobody writes to"),
    Mutant("to look again", {"wakes._of_touches": lambda _: iter(())}, "promises to somebody silent"),
)


def caught(mutant: Mutant, *, days: int = 500) -> str:
    """The life or the week in which it was caught, and by what; "" if nowhere."""
    with ExitStack() as swapped:
        for place, by in mutant.swaps.items():
            swapped.enter_context(patch(f"{PACKAGE}.{place}", by))
        for name, trial in sorted(_trials(days), key=lambda one: one[0] != mutant.shows_in):
            try:
                trial()
            except AssertionError as broken:
                return f"{name}: {_law(broken)}"
    return ""


def _trials(days: int) -> Iterator[tuple[str, Callable[[], None]]]:
    for seed in range(20):
        yield f"week {seed}", lambda seed=seed: weeks.judge(seed)  # type: ignore[misc]
    yield from steered.every_life(days)


def _law(broken: AssertionError) -> str:
    trace = broken.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_name if trace else ""


def main() -> int:
    """Print who was caught by what; the number of those who were not is the exit code."""
    free = 0
    for mutant in MUTANTS:
        by = caught(mutant)
        free += not by
        print(f"forgets {mutant.forgets:<38} {'caught in ' + by if by else 'NOT CAUGHT'}")
    return free


if __name__ == "__main__":
    sys.exit(main())

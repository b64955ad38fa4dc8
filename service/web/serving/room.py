"""How much of what is on its way in may lie here at once: all in all, and from one place."""

import random
from collections import Counter
from typing import Final

from service.web.serving.seats import Full

SECONDS: Final = (5, 15)
"""When to come back; each is told another time, so that they do not come together."""


class Room:
    """So many bytes, of which one place may take so many."""

    def __init__(self, *, whole: int, each: int) -> None:
        self._whole, self._each = whole, each
        self._all, self._of = 0, Counter[str]()

    def holds(self, place: str, size: int) -> bool:
        """Whether there is room for so many more."""
        return self._all + size <= self._whole and self._of[place] + size <= self._each

    def demand(self, place: str, size: int) -> None:
        """Raise Full where there is no room for so many more."""
        if not self.holds(place, size):
            raise Full(random.randint(*SECONDS))  # noqa: S311 - chance, no secret

    def take(self, place: str, size: int) -> None:
        """Take up so many, until they are given back. Raises Full."""
        self.demand(place, size)
        self._all += size
        self._of[place] += size

    def give_back(self, place: str, size: int) -> None:
        self._all -= size
        self._of[place] -= size
        if not self._of[place]:
            del self._of[place]

"""The five circles: how often a tie wants a touch, from once a week to once a year."""

from enum import StrEnum


class Circle(StrEnum):
    """Nearest first. New cards begin in `active`, imports in `drawer`."""

    INNER = "inner"
    CLOSE = "close"
    ACTIVE = "active"
    WIDER = "wider"
    DRAWER = "drawer"

    @property
    def place(self) -> int:
        """0 for the nearest circle, 4 for the drawer."""
        return _PLACES[self]

    @property
    def closer(self) -> "Circle":
        return _ORDER[max(0, self.place - 1)]

    @property
    def wider(self) -> "Circle":
        return _ORDER[min(len(_ORDER) - 1, self.place + 1)]


_ORDER = tuple(Circle)
_PLACES = {circle: place for place, circle in enumerate(_ORDER)}

NEAR = frozenset({Circle.INNER, Circle.CLOSE})
"""The fifteen or so people who get most of anyone's attention."""

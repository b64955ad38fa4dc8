"""The readers that are compared: Undrawer, and plain engines with regular expressions."""

import resource
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.invented.content import Truth
from bench.reading.baselines import by_rules, cards_cut, cut_lines, engine, rapidocr_lines, tesseract_lines
from bench.seen.camera import Quad
from service.domain.errors import PhotoUnreadable
from service.domain.reading.reading_json import summary
from workers import extraction


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo to be read and the truth about it; `kind` is a row of the report, `corners` where its cards lie."""

    name: str
    kind: str
    photo: bytes
    cards: tuple[Truth, ...]
    corners: tuple[Quad, ...] = ()

    @property
    def region(self) -> str:
        return next((str(card["country"]) for card in self.cards if card.get("country")), "")


Read = tuple[list[Truth], float]
"""The cards read, and the CPU seconds that it took."""

OURS, TESSERACT, RAPIDOCR, CUT = "Undrawer", "Tesseract + rules", "RapidOCR + rules", "RapidOCR on cut cards + rules"


def undrawer(sample: Sample) -> Read:
    start = cpu_seconds()
    try:
        cards = extraction.read(sample.photo)
    except PhotoUnreadable:
        cards = []
    return [summary(card.reading) for card in cards], cpu_seconds() - start


def whole_frame(lines_of: Callable[[bytes], list[str]]) -> Callable[[Sample], Read]:
    """An engine on the whole frame, as it came; its rules are told the card's country."""

    def read(sample: Sample) -> Read:
        start = cpu_seconds()
        lines = lines_of(sample.photo)
        return by_rules(lines, region=sample.region), cpu_seconds() - start

    return read


def cut_cards(sample: Sample) -> Read:
    """Told where every card lies and which way is up; decoding and cutting are not counted."""
    cards = cards_cut(sample.photo, sample.corners)
    start = cpu_seconds()
    texts = [cut_lines(card) for card in cards]
    read = [card for lines in texts for card in by_rules(lines, region=sample.region)]
    return read, cpu_seconds() - start


READERS: dict[str, Callable[[Sample], Read]] = {
    OURS: undrawer,
    TESSERACT: whole_frame(tesseract_lines),
    RAPIDOCR: whole_frame(rapidocr_lines),
    CUT: cut_cards,
}


def load(readers: Iterable[str] = READERS) -> None:
    """Everything that the readers need into memory, before any clock starts."""
    extraction.load()
    if any(name != OURS for name in readers):
        engine()
        engine(alone=True)


def cpu_seconds() -> float:
    """Of this process and of all that it started and waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)

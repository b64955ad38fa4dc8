"""The reader's fields measured on simulated lines: accuracy without any picture, hundreds of cards a second."""

import time
from collections import defaultdict
from dataclasses import dataclass, field

from bench.invented.content import Truth
from bench.reading.score import Tally
from bench.seen.lines import Simulated, read_again, simulate
from service.domain.reading.card import Reading
from service.domain.reading.reading_json import summary
from workers.extraction.fields import doubtful_lines, understand
from workers.extraction.fields.surety.whether_card import is_card


@dataclass(slots=True)
class Measured:
    """What a run gave: the count over all cards, by kind, and the CPU time."""

    total: Tally = field(default_factory=Tally)
    rows: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    cpu_seconds: float = 0.0

    def add(self, truth: list[Truth], got: list[Truth], *, key: str, name: str) -> None:
        self.total.photo(truth, got, name=name)
        self.rows[key].photo(truth, got)


def read_lines(card: Simulated, *, seed: int, noise: float) -> Reading | None:
    """As extraction does with lines: understand, ask the second reader where in doubt, understand again."""
    lines = list(card.lines)
    reading = understand(lines, width=card.width, height=card.height, codes=card.codes)
    if not is_card(lines, width=card.width, height=card.height, reading=reading):
        return None
    again = set(doubtful_lines(reading, lines))
    if not again:
        return reading
    both = enumerate(zip(lines, card.printed, strict=True))
    lines = [read_again(line, seed, noise=noise, printed=text) if at in again else line for at, (line, text) in both]
    return understand(lines, width=card.width, height=card.height, codes=card.codes)


def measure(count: int, *, seed: int, noise: float, lang: str, others: float, by: str) -> Measured:
    """`count` simulated cards of one seed; `by` is the truth's field whose values make the rows."""
    measured = Measured()
    for number in range(count):
        card_seed = seed * 1_000_000 + number
        card = simulate(card_seed, noise=noise, lang=lang, others=others)
        start = time.process_time()
        reading = read_lines(card, seed=card_seed, noise=noise)
        measured.cpu_seconds += time.process_time() - start
        truth: list[Truth] = [card.truth] if card.truth is not None else []
        got: list[Truth] = [summary(reading)] if reading else []
        key = str(truth[0].get(by, "all")) if truth else "no card"
        measured.add(truth, got, key=key, name=str(card_seed))
    return measured

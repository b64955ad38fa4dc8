"""`python -m bench.calibrate`: learns how the signs of a value tell whether it is wrong; writes lists/sureness.txt.

--photos 800 --lines 4000 --seed 500   photos and simulated cards whose truth is known; other seeds than those published
--share 0.08                           of the values on photos, and of those on lines, that may be marked
--kept FOLDER                          keeps what was read of each photo there, so that a second run begins at the signs;
                                       with --photos 0 all that is kept there, of whatever seed
"""

import argparse
import os
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

os.environ["OMP_THREAD_LIMIT"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

from bench.invented.content import Truth
from bench.reading.regression import Case, Vector, fitted, table
from bench.reading.score import FIELDS, judge, paired
from bench.seen.lines import simulate
from bench.seen.misreading import NOISE
from bench.seen.photos import photo
from service.domain.reading.card import Line, Reading
from service.domain.reading.reading_json import summary
from workers.extraction import load
from workers.extraction.again import read_again
from workers.extraction.codes import payloads
from workers.extraction.decode import decode
from workers.extraction.fields import doubtful_lines, understand, understood
from workers.extraction.fields.surety import doubts, signs, sureness
from workers.extraction.fields.surety.signs.card import Card
from workers.extraction.fields.surety.whether_card import is_card
from workers.extraction.lines import also_in_hangul, lines_of
from workers.extraction.locate import locate
from workers.extraction.readers.sight import Sight, sight_of
from workers.extraction.straighten import Squared, straighten

SCORED = {"addresses": "address"}
CALMING = ("agree", "agree weak", "proved", "proved box")
"""The only signs that may speak for a value."""
PHOTOS_COUNT = 3.0
"""A value on a photo counts as much as so many on simulated lines, which are read by nobody."""
KNOWN = {"print twins": 3.0, "print small l": 2.5, "print lost": 1.0, "name lost": 2.0, "emails odd": 2.0, "org ends open": 3.0, "org continues": 2.5, "org more in the domain": 1.5, "emails begins large": 2.0, "emails odd host": 3.0, "urls odd host": 3.0, "name eastern blank": 2.0, "title eastern blank": 3.0, "title ends open": 3.0, "title continues": 1.0, "print differ": 1.5,
         "name another's mailbox": 2.5, "emails rest before": 2.5, "phones stump": 2.0, "phones after a stroke": 3.0, "name bare": 1.0, "name one word": 1.0, "addresses torn": 1.0, "addresses town first": 1.0, "card houses": 0.5, "urls nearly a mail's": 2.0, "org scattered": 1.0, "title scattered": 1.0}  # fmt: skip
"""What is known before any card is seen: `6o` in a mailbox, `lker`, an accent that the first reader cannot print."""
FOLDS, STEPS = 4, 1000
SEED = 1_000_000
"""So many photos there are of a seed."""

HEAD = """# How much each sign of a value (fields/surety/signs/) says that it is wrong, in log-odds; `threshold` is where a doubt begins.
# Learnt by `{command}` on {cases} values of {photos} photos (seeds {seeds}) and {lines} simulated cards.
# {found}
"""


class Look(Enum):
    """Which lines the second reader has seen: those in doubt, as when a card is read, or all of them."""

    DOUBTFUL = "doubtful"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SeenCard:
    """What was read of a card, once and, of every line, twice."""

    lines: list[Line]
    twice: list[Line]
    codes: tuple[str, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo's cards as read, and its truth."""

    truth: tuple[Truth, ...]
    cards: tuple[SeenCard, ...]


Group = tuple[str, str]
"""What is not parted between learning and trying: a photo or a simulated card; and of which of the two it is."""


def seen_photos(count: int, seed: int, folder: Path | None) -> Iterator[tuple[str, SeenPhoto]]:
    """Photos made and read, or what earlier runs have kept of them."""
    if folder and not count:
        yield from ((place.stem, pickle.loads(place.read_bytes())) for place in sorted(folder.glob("*.pickle")))  # noqa: S301
        return
    load()
    sight = sight_of("both")
    for number in range(count):
        key = f"{seed * SEED + number}"
        place = folder / f"{key}.pickle" if folder else None
        if place and place.exists():
            yield key, pickle.loads(place.read_bytes())  # noqa: S301 - written by an earlier run of this program
            continue
        made = photo(int(key))
        seen = decode(made.jpeg)
        squared = straighten(seen, locate(seen.frame, sight.text_boxes), sight)
        read = SeenPhoto(made.cards, tuple(seen_card(card, sight) for card in squared))
        if place:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(pickle.dumps(read))
        yield key, read


def seen_card(card: Squared, sight: Sight) -> SeenCard:
    codes, lines = payloads(card.picture), lines_of(card, sight)
    reading = understood(lines, width=card.width, height=card.height, codes=codes)
    lines = also_in_hangul(lines, card, sight, country=reading.country)
    twice = read_again(card.legible, lines, range(len(lines)), lang=reading.lang)
    return SeenCard(lines, twice, codes, card.width, card.height)


def of_photos(photos: Sequence[tuple[str, SeenPhoto]], look: Look) -> Iterator[tuple[Group, Case]]:
    """The values of photos."""
    for key, seen in photos:
        read = [one for card in seen.cards if (one := reading_of(card, look))]
        yield from cases_of(seen.truth, read, group=(key, "photo"))


def reading_of(card: SeenCard, look: Look) -> tuple[Reading, list[Line]] | None:
    """What a card says; without a second reader's lines, by the first alone."""
    reading = understand(card.lines, width=card.width, height=card.height, codes=card.codes)
    if not is_card(card.lines, width=card.width, height=card.height, reading=reading):
        return None
    twice = card.twice or card.lines
    asked = set(range(len(twice)) if look is Look.ALL else doubtful_lines(reading, card.lines))
    lines = [twice[at] if at in asked else line for at, line in enumerate(card.lines)]
    return understood(lines, width=card.width, height=card.height, codes=card.codes), lines


def of_lines(count: int, seed: int) -> Iterator[tuple[Group, Case]]:
    """The values of simulated cards: most of what is known of narrow choices comes from here."""
    for number in range(count):
        card = simulate(seed * SEED + number, noise=NOISE)
        seen = SeenCard(list(card.lines), [], card.codes, card.width, card.height)
        read = reading_of(seen, Look.DOUBTFUL)
        if read:
            truth = (card.truth,) if card.truth else ()
            yield from cases_of(truth, [read], group=(f"lines {number}", "lines"))


def cases_of(
    truth: Sequence[Truth], read: Sequence[tuple[Reading, list[Line]]], *, group: Group
) -> Iterator[tuple[Group, Case]]:
    shown = [summary(reading) for reading, _ in read]
    for wanted, got in paired(truth, shown):
        at = next((at for at, each in enumerate(shown) if each is got), None)
        if at is not None:
            reading, lines = read[at]
            yield from ((group, case) for case in cases(wanted, got, Card(reading, lines), group))


def cases(wanted: Truth, got: Truth, card: Card, group: Group) -> Iterator[Case]:
    judged = {kind: judge(wanted, got, kind) for kind in FIELDS}
    for kind, place, found in signs.values(card.reading):
        name = SCORED.get(kind, kind)
        told = signs.of_value(kind, found, card)
        counts = told and place not in judged[name].free_places and not (name == "address" and place)
        if counts and not (found.doubt and found.doubt in doubts.CHECKS):
            where = {f"kind {kind}": 1.0} | ({"on a photo": 1.0} if group[1] == "photo" else {})
            yield Case({**told, **where}, place not in judged[name].right_places)


def learnt(cases: Sequence[Case], names: Sequence[str]) -> Vector:
    free = np.array([name.startswith("kind ") or name == "on a photo" for name in names])
    calm = np.array([name.partition(" ")[2] in CALMING for name in names])
    directions = np.where(free, 0.0, np.where(calm, -1.0, 1.0))
    start = np.where([name.startswith("kind ") for name in names], -4.0, 0.0)
    known = np.array([KNOWN.get(name, 0.0) for name in names])
    return fitted(cases, names, directions, np.where(free, 0.02, 1.0), start=start, known=known, steps=STEPS)


def names_in(cases: Sequence[Case]) -> list[str]:
    counted = Counter(name for case in cases for name in case.signs)
    return sorted({*KNOWN, *(name for name, times in counted.items() if times >= 5)})


def risks(cases: Sequence[Case], names: Sequence[str], weights: Vector) -> Vector:
    return np.asarray(table(cases, names) @ weights)


def main() -> None:
    args = arguments()
    photos = list(seen_photos(args.photos, args.seed, args.kept))
    read, twice = (list(of_photos(photos, look)) for look in Look)
    drawn = list(of_lines(args.lines, args.seed))
    counted = [replace(case, weight=PHOTOS_COUNT / 2) for _, case in (*read, *twice)] + [case for _, case in drawn]
    names = names_in(counted)
    tried = crosswise(read, twice, [case for _, case in drawn], names)
    weights = learnt(counted, names)
    threshold = float(np.quantile(tried, 1 - args.share))
    right = np.mean([not case.wrong for (_, case), risk in zip(read, tried, strict=True) if risk <= threshold])
    found = f"On photos left out in turn: {args.share:.1%} of the values marked, {right:.2%} of the others right."
    # Nobody says of a card to come whether it is on a photo of ours: what that adds goes into the threshold.
    added = float(weights[names.index("on a photo")])
    least = float(np.quantile(risks([case for _, case in drawn], names, weights), 1 - args.share))
    kept = "" if args.photos else " --kept FOLDER"
    command = f"python -m bench.calibrate --photos {args.photos} --lines {args.lines} --seed {args.seed}{kept}"
    seeds = ", ".join(sorted({str(int(key) // SEED) for key, _ in photos}))
    head = HEAD.format(
        command=command, found=found, cases=len(counted), photos=len(photos), seeds=seeds, lines=args.lines
    )
    keep(names, weights, usual(counted, names), max(threshold - added, least), head)
    print(found)


def crosswise(
    read: Sequence[tuple[Group, Case]], twice: Sequence[tuple[Group, Case]], drawn: Sequence[Case], names: Sequence[str]
) -> Vector:
    """The risk of each value as it is read, by weights learnt without its photo."""
    tried = np.zeros(len(read))
    fold = {key: at % FOLDS for at, key in enumerate(sorted({key for (key, _), _ in read}))}
    for left_out in range(FOLDS):
        rest = [replace(c, weight=PHOTOS_COUNT / 2) for (key, _), c in (*read, *twice) if fold.get(key) != left_out]
        weights = learnt([*rest, *drawn], names)
        places = [at for at, ((key, _), _) in enumerate(read) if fold[key] == left_out]
        tried[places] = risks([read[at][1] for at in places], names, weights)
    return tried


def usual(cases: Sequence[Case], names: Sequence[str]) -> Vector:
    """How large each sign is on the mean: a sign of one kind of value among values of that kind."""
    rows = table(cases, names)
    kinds = {name.partition(" ")[2]: rows[:, at] > 0 for at, name in enumerate(names) if name.startswith("kind ")}
    anyone = np.ones(len(rows), bool)
    return np.array([rows[kinds.get(name.split(" ")[0], anyone), at].mean() for at, name in enumerate(names)])


def keep(names: Sequence[str], weights: Vector, means: Vector, threshold: float, head: str) -> None:
    """As a list that a person can read."""
    by_name = {name: (weight, mean) for name, weight, mean in zip(names, weights, means, strict=True)}
    by_name.pop("on a photo", None)
    rows = [f"{threshold:.3f} 0 threshold"]
    rows += [
        f"{weight:.3f} {mean:.3f} {name}" for name, (weight, mean) in sorted(by_name.items()) if abs(weight) >= 0.02
    ]
    sureness.WEIGHTS.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=800)
    parser.add_argument("--lines", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=500)
    parser.add_argument("--share", type=float, default=0.08)
    parser.add_argument("--kept", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()

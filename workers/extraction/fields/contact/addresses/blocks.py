"""Pieces of addresses grown into blocks: what stands beside, below and above, as long as it goes on about the place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.reading.card import Box
from workers.extraction.fields.contact.addresses.words import Signs
from workers.extraction.fields.words import lexicon

_BRITISH_CODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$")
_HOUSE = re.compile(r"(?:n[ºo°.]*\s*)?\d{1,4}\s?[a-zA-Z]?$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, about where it stands, and what it says of a place."""

    line: int
    start: int
    end: int
    text: str
    box: Box
    signs: Signs
    begins: bool = False
    """A label like "Büro Berlin:" stands before it: an address begins here."""

    @property
    def weight(self) -> float:
        return self.signs.weight


def blocks_of(pieces: Sequence[Piece]) -> list[list[int]]:
    """The blocks, each as the places of its pieces; `pieces` come in reading order."""
    blocks: list[list[int]] = []
    used: set[int] = set()
    for seed in range(len(pieces)):
        signs = pieces[seed].signs
        tells = len(signs.names) > 1 or signs.street or signs.postcode
        if seed in used or signs.weight < 1.2 or not tells:
            continue
        blocks.append(_grown(pieces, seed, used))
        used.update(blocks[-1])
    return _brought_together(pieces, blocks)


def _brought_together(pieces: Sequence[Piece], blocks: list[list[int]]) -> list[list[int]]:
    """The one street without a town and the one town without a street, wherever the two stand, are one address."""
    streets = [block for block in blocks if _have(pieces, block) & {"street", "extra"} and not _closed(pieces, block)]
    towns = [block for block in blocks if _closed(pieces, block) and not _have(pieces, block) & {"street"}]
    if len(streets) != 1 or len(towns) != 1 or len(blocks) != 2:
        return blocks
    if "street" not in _have(pieces, streets[0]) or not _alike(pieces[streets[0][0]].box, pieces[towns[0][0]].box):
        return blocks
    return [sorted([*streets[0], *towns[0]])]


def _closed(pieces: Sequence[Piece], block: Sequence[int]) -> bool:
    have = _have(pieces, block)
    return "postcode" in have or len(have & {"city", "region", "country"}) > 1


def _grown(pieces: Sequence[Piece], seed: int, used: set[int]) -> list[int]:
    """The block around a seed: pieces beside and below it, and above it, as long as they go on about the place."""
    block = [seed]
    over = _above(pieces, block, used) if pieces[seed].signs.postcode and not pieces[seed].signs.street else None
    if over is not None and pieces[over].signs.street and pieces[over].signs.numbered:
        block.insert(0, over)  # before a street below the town, which begins another
    while (more := _next(pieces, block, used)) is not None:
        block.extend(more)
    while (above := _above(pieces, block, used)) is not None:
        block.insert(0, above)
    if "street" in _have(pieces, block):
        return block
    return (_column(pieces, block, used) or _named_houses(pieces, block, used)) + block


def _named_houses(pieces: Sequence[Piece], block: Sequence[int], used: set[int]) -> list[int]:
    """House and village over a British town: "The Old Forge / Mousehole / Cornwall TR19 6PN"."""
    found: list[int] = []
    while len(found) < 3 and _BRITISH_CODE.search(pieces[block[-1]].text):
        below = pieces[(found or block)[0]]
        above = next((at for at, piece in enumerate(pieces) if _directly_over(piece, below, pieces)), None)
        if above is None or above in used or not _names_a_place(pieces[above], below):
            break
        found.insert(0, above)
    return found


def _names_a_place(piece: Piece, below: Piece) -> bool:
    """Few words in capitals of the same print, which say nothing but a name."""
    words = piece.text.replace(",", " ").split()
    even = piece.box.height < 1.12 * below.box.height < 1.25 * piece.box.height
    plain = len(words) <= 4 and all(word[:1].isupper() or lexicon.fold(word) in ("on", "the", "of") for word in words)
    role = any(lexicon.in_list(name, word) for name in ("titles", "company-words", "labels") for word in words)
    person = bool(words) and lexicon.given(words[0]) == 1.0 and len(words) > 1
    return even and plain and not role and not person and not piece.signs.negative


def _column(pieces: Sequence[Piece], block: Sequence[int], used: set[int]) -> list[int]:
    """The lines over a town up to its street, where one stands close over the other: quarter, village, county."""
    found: list[int] = []
    while len(found) < 5 and "postcode" in _have(pieces, block):
        below = pieces[(found or block)[0]]
        above = next((at for at, piece in enumerate(pieces) if _directly_over(piece, below, pieces)), None)
        if above is None or above in used or pieces[above].signs.negative or len(pieces[above].text.split()) > 5:
            break
        found.insert(0, above)
        if pieces[above].signs.street:
            return found
    return []


def _directly_over(upper: Piece, lower: Piece, pieces: Sequence[Piece]) -> bool:
    close = upper.box.height < 1.25 * lower.box.height < 1.6 * upper.box.height
    return (
        close
        and _under(upper.box, lower.box)
        and lower.box.top - upper.box.bottom < 0.6 * lower.box.height
        and not any(
            other is not upper
            and other is not lower
            and upper.box.top < other.box.top < lower.box.top
            and _under(other.box, lower.box)
            for other in pieces
        )
    )


def _next(pieces: Sequence[Piece], block: Sequence[int], used: set[int]) -> list[int] | None:
    last = pieces[block[-1]]
    free = [at for at in range(len(pieces)) if at not in used and at not in block]
    for at in sorted(free, key=lambda at: _distance(last.box, pieces[at].box)):
        over = [b for b in block if _under(pieces[b].box, pieces[at].box)]
        if len(block) >= 8 or not (_beside(last, pieces[at]) or over or _across(pieces, block, at)):
            continue
        if any(pieces[b].begins and last.box.top < pieces[b].box.top < pieces[at].box.top for b in free):
            continue
        if over and not any(_next_to_each_other(pieces, b, at, block) for b in over):
            continue
        if _goes_on(pieces, block, at):
            return [at]
        if bridge := _bridge(pieces, block, at, free):
            return bridge
    return None


def _goes_on(pieces: Sequence[Piece], block: Sequence[int], at: int) -> bool:
    """Whether a piece belongs to the address begun: not when it begins another."""
    piece, have = pieces[at], _have(pieces, block)
    housed = any(pieces[i].signs.street and pieces[i].signs.numbered for i in block)
    finished = "postcode" in have and housed and piece.signs.digits and not piece.signs.extra
    if piece.begins or finished or ("postcode" in have and housed and piece.signs.street and len(block) > 1):
        return False
    cut_off = any(
        other.line == piece.line and other.end <= piece.start and i not in block for i, other in enumerate(pieces)
    )
    if cut_off and not _beside(pieces[block[-1]], piece):
        return False
    last = pieces[block[-1]]
    if last.signs.street and not last.signs.numbered and _HOUSE.match(piece.text):
        return True
    if piece.weight < 0.4 or piece.signs.negative:
        return last.signs.open_ended and piece.weight >= 0 and not piece.signs.negative
    strong = [i for i in block if pieces[i].signs.numbered and pieces[i].signs.street and not pieces[i].signs.extra]
    walled = "postcode" in have and (housed or piece.text.isascii())  # in Japan the code comes first
    another = "city" in have and piece.signs.closes  # a street and its town on one line each
    if piece.signs.street and "street" in have and (walled or (piece.signs.numbered and (strong or another))):
        return False
    return not (piece.signs.postcode and "postcode" in have)


def _bridge(pieces: Sequence[Piece], block: Sequence[int], at: int, free: Sequence[int]) -> list[int] | None:
    """A line that says nothing by itself (a quarter, a building) between two that do."""
    if pieces[at].signs.negative or pieces[at].signs.digits or "postcode" in _have(pieces, block):
        return None
    if _is_a_person(pieces[at], pieces[block[-1]]):
        return None
    for other in free:
        next_to = _under(pieces[at].box, pieces[other].box) or _beside(pieces[at], pieces[other])
        follows = other != at and next_to and pieces[other].signs.closes
        if follows and _goes_on(pieces, block, other):
            return [at, other]
    return None


def _is_a_person(piece: Piece, above: Piece) -> bool:
    """Whether a line in larger letters than the address above it names somebody."""
    words = piece.text.split()
    named = 2 <= len(words) <= 4 and lexicon.given(words[0]) >= 0.9 and lexicon.surname(words[-1]) > 0
    return bool(named and piece.box.height > 1.2 * above.box.height)


def _across(pieces: Sequence[Piece], block: Sequence[int], at: int) -> bool:
    """The town at the other side of the card, in the row of the street that it ends."""
    left, right = pieces[block[-1]], pieces[at]
    level = abs(left.box.top - right.box.top) < 0.5 * left.box.height and left.box.right <= right.box.left
    return level and _alike(left.box, right.box) and right.signs.postcode and not right.signs.street


def _next_to_each_other(pieces: Sequence[Piece], upper: int, lower: int, block: Sequence[int]) -> bool:
    """Whether no piece that speaks of a place stands between the two."""
    top, bottom = pieces[upper].box, pieces[lower].box
    return not any(
        top.top + 0.5 * top.height < other.box.top < bottom.top - 0.5 * bottom.height
        and other.box.left < max(top.right, bottom.right)
        and other.box.right > min(top.left, bottom.left)
        for at, other in enumerate(pieces)
        if at not in (upper, lower) and at not in block
    )


def _above(pieces: Sequence[Piece], block: Sequence[int], used: set[int]) -> int | None:
    """The piece over the block, where it is a building or a street that the block still lacks."""
    first, have = pieces[block[0]], _have(pieces, block)
    for at, piece in enumerate(pieces):
        beside = _beside(piece, first)
        if at in used or at in block or piece.signs.negative or first.begins:
            continue
        if not beside and not (
            _under(piece.box, first.box)
            and (_alike(piece.box, first.box) or piece.signs.numbered)
            and _next_to_each_other(pieces, at, block[0], block)
        ):
            continue
        lacks = "street" not in have and (piece.weight >= 0.5 or (piece.signs.digits and piece.weight >= 0.2))
        building = piece.signs.extra and piece.weight >= 0.7 and not piece.signs.postcode
        if building and not piece.signs.digits and not beside and piece.box.height > 1.12 * first.box.height:
            continue  # in larger letters: it names the house that has the address
        if (lacks or building) and not (piece.signs.postcode and "postcode" in have):
            return at
    return None


def _have(pieces: Sequence[Piece], block: Sequence[int]) -> set[str]:
    return {name for at in block for name in pieces[at].signs.names}


def _distance(last: Box, box: Box) -> tuple[int, int]:
    same_row = abs(box.top - last.top) < last.height * 0.5 and box.left >= last.left
    return (0 if same_row else max(1, box.top - last.top), abs(box.left - last.left))


def _alike(one: Box, other: Box) -> bool:
    low, high = sorted((one.height, other.height))
    return high <= 1.45 * max(1, low)


def _beside(left: Piece, right: Piece) -> bool:
    if left.line == right.line:
        return right.start > left.start
    gap = right.box.left - left.box.right
    level = abs(left.box.top - right.box.top) < 0.5 * left.box.height
    return level and _alike(left.box, right.box) and -left.box.height < gap < 3 * left.box.height


def _under(upper: Box, lower: Box) -> bool:
    height = max(upper.height, lower.height)
    flush = abs(upper.left - lower.left) < 0.25 * height and height < 1.75 * min(upper.height, lower.height)
    if not (flush or _alike(upper, lower)) or lower.top <= upper.top:
        return False
    if not -0.6 * height <= lower.top - upper.bottom <= 1.6 * height:
        return False
    middles = abs((upper.left + upper.right) - (lower.left + lower.right)) / 2
    return abs(upper.left - lower.left) < 1.5 * height or abs(upper.right - lower.right) < height or middles < height

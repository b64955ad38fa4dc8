"""Postal addresses: pieces that speak of a place, grown into blocks, one block an office."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.card import Address, Box, Doubt, Line
from workers.extraction.fields import address_parts
from workers.extraction.fields.address_words import Signs, label_length, signs_of
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.digits import mended_zeros
from workers.extraction.fields.glyphs import even, unglued
from workers.extraction.fields.place import Place
from workers.extraction.fields.rows import rest_of

_BREAK = re.compile(
    r"\s{3,}|\s[/–-]\s(?=[^\W\d][^\d:]{2,25}:)|\s*[|·■▪◆►*]\s*|\s+[-–]\s+(?=(?:[A-Z]{2,}\s)?\s*$)"
    r"|(?<=\bS\.A\.S\.)\s+|(?<=\bS\.A\.)\s+|(?<=\bS\.L\.)\s+|(?<=\bLtda\.)\s+|(?<=\bLtd\.)\s+|(?<=\bLtd)\s+|(?<=\bGmbH)\s+|(?<=\bLLC)\s+|(?<=\bInc\.)\s+"
)
_ICON = re.compile(
    r"[0-9A-Z©](?=[A-ZÄÖÜÉ][a-zà-ÿ]{2})|[AGIJKLOQUVXYZ©®@](?=\s+(?:(?:rue|avenue|via|viale|calle|rua|ul|chemin|quai|place)\b|[A-ZÄÖÜÉ][a-zà-ÿ]{2}|\d{1,5}\s[A-Z]))"
)
_HOUSE = re.compile(r"(?:n[ºo°.]*\s*)?\d{1,4}\s?[a-zA-Z]?$")
_EDGE = " ,;:|·-/.~'_©+*"


@dataclass(frozen=True, slots=True)
class _Piece:
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


def propose(lines: Sequence[Line], place: Place, taken: Sequence[Candidate[Any]] = ()) -> list[Candidate[Address]]:
    """Each office's address, from the top; `taken` are the points whose letters are no part of any."""
    texts = [mended_zeros(even(text)) for text in left_of(lines, taken)]
    pieces = _in_rows(
        piece for index in range(len(lines)) for piece in _pieces(lines[index], index, texts[index], place)
    )
    found: list[Candidate[Address]] = []
    for block in _brought_together(pieces, _blocks(pieces)):
        candidate = _candidate(_in_rows(pieces[at] for at in block), texts, place)
        if candidate:
            found.append(candidate)
    return sorted(found, key=lambda candidate: bool(candidate.failed))  # where one is meant, a whole one is


def _blocks(pieces: Sequence[_Piece]) -> list[list[int]]:
    blocks: list[list[int]] = []
    used: set[int] = set()
    for seed in range(len(pieces)):
        signs = pieces[seed].signs
        tells = len(signs.names) > 1 or signs.street or signs.postcode
        if seed in used or signs.weight < 1.2 or not tells:
            continue
        blocks.append(_grown(pieces, seed, used))
        used.update(blocks[-1])
    return blocks


def _brought_together(pieces: Sequence[_Piece], blocks: list[list[int]]) -> list[list[int]]:
    """The one street without a town and the one town without a street, wherever the two stand, are one address."""
    streets = [block for block in blocks if _have(pieces, block) & {"street", "extra"} and not _closed(pieces, block)]
    towns = [block for block in blocks if _closed(pieces, block) and not _have(pieces, block) & {"street"}]
    if len(streets) != 1 or len(towns) != 1 or len(blocks) != 2:
        return blocks
    if "street" not in _have(pieces, streets[0]) or not _alike(pieces[streets[0][0]].box, pieces[towns[0][0]].box):
        return blocks
    return [sorted([*streets[0], *towns[0]])]


def _closed(pieces: Sequence[_Piece], block: Sequence[int]) -> bool:
    have = _have(pieces, block)
    return "postcode" in have or len(have & {"city", "region", "country"}) > 1


def _in_rows(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Pieces as one reads them: row by row, left to right."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.top + piece.box.bottom):
        last = rows[-1][-1].box if rows else None
        apart = abs(piece.box.top + piece.box.bottom - last.top - last.bottom) / 2 if last else 0
        if last is None or apart > 0.5 * min(last.height, piece.box.height):
            rows.append([])
        rows[-1].append(piece)
    return [piece for row in rows for piece in sorted(row, key=lambda piece: (piece.box.left, piece.start))]


def _pieces(line: Line, index: int, text: str, place: Place) -> Iterator[_Piece]:
    start = 0
    for cut in [*_BREAK.finditer(text), None]:
        end = cut.start() if cut else len(text)
        first, last = _trimmed(text, start, end)
        labelled = label_length(text[first:last])
        icon = _ICON.match(text[first + labelled : last])
        begun, last = _trimmed(text, first + labelled + (icon.end() if icon else 0), last)
        if last - begun >= 2:
            box = _box(line, first if text[:first].strip(_EDGE) else 0, last)
            printed = unglued(text[begun:last])
            signs = signs_of(printed, place.country)
            yield _Piece(index, begun, last, printed, box, signs, begins=labelled > 0)
        start = cut.end() if cut else end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _box(line: Line, start: int, end: int) -> Box:
    """Where a stretch of a line stands, letters taken as equally wide."""
    box, letters = line.box, max(1, len(line.text))
    if line.vertical:
        return box
    left = box.left + box.width * start // letters
    return Box(left, box.top, max(1, box.width * (end - start) // letters), box.height)


def _grown(pieces: Sequence[_Piece], seed: int, used: set[int]) -> list[int]:
    """The block around a seed: pieces beside and below it, and above it, as long as they go on about the place."""
    block = [seed]
    while (more := _next(pieces, block, used)) is not None:
        block.extend(more)
    while (above := _above(pieces, block, used)) is not None:
        block.insert(0, above)
    return _column(pieces, block, used) + block if "street" not in _have(pieces, block) else block


def _column(pieces: Sequence[_Piece], block: Sequence[int], used: set[int]) -> list[int]:
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


def _directly_over(upper: _Piece, lower: _Piece, pieces: Sequence[_Piece]) -> bool:
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


def _next(pieces: Sequence[_Piece], block: Sequence[int], used: set[int]) -> list[int] | None:
    last = pieces[block[-1]]
    free = [at for at in range(len(pieces)) if at not in used and at not in block]
    for at in sorted(free, key=lambda at: _distance(last.box, pieces[at].box)):
        over = [b for b in block if _under(pieces[b].box, pieces[at].box)]
        if len(block) >= 8 or not (_beside(last, pieces[at]) or over or _across(pieces, block, at)):
            continue
        if over and not any(_next_to_each_other(pieces, b, at, block) for b in over):
            continue
        if _goes_on(pieces, block, at):
            return [at]
        if bridge := _bridge(pieces, block, at, free):
            return bridge
    return None


def _goes_on(pieces: Sequence[_Piece], block: Sequence[int], at: int) -> bool:
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
    if piece.signs.street and "street" in have and (walled or (piece.signs.numbered and strong)):
        return False
    return not (piece.signs.postcode and "postcode" in have)


def _bridge(pieces: Sequence[_Piece], block: Sequence[int], at: int, free: Sequence[int]) -> list[int] | None:
    """A line that says nothing by itself (a quarter, a building) between two that do."""
    if pieces[at].signs.negative or pieces[at].signs.digits or "postcode" in _have(pieces, block):
        return None
    for other in free:
        next_to = _under(pieces[at].box, pieces[other].box) or _beside(pieces[at], pieces[other])
        follows = other != at and next_to and pieces[other].signs.closes
        if follows and _goes_on(pieces, block, other):
            return [at, other]
    return None


def _across(pieces: Sequence[_Piece], block: Sequence[int], at: int) -> bool:
    """The town at the other side of the card, in the row of the street that it ends."""
    left, right = pieces[block[-1]], pieces[at]
    level = abs(left.box.top - right.box.top) < 0.5 * left.box.height and left.box.right <= right.box.left
    return level and _alike(left.box, right.box) and right.signs.postcode and not right.signs.street


def _next_to_each_other(pieces: Sequence[_Piece], upper: int, lower: int, block: Sequence[int]) -> bool:
    """Whether no piece that speaks of a place stands between the two."""
    top, bottom = pieces[upper].box, pieces[lower].box
    return not any(
        top.top + 0.5 * top.height < other.box.top < bottom.top - 0.5 * bottom.height
        and other.box.left < max(top.right, bottom.right)
        and other.box.right > min(top.left, bottom.left)
        for at, other in enumerate(pieces)
        if at not in (upper, lower) and at not in block
    )


def _above(pieces: Sequence[_Piece], block: Sequence[int], used: set[int]) -> int | None:
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
        if (lacks or building) and not (piece.signs.postcode and "postcode" in have):
            return at
    return None


def _have(pieces: Sequence[_Piece], block: Sequence[int]) -> set[str]:
    return {name for at in block for name in pieces[at].signs.names}


def _distance(last: Box, box: Box) -> tuple[int, int]:
    same_row = abs(box.top - last.top) < last.height * 0.5 and box.left >= last.left
    return (0 if same_row else max(1, box.top - last.top), abs(box.left - last.left))


def _alike(one: Box, other: Box) -> bool:
    low, high = sorted((one.height, other.height))
    return high <= 1.45 * max(1, low)


def _beside(left: _Piece, right: _Piece) -> bool:
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


def _candidate(block: Sequence[_Piece], texts: Sequence[str], place: Place) -> Candidate[Address] | None:
    have = {name for piece in block for name in piece.signs.names}
    score = sum(max(0.0, piece.weight) for piece in block) - 1.6 - 1.2 * any(piece.signs.negative for piece in block)
    if not have & {"street", "postcode"} and len(have & {"city", "region", "country", "extra"}) < 2:
        score = min(score, -0.5)
    if not any(piece.signs.digits for piece in block) and not have & {"postcode", "city", "region", "country"}:
        score = min(score, -0.5)  # the name of a lodge or a square, perhaps of the house itself
    printed = _printed(block)
    if len(printed) < 6 or score < -0.6:
        return None
    whole = {piece.line for piece in block if len(rest_of(texts[piece.line], piece.start, piece.end)) < 3}
    return Candidate(
        value=address_parts.parted(printed, [piece.text for piece in block], place.country),
        lines=frozenset(whole),
        score=score,
        claims=tuple((piece.line, piece.start, piece.end) for piece in block),
        passed=tuple(sorted(have)),
        failed=() if "street" in have and have & {"postcode", "city"} else (Doubt.INCOMPLETE.value,),
    )


def _printed(block: Sequence[_Piece]) -> str:
    printed = ""
    for piece in block:
        printed += ("" if not printed else " " if printed.endswith(("-", "/")) else ", ") + piece.text
    printed = re.sub(r"(〒\d{3}-\d{4})(?=[^\s,])", r"\1 ", printed)
    return re.sub(r"\s+([,;])", r"\1", re.sub(r"\s{2,}", " ", printed))

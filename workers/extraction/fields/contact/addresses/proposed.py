"""Postal addresses: pieces that speak of a place, grown into blocks, one block an office."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from service.domain.reading.card import Address, Box, Doubt, Line
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.contact.addresses import parts
from workers.extraction.fields.contact.addresses.blocks import Piece, blocks_of
from workers.extraction.fields.contact.addresses.words import label_length, signs_of
from workers.extraction.fields.contact.phones.digits import mended_zeros
from workers.extraction.fields.rows import rest_of
from workers.extraction.fields.words import lexicon
from workers.extraction.fields.words.glyphs import even, unglued
from workers.extraction.fields.world.place import Place

_BREAK = re.compile(
    r"\s{3,}|\s[/–-]\s(?=[^\W\d][^\d:]{2,25}:)|\s*[|·■▪◆►*]\s*|\s+[-–]\s+(?=(?:[A-Z]{2,}\s)?\s*$)"
    r"|(?<=\bS\.A\.S\.)\s+|(?<=\bS\.A\.)\s+|(?<=\bS\.L\.)\s+|(?<=\bLtda\.)\s+|(?<=\bLtd\.)\s+|(?<=\bLtd)\s+|(?<=\bGmbH)\s+|(?<=\bLLC)\s+|(?<=\bInc\.)\s+|(?<=\bCorp\.)\s+|(?<=\bCORP\.)\s+|(?<=\bINC\.)\s+|(?<=\bLTD\.)\s+|(?<=\bLTDA\.)\s+|(?<=\bLLC\.)\s+|(?<=\bEIRELI)\s+|(?<=\bS\.r\.l\.)\s+|(?<=\bS\.p\.A\.)\s+|(?<=\bB\.V\.)\s+"
)
_PARTED = re.compile(r"(?:\s+[/–—·|-]|,)?\s+")
_PHONE_LABEL = re.compile(
    r"(?:\s+|(?<=[a-zà-ÿ]))(?=(?:Tel|Telefoon|Telefon|Tel[eé]fono|Telefone|Phone|Fax|Mob|Mobile?|GSM|Tfn|Cel|Handy)\b\.?:\s*[\d(+])"
)
"""Where a number begins of which only the area was left: "8995 CB LeeuwardenTelefoon: 040"."""
_ICON = re.compile(
    r"[0-9A-Z©](?=[A-ZÄÖÜÉ][a-zà-ÿ]{2})|[AGIJKLOQUVXYZ©®@](?=\s+(?:(?:rue|avenue|via|viale|calle|rua|ul|chemin|quai|place)\b|[A-ZÄÖÜÉ][a-zà-ÿ]{2}|\d{1,5}\s[A-Z]))"
    r"|[A-Z©®@&]\s*(?=[㐀-鿿가-힣]{3})|\d\s*(?=[가-힣]{2,4}(?:특별시|광역시|자치시|도)(?![가-힣])|[㐀-鿿]{2,3}[省都道府県])"
)
_CODE_BEFORE = re.compile(r"(?<=^\d{3}-\d{4})[·・:](?=[一-鿿])")
"""A Japanese postcode that stands before its town without its sign: 220-0043·神奈川県."""
_EDGE = " ,;:|·-/.~'_©+*"


def propose(lines: Sequence[Line], place: Place, taken: Sequence[Candidate[Any]] = ()) -> list[Candidate[Address]]:
    """Each office's address, from the top; `taken` are the points whose letters are no part of any."""
    texts = [_CODE_BEFORE.sub(" ", mended_zeros(even(text))) for text in left_of(lines, taken)]
    pieces = _in_rows(
        piece for index in range(len(lines)) for piece in _pieces(lines[index], index, texts[index], place)
    )
    found: list[Candidate[Address]] = []
    for block in blocks_of(pieces):
        candidate = _candidate(_in_rows(pieces[at] for at in block), texts, place)
        if candidate:
            found.append(candidate)
    return sorted(found, key=lambda candidate: bool(candidate.failed))  # where one is meant, a whole one is


def _in_rows(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces as one reads them: row by row, left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.top + piece.box.bottom):
        last = rows[-1][-1].box if rows else None
        apart = abs(piece.box.top + piece.box.bottom - last.top - last.bottom) / 2 if last else 0
        if last is None or apart > 0.5 * min(last.height, piece.box.height):
            rows.append([])
        rows[-1].append(piece)
    return [piece for row in rows for piece in sorted(row, key=lambda piece: (piece.box.left, piece.start))]


def _pieces(line: Line, index: int, text: str, place: Place) -> Iterator[Piece]:
    start = 0
    for cut in [*_cuts(text), None]:
        end = cut.start() if cut else len(text)
        first, last = _trimmed(text, start, end)
        labelled = label_length(text[first:last])
        icon = _ICON.match(text[first + labelled : last])
        begun, last = _trimmed(text, first + labelled + (icon.end() if icon else 0), last)
        if last - begun >= 2:
            box = _box(line, first if text[:first].strip(_EDGE) else 0, last)
            printed = unglued(text[begun:last])
            signs = signs_of(printed, place.country)
            yield Piece(index, begun, last, printed, box, signs, begins=labelled > 0)
        start = cut.end() if cut else end


def _cuts(text: str) -> Iterator[re.Match[str]]:
    """Where a line is parted: by its signs, and behind the company before an address: "Faro Sàrl / rue la Gare 11"."""
    end = 0
    for sign in sorted(
        (*_BREAK.finditer(text), *_PHONE_LABEL.finditer(text), *_behind_company(text)), key=lambda sign: sign.start()
    ):
        if sign.start() >= end:
            yield sign
            end = sign.end()


def _behind_company(text: str) -> Iterator[re.Match[str]]:
    for sign in _PARTED.finditer(text):
        before, shortest = text[: sign.start()], 2 if sign.group()[:1].isspace() and sign.group().strip() else 3
        told = len(lexicon.letters(lexicon.legal_form(before))) >= shortest  # but not in Edmonton AB, T5J 0N3
        if told and not re.search(r"\d", before) and not signs_of(before, "").street:
            yield sign


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


def _candidate(block: Sequence[Piece], texts: Sequence[str], place: Place) -> Candidate[Address] | None:
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
        value=parts.parted(printed, [piece.text for piece in block], place.country),
        lines=frozenset(whole),
        score=score,
        claims=tuple((piece.line, piece.start, piece.end) for piece in block),
        passed=tuple(sorted(have)),
        failed=() if "street" in have and have & {"postcode", "city"} else (Doubt.INCOMPLETE.value,),
    )


_KOREAN = (
    (re.compile(r"(?<=\d)\s+(?=(?:층|호|동|번지|번길|가)(?![가-힣]))"), ""),
    (re.compile(r"(?<=[가-힣])\s+(?=(?:대로|로|길)\s*\d)"), ""),
    (re.compile(r"(?<=(?<![가-힣])[가-힣])\s+(?=[가-힣]{1,4}(?:로|길)\s*\d)"), ""),
    (re.compile(r"(?<=특별시|광역시|자치시|경기도)(?=[가-힣])|(?<=\))(?=[가-힣])"), " "),
    (re.compile(r"((?<![가-힣])[가-힣]{1,3}[구군])(?=[가-힣]{2,}(?:로|길)\s*\d)"), r"\1 "),
    (re.compile(r"((?:로|길))(?=\d+(?:-\d+)?(?:[\s,)]|$))"), r"\1 "),
)
"""Blanks that the reader of Hangul sets amiss: "해운대구강남대 로 49, 5 층"."""


def _spaced(printed: str) -> str:
    """A Korean address with its blanks where they belong; any other as it is."""
    if not re.search("[가-힣]", printed):
        return printed
    for amiss, right in _KOREAN:
        printed = amiss.sub(right, printed)
    return printed


def _printed(block: Sequence[Piece]) -> str:
    printed = ""
    for piece in block:
        printed += ("" if not printed else " " if printed.endswith(("-", "/")) else ", ") + piece.text
    printed = re.sub(r"(〒\d{3}-\d{4})(?=[^\s,])", r"\1 ", printed)
    return _spaced(re.sub(r"\s+([,;])", r"\1", re.sub(r"\s{2,}", " ", printed)))

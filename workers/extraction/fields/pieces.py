"""What the contact points left of each line, cut into pieces that may each be a name, a title or a company."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from service.domain.card import Box, Line
from workers.extraction.fields import lexicon, scripts, spaced
from workers.extraction.fields.candidate import Candidate, Claim, left_of

_EDGES = " \t|·•●▪■◆♦,;:/\\–—_-~*>«»<=" + "　＊｜／："
_CUTS = re.compile(r"\s*[|·•●▪■｜]\s*|\s+[/–—-]\s+|\s*[,;，、]\s+|\s{3,}|\s*／\s*")
_LONE_SIGN = re.compile(r"^[^\w(（㈜㈲&¿¡\"“'®]+|[^\w.)!?&\"”'®™ªº]+$")


_MISREAD = (
    (re.compile(r"(?<=[^\W\d_])0(?=[a-zà-ÿ])|(?<=[a-zà-ÿ]{2})0\b"), "o"),
    (re.compile(r"(?<=[A-ZÀ-Þ])0(?=[A-ZÀ-Þ])|\b0(?=[a-zà-ÿ]{3})"), "O"),
    (
        re.compile(
            r"\b1(?=[a-zà-ÿ]{2})|(?<=[A-ZÀ-Þ])1(?=[A-ZÀ-Þ]{2})|(?<=[A-ZÀ-Þ]{2})1(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ]{3})1\b"
        ),
        "I",
    ),
    (re.compile(r"(?<=[A-ZÀ-Þ])[li](?=[A-ZÀ-ÞŁŚŻŹĆČŠŽ]{2})"), "I"),
    (re.compile(r"(?<=[a-zà-ÿ])[1I](?=[a-zà-ÿ])|(?<=[A-ZÀ-Þ])1(?=[a-zà-ÿ]{2})"), "l"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of print that belongs together: part of a line, a line, or several lines.

    `bits` has one bit for each smallest part of the card, so that two pieces overlap when their bits do; `size_px` is the
    height of its letters; `words` are as printed, `keys` the same words folded.
    """

    text: str
    claims: tuple[Claim, ...]
    bits: int
    box: Box
    size_px: float
    words: tuple[str, ...]
    keys: tuple[str, ...]
    breaks: tuple[int, ...] = ()
    """The words that begin a further line or part."""
    whole: bool = True
    """Whether it is all that its line has left; a part stands between signs."""
    listed: bool = False
    """Whether it is one of three things and more that a line names: "Weddings · Portraits · Events"."""

    @property
    def rows(self) -> int:
        return len(self.breaks) + 1

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(line for line, _, _ in self.claims))


def cut(lines: Sequence[Line], taken: Iterable[Candidate[object]]) -> list[Piece]:
    """Whole remainders of lines first, then their parts."""
    wholes: list[Piece] = []
    parts: list[Piece] = []
    bit = 1
    for index, text in enumerate(left_of(lines, taken)):
        for start, end in _stretches(text, lines[index].text):
            spans = _parts(text, start, end)
            made = [_piece(lines, index, text, a, b, bit << n) for n, (a, b) in enumerate(spans)]
            whole = _piece(lines, index, text, start, end, ((1 << len(spans)) - 1) * bit)
            bit <<= len(spans)
            if whole:
                listed = names_things(made)
                wholes.append(replace(whole, listed=listed))
                parts.extend(replace(p, whole=False, listed=listed) for p in made if p and p.text != whole.text)
    return wholes + parts


def names_things(parts: Sequence[Piece | None]) -> bool:
    """Whether the parts of a line are things on offer: three and more, and none a person, a title or a company."""
    there = [part for part in parts if part]
    return len(there) >= 3 and not any(map(_names_somebody, there))


def _names_somebody(part: Piece) -> bool:
    if scripts.is_cjk(part.text):
        return bool(scripts.form_in(part.text) or scripts.title_in(part.text))
    person = len(part.words) > 1 and lexicon.given(part.words[0]) > 0 and not lexicon.in_any_role(part.words[0])
    said = lexicon.honorific(part.words[0]) or any(lexicon.in_list("titles", key) for key in part.keys)
    return person or said or bool(lexicon.legal_form(part.text))


def _stretches(text: str, printed: str) -> list[tuple[int, int]]:
    """Where a line still has print: between the letters that contact points took."""
    found, start = [], None
    for place in range(len(text) + 1):
        gone = place == len(text) or (text[place] == " " and printed[place] != " ")
        if gone and start is not None:
            found.append((start, place))
            start = None
        elif not gone and start is None:
            start = place
    return [trimmed for a, b in found if not _labels_next(text, b) and (trimmed := _trim(text, a, b))]


def _labels_next(text: str, end: int) -> bool:
    """Whether a colon ends the stretch before something that was taken: "Sucursal Centro:" before its address."""
    return end < len(text) and text[:end].rstrip().endswith((":", "："))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    body = text[start:end]
    words = [word for word in re.split(r"[\s:]+", body) if word]
    few = sum(sign.isalnum() for sign in body) < 2 and not scripts.form_in(body)
    if few or all(lexicon.in_list("labels", word) for word in words):
        return None
    return start, end


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch by its signs; else a person and a title that share a line without any."""
    marks = [m.span() for m in _CUTS.finditer(text, start, end)]
    places = [start, *(place for mark in marks for place in mark), end]
    spans = [t for a, b in zip(places[::2], places[1::2], strict=True) if (t := _trim(text, a, b))]
    if len(spans) == 1:
        middle = _between_name_and_title(text[start:end])
        if middle:
            return [(start, start + middle), (start + middle, end)]
    return spans or [(start, end)]


def _between_name_and_title(text: str) -> int:
    """Where the second of two begins that share a line: "Ana Pérez Directora", "部長 山田 太郎"; 0 for none."""
    if scripts.is_cjk(text):
        return _between_cjk(text)
    words = list(re.finditer(r"\S+", text))
    first = words[0].group() if words else ""
    if len(words) < 3 or not lexicon.given(first) or lexicon.in_list("titles-weak", first):
        return 0
    for word in words[2:]:
        name = word.group()
        if lexicon.in_list("titles", name) and not lexicon.surname(name) and not lexicon.credential(name):
            return _first_of_title(words, word)
    return 0


def _first_of_title(words: Sequence[re.Match[str]], strong: re.Match[str]) -> int:
    """Where the title starts that a strong word belongs to: "Kylie Mitchell | Real Estate Agent"."""
    place = words.index(strong)
    while place > 2 and lexicon.in_list("titles-weak", words[place - 1].group()):
        place -= 1
    return words[place].start()


def _between_cjk(text: str) -> int:
    title = scripts.title_in(text)
    if not title:
        return 0
    start = text.index(title)
    end = start + len(title)
    before, after = text[:start], text[end:]
    if not after.strip() and before.endswith((" ", "　")) and _may_be_name(before):
        return start
    if scripts.title_in(after):
        return 0
    last = text.rfind(" ", 0, end)
    if _may_be_name(after):
        return end
    if not after.strip() and last > 0 and _may_be_name(text[:last]):
        return last
    return 0


def _may_be_name(text: str) -> bool:
    name = re.sub(r"\s", "", text)
    return 2 <= len(name) <= 6 and scripts.only_cjk(name) and bool(scripts.family_of(name))


def _piece(lines: Sequence[Line], index: int, text: str, start: int, end: int, bits: int) -> Piece | None:
    body = _mended(_LONE_SIGN.sub("", re.sub(r"\s+", " ", spaced.drawn_together(text[start:end]))))
    if sum(sign.isalnum() for sign in body) < 2 and not scripts.form_in(body):
        return None
    if not any(map(str.isalnum, body)):
        return None
    line, whole = lines[index], max(1, len(text))
    box = line.box
    if not line.vertical and end - start < whole:
        box = Box(
            box.left + box.width * start // whole, box.top, max(1, box.width * (end - start) // whole), box.height
        )
    return Piece(body, ((index, start, end),), bits, box, _letter_px(line), *_words(body))


def _mended(text: str) -> str:
    """Digits and capitals read inside words made letters again: "F0under", "1van", "ReaIty", "S.r.I."."""
    for wrong, right in _MISREAD:
        text = wrong.sub(right, text)
    return lexicon.mend_form(" ".join(spaced.parted(lexicon.mended_word(word)) for word in text.split(" ")))


def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = tuple(word for word in text.split() if any(sign.isalnum() for sign in word) or word in "&+")
    return words, tuple(lexicon.fold(word).strip(".,;:()\"'") for word in words)


def _letter_px(line: Line) -> float:
    """The height of letters: the box's, unless a tilt made it taller than the letters' width allows."""
    across, along = (line.box.width, line.box.height) if line.vertical else (line.box.height, line.box.width)
    wide = along / max(1, sum(2 if scripts.CJK.match(sign) else 1 for sign in line.text.strip()))
    return max(4.0, min(float(across), 3.0 * wide))


def retold(piece: Piece, text: str) -> Piece:
    """The same print with its letters put right."""
    words, keys = _words(text)
    return replace(piece, text=text, words=words, keys=keys, breaks=())


def join(upper: Piece, lower: Piece) -> Piece:
    """Two pieces as one, in the given order."""
    box = _around(upper.box, lower.box)
    sign = "" if upper.text.endswith("-") else " "
    text = upper.text.rstrip("-") + sign + lower.text if sign else upper.text + lower.text
    size = max(upper.size_px, lower.size_px)
    words = _words(text)
    count = len(words[0]) - len(lower.words)
    breaks = (*upper.breaks, max(1, count), *(count + each for each in lower.breaks))
    whole, listed = upper.whole and lower.whole, upper.listed or lower.listed
    return Piece(text, upper.claims + lower.claims, upper.bits | lower.bits, box, size, *words, breaks, whole, listed)


def _around(one: Box, two: Box) -> Box:
    left, top = min(one.left, two.left), min(one.top, two.top)
    return Box(left, top, max(one.right, two.right) - left, max(one.bottom, two.bottom) - top)


def stacked(upper: Piece, lower: Piece, *, gap: float = 0.9) -> bool:
    """Whether `lower` is the next print below: a gap of less than `gap` letters, and over or under each other."""
    step = lower.box.top - upper.box.bottom
    tallest = max(upper.size_px, lower.size_px)
    middle = lower.box.top + lower.box.height / 2 > upper.box.bottom - 0.15 * tallest
    return middle and -0.7 * tallest < step < gap * tallest and _shared(upper.box, lower.box) > 0.3


def beside(left: Piece, right: Piece) -> bool:
    """Whether `right` goes on where `left` ends, on the same row."""
    tall = max(left.box.height, right.box.height)
    level = abs((left.box.top + left.box.bottom) - (right.box.top + right.box.bottom)) / 2 < 0.45 * tall
    return level and -0.3 * tall < right.box.left - left.box.right < 1.2 * max(left.size_px, right.size_px)


def diagonal(upper: Piece, lower: Piece) -> bool:
    """Whether two pieces touch or nearly touch as the parts of a drawn name do."""
    tall = max(upper.size_px, lower.size_px)
    down = lower.box.top - upper.box.bottom
    aside = max(upper.box.left, lower.box.left) - min(upper.box.right, lower.box.right)
    return upper.box.top <= lower.box.top and down < 0.5 * tall and aside < 0.5 * tall


def _shared(one: Box, two: Box) -> float:
    """The share of the narrower box's width that both span."""
    both = min(one.right, two.right) - max(one.left, two.left)
    return both / max(1, min(one.width, two.width))


def like_size(one: Piece, two: Piece, *, times: float = 1.35) -> bool:
    return abs(math.log(one.size_px / two.size_px)) < math.log(times)


def unit_px(lines: Sequence[Line]) -> float:
    """The letter height of the card's small print: what two thirds of its lines exceed."""
    sizes = sorted(_letter_px(line) for line in lines) or [20.0]
    return max(4.0, sizes[len(sizes) // 3])


def pairs(pieces: Sequence[Piece], *, logo: bool = False) -> list[Piece]:
    """Unions of two pieces that stand on or beside each other; for a drawn name also those that just touch."""
    found = []
    for one, two in combinations(pieces, 2):
        if one.bits & two.bits or (one.claims[-1][0] == two.claims[0][0]):
            continue
        first, second = (one, two) if (one.box.top, one.box.left) <= (two.box.top, two.box.left) else (two, one)
        if stacked(first, second) or (logo and diagonal(first, second)):
            found.append(join(first, second))
        elif beside(one, two):
            found.append(join(one, two))
        elif beside(two, one):
            found.append(join(two, one))
    return found

"""What the contact points left of each line, cut into pieces."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.domain.reading.card import Box, Line
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.roles import shared_lines
from workers.extraction.fields.roles.piece import Piece, letter_px, worded
from workers.extraction.fields.words import lexicon, scripts, spaced

_EDGES = " \t|·ㆍ•●▪■◆♦,;:/\\–—_-~*>«»<=" + "　＊｜／："
_CUTS = re.compile(
    r"\s*[|·ㆍ•●▪■｜]\s*|\s+[/–—-]\s+|\s*[,;，、]\s+|\s{3,}|\s*／\s*"
    r"|\s+(?=(?:NMLS|DRE|CalBRE|BRE|Lic(?:en[cs]e)?|CRECI|OAB|CREA|CRM|CRO|CAU|C[eé]d)\b\.?[^\w\n]{0,3}(?:N[o°º.]{1,2}|Prof|ID)?[^\w\n]{0,3}\d)"
)
_REGISTERED = re.compile(
    r"\s+(?=(?:Reg|HRB|HRA|RCS|KvK|KRS|NIP|REGON|CNPJ|CIF|NIF|NIPC|SIREN|SIRET|CVR|UID|VAT|ABN|ACN)\b[^\w\n]{0,3}(?:N[o°º.]{1,2})?[^\w\n]{0,3}\d)"
)
"""Where the number begins under which a company is registered."""
_LONE_SIGN = re.compile(r"^[^\w(（㈜㈲&¿¡\"“'®]+|[^\w.)㈜㈲!?&\"”'®™ªº]+$")


_ICON_CJK = re.compile(
    f"(?:[回口日田目曰囗]|(?<!\\S)[0-9A-Z@&](?=\\s+[{scripts.HAN_RANGE}]{{4}}))\\s+(?=[{scripts.HAN_RANGE}]{{3}})"
)
"""A small picture before print in Han, read as a letter."""
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
    # ㈜, which the network's alphabet lacks, at either end of a company; few words begin or end so (뿌리, 다람쥐, 해줘).
    (
        re.compile(
            r"^(?:[줘쥐](?![포라])|뿌(?![리듯]))(?=\s?[가-힣]{3})|(?<=[가-힣]{3})(?:(?<![해와려])줘|(?<!다람)쥐)$"
        ),
        "㈜",
    ),
    (re.compile(r"^\(? ?주\) ?(?=[가-힣]{2})"), "(주)"),
)


def cut(lines: Sequence[Line], taken: Iterable[Candidate[object]]) -> list[Piece]:
    """Whole remainders of lines first, then their parts."""
    wholes: list[Piece] = []
    parts: list[Piece] = []
    bit, taken = 1, list(taken)
    boxes = [each.value.partition("@")[0] for each in taken if isinstance(each.value, str) and "@" in each.value]
    for index, text in enumerate(left_of(lines, taken)):
        for start, end in _stretches(text, lines[index].text):
            spans = _parts(text, start, end, boxes)
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
    said = text[:end].rstrip()
    named = re.search(r"([^\W\d_]+):$", said)  # "Andy: 07700 900812" says whose it is
    called = named and lexicon.given(named[1]) == 1.0 and not lexicon.in_any_role(named[1])
    return end < len(text) and said.endswith((":", "：")) and not called


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    if icon := _ICON_CJK.match(text, start, end):
        start = icon.end()
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    body = text[start:end]
    words = [word for word in re.split(r"[\s:]+", body) if word]
    if _says_little(body) or all(lexicon.in_list("labels", word) for word in words):
        return None
    return start, end


def _says_little(body: str) -> bool:
    """Whether there is a single letter at most, and it is no legal form's: ㈜, the "j." of "sp. j."."""
    return sum(sign.isalnum() for sign in body) < 2 and not scripts.form_in(body) and not lexicon.ends_form(body)


def _parts(text: str, start: int, end: int, boxes: Sequence[str]) -> list[tuple[int, int]]:
    """The parts of a stretch by its signs; else a person and a title that share a line without any."""
    marks = [m.span() for m in _CUTS.finditer(text, start, end)] or _behind_firm(text, start, end)
    marks = sorted([*marks, *shared_lines.tight_signs(text, start, end)])
    places = [start, *(place for mark in marks for place in mark), end]
    spans = [t for a, b in zip(places[::2], places[1::2], strict=True) if (t := _trim(text, a, b))]
    if len(spans) == 1 and (middle := shared_lines.between(text[start:end], boxes)):
        bar = re.match(r"\s*[Il1]\s+(?=[A-ZÀ-Þ])", text[start + middle : end])
        return [(start, start + middle), (start + middle + (bar.end() if bar else 0), end)]
    return spans or [(start, end)]


def _behind_firm(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a registration follows a company with its form: "Cèdre Sàrl Reg. 109923/19", not "Gas Safe Reg. 518224"."""
    found = _REGISTERED.search(text, start, end)
    return [found.span()] if found and lexicon.legal_form(text[start : found.start()]) else []


def _piece(lines: Sequence[Line], index: int, text: str, start: int, end: int, bits: int) -> Piece | None:
    body = _mended(_LONE_SIGN.sub("", re.sub(r"\s+", " ", spaced.drawn_together(text[start:end]))))
    if _says_little(body):
        return None
    if not any(map(str.isalnum, body)):
        return None
    line, whole = lines[index], max(1, len(text))
    box = line.box
    if not line.vertical and end - start < whole:
        box = Box(
            box.left + box.width * start // whole, box.top, max(1, box.width * (end - start) // whole), box.height
        )
    return Piece(body, ((index, start, end),), bits, box, letter_px(line), *worded(body))


def _mended(text: str) -> str:
    """Digits and capitals read inside words made letters again: "F0under", "1van", "ReaIty", "S.r.I."."""
    for wrong, right in _MISREAD:
        text = wrong.sub(right, text)
    return lexicon.mend_form(" ".join(spaced.parted(lexicon.mended_word(_ended(word))) for word in text.split(" ")))


def _ended(word: str) -> str:
    """A name whose last l was read as 1: "Ani1"."""
    better = word[:-1] + "l"
    known = word.endswith("1") and word[:-1].isalpha() and (lexicon.given(better) or lexicon.surname(better))
    return better if known else word


def unit_px(lines: Sequence[Line]) -> float:
    """The letter height of the card's small print: what two thirds of its lines exceed."""
    sizes = sorted(letter_px(line) for line in lines) or [20.0]
    return max(4.0, sizes[len(sizes) // 3])

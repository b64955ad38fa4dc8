"""Labels of numbers: what "Tel.", "M", "Handy" or "携帯" before or after a number says of it."""

import re
from functools import cache

from workers.extraction.fields.words.glyphs import plain
from workers.extraction.fields.words.listed import rows

_JOINED = re.compile(r"^[\s./&,+|()・-]*(?:y|e|et|und|and|o|or|ou)?[\s./&,+|()・-]*$")
_PICTURES = {"📱": "mobile", "📠": "fax", "🖷": "fax", "〒": "none"}


@cache
def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for row in rows("phone_labels"):
        kind, _, words = row.partition(" ")
        for word in words.split(";"):
            kinds.setdefault(word, kind)
    return {**kinds, **_PICTURES}


@cache
def labels_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """The labels of a piece of text as (kind, start, end), the longest at each place."""
    found: list[tuple[str, int, int]] = []
    for match in re.finditer(r"[^\W\d_]+|[☎✆📞℡☏📱📠🖷〒]", text):
        if found and match.start() < found[-1][2]:
            continue
        longest = None if match.group() in "ºª" else _longest(text, match.start())
        if longest:
            found.append(longest)
    return tuple(found)


def _longest(text: str, start: int) -> tuple[str, int, int] | None:
    words = list(re.finditer(r"[^\W\d_]+|[☎✆📞℡☏📱📠🖷〒]", text[start : start + 40]))[:3]
    for count in range(len(words), 0, -1):
        end = start + words[count - 1].end()
        kind = _kinds().get(plain(text[start:end]))
        if kind and not _part_of_word(text, start, end):
            return kind, start, end
    return _behind_icon(text, words[0], start) if words else None


def _behind_icon(text: str, word: re.Match[str], start: int) -> tuple[str, int, int] | None:
    """A label letter to which an icon was read as well: "eF:", "RF."."""
    if len(word.group()) == 2 and word.group()[1] in "TMF" and re.match(r"[.:]", text[start + 2 :]):
        return _kinds()[word.group()[1].lower()], start, start + 2
    return None


def _part_of_word(text: str, start: int, end: int) -> bool:
    """A single letter that stands inside other print ("C/ Mayor", "R. Oliveira", "M&A") is no label."""
    if end - start > 1 or not text[start].isascii():
        return False
    before, after = text[:start], text[end:]
    return bool(
        re.search(r"[\w&']$", before)
        or after.startswith(",")
        or (re.match(r"(?:\.|[&'/]?\s?)[^\W\d_]{2}", after) and not re.match(r"\s?/\s?[A-Za-z]{1,3}\b", after))
    )


def kind_before(text: str) -> tuple[str, int]:
    """The kind of the label nearest to the end of `text`, and where it begins; ("", len) without one.

    "Tel/Fax" is one label and says work; "Cel/WhatsApp" says mobile.
    """
    labels = labels_in(text)
    if not labels:
        return "", len(text)
    kind, start, end = labels[-1]
    if len(re.sub(r"[\W_]", "", text[end:])) > 8 or re.search(
        r"\d", text[end:]
    ):  # words stand between: the label is about something else
        return "", len(text)
    together = {kind}
    for other, first, last in reversed(labels[:-1]):
        if not _JOINED.match(text[last:start]) or other == "more":
            break
        if other == "none":  # "CIF: B": the letter belongs to the id
            return "none", first
        together.add(other)
        start = first
    return _together(kind, together), start


def kind_after(text: str) -> tuple[str, int]:
    """The kind of a label that follows a number at once, and where it ends; ("", 0) without one."""
    for kind, start, end in labels_in(text)[:1]:
        if not re.sub(r"[\s(.:/|,-]", "", text[:start]) and kind not in ("more", "none"):
            return kind, end + (1 if text[end : end + 1] == ")" else 0)
    return "", 0


def _together(last: str, kinds: set[str]) -> str:
    if last in ("none", "more"):
        return last
    if "fax" in kinds and kinds & {"any", "work"}:
        return "work"
    for kind in ("mobile", "home", "work", "fax"):
        if kind in kinds:
            return kind
    return last


def without_labels(text: str) -> str:
    """What a text says beside its labels."""
    for _, start, end in labels_in(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text

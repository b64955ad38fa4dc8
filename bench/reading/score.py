"""Judges read cards against the truth, field by field, and what the reader said of its own doubts.

A card's fields are judged so: mails and sites exactly (a site without scheme, `www.` and last slash); numbers by E.164,
or by their digits where either side has none; names exactly but for case and honorifics; organisations and titles at an
edit similarity of 0.92 without punctuation, accents or not; addresses at a token similarity of 0.85, or, in Japanese
and Chinese, which set no blanks, at an edit similarity of 0.92 without them. A value that the truth does not have is an
invention and counts against precision.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from bench.invented.content import Truth

FIELDS = ("name", "org", "title", "emails", "phones", "urls", "address")
CONTACT = frozenset({"name", "emails", "phones"})
WHOLE = CONTACT | {"org", "title"}

OTHERS = {"name": "other_names", "org": "other_orgs", "title": "other_titles", "address": "other_addresses"}
"""Further values that are as right: a name in a second script, another office. What a truth names under `free_` and
the field's name (a profile's address, that some would call a site) counts neither for nor against."""

HONORIFIC = re.compile(
    r"(?i)^(mr|mrs|ms|dr|dra|drs|prof|profa|sr|sra|sir|rev|capt|d|dña|ing|lic|arq|arch|abg|mtro|c\.?p|eng|engª|avv|geom|rag"
    r"|dott|dottssa|dipl-ing|dipl-kfm|mag|med|jur|me|m|mme|pr|maître|ir|mgr|inż|phd|mba|esq)$"
)


def squashed(text: str) -> str:
    return " ".join(text.split()).casefold()


def bare_name(text: str) -> str:
    """Without honorifics, dots and what follows a comma."""
    words = squashed(text).replace(",", " ").split()
    return " ".join(word for word in words if not HONORIFIC.match(re.sub(r"[.ª]", "", word)))


def bare_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", squashed(text)))


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def bare_url(text: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", squashed(text).replace(" ", "")).rstrip("/")


def like(one: str, other: str) -> bool:
    one, other = bare_words(one), bare_words(other)
    return max(fuzz.ratio(one, other), fuzz.ratio(without_accents(one), without_accents(other))) >= 92


def same_without_blanks(truth: str, got: str) -> bool:
    """Japanese and Chinese set no blanks inside an address, and `〒` belongs to it as little as a label does."""
    one, other = (re.sub(r"[\W_]", "", squashed(text)) for text in (truth, got))
    return bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", one)) and fuzz.ratio(one, other) >= 92


def same_number(truth: Truth, got: Truth) -> bool:
    if truth.get("e164") and got.get("e164"):
        return bool(truth["e164"] == got["e164"])
    one, other = (re.sub(r"\D", "", each.get("e164") or each.get("raw") or "").lstrip("0") for each in (truth, got))
    short, long = sorted((one, other), key=len)
    return len(short) >= 6 and long.endswith(short) and len(long) - len(short) <= 4


def agrees(kind: str, truth: Any, got: Any) -> bool:
    match kind:
        case "emails":
            return squashed(truth) == squashed(got)
        case "urls":
            return bare_url(truth) == bare_url(got)
        case "phones":
            return same_number(truth, got)
        case "name":
            return bare_name(truth) == bare_name(got)
        case "address":
            return fuzz.token_sort_ratio(bare_words(truth), bare_words(got)) >= 85 or same_without_blanks(truth, got)
        case _:
            return like(truth, got)


def values(card: Truth, kind: str) -> list[Any]:
    found = card.get(kind) or []
    return [found] if isinstance(found, str) else list(found)


@dataclass(frozen=True, slots=True)
class Judged:
    """One kind of field of one card: which of the values read were right, and what was missed."""

    right: tuple[tuple[Any, Any], ...]
    missed: tuple[Any, ...]
    invented: tuple[Any, ...]
    right_places: frozenset[int]
    free_places: frozenset[int] = frozenset()
    """Of the values read: those that count neither way."""


def judge(truth: Truth, got: Truth, kind: str) -> Judged:
    left = list(enumerate(values(got, kind)))
    right, missed, places = [], [], set()
    for wanted in values(truth, kind):
        also = [wanted, *truth.get(OTHERS.get(kind, ""), [])]
        hit = next(((at, each) for at, each in left if any(agrees(kind, one, each) for one in also)), None)
        if hit is None:
            missed.append(wanted)
        else:
            left.remove(hit)
            places.add(hit[0])
            right.append((wanted, hit[1]))
    allowed = truth.get(f"free_{kind}", [])
    free = frozenset(at for at, each in left if any(agrees(kind, one, each) for one in allowed))
    extra = tuple(each for at, each in left if at not in free)
    return Judged(tuple(right), tuple(missed), extra, frozenset(places), free)


@dataclass(slots=True)
class Tally:
    """The count over many cards."""

    cards: int = 0
    contact: int = 0
    whole: int = 0
    photos: int = 0
    count_right: int = 0
    typed: int = 0
    type_right: int = 0
    fields: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in FIELDS})
    doubts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in FIELDS})
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    unmatched: list[tuple[str, Truth, Truth]] = field(default_factory=list)
    """Cards that nothing was read of, and readings of no card, with the photo's name."""

    def photo(self, truth: Sequence[Truth], got: Sequence[Truth], *, name: str = "") -> None:
        """One photo: the cards are paired by what they share."""
        self.photos += 1
        self.count_right += len(truth) == len(got)
        for wanted, read in paired(truth, got):
            self.card(wanted, read, name=name)

    def card(self, truth: Truth, got: Truth, *, name: str = "") -> None:
        wrong = set()
        whole = bool(truth and got)
        if not whole:
            self.unmatched.append((name, truth, got))
        for kind in FIELDS:
            judged = judge(truth, got, kind)
            count = self.fields[kind]
            count["right"] += len(judged.right)
            count["missed"] += len(judged.missed)
            count["invented"] += len(judged.invented)
            if judged.missed or judged.invented:
                wrong.add(kind)
                self.misses.extend([(name, kind, judged.missed, judged.invented)] * whole)
            self.doubted(kind, got, judged)
            if kind == "phones":
                self.types(judged)
        if truth:
            self.cards += 1
            self.contact += not wrong & CONTACT
            self.whole += not wrong & WHOLE

    def types(self, judged: Judged) -> None:
        for wanted, read in judged.right:
            if wanted.get("type"):
                self.typed += 1
                self.type_right += wanted["type"] == read.get("type")

    def doubted(self, kind: str, got: Truth, judged: Judged) -> None:
        """Of the values not in doubt, how many are right; `doubts` has the keys `name`, `phones.1`."""
        for at, _ in enumerate(values(got, kind)):
            if at in judged.free_places:
                continue
            key = (
                f"{kind}.{at}" if kind in ("emails", "phones", "urls") else "addresses.0" if kind == "address" else kind
            )
            doubt = key in got.get("doubts", {})
            self.doubts[kind]["doubted" if doubt else "sure"] += 1
            self.doubts[kind]["sure and right"] += not doubt and at in judged.right_places

    def sureness(self, kind: str = "") -> tuple[float, float]:
        """Of the values of one kind or of all: the share in doubt, and the share of the others that is right."""
        count = self.doubts[kind] if kind else sum(self.doubts.values(), Counter[str]())
        sure = count["sure"]
        return count["doubted"] / max(1, sure + count["doubted"]), count["sure and right"] / max(1, sure)

    def figures(self) -> dict[str, float]:
        every = sum(self.fields.values(), Counter[str]())
        shown = {kind: f1(count) for kind, count in self.fields.items()}
        doubted, sure_right = self.sureness()
        return {
            "all": f1(every),
            **shown,
            "contact": self.contact / max(1, self.cards),
            "whole": self.whole / max(1, self.cards),
            "count": self.count_right / max(1, self.photos),
            "type": self.type_right / max(1, self.typed),
            "doubted": doubted,
            "sure right": sure_right,
        }


def f1(count: Counter[str]) -> float:
    precision = count["right"] / max(1, count["right"] + count["invented"])
    recall = count["right"] / max(1, count["right"] + count["missed"])
    return 2 * precision * recall / max(1e-9, precision + recall)


def paired(truth: Sequence[Truth], got: Sequence[Truth]) -> Iterator[tuple[Truth, Truth]]:
    """Each true card with the read one that shares most with it; the rest with nothing."""
    shares = sorted(
        (
            (sum(len(judge(t, g, kind).right) for kind in FIELDS), -i, -j)
            for i, t in enumerate(truth)
            for j, g in enumerate(got)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, i, j in shares:
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    yield from ((card, got[taken[at]] if at in taken else {}) for at, card in enumerate(truth))
    yield from (({}, card) for at, card in enumerate(got) if at not in taken.values())

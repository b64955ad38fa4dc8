"""Job titles: which pieces may be one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import divisions
from workers.extraction.fields.roles.piece import Piece, beside, join, like_size, stacked
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts

_SMALL = frozenset("de del la las los el y e da das do dos di della delle of the and in for & et des du d l a au aux en und für fur im der die "
                   "am an zu zum al alla per con to at on ds ds. spraw w z til i".split())  # fmt: skip
_LEADING = frozenset(
    "chief vice deputy assistant senior junior general managing executive registered associate principal".split()
)
_YOURS = frozenset(
    "your our you ihr ihre ihren unser unsere tu su sus nuestro nuestra seu sua nosso nossa votre vos notre nos il tuo vostro uw jouw ons din er vor".split()
)
_OWNER_NAMED = re.compile(r"(?:prop(?:rietor)?|owner|inh(?:aber(?:in)?)?|titular)\s*[:.]\s*\w", re.IGNORECASE)
"""The owner's name follows: "Prop: K. Selvaraj"."""
SAYS_NO_NAME = re.compile(
    r"(?:an?|une?)\s.*\b(?:corporation|company|partnership|companies|subsidiary|division|member|firm)\b|each office is |(?:a )?limited liability",
    re.IGNORECASE,
)
"""What a house is in law, and not its name: "A Professional Corporation"."""
_SEAT = re.compile(
    r"(?:member|membre|membro|miembro|mitglied|lid|ledamot)\s(?:of|de|du|do|da|del|des|der|van|av)\s(?:the\s|la\s|el\s|het\s)?\w",
    re.IGNORECASE,
)
"""A seat in a house: "Member of Parliament for Leith"."""
_LICENCE_CJK = re.compile(r"第\d+号|第\d+號|免許|许可证|許可證|제\d+호")
"""A number that an office gave: 東京都知事(3)第12345号 is no governor."""
_NUMBERS = re.compile(r"\d")
_PERMITTED = re.compile(
    r"^(?:licensed|certified|registered|approved|accredited|affiliated|insured|member|dealers?|specialists?|specialized|authori[sz]ed|official|preferred)"
    r"\s+(?:in|by|with|of|to|dealer|partner|reseller|distributor|retailer|stockist|service|cent(?:re|er)|installer|&)\b",
    re.IGNORECASE,
)


def propose(pieces: Sequence[Piece], around: Surroundings) -> list[Candidate[Piece]]:
    """Pieces that may be a title, and two stacked ones of like letters, best first."""
    found = [candidate for piece in pieces if (candidate := weigh(piece, around))]
    unions = (weigh(union, around) for union in _over_two_lines(pieces))
    return sorted([*found, *(u for u in unions if u)], key=lambda c: -c.score)


def _over_two_lines(pieces: Sequence[Piece]) -> list[Piece]:
    small = [p for p in pieces if len(p.words) <= 6 and not lexicon.legal_form(p.text)]
    found = []
    for upper in small:
        for lower in small:
            if upper is lower or upper.bits & lower.bits or not like_size(upper, lower, times=1.35):
                continue
            some = (share(upper) or share(lower)) and not _is_name(upper) and not _is_name(lower)
            both = share(upper) and share(lower)
            if (
                (
                    divisions.opens_department(lower)
                    and lower.keys[0] not in _SMALL
                    and upper.keys[-1:]
                    and upper.keys[-1] not in _SMALL
                )
                or _credentials(upper)
                or _credentials(lower)
            ):
                continue
            if any(lexicon.in_list("slogan-words", key) and not strength(key) for key in lower.keys):
                continue
            if (some and stacked(upper, lower, gap=0.6)) or (both and beside(upper, lower)):
                found.append(join(upper, lower))
    return found


def _credentials(piece: Piece) -> bool:
    """Whether a line holds nothing but what is said after a name: "MBA", "CPA, CFA"."""
    return all(lexicon.credential(word.strip(",")) and not lexicon.in_list("titles", word) for word in piece.words)


def _leads_on(piece: Piece) -> bool:
    """Whether the upper line alone is no whole title: "Chief / Executive Officer", "Business / Development Manager"."""
    upper, lower = piece.keys[: piece.breaks[0]], piece.keys[piece.breaks[0] :]
    bare = all(key in _LEADING or strength(key) == 0.4 or key in _SMALL for key in upper)
    return bare and any(strength(key) == 1.0 for key in lower)


def _goes_on(piece: Piece) -> bool:
    """Whether the break stands at a small word: "Chef / de projet", "Director of / Sales"."""
    return any(
        piece.keys[place - 1] in _SMALL or (place < len(piece.keys) and piece.keys[place] in _SMALL)
        for place in piece.breaks
    )


def _is_name(piece: Piece) -> bool:
    return len(piece.words) >= 2 and not share(piece) and lexicon.given(piece.words[0]) > 0


@lru_cache(maxsize=lexicon.MOST_WORDS)
def strength(word: str) -> float:
    """1 for a word that makes a title by itself, 0.4 for one that belongs to titles, 0 for others."""
    if lexicon.in_list("titles", word):
        return 1.0
    parts = [part for part in re.split(r"[-/.]", word) if len(part) > 2 or (len(part) == 2 and "/" in word)]
    if len(parts) > 1 and any(lexicon.in_list("titles", part) for part in parts):
        return 1.0
    if len(word) >= 9 and _glued(word):
        return 1.0
    gendered = re.match(r"^(\w{4,})(?:/a|/o|\(a\)|\(o\)|/in|:in|\*in|\(in\)|·e)$", word)
    if gendered and lexicon.in_list("titles", gendered[1]):
        return 1.0
    return 0.4 if lexicon.in_list("titles-weak", word) else 0.0


@lru_cache(maxsize=lexicon.MOST_WORDS)
def _glued(word: str) -> bool:
    """Two words of a title read without the space between them: "Agentimmobilier"."""
    for place in range(4, len(word) - 2):
        halves = (word[:place], word[place:])
        strong = sum(lexicon.in_list("titles", half) for half in halves)
        if strong and strong + sum(lexicon.in_list("titles-weak", half) for half in halves) >= 2:
            return True
    return False


def share(piece: Piece) -> float:
    """The share of words that titles are made of."""
    if scripts.is_cjk(piece.text):
        title = scripts.title_in(piece.text)
        return scripts.title_letters(piece.text) / max(1, len(re.sub(r"\s", "", piece.text))) if title else 0.0
    words = [word for word in piece.keys if word not in _SMALL]
    return sum(strength(word) > 0 for word in words) / len(words) if words else 0.0


def weigh(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """The piece as a title with its log-odds, or None where it can be none."""
    if scripts.is_cjk(piece.text):
        return _weigh_cjk(piece, around)
    words = [word for word in piece.keys if word not in _SMALL]
    if not words or len(piece.words) > 10 or "@" in piece.text:
        return None
    strong = sum(strength(word) == 1.0 for word in words)
    weak = sum(strength(word) == 0.4 for word in words)
    score = -1.8 + _by_words(words, strong=strong, weak=weak) + _against(piece, words)
    if piece.rows > 1 and _leads_on(piece):
        score += 0.3
    elif piece.rows > 1:
        score -= 1.1 if not _goes_on(piece) else -2.2
    if piece.keys[-1] in _SMALL and not scripts.is_cjk(piece.text):
        score -= 1.5
    score -= 0.4 * max(0.0, around.size(piece) - 0.7)
    score -= 3.0 * bool(_OWNER_NAMED.match(piece.text))
    score += 1.3 * (_goes_on_after_comma(piece) or _goes_on_after_dash(piece))
    score -= 1.5 * (piece.keys[0] in ("a", "an", "une") and len(piece.keys) > 1)
    score += 4.4 * bool(not strong and _SEAT.match(piece.text))
    dual = strong and all(lexicon.in_list("company-words", word) for word in words if strength(word) == 1.0)
    trade = dual and lexicon.in_list("company-words", words[-1]) and strength(words[-1]) < 1.0
    house = lexicon.in_list("company-words", words[0]) and not strength(words[0]) and around.lang == "it"
    score -= 1.5 * bool(house and len(words) == 2)
    family = len(words) == 1 and strong and lexicon.surname(words[0]) >= 0.9
    score -= 0.8 * bool(dual) + 1.8 * bool(trade) + 1.5 * bool(family)
    kind = (
        "weak"
        if dual
        else "strong"
        if strong
        else "weak"
        if weak == len(words)
        else "unlisted"
        if not weak
        else "mixed"
    )
    return Candidate(piece, frozenset(), score, piece.claims, ("title word",) if strong else (), (), kind)


def _goes_on_after_comma(piece: Piece) -> bool:
    """Whether a comma leads to the field of a title and not to somebody or something else: "Nurse Manager, Oncology"."""
    head, comma, tail = piece.text.partition(", ")
    words = tail.split()
    if not comma or not 1 <= len(words) <= 3 or "," in tail or not all(word.isalpha() for word in words):
        return False
    strong = any(strength(lexicon.fold(word)) == 1.0 for word in head.split())
    other = any(
        (lexicon.in_list("company-words", word) and not word.endswith(("logy", "trics", "tics")))
        or lexicon.credential(word)
        or strength(lexicon.fold(word)) == 1.0
        for word in words
    )
    return strong and not other and not lexicon.given(words[0]) and not lexicon.given(head.split()[0])


def _goes_on_after_dash(piece: Piece) -> bool:
    """Whether a dash leads to the field of a title: "Lead - Business Development (APAC)"."""
    head, dash, tail = re.sub(r"\s*\([^()]*\)$", "", piece.text.replace("–", "-")).partition(" - ")
    field = [lexicon.fold(word) for word in tail.split() if lexicon.fold(word) not in _SMALL and word != "&"]
    weak = bool(field) and all(strength(word) == 0.4 for word in field)
    return bool(dash) and weak and any(strength(lexicon.fold(word)) == 1.0 for word in head.split())


def _by_words(words: Sequence[str], *, strong: int, weak: int) -> float:
    if not strong and not weak:
        return -0.4
    score = 3.0 if strong else 2.2 if weak == len(words) >= 2 else 1.0
    score += 1.6 * (strong + weak) / len(words)
    return score + 0.5 * (strength(words[0]) == 1.0)


def _against(piece: Piece, words: Sequence[str]) -> float:
    score = -2.5 * bool(lexicon.legal_form(piece.text)) - 2.0 * bool(_NUMBERS.search(piece.text))
    score -= 2.0 * piece.listed
    if not piece.whole and all(lexicon.credential(word) for word in piece.words):
        score -= 5.0
    score -= 1.5 * (len(piece.words) > 7)
    score -= 0.7 * min(3, sum(lexicon.in_list("slogan-words", word) and not strength(word) for word in words))
    score -= 0.5 * any(lexicon.in_list("departments", word) for word in words[:1])
    score -= 0.6 * sum(lexicon.in_list("company-words", word) and not strength(word) for word in words)
    if piece.text.rstrip().endswith(("!", "?")):
        score -= 1.0
    score -= 2.5 * any(word in _YOURS for word in words) + 2.5 * bool(_PERMITTED.match(piece.text))
    if _credentials(piece) or SAYS_NO_NAME.match(piece.text):
        score -= 3.0
    first = piece.words[0]
    if lexicon.given(first) and not strength(piece.keys[0]) and len(words) > 1:
        score -= 0.8
    if lexicon.honorific(first) and len(piece.words) > 1 and not strength(piece.keys[0]):
        score -= 1.0
    return score


def _weigh_cjk(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    title = scripts.title_in(piece.text)
    bare = re.sub(r"\s", "", piece.text)
    if not title or len(bare) > 24 or _LICENCE_CJK.search(bare):
        return None
    if scripts.trade_in(bare) and not scripts.ends_as_title(bare):
        return None
    score = 2.0 + 1.2 * scripts.title_letters(bare) / len(bare) + 0.6 * scripts.ends_as_title(bare)
    score -= 2.5 * bool(scripts.form_in(bare) and title != bare) + 0.5 * max(0.0, around.size(piece))
    score -= 1.0 * bool(_NUMBERS.search(bare)) + 0.8 * (piece.rows > 1)
    return Candidate(piece, frozenset(), score, piece.claims, ("title word",), (), "strong")

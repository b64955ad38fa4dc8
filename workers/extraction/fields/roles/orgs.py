"""Organisations: which pieces, or unions of pieces, may be the company's name."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import logos, monograms, shops
from workers.extraction.fields.roles.firms import how_spelled, says_permitted, weigh
from workers.extraction.fields.roles.lost_forms import with_form
from workers.extraction.fields.roles.piece import Piece, join, like_size, pairs, retold
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts

_LOOKALIKES = (
    ("rn", "m"),
    ("1", "i"),
    ("1", "l"),
    ("0", "o"),
    ("5", "s"),
    ("q", "g"),
    ("vv", "w"),
    ("ii", "n"),
    ("i", "l"),
    ("l", "i"),
)
_PROFESSION = re.compile(
    r"(?:certified|chartered|registered|licen[sc]ed|attorneys?|counsel(?:l?ors)?|barristers?|solicitors?)\b.*\w{3}",
    re.IGNORECASE,
)
"""What the partners of a house are: "Certified Public Accountants", "Attorneys at Law"."""
GAIN_BY_DESCRIPTION = 1.2
_SMALL = 0.2
"""Letters hardly larger than the small print, in doublings."""
MOST_PIECES = 14
"""Unions are made of the largest pieces only: their number grows with the square."""


def propose(pieces: Sequence[Piece], around: Surroundings) -> list[Candidate[Piece]]:
    """Pieces and unions of two or three that touch, best first."""
    singles = [
        (piece, weigh(piece, around)) for piece in (spelled_as_site(with_form(each, around), around) for each in pieces)
    ]
    described = logos.descriptions([candidate for _, candidate in singles if candidate])
    singles = _with_descriptions(singles, described)
    able = [
        piece
        for piece, candidate in singles
        if candidate
        and (
            candidate.score > -4.0
            or (
                candidate.score > -6.0
                and (logos.cut_off(piece) or logos.begins_a_site(piece, around) or logos.ends_a_form(piece))
            )
        )
    ]
    able = sorted(able, key=lambda piece: -piece.size_px)[:MOST_PIECES]
    alone = {piece.claims: candidate for piece, candidate in singles if candidate}
    able = [piece for piece in able if piece.whole and not piece.listed]
    twos = pairs(able, logo=True)
    threes = [three for three in pairs([*twos[:12], *able[:6]], logo=True) if three.rows == 3]
    bare = len(pieces) <= 5 and not (around.labels or around.boxes or around.free_boxes)
    unions = [
        candidate for union in (*twos, *threes[:24]) if (candidate := _weigh_union(union, alone, around, bare=bare))
    ]
    alone |= {
        candidate.value.claims: candidate for candidate in shops.named_beside_their_trade(list(alone.values()), pieces)
    }
    unions = [_with_its_trade(_in_the_sites_order(union, alone, around), described) for union in unions]
    eponyms = logos.eponyms([piece for piece in pieces if piece.whole and not piece.listed])
    drawn = monograms.initials([*alone.values(), *unions])
    alone = {at: monograms.less_if_drawn(candidate, drawn) for at, candidate in alone.items()}
    unions = [monograms.less_if_drawn(union, drawn) for union in unions]
    named = [Candidate(piece, frozenset(), 1.6, piece.claims, ("a person's",), (), "eponym") for piece in eponyms]
    return sorted(_native_first([*alone.values(), *unions, *named], around), key=lambda c: -c.score)


def _native_first(found: list[Candidate[Piece]], around: Surroundings) -> list[Candidate[Piece]]:
    """Of a company's name in Han or Hangul and in Latin letters the native one is the main one, if it is as large."""
    latin = max(
        (c for c in found if "legal form" in c.passed and not scripts.is_cjk(c.value.text)), key=_score, default=None
    )
    if latin is None:
        return found
    size = around.size(latin.value)
    return [
        replace(c, score=max(c.score, latin.score + 0.6 + 1.5 * (around.size(c.value) - size)))
        if "legal form" in c.passed and scripts.only_cjk(c.value.text)
        else c
        for c in found
    ]


def _score(candidate: Candidate[Piece]) -> float:
    return candidate.score


def _with_its_trade(union: Candidate[Piece], described: Sequence[logos.Described]) -> Candidate[Piece]:
    """A drawn name goes with its trade where that is short, or set nearly as large: "BORDELLE / AIRLINES"."""
    for name, what in described:
        large = what.value.size_px > 0.6 * name.value.size_px or len(what.value.words) <= 2
        if large and {*name.value.claims, *what.value.claims} <= set(union.value.claims):
            return replace(union, score=union.score + GAIN_BY_DESCRIPTION)
    return union


def _in_the_sites_order(
    union: Candidate[Piece], alone: dict[tuple[tuple[int, int, int], ...], Candidate[Piece]], around: Surroundings
) -> Candidate[Piece]:
    """Two strips up the card turned about where its domain spells them so: DLB and Comunicação at dlbcomunicacao.pt."""
    parts = [alone[(claim,)].value for claim in union.claims]
    if len(parts) != 2 or any(part.box.width >= part.box.height for part in parts):
        return union
    first, second = (lexicon.letters(part.text) for part in parts)
    about = any(second + first in label and first + second not in label for label in around.spellings)
    turned = join(parts[1], parts[0]) if about and min(len(first), len(second)) > 1 else union.value
    return replace(union, value=turned, claims=turned.claims)


Weighed = tuple[Piece, Candidate[Piece] | None]


def _with_descriptions(singles: Sequence[Weighed], described: Sequence[logos.Described]) -> list[Weighed]:
    """A name gains by what is said of it beside it, which loses as a name of its own."""
    named = {name.value.claims for name, _ in described}
    said = {what.value.claims for _, what in described if not what.kind}
    gain = {**dict.fromkeys(said, -1.2), **dict.fromkeys(named, GAIN_BY_DESCRIPTION)}
    return [
        (piece, replace(candidate, score=candidate.score + gain.get(piece.claims, 0.0)) if candidate else None)
        for piece, candidate in singles
    ]


def spelled_as_site(piece: Piece, around: Surroundings) -> Piece:
    """Words whose misread letters the card's own domain puts right: "Urnbral" at umbral.com."""
    text = _without_monogram(piece.words, around)
    for word in piece.words:
        key = lexicon.letters(word)
        for wrong, right in _LOOKALIKES:
            better = key.replace(wrong, right)
            if (
                wrong in key
                and len(key) >= 4
                and any(better in label and key not in label for label in around.spellings)
            ):
                text = text.replace(word, _like(word, better))
                break
    return piece if text == piece.text else retold(piece, text)


def _without_monogram(words: tuple[str, ...], around: Surroundings) -> str:
    """The words less a drawn initial, or a sign taken for one, that was read along with them: "K Kaom"."""
    if len(words) < 2 or len(words[0]) > 2 or words[0] in logos.CONNECTORS:
        return " ".join(words)
    twice = len(words[0]) == 1 and words[1].startswith(words[0]) and len(words[1]) > 2
    spelled = around.company(words[1:]) >= 0.9 and around.company(words[:1]) <= 0.7
    foreign = spelled and not any(label.startswith(lexicon.letters(words[0])) for label in around.spellings)
    return " ".join(words[1:] if twice or foreign else words)


def _like(word: str, better: str) -> str:
    return better.upper() if word.isupper() else better.capitalize() if word[:1].isupper() else better


def _even_sizes(parts: Sequence[Candidate[Piece]]) -> bool:
    return all(like_size(parts[0].value, part.value, times=1.5) for part in parts)


def _apart(union: Piece, parts: Sequence[Candidate[Piece]], around: Surroundings) -> bool:
    """Whether parts that touch are no one name: a monogram, two trades, a name and its tagline, one in two languages."""
    if any(says_permitted(part.value) for part in parts):
        return True
    if _PROFESSION.match(parts[-1].value.text) and not logos.generic(parts[0].value) and len(parts) == 2:
        return True
    closed = any(
        lexicon.legal_form(part.value.text) and not logos.is_form(part.value) and not logos.goes_on(parts[at + 1].value)
        for at, part in enumerate(parts[:-1])
    )
    formed = logos.is_form(parts[-1].value)
    persons = [part.value for part in parts if len(part.value.words) == 2 and lexicon.honorific(part.value.words[0])]
    said = any(one.keys[0] not in lexicon.PARTICLES and lexicon.given(one.words[1]) for one in persons)
    if said and not any(around.company(part.value.words) >= 0.8 for part in parts):
        return True
    generic = closed or (not formed and not _even_sizes(parts) and all(logos.generic(part.value) for part in parts))
    small = len(parts) > 2 and not all(logos.capitals(part.value) for part in parts)
    drawn = any(monograms.monogram(part.value, union, around) for part in parts)
    return generic or small or drawn or logos.tagline(parts, around) or logos.said_twice(parts)


def _on_offer(union: Piece, parts: Sequence[Candidate[Piece]], around: Surroundings) -> bool:
    """Whether lines in small print, which no domain spells, are one thing on offer under the other."""
    if around.size(union) > _SMALL or how_spelled(union, around) or lexicon.legal_form(union.text):
        return False
    said = ("trade word" in part.passed or any(map(_sells, part.value.keys)) for part in parts)
    return len(parts) > 2 or all(said)


def _sells(word: str) -> bool:
    return lexicon.in_list("slogan-words", word)


def _weigh_union(
    union: Piece,
    alone: dict[tuple[tuple[int, int, int], ...], Candidate[Piece]],
    around: Surroundings,
    *,
    bare: bool,
) -> Candidate[Piece] | None:
    """A union has to say more than its best part: spell the domain better, or be a drawn name over its trade.

    On a `bare` side, with nothing but a logo, all of it is the name.
    """
    candidate = weigh(union, around)
    if candidate is None or len(union.words) > 8:
        return None
    parts = [part for claim in union.claims if (part := alone.get((claim,)))]
    if len(parts) < len(union.claims):
        return None
    better = how_spelled(union, around) - max(how_spelled(part.value, around) for part in parts)
    if _apart(union, parts, around) or _on_offer(union, parts, around):
        return None
    best = max(part.score for part in parts)
    even = _even_sizes(parts)
    logo = bare and all(logos.of_logo(part.value, union) for part in parts)
    even, completes = even or logo, logos.completes(parts) or logo
    penalty = -0.4 if completes else 0.9 if even else 1.6
    score = candidate.score - penalty * (union.rows - 1) + 3.0 * max(0.0, better)
    if better <= 0 and not even and not completes:
        score = min(score, best - 0.3)
    goes_on = union.rows == 2 and parts[-1].value.words[0].lower() in logos.CONNECTORS
    score += 1.0 * (goes_on and completes and around.size(union) > 0.3)
    score += 1.8 * logos.trade_over_name(parts, around)
    if even and not better and logos.one_name_set_twice(parts):
        score += penalty + 0.4
    if (logos.is_form(parts[-1].value) and union.rows == 2) or logos.form_over_the_break(union, parts):
        score = max(score, best + 0.6)
    if logos.owner_below(parts):
        score = max(score, best + 0.6)
    if completes and union.rows == 2 and logos.broken(parts) and best > -1.2:
        score = max(score, best + 0.5)
    passed = (*candidate.passed, "union")
    return Candidate(union, frozenset(), score, union.claims, passed, (), candidate.kind)

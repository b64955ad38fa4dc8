"""Organisations: which pieces, or unions of pieces, may be the company's name."""

import re
from collections.abc import Sequence

from workers.extraction.fields import lexicon, logos, scripts, titles
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.pieces import Piece, like_size, pairs, retold
from workers.extraction.fields.surroundings import Surroundings

_SENTENCE = re.compile(r"[!?…]|\.\s*$|[,;].*[,;]|^[\"“'‘«].*[\"”'’»]$")
_HOST = re.compile(
    r"\w{3}\.\s?(?:com|net|org|info|biz|es|mx|ar|co|cl|pe|br|pt|fr|de|it|uk|jp|kr|cn|nl|be|ch|at|eu|se|pl|in)\b",
    re.IGNORECASE,
)
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
_ACTION = re.compile(
    r"([^\W\d_]+(?:ção|ções|ción|ciones|tion|tions|ung|ungen|zione|zioni|agem|aje|age)) (?:de|do|da|dos|des|du|di|del|of|von|d['’])",
    re.IGNORECASE,
)
"""What is done for a customer: "Criação de", "Réparation de"."""
_REGISTERED = re.compile(
    r"(?:OAB|CRM|CRO|CREA|CRECI|CRC|CRP|CAU|CNPJ|CPF|CUIT|RUC|NIT|RFC|GST(?:IN)?|NMLS|ABN|ACN|(?:Cal)?DRE|CCB|ROC|Lic(?:en[cs]e)?|Reg|Mat|Badge)\b.*\d",
    re.IGNORECASE,
)
"""A number under which somebody is registered."""
_NATIVE_ORDER = re.compile(r"^[A-Z][a-z]+(?:-[a-z]+)? [A-Z]{2,}$")
"""How a Latin name is set in East Asia and France: "Taeyoung CHO"."""

MOST_PIECES = 14
"""Unions are made of the largest pieces only: their number grows with the square."""


def propose(pieces: Sequence[Piece], around: Surroundings) -> list[Candidate[Piece]]:
    """Pieces and unions of two or three that touch, best first."""
    singles = [(piece, weigh(piece, around)) for piece in (spelled_as_site(each, around) for each in pieces)]
    able = [piece for piece, candidate in singles if candidate and candidate.score > -4.0]
    able = sorted(able, key=lambda piece: -piece.size_px)[:MOST_PIECES]
    alone = {piece.claims: candidate for piece, candidate in singles if candidate}
    able = [piece for piece in able if piece.whole and not piece.listed]
    twos = pairs(able, logo=True)
    threes = [three for three in pairs([*twos[:12], *able[:6]], logo=True) if three.rows == 3]
    bare = len(pieces) <= 5 and not (around.labels or around.boxes or around.free_boxes)
    unions = [
        candidate for union in (*twos, *threes[:24]) if (candidate := _weigh_union(union, alone, around, bare=bare))
    ]
    eponyms = logos.eponyms([piece for piece in pieces if piece.whole and not piece.listed])
    named = [Candidate(piece, frozenset(), 1.6, piece.claims, ("a person's",), (), "eponym") for piece in eponyms]
    return sorted([*alone.values(), *unions, *named], key=lambda c: -c.score)


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


def weigh(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """The piece as a company with its log-odds, or None where it can be none."""
    if len(piece.words) > 12 or "@" in piece.text:
        return None
    if logos.is_form(piece):
        return Candidate(piece, frozenset(), -2.2, piece.claims, ("legal form",))
    if sum(map(str.isalpha, piece.text)) < 2 and not scripts.form_in(piece.text):
        return _number(piece, around)
    passed: list[str] = []
    score = -2.0 + 1.2 * around.size(piece)
    spelled = _spelled(piece, around)
    if spelled:
        score += 3.4 * spelled
        passed.append("domain" if spelled >= 0.8 else "domain nearly")
    score -= 2.0 * (piece.listed and spelled < 0.8) + 4.0 * bool(_REGISTERED.match(piece.text))
    if around.size(piece) < 0.1 and not spelled and not lexicon.legal_form(piece.text):
        score -= 0.9
    score += _weigh_cjk(piece, passed) if scripts.is_cjk(piece.text) else _weigh_latin(piece, around, passed)
    return Candidate(piece, frozenset(), score, piece.claims, tuple(passed), (), "spelled" if spelled else "")


def _number(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """A short number in large print may be part of a drawn name: "1000", "24"."""
    small = around.size(piece) < 0.4 and piece.size_px < 0.12 * around.height
    if len(piece.text) > 4 or not piece.text.isalnum() or small:
        return None
    return Candidate(piece, frozenset(), -3.5, piece.claims, (), (), "")


def _spelled(piece: Piece, around: Surroundings) -> float:
    """How well the card's domains spell it, with its legal form ("& Partners") or without."""
    return max(around.company(_company_words(piece)), around.company(piece.words))


def _company_words(piece: Piece) -> tuple[str, ...]:
    """The words without the legal form, which no domain spells; with it where nothing else is left."""
    form = lexicon.legal_form(piece.text)
    bare = piece.text[: piece.text.rfind(form)].split() if form else list(piece.words)
    words = tuple(word for word in bare if any(map(str.isalnum, word)))
    return words or piece.words


def _weigh_latin(piece: Piece, around: Surroundings, passed: list[str]) -> float:
    keys = [key for key in piece.keys if key]
    score = 0.0
    if lexicon.legal_form(piece.text) or piece.text.startswith(("M/s", "M/S")):
        score += 3.2
        passed.append("legal form")
    trades = sum(lexicon.in_list("company-words", key) for key in keys)
    if trades:
        score += 1.6 + 0.2 * min(2, trades - 1)
        passed.append("trade word")
    if trades and logos.generic(piece):
        score -= 1.0 if piece.whole else 2.2
    if len(lexicon.letters(piece.text)) <= 3 and not around.company(piece.words):
        score -= 1.5
    return score + _shape(piece, keys) + _other_roles(piece, keys, around)


def _shape(piece: Piece, keys: Sequence[str]) -> float:
    score = 0.5 if len(keys) <= 6 else -2.0
    slogan = sum(lexicon.in_list("slogan-words", key) and not lexicon.in_list("company-words", key) for key in keys)
    score -= 0.9 * min(4, slogan)
    if _SENTENCE.search(piece.text) and not lexicon.legal_form(piece.text):
        score -= 1.2
    if piece.text[:1].islower() and len(keys) > 1:
        score -= 0.6
    if piece.words[0].lower() in logos.CONNECTORS or piece.words[-1].lower() in logos.CONNECTORS:
        score -= 1.5
    digits = sum(map(str.isdigit, piece.text))
    action = _ACTION.match(piece.text)
    score -= 1.0 * bool(action and not lexicon.in_list("company-words", action[1]))
    score -= 1.5 if digits > sum(map(str.isalpha, piece.text)) else 0.3 if digits else 0.0
    score += 0.3 if piece.text.isupper() else 0.0
    score += 0.8 * _invented(piece)
    if piece.text[:1].isupper() and len(keys) > 1 and not logos.capitals(piece) and not lexicon.legal_form(piece.text):
        score -= 0.6
    return score - (0.8 if any(lexicon.in_list("labels", key) for key in keys) else 0.0) - _many_things(piece)


def _invented(piece: Piece) -> bool:
    """One or two capitalised words that no list knows: what brands are made of."""
    words = [word for word in piece.words if word.lower() not in logos.CONNECTORS]
    if len(words) not in (1, 2) or not all(word[:1].isupper() and word.isalpha() and len(word) > 3 for word in words):
        return False
    return not any(lexicon.spelled_in_lists(word) or lexicon.in_any_role(word) for word in words)


def _many_things(piece: Piece) -> float:
    """A list of services: several commas, or "a, b and c"."""
    commas = piece.text.count(",") + len(re.findall(r"[·•|/]", piece.text))
    return 0.0 if not commas or lexicon.legal_form(piece.text) else 0.5 * commas


def _other_roles(piece: Piece, keys: Sequence[str], around: Surroundings) -> float:
    form = bool(lexicon.legal_form(piece.text))
    score = 0.0
    strong = sum(titles.strength(key) == 1.0 and not lexicon.in_list("company-words", key) for key in keys)
    if strong and not form:
        score -= 1.6
    if lexicon.given(piece.words[0]) and 2 <= len(keys) <= 4 and not form:
        family = max(lexicon.surname(key) for key in keys[1:])
        trade = any(lexicon.in_list("company-words", key) for key in keys)
        score -= (0.7 + 0.7 * family) * (0.4 if trade else 1.0)
    if lexicon.honorific(piece.words[0]) and len(keys) > 1:
        score -= 1.2
    if all(lexicon.credential(word.strip(",")) for word in piece.words) and around.company(piece.words) < 0.8:
        score -= 2.0
    if _NATIVE_ORDER.match(piece.text):
        score -= 1.5
    score -= 2.5 * bool(not form and around.owner(piece.words) and lexicon.given(piece.words[0]))
    if around.person(piece.words) >= 0.85 and not form and (len(keys) == 1 or lexicon.given(piece.words[0])):
        score -= 2.0 if len(keys) > 1 else 1.0
    if (
        keys
        and not form
        and all(titles.strength(key) == 0.4 or key in lexicon.PARTICLES or len(key) < 2 for key in keys)
    ):
        score -= 0.8
    score -= 3.0 * bool(_HOST.search(piece.text))
    if titles.opens_department(piece) and not form:
        score -= 1.5
    return score


def _weigh_cjk(piece: Piece, passed: list[str]) -> float:
    text = piece.text
    score = 0.6
    if scripts.form_in(text):
        score += 3.6
        passed.append("legal form")
    elif scripts.trade_in(text):
        score += 1.6
        passed.append("trade word")
    if scripts.ends_as_title(text) and not scripts.form_in(text):
        score -= 2.0
    if re.search(r"[,、，·・|｜/]", text) and not scripts.form_in(text):
        score -= 1.2
    bare = re.sub(r"\s", "", text)
    score += 0.8 if len(bare) <= 4 and not scripts.title_in(bare) else 0.0
    score -= 1.0 if len(bare) in (3, 4) and scripts.family_of(bare) and not scripts.trade_in(bare) else 0.0
    score -= 2.2 if scripts.is_department(text) else 0.0
    return score - (1.5 if len(bare) > 20 else 0.0)


def _even_sizes(parts: Sequence[Candidate[Piece]]) -> bool:
    return all(like_size(parts[0].value, part.value, times=1.5) for part in parts)


def _apart(union: Piece, parts: Sequence[Candidate[Piece]], around: Surroundings) -> bool:
    """Whether parts that touch are no one name: a monogram, two trades, a name and its tagline, one in two languages."""
    generic = not _even_sizes(parts) and all(logos.generic(part.value) for part in parts)
    small = len(parts) > 2 and not all(logos.capitals(part.value) for part in parts)
    drawn = any(logos.monogram(part.value, union, around) for part in parts)
    return generic or small or drawn or logos.tagline(parts, around) or logos.said_twice(parts)


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
    better = _spelled(union, around) - max(_spelled(part.value, around) for part in parts)
    if _apart(union, parts, around):
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
    if logos.is_form(parts[-1].value) and union.rows == 2:
        score = max(score, best + 0.6)
    passed = (*candidate.passed, "union")
    return Candidate(union, frozenset(), score, union.claims, passed, (), candidate.kind)

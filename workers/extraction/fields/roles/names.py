"""People's names: which pieces may be one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import firms, logos
from workers.extraction.fields.roles.naming import IN_BRACKETS, SUFFIXES, Parsed, couple, led, parse
from workers.extraction.fields.roles.piece import Piece, beside, join, like_size, stacked
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts

_BAD_SIGNS = re.compile(r"[@/\\|+*=%$€£#!?:;<>\[\]{}_\d&]")

_SENTENCE_CJK = re.compile(
    f"[{scripts.HAN_RANGE}][とのをはがでにもへ][{scripts.HAN_RANGE}]|[るすたい]$|曜|休|時間|営業|周[一二三四五六日]|星期"
)
_LABEL_CJK = re.compile(
    "(?:電話|电话|携帯|携帶|手机|手機|传真|傳真|直通|代表電話|邮箱|邮件|網址|网址|地址|住所|전화|팩스|휴대폰|이메일|주소|홈페이지)+$"
)
_GERMANIC, _ROMANCE = (
    frozenset("van von der den ter ten vom zu zur av af".split()),
    frozenset("de da do dos di del".split()),
)
_CALLED = frozenset("don dona seu tio tia chez".split())
"""What stands before a given name inside a shop's name: "Minimarket Don Lucho"."""
_ARTICLES = frozenset("the los las les die het gli".split())
"""What begins the name of a house and of nobody."""
_WORD = re.compile(r"^['’]?[^\W\d_][\w.'’´`-]*$")


def propose(pieces: Sequence[Piece], around: Surroundings) -> list[Candidate[Piece]]:
    """Pieces that may be a name, and two stacked ones of like letters, best first."""
    largest = max((piece.size_px for piece in pieces), default=0.0)
    found = [
        replace(candidate, score=candidate.score + _called(piece, around, largest_px=largest))
        for piece in pieces
        if (candidate := weigh(piece, around))
    ]
    stacks = list(_over_two_lines(pieces, around))
    halves = {claim for stack in stacks if stack.rows > 1 for claim in stack.claims}
    found = [
        replace(c, kind="half", score=c.score - 0.5) if len(c.value.words) == 1 and c.value.claims[0] in halves else c
        for c in found
    ]
    found += [candidate for piece in stacks if (candidate := weigh(piece, around))]
    trading = logos.houses(pieces)
    found = [replace(c, score=c.score - _as_a_house(c)) if c.value.bits in trading else c for c in found]
    return sorted(_native_first(found, around), key=lambda c: -c.score)


def _as_a_house(candidate: Candidate[Piece]) -> float:
    """What speaks against a name beside which a trade is told, where neither lists nor mailbox know the person."""
    return 0.0 if {"given name", "mailbox", "own site"} & set(candidate.passed) else 1.5


def _called(piece: Piece, around: Surroundings, *, largest_px: float) -> float:
    """What speaks for a lone given name on a line of its own, as shop cards print the owner's: "Cida", "Valdir"."""
    words = parse(piece.text).words if led(piece.text) else piece.words
    if len(words) != 1 or not piece.whole or piece.size_px > 0.9 * largest_px:
        return 0.0
    word = words[0]
    named = lexicon.given(word) == 1.0 and word[:1].isupper() and len(word) > (3 if word.isupper() else 2)
    return 2.8 if named and not lexicon.in_any_role(word) and around.company(piece.words) < 0.5 else 0.0


def _native_first(found: list[Candidate[Piece]], around: Surroundings) -> list[Candidate[Piece]]:
    """A mailbox that spells a Latin name speaks as much for the same name in Han or Hangul.

    That one is the main name, unless it is printed much smaller.
    """
    latin = max((c for c in found if c.kind == "latin" and c.score > 0), key=lambda c: c.score, default=None)
    if latin is None or not any(c.kind == "cjk" for c in found):
        return found
    size = around.size(latin.value)
    return [
        replace(c, score=latin.score + 2.5 + 3.0 * (around.size(c.value) - size))
        if c.kind == "cjk" and c.score > 0 and not scripts.trade_in(c.value.text)
        else c
        for c in found
    ]


def _over_two_lines(pieces: Sequence[Piece], around: Surroundings) -> Iterator[Piece]:
    short = [  # a title or a credential on a line of its own is no half of a name
        p
        for p in pieces
        if 1 <= _weighty(p) <= 3
        and not _BAD_SIGNS.search(p.text)
        and not scripts.CJK.search(p.text)
        and not all(lexicon.in_list("titles", key) or lexicon.credential(key) for key in p.keys)
    ]
    for upper in short:
        for lower in short:
            if upper.bits & lower.bits or upper is lower or _weighty(upper) + _weighty(lower) > 5:
                continue
            on_top = stacked(upper, lower, gap=0.5)
            near = on_top and like_size(upper, lower, times=1.3)
            known = (
                lexicon.given(upper.words[0]) or lexicon.surname(lower.words[-1]) or lexicon.honorific(upper.words[0])
            )
            words = upper.words + lower.words
            spelled = on_top and (around.person(words) >= 1.0 or around.owner(words))
            plain = not any(lexicon.in_any_role(word) for word in words)
            drawn = spelled and plain and like_size(upper, lower, times=2.5)
            alike = near and plain and _set_alike(upper, lower)
            if drawn or alike or (near and known) or (beside(upper, lower) and like_size(upper, lower)):
                yield join(upper, lower)


def _weighty(piece: Piece) -> int:
    """The words of a piece less particles and what is said before a name."""
    return sum(key not in lexicon.PARTICLES and not lexicon.honorific(key) for key in piece.keys)


def _set_alike(upper: Piece, lower: Piece) -> bool:
    """Whether two lines are one word each, or one and a double surname, in letters of one kind: XIOMARY / QUEZERGUE."""
    single = len(upper.words) == 1 and len(lower.words) <= 2 and upper.whole and lower.whole
    kind = upper.text.isupper() == lower.text.isupper() and upper.text[:1].isupper() and lower.text[:1].isupper()
    return single and kind and all(_WORD.match(word) for word in upper.words + lower.words)


def weigh(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """The piece as a name with its log-odds, or None where it can be none."""
    if scripts.is_cjk(piece.text):
        return _weigh_cjk(piece, around)
    parsed = parse(piece.text)
    words = parsed.plain_words
    if couple(parsed.words):
        score = 1.5 + 1.3 * around.size(piece) + 2.0 * bool(around.person(parsed.words))
        return Candidate(piece, frozenset(), score, piece.claims, ("given name",), (), "latin")
    if not words or len(parsed.words) > 7 or _BAD_SIGNS.search(" ".join(parsed.words)):
        return None
    if sum(map(str.isalpha, parsed.printed)) < 3:
        return None
    passed: list[str] = []
    score = (
        -4.2
        - 2.5 * bool(firms.OF_A_PLACE.match(piece.text))
        + _shape(parsed)
        + _lists(parsed, passed)
        + _company(piece, parsed)
    )
    by_mail = around.person(tuple(parsed.words))
    if by_mail:
        score += 3.2 * by_mail
        passed.append("mailbox" if by_mail >= 0.85 else "mailbox nearly")
    if around.owner(tuple(parsed.words)):
        score += 2.5 if lexicon.given(parsed.words[0]) else 1.5
        passed.append("own site")
    elif not by_mail and around.company(tuple(parsed.words)) >= 0.9:
        score -= 1.0
    score += 1.3 * around.size(piece)
    score += (
        2.5 * bool(parsed.prefix)
        + 1.0 * led(piece.text)
        + 2.0 * bool(parsed.suffix and lexicon.letters(parsed.suffix) not in SUFFIXES)
    )
    score -= 0.6 * (len(parsed.words) == 3 and parsed.words[1].lower() in ("e", "y", "&", "et", "und"))
    inner = {word for word in parsed.words[1:-1] if word.islower()}
    score += 1.0 * bool(inner & _GERMANIC) + 0.3 * bool(inner & _ROMANCE)
    owner = parsed.words[0] in ("di", "de", "von") and parsed.words[0].islower()
    score -= 0.5 * (piece.rows > 1) + 2.0 * piece.listed + 0.8 * owner
    return Candidate(piece, frozenset(), score, piece.claims, tuple(passed), (), "latin")


def _shape(parsed: Parsed) -> float:
    words = parsed.plain_words
    score = 1.6 if 2 <= len(words) <= 4 else -1.5 if len(words) == 1 else -2.5 * (len(words) - 4)
    upper = all(word[:1].isupper() for word in words)
    if upper:
        score += 0.8
    else:
        lower = sum(not word[:1].isupper() for word in words)
        score -= 0.3 if lower == len(words) and lexicon.given(words[0]) else 1.2 * lower
    odd = sum(not _WORD.match(word.rstrip(".")) for word in words)
    short = sum(len(word.strip(".")) == 1 for word in words)
    if _led_by_initials(words):
        score, short = score + 0.8, 0
    score -= 3.0 * (lexicon.fold(parsed.words[0]) in _ARTICLES)
    trailing = parsed.words[-1].endswith(".") and len(parsed.words[-1]) > 3
    return score - 2.5 * odd - (1.5 if short and len(words) - short < 2 else 0.0) - 1.0 * trailing


def _led_by_initials(words: Sequence[str]) -> bool:
    """Whether initials with their dots stand before a surname: "A. L. Thornquist", "D.J. Hargreaves"."""
    *first, last = words
    initials = first and all(re.fullmatch(r"(?:[^\W\d_]\.-?){1,3}", word) for word in first)
    return bool(initials) and len(last) > 2 and last[:1].isupper() and not lexicon.in_any_role(last)


def _lists(parsed: Parsed, passed: list[str]) -> float:
    words = parsed.plain_words
    first = max(lexicon.given(part) for part in _halves(words[0]))
    other = max((lexicon.given(word) for word in words[1:]), default=0.0)
    family = max((lexicon.surname(part) for word in words[1:] for part in _halves(word)), default=0.0)
    if first or other:
        passed.append("given name")
    if family:
        passed.append("surname")
    score = max(2.2 * first, 1.0 * other) + 1.4 * family
    if not first and not other and not family:
        score -= 0.0 if _led_by_initials(words) else 1.5
        if len(words) > 1 and max(lexicon.surname(word) for word in words):
            score += 0.7
    return score


def _halves(word: str) -> tuple[str, ...]:
    return (word, *word.split("-")) if "-" in word else (word,)


def _company(piece: Piece, parsed: Parsed) -> float:
    """What speaks for another role: forms, trades, titles, slogans, labels."""
    firm = lexicon.legal_form(piece.text) or lexicon.leading_form(piece.text)
    score = -3.0 if firm else 0.0
    trade = lexicon.in_list("company-words", piece.words[-1]) and not lexicon.surname(piece.words[-1])
    score -= 1.8 * bool(trade) + 1.2 * bool(trade and parsed.prefix)
    score -= 2.0 * any(lexicon.fold(word) in _CALLED for word in parsed.words[1:])
    for word in parsed.plain_words:
        known = lexicon.given(word) or lexicon.surname(word)
        if lexicon.in_list("titles", word):
            score -= 1.8 if not known else 1.0
        elif lexicon.in_list("titles-weak", word):
            score -= 1.0 if not known else 0.4
        if lexicon.in_list("company-words", word):
            score -= 1.4 if not known else 0.7
        if lexicon.in_list("slogan-words", word):
            score -= 1.2 if not known else 0.3
        if lexicon.in_list("departments", word):
            score -= 1.5
        if lexicon.in_list("labels", word) and not known:
            score -= 2.0
    return score


def _weigh_cjk(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """Two to four Han characters or Hangul syllables that a surname begins; kana readings of one count less."""
    name = re.sub(r"\s", "", IN_BRACKETS.sub("", piece.text))
    if not scripts.only_cjk(name) or not 2 <= len(name) <= 8:
        return None
    if scripts.form_in(name) or scripts.is_department(name) or _LABEL_CJK.match(name):
        return None
    family, title = scripts.family_of(name), scripts.title_in(name)
    kana = len(scripts.KANA.findall(name))
    score = -3.0 + 1.0 * around.size(piece)
    fits = 2 <= len(name) <= (7 if kana else 5 if scripts.HAN.search(name) else 4)
    shaped = scripts.parted_name(piece.text.strip()) or scripts.built_family(name)
    score += 3.2 if family and fits else 2.6 if shaped else -1.5
    score -= 3.0 * bool(_SENTENCE_CJK.search(name) or scripts.service_in(name) or "・" in name)
    score += 0.8 if re.search(r"\s", piece.text.strip()) else 0.0
    score += 0.8 if len(name) in (3, 4) else 0.0
    score -= (
        2.5 * bool(title) + 2.0 * bool(scripts.trade_in(name)) + (1.5 if kana > len(name) / 2 and not family else 0.0)
    )
    return Candidate(piece, frozenset(), score, piece.claims, ("surname",) if family or shaped else (), (), "cjk")

"""What makes pieces of print parts of one drawn name: their letters, their nearness, what they say."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import divisions, titles
from workers.extraction.fields.roles.piece import Piece, join, like_size, stacked
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts

Described = tuple[Candidate[Piece], Candidate[Piece]]
"""A name, and what says of it what the house is."""

CONNECTORS = frozenset(
    "& + y e und and et ed i og och en & de do da del della des du di für for of voor para pour per".split()
)


def generic(piece: Piece) -> bool:
    """Whether a piece says only what a company does or is: "Sistemas", "Technologies Ltd."."""
    return all(
        lexicon.in_list("company-words", key)
        or key in lexicon.PARTICLES
        or len(key) < 2
        or lexicon.legal_form(f"x {word}")
        for key, word in zip(piece.keys, piece.words, strict=True)
    )


def capitals(piece: Piece) -> bool:
    """Whether each word of weight begins with a capital, as in names and not in slogans."""
    return all(word[:1].isupper() or not word[:1].isalpha() or word.lower() in CONNECTORS for word in piece.words)


def of_logo(piece: Piece, whole: Piece) -> bool:
    """Whether a piece is set as part of a drawn name: few words in capitals, at least half as large as the largest."""
    slogan = any(lexicon.in_list("slogan-words", key) for key in piece.keys)
    large = piece.size_px > 0.5 * whole.size_px and not scripts.is_cjk(piece.text)
    return len(piece.words) <= 2 and not slogan and large and capitals(piece)


def one_name_set_twice(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether two lines are so alike, and so near, that they are one name: letters, case, no slogan, no other role."""
    above, below = parts[0].value, parts[-1].value
    near = below.box.top - above.box.bottom < 0.45 * above.size_px and like_size(above, below, times=1.2)
    alike = above.text.isupper() == below.text.isupper() and below.text[:1].isupper()
    odd = any(lexicon.in_list("slogan-words", key) or titles.strength(key) == 1.0 for key in (*above.keys, *below.keys))
    return (
        near
        and alike
        and capitals(below)
        and not odd
        and len(below.words) <= 3
        and min(part.score for part in parts) > -2.4
    )


def eponyms(pieces: Sequence[Piece]) -> list[Piece]:
    """Firms that a person's name and a trade make together: "Law Offices of / Ann Lee", "Ann Lee / Photography".

    The name is the person's as well, so that it stays free: only the trade is used up.
    """
    trades = [piece for piece in pieces if _may_be_of_a_person(piece)]
    persons = [piece for piece in pieces if _person(piece) or _likely_person(piece)] if trades else []
    found = []
    for trade in trades:
        for person in persons:
            above = trade.box.top < person.box.top
            upper, lower = (trade, person) if above else (person, trade)
            led = trade.keys[-1] in ("of", "de")
            if led == above and stacked(upper, lower, gap=0.6) and like_size(upper, lower, times=2.5):
                found.append(replace(join(upper, lower), bits=trade.bits))
    return found


def _may_be_of_a_person(piece: Piece) -> bool:
    office = " ".join(piece.keys) in ("law office of", "law offices of", "the law office of", "the law offices of")
    alone = len(piece.words) <= 2 and generic(piece) and not is_form(piece)
    return office or (alone and not any(titles.strength(key) == 1.0 for key in piece.keys))


def _person(piece: Piece) -> bool:
    first, last = piece.words[0], piece.words[-1]
    named = lexicon.given(first) >= 0.9 and lexicon.surname(last) > 0 and 2 <= len(piece.words) <= 3
    return named and not any(map(lexicon.in_any_role, piece.keys))


def _likely_person(piece: Piece) -> bool:
    """A given name with its initial and a surname that no list knows: "Samuel R. Okonjo"."""
    first, *middle = piece.words[:-1] or piece.words
    last = piece.words[-1]
    initial = bool(middle) and all(re.fullmatch(r"[^\W\d_]\.?", word) for word in middle)
    plain = last[:1].isupper() and last.isalpha() and len(last) > 3 and not any(map(lexicon.in_any_role, piece.keys))
    return initial and lexicon.given(first) >= 0.9 and plain


def descriptions(candidates: Sequence[Candidate[Piece]]) -> list[Described]:
    """Names with what stands close to them and says what the house is: "The Copper Kettle / Tea Room & Gift Shop"."""
    whole = [c for c in candidates if c.value.whole and not scripts.is_cjk(c.value.text)]
    says = [c for c in whole if "trade word" in c.passed and _describes(c.value)]
    bears = [c for c in whole if c not in says and may_be_a_house(c.value)] if says else []
    return [
        (name, what)
        for what in says
        for name in bears
        if name.value.size_px > 1.25 * what.value.size_px
        and (stacked(name.value, what.value, gap=0.8) or stacked(what.value, name.value, gap=0.8))
    ]


def houses(pieces: Sequence[Piece]) -> frozenset[int]:
    """The pieces whose trade stands close under or over them in smaller letters, told by their bits."""
    whole = [piece for piece in pieces if piece.whole and not scripts.is_cjk(piece.text)]
    says = [p for p in whole if any(lexicon.in_list("company-words", key) for key in p.keys) and _describes(p)]
    return frozenset(name.bits for what in says for name in whole if name not in says and _trades_as(name, what))


def _trades_as(name: Piece, what: Piece) -> bool:
    """Whether a trade stands in smaller letters under or over a name, or in letters as large close over it."""
    smaller = name.size_px > 1.25 * what.size_px
    close_over = what.size_px > 0.9 * name.size_px and stacked(what, name, gap=0.45)
    return close_over or (smaller and (stacked(name, what, gap=0.8) or stacked(what, name, gap=0.8)))


def _describes(piece: Piece) -> bool:
    """Whether a piece tells a trade and hardly anything else: neither a firm with its form nor a department."""
    words = [key for key in piece.keys if key not in CONNECTORS and len(key) > 1]
    known = sum(lexicon.in_list("company-words", key) for key in words)
    firm = lexicon.legal_form(piece.text) and not is_form(piece) and not generic(piece)
    title = any(titles.strength(key) == 1.0 and not lexicon.in_list("company-words", key) for key in words)
    return known >= 0.5 * len(words) and not firm and not title and not divisions.opens_department(piece)


def may_be_a_house(piece: Piece) -> bool:
    """Few words in capitals that are no person, title or slogan."""
    if len(piece.words) > 5 or piece.listed or not capitals(piece) or _person(piece):
        return False
    if sum(map(str.isalpha, piece.text)) < 4:
        return False
    return not any(titles.strength(key) == 1.0 or lexicon.in_list("labels", key) for key in piece.keys)


def tagline(parts: Sequence[Candidate[Piece]], around: Surroundings) -> bool:
    """Whether a small lower part says what the company does, whose name above is all that its domain spells."""
    above, below = parts[0].value, parts[-1].value
    whole = around.company(above.words) >= 1.0
    return whole and len(parts) == 2 and below.size_px < 0.45 * above.size_px and not is_form(below)


def said_twice(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether both parts are whole names by themselves, as in two languages."""
    whole = [part for part in parts if len(part.value.words) >= 3 and "trade word" in part.passed]
    return len(whole) == len(parts)


def trade_over_name(parts: Sequence[Candidate[Piece]], around: Surroundings) -> bool:
    """Whether a shop's trade stands close above its name in letters of like size: "AUTO PEÇAS / SÃO JORGE"."""
    above, below = parts[0].value, parts[-1].value
    close = below.box.top - above.box.bottom < 0.45 * above.size_px
    large = 0.55 * above.size_px < below.size_px
    small = above.text.islower() and below.text.islower()
    if len(parts) != 2 or not close or not large or len(below.words) > 3 or _person(below):
        return False
    if around.size(above) < 0.5:
        return False
    return generic(above) and not generic(below) and (capitals(below) or small)


def owner_below(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether a trade in capitals stands over an initial and a surname in capitals: "AUTO SOCORRO / R. OLIVEIRA"."""
    if len(parts) != 2 or "trade word" not in parts[0].passed:
        return False
    trade, owner = (part.value for part in parts)
    initialled = re.fullmatch(r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{3,}", owner.text)
    return bool(initialled) and trade.text.isupper() and owner.text.isupper() and stacked(trade, owner, gap=0.6)


def cut_off(piece: Piece) -> bool:
    """Whether a piece begins or ends at a small word: "& Pawlak", "Rudoni & Di"."""
    return len(piece.words) > 1 and (piece.words[0].lower() in CONNECTORS or piece.words[-1].lower() in CONNECTORS)


def broken(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether the break stands at a small word, so that neither part is whole: "Institut für / Ostseeforschung"."""
    return parts[0].value.words[-1].lower() in CONNECTORS or parts[-1].value.words[0].lower() in CONNECTORS


def ends_a_form(piece: Piece) -> bool:
    """Whether a piece is the end of a legal form of several words: "z o.o.", "de C.V.", the "j." of "sp. j."."""
    heads = ("Sp.", "S.A.", "GmbH &", *(("sp.", "S.") if lexicon.ends_form(piece.text) else ()))
    return any(
        lexicon.letters(lexicon.legal_form(f"x {head} {piece.text}")) == lexicon.letters(head + piece.text)
        for head in heads
    )


def begins_a_site(piece: Piece, around: Surroundings) -> bool:
    """Whether few capitals begin what a domain of the card spells: "BPV" over "Bâtiment" at bpvbatiment.be."""
    drawn = lexicon.letters(piece.text)
    short = piece.text.isupper() and len(piece.words) == 1 and 2 <= len(drawn) <= 4
    return short and any(label.startswith(drawn) and len(label) > len(drawn) + 2 for label in around.spellings)


def goes_on(piece: Piece) -> bool:
    """Whether a piece goes on with a name begun above it: by "&" or "of", or as its legal form."""
    return piece.words[0].lower() in CONNECTORS or is_form(piece) or ends_a_form(piece)


def is_form(piece: Piece) -> bool:
    return lexicon.letters(lexicon.legal_form(f"x y {piece.text}")) == lexicon.letters(piece.text)


def form_over_the_break(union: Piece, parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether a legal form begins on the upper line and ends on the lower: "Rixfen Sp. / z o.o."."""
    below, form = lexicon.letters(parts[-1].value.text), lexicon.letters(lexicon.legal_form(union.text))
    return union.rows == 2 and len(form) > len(below) > 0 and form.endswith(below)


def completes(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether a lower part is the legal form or the trade that a name above it goes with, or goes on after "&"."""
    above, below = parts[0].value, parts[-1].value
    if below.words[0].lower() in CONNECTORS or above.words[-1].lower() in CONNECTORS:
        return capitals(below)
    spelled = generic(above) and generic(below) and "domain" in parts[0].passed
    if (spelled or generic(above) != generic(below)) and below.box.top - above.box.bottom < 0.95 * above.size_px:
        lower = len(below.words) == 1 and below.text.islower() and generic(below)
        return (capitals(below) or lower) and capitals(above) and len(below.words) <= 3
    close = below.box.top - above.box.bottom < 0.45 * above.size_px
    slogan = any(lexicon.in_list("slogan-words", key) for key in below.keys)
    trade = any(word in parts[-1].passed for word in ("legal form", "trade word"))
    return (
        trade
        and close
        and not slogan
        and capitals(below)
        and len(below.words) <= 3
        and below.size_px <= 1.1 * above.size_px
    )

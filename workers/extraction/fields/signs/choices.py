"""Of names, companies and titles: what a card must be understood for."""

import re
from collections.abc import Sequence

from service.domain.reading.card import Found, Line, PersonName
from workers.extraction.fields import lexicon, scripts, titles
from workers.extraction.fields.signs.around import beside, continues, next_to, of_margin
from workers.extraction.fields.signs.card import Card, Signs, ramp
from workers.extraction.fields.spelling import company_in_label, name_in_box

_ENDS_OPEN = re.compile(r"(?:&|\+|-|,|\b(?:and|und|et|y|e|de|of|für|für die|z))$", re.IGNORECASE)
"""How a value ends whose last word was not read."""

_ODD = re.compile(r"\b[a-z][A-Z]\d|[^\w\s.,'’&()/+@:-]|^\W|\(\d*\)|\d[^\W\d_]|[^\W\d_]\d|\s[^\W\d_]\.?$")


def of_name(found: Found[PersonName], card: Card) -> Signs:
    text, passed = found.value.printed, found.evidence.passed
    words = tuple(text.split())
    mail = max((name_in_box(words, box) for box in card.boxes), default=0.0)
    eastern = scripts.is_cjk(text)
    return {
        **of_margin(found),
        "no mailbox": float(not mail and not eastern),
        "another's mailbox": float(bool(card.boxes) and not mail and not eastern),
        "mailbox nearly": float("mailbox nearly" in passed),
        "proved": float(mail >= 1.0),
        "no given name": float("given name" not in passed and not eastern),
        "no surname": float("surname" not in passed),
        "one word": float(len(words) == 1 and not eastern),
        "many words": float(len(words) > 4),
        "bare": bare_of_accents(words, card.own(found.evidence.box)),
        "odd": float(bool(_ODD.search(text) or re.search(r"\d", text))),
        "lower case": float(any(word[:1].islower() and word not in lexicon.PARTICLES for word in words)),
        "role word": float(any(lexicon.in_any_role(word) for word in words)),
        "eastern blank": unsure_blank(found) if eastern else 0.0,
        "continues": continues(found, card),
        "of the company": float(bool(words) and set(words) <= set(card.org_words)),
        "goes on": beside(found, card),
        "no title": float(card.reading.title is None),
    }


def bare_of_accents(words: Sequence[str], own: Sequence[Line]) -> float:
    """Whether a weak line has a word that the lists know only with accents: "Jorgen"."""
    weakest = min((line.weakest for line in own), default=1.0)
    return ramp(weakest, none=0.9, full=0.5) * any(map(lexicon.only_with_accents, words))


def unsure_blank(found: Found[PersonName]) -> float:
    """Whether the width of a name in Han letters does not tell if a blank stands between its halves."""
    box, text = found.evidence.box, re.sub(r"\s", "", found.value.printed)
    if box is None or scripts.HANGUL.search(text):
        return 0.0
    wide = box.width / max(1, len(text) * box.height)
    return 1.0 - ramp(abs(wide - 0.92), none=0.0, full=0.25)


def of_org(found: Found[str], card: Card) -> Signs:
    words, passed = tuple(found.value.split()), found.evidence.passed
    spelling = max((company_in_label(words, label) for label in card.labels), default=0.0)
    return {
        **of_margin(found),
        "no domain": float(not card.labels),
        "another domain": float(bool(card.labels) and spelling < 0.5),
        "nearly": float(0.5 <= spelling < 0.8),
        "proved": float(spelling >= 1.0),
        "no form": float("legal form" not in passed),
        "no trade": float("trade word" not in passed and "legal form" not in passed),
        "union": float("union" in passed),
        "one word": float(len(words) == 1),
        "many words": ramp(len(words), none=4, full=8),
        "odd": float(bool(_ODD.search(found.value))),
        "continues": continues(found, card),
        "ends open": float(bool(_ENDS_OPEN.search(found.value))),
        "lower case": float(words[-1][:1].islower() if words else 0),
        "person's": float(bool(words) and bool(lexicon.given(words[0])) and len(words) <= 3),
        "title word": float(any(titles.strength(lexicon.fold(word)) == 1.0 for word in words)),
        "slogan": float(any(lexicon.in_list("slogan-words", word) for word in words)),
        "goes on": beside(found, card),
        "nobody": float(card.reading.name is None),
    }


def of_title(found: Found[str], card: Card) -> Signs:
    words = tuple(found.value.split())
    strong = [titles.strength(lexicon.fold(word).strip(".,;:()")) for word in words]
    eastern = scripts.is_cjk(found.value)
    name = card.reading.name
    return {
        **of_margin(found),
        "no strong word": float(1.0 not in strong and not eastern),
        "no word": float(not any(strong) and not eastern),
        "few words": ramp(sum(map(bool, strong)) / max(1, len(words)), none=1.0, full=0.2) if not eastern else 0.0,
        "many words": ramp(len(words), none=4, full=8),
        "odd": float(bool(_ODD.search(found.value))),
        "continues": continues(found, card),
        "ends open": float(bool(_ENDS_OPEN.search(found.value))),
        "another script": float(not eastern and card.reading.lang in ("ja", "zh", "ko")),
        "no name": float(name is None),
        "apart": float(name is not None and not next_to(name.evidence.box, found.evidence.box)),
        "goes on": beside(found, card),
    }

"""Of names, companies and titles: what a card must be understood for."""

import re
from collections.abc import Sequence

from service.domain.reading.card import Found, Line, PersonName
from workers.extraction.fields.roles import blanks, titles
from workers.extraction.fields.surety.signs.around import beside, close, continues, next_to, of_margin
from workers.extraction.fields.surety.signs.card import Card, Signs, holds, ramp
from workers.extraction.fields.words import lexicon, scripts
from workers.extraction.fields.words.spelling import company_in_label, name_in_box

_ENDS_OPEN = re.compile(r"(?:&|\+|-|,|\b(?:and|und|et|y|e|de|of|für|für die|z)|\bsp\.?)$", re.IGNORECASE)
"""How a value ends whose last word was not read."""

_POST_OF_A_DIVISION = re.compile("[部課室](?:部長|課長|係長|次長|室長|主任)")
"""A division and a post with no blank between them, which is mostly one that was lost: 人事部課長."""
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
        "eastern blank": unsure_blank(found, card) if eastern else 0.0,
        "continues": continues(found, card),
        "of the company": float(bool(words) and set(words) <= set(card.org_words)),
        "goes on": beside(found, card),
        "no title": float(card.reading.title is None),
    }


def bare_of_accents(words: Sequence[str], own: Sequence[Line]) -> float:
    """Whether a weak line has a word that the lists know only with accents: "Jorgen"."""
    weakest = min((line.weakest for line in own), default=1.0)
    return ramp(weakest, none=0.9, full=0.5) * any(map(lexicon.only_with_accents, words))


def unsure_blank(found: Found[PersonName], card: Card) -> float:
    """Whether the width of an eastern name does not tell if a blank stands between its halves; a blank that was read does."""
    box, text = found.evidence.box, re.sub(r"\s", "", found.value.printed)
    read = re.search(r"\s*".join(map(re.escape, text)), " ".join(line.text for line in card.own(box)))
    if box is None or read is None or re.search(r"\s", read.group()):
        return 0.0
    own = [at for at, line in enumerate(card.lines) if holds(box, line)]
    off = abs(blanks.room(len(text), box, card.lines, without=own) - 0.6) * 4 / len(text)  # each letter adds its own
    return 1.0 - ramp(off, none=0.1, full=0.5)


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
        "odd": float(bool(_ODD.search(found.value) or re.search(r"\d{5}", found.value))),
        "continues": max(continues(found, card), form_below(found, card)),
        "ends open": float(bool(_ENDS_OPEN.search(found.value))),
        "more in the domain": float(more_in_the_domain(words, card.labels)),
        "lower case": float(words[-1][:1].islower() if words else 0),
        "person's": float(bool(words) and bool(lexicon.given(words[0])) and len(words) <= 3),
        "title word": float(any(titles.strength(lexicon.fold(word)) == 1.0 for word in words)),
        "slogan": float(any(lexicon.in_list("slogan-words", word) for word in words)),
        "goes on": beside(found, card),
        "nobody": float(card.reading.name is None),
    }


def form_below(found: Found[str], card: Card) -> float:
    """Whether the line below a company without a form is few words and a form: "Kade / Populier V.O.F."."""
    box = found.evidence.box
    if box is None or "legal form" in found.evidence.passed:
        return 0.0
    tall = max((line.box.height for line in card.own(box)), default=box.height)
    below = (line for line in card.lines if line.box.top > box.top and not holds(box, line) and close(box, tall, line))
    return float(any(len(line.text.split()) <= 3 and lexicon.legal_form(line.text) for line in below))


def more_in_the_domain(words: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether a domain begins or ends with the company and goes on: "Anchor" at anchorkitchens.co.uk."""
    joined = lexicon.letters("".join(words))
    longer = [label for label in labels if len(label) > len(joined) + 2]
    return (
        bool(longer)
        and len(longer) == len(labels)
        and any(joined and (label.startswith(joined) or label.endswith(joined)) for label in longer)
    )


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
        "eastern blank": float(bool(_POST_OF_A_DIVISION.search(found.value))),
        "another script": float(not eastern and card.reading.lang in ("ja", "zh", "ko")),
        "no name": float(name is None),
        "apart": float(name is not None and not next_to(name.evidence.box, found.evidence.box)),
        "goes on": beside(found, card),
    }

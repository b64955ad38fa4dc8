"""Of mailboxes and sites, which have a form to hold them against."""

import re

from rapidfuzz import fuzz

from service.domain.reading.card import Found
from workers.extraction.fields.surety.signs.card import Card, Signs, host_of, ramp
from workers.extraction.fields.words import hosts, lexicon
from workers.extraction.fields.words.spelling import SHARED_BOXES, company_in_label, name_in_box, spelled_by

_ODD_HOST = re.compile(r"(?<=[a-z])0(?=[a-z.])|(?<=[a-z])1(?=[a-z])|q(?=[b-df-hj-np-tv-z])|ii")
"""What hardly stands in a domain, and may be another letter: far0.eu, opticienqrange.com."""
_ALIKE = re.compile(r"rn|vv|cl|ii|[1l]{2}|[0oO]{2}")


def of_mail(found: Found[str], card: Card) -> Signs:
    box, _, host = found.value.partition("@")
    shared = lexicon.fold(box) in SHARED_BOXES
    told = max(name_in_box(card.name_words, box) if card.name_words else 0.0, spelt(box, card.words))
    others = [host_of(site) for site in card.sites] + [
        mail.value.rpartition("@")[2] for mail in card.reading.emails if mail is not found
    ]
    label = lexicon.letters(hosts.label_of(host))
    free = hosts.is_free_mail(host)
    return {
        "unlike the name": float(not shared and told < 0.5),
        "nearly the name": float(not shared and 0.5 <= told < 0.85),
        "proved box": float(shared or told >= 1.0),
        "another site": float(bool(others) and host not in others and not free),
        "lone host": float(host not in others and not free and company_in_label(card.org_words, label) < 0.8),
        "misspelt host": float(host not in others and not free and 0 < company_in_label(card.org_words, label) < 1.0),
        "odd": float(bool(re.search(r"^\W|^\w\.\w\.|\.\.|[.-]@|^\d|^.@", found.value))),
        "begins large": float(not shared and told < 0.5 and begins_large(found, card)),
        "odd host": float(bool(_ODD_HOST.search(host))),
        "alike": float(bool(_ALIKE.search(box)) and told < 0.85),
        "low score": ramp(found.evidence.margin, none=6.0, full=4.0),
        "digits": float(bool(re.search(r"\d", box))),
        "several": float(len(card.reading.emails) > 1),
        "rest before": rest_before(found, card),
    }


def begins_large(found: Found[str], card: Card) -> bool:
    """Whether print shows a capital where the mailbox begins and small letters behind it: a picture may be read so."""
    printed = re.compile(re.escape(found.value[:1].upper() + found.value[1:].partition("@")[0]) + "@")
    return any(printed.search(line.text) for line in card.own(found.evidence.box))


def rest_before(found: Found[str], card: Card) -> float:
    """Whether a word that is no label stands before it on its line: it may be its beginning."""
    for line in card.own(found.evidence.box):
        before = line.text.casefold().partition(found.value.casefold())[0] if "@" in found.value else ""
        words = [word for word in re.findall(r"[a-z]{2,}", before) if not lexicon.in_list("labels", word)]
        if before != line.text.casefold() and words and not set(words) & set(map(lexicon.fold, card.words)):
            return 1.0
    return 0.0


def spelt(text: str, words: tuple[str, ...]) -> float:
    """The share of letters that whole words of the card give, where all letters are given."""
    share, _ = spelled_by(words[:8], lexicon.letters(text))
    return share


def of_site(found: Found[str], card: Card) -> Signs:
    host = host_of(found.value)
    mails = [mail.value.rpartition("@")[2] for mail in card.reading.emails]
    own = [each for each in mails if not hosts.is_free_mail(each)]
    label = lexicon.letters(hosts.label_of(host))
    org = company_in_label(card.org_words, label) if card.org_words else 0.0
    return {
        "another host": float(bool(own) and host not in own),
        "nearly a mail's": float(host not in own and any(fuzz.ratio(host, each) >= 85 for each in own)),
        "no mail": float(not own),
        "not the company": float(org < 0.5),
        "nearly the company": float(0.5 <= org < 1.0),
        "bare": float(not re.match(r"(?:https?://)?www\.|https?://", found.value)),
        "path": float("/" in found.value.partition("://")[2] or found.value.count("/") == 1),
        "several": float(len(card.reading.urls) > 1),
        "odd host": float(bool(_ODD_HOST.search(host))),
        "hyphen": float("-" in host),
        "rest before": rest_before(found, card),
        "low score": ramp(found.evidence.margin, none=6.0, full=2.0),
    }

"""What the two-dimensional codes on cards say: a contact as vCard or MECARD, or one way to reach it."""

import random

from bench.invented.content import Truth
from bench.invented.people import Person


def payload(truth: Truth, who: Person, chance: random.Random) -> str:
    """The text of a code that agrees with the truth; a link that is not printed is added to it as neither right nor wrong."""
    kinds = [vcard, vcard, vcard, mecard, link, link] if truth.get("name") == who.latin else [link]
    return chance.choice(kinds)(truth, who, chance)


def vcard(truth: Truth, who: Person, chance: random.Random) -> str:
    version = chance.choice(["2.1", "3.0", "3.0", "4.0"])
    rows = ["BEGIN:VCARD", f"VERSION:{version}", f"N:{who.latin_family};{who.latin_given};;;", f"FN:{who.latin}"]
    rows += [f"ORG:{escaped(truth['org'])}"] if truth.get("org") else []
    rows += [f"TITLE:{escaped(truth['title'])}"] if truth.get("title") else []
    for phone in truth.get("phones", []):
        kind = {"mobile": "CELL", "fax": "FAX"}.get(phone.get("type", ""), "WORK")
        rows += [f"TEL;{kind if version == '2.1' else f'TYPE={kind}'}:{phone['e164']}"] if "e164" in phone else []
    rows += [f"EMAIL:{mail}" for mail in truth.get("emails", [])]
    rows += [f"URL:{url}" for url in truth.get("urls", [])]
    return chance.choice(["\r\n", "\n"]).join([*rows, "END:VCARD"])


def mecard(truth: Truth, who: Person, chance: random.Random) -> str:
    del chance
    parts = [f"N:{who.latin_family},{who.latin_given}"]
    parts += [f"TEL:{phone['e164']}" for phone in truth.get("phones", []) if "e164" in phone]
    parts += [f"EMAIL:{mail}" for mail in truth.get("emails", [])]
    return f"MECARD:{';'.join(parts)};;"


def link(truth: Truth, who: Person, chance: random.Random) -> str:
    del who
    host = chance.choice(["vcards.example.org", "card.example.com"])
    url = f"https://{host}/{chance.randrange(1 << 24):06x}"
    truth["free_urls"] = [*truth.get("free_urls", []), url]
    return url


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")

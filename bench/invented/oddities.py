"""What real cards do that tidy ones do not: torn logos, two languages, the company twice, claims, names on one line."""

import random
from collections.abc import Callable
from dataclasses import replace

from bench.invented.companies import Company
from bench.invented.content import Content, Entry
from bench.invented.people import Person
from bench.invented.world import World, filled

ENGLISH_TITLES = (
    "Country Manager", "Key Account Manager", "CEO & Founder", "CEO", "CTO", "Chief Financial Officer", "Area Sales Manager",
    "Scrum Master", "Growth Lead", "Business Developer", "Product Owner", "Brand Ambassador", "UX Researcher",
    "Supply Chain Manager", "Sales Engineer", "Export Manager", "Head of Data", "Managing Partner", "Community Manager",
    "Customer Success Manager", "Cloud Solutions Architect", "Co-Founder & COO", "Investment Associate", "Creative Lead",
    "Talent Acquisition Specialist", "Store Manager", "Front Office Manager", "R&D Director", "Digital Strategist",
)  # fmt: skip

CLAIMS = (
    "ISO 9001:2015", "Member of the Chamber of Commerce", "ISO 14001", "100% recycled paper", "www.facebook.com",
    "Scan me", "Follow us", "Since 1987", "Certified Partner", "24/7", "Bio", "®", "CE", "A company of the Veritor Group",
    "Authorised dealer", "Made in Europe", "Like us on Facebook", "V-Card", "FSC", "Est. 1922",
)  # fmt: skip

FIGURES = (
    "Lic. #######", "Lic# ######", "P.O. Box ####", "IBAN XX## #### #### #### ####", "Over 1,### projects", "19##–2024", "10% off",
    "Acct. ######-##", "Reg. ######/##", "Km 1#.#", "No. ####/20##", "ID ##########", "UIN #######", "Permit ##-#####", "Box ###",
    "(###) ###", "Ref. ####-###", "DOT #######", "MC ######", "HIC.0######", "$##.00",
)  # fmt: skip
"""Digits that are no numbers to dial: what readers most often take for phones."""

Odd = Callable[[Content, World, Person, Company, random.Random], Content]


def oddly(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Each oddity by its own share; most cards have one or two."""
    for share, change in ODDITIES:
        if chance.random() < share:
            content = change(content, world, who, firm, chance)
    return content


def english_title(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Titles that are English whatever the card's language."""
    del who, firm
    if not content.title or world.lang == "en":
        return content
    title = chance.choice(ENGLISH_TITLES)
    content.truth["title"] = title
    return replace(content, title=title)


def two_titles(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """The title in the card's language and in English; either is right, and so are both."""
    del who, firm
    if not content.title or world.lang == "en" or "\n" in content.title:
        return content
    other = chance.choice(ENGLISH_TITLES)
    own, mark = content.truth["title"], chance.choice([" / ", "\n", " | "])
    both = f"{content.title}{mark}{other}"
    content.truth["other_titles"] = [other, both.replace("\n", " "), f"{own} / {other}"]
    return replace(content, title=both)


def surname_first(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """`DUPONT Marie`, as offices in some countries print it."""
    del firm, chance
    if not content.name or world.lang not in ("fr", "it", "pl", "pt", "de") or who.name != who.latin or who.prefix:
        return content
    content.truth["other_names"] = [f"{who.family} {who.given}"]
    return replace(content, name=f"{who.family.upper()} {who.given}")


def on_one_line(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Name and title side by side."""
    del world, who, firm
    if not content.title or not content.name or "\n" in content.title + content.name:
        return content
    mark = chance.choice([" - ", " | ", ", ", "   ", " – ", " · "])
    return replace(content, name=f"{content.name}{mark}{content.title}", title="")


def with_mark(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Initials as a logo, larger than anything else and no part of any field."""
    del world, who
    initials = "".join(word[0] for word in firm.latin.split() if word[0].isalnum())[:3].upper()
    return replace(content, mark=initials if chance.random() < 0.7 else initials[:1]) if content.org else content


def torn(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """The trade in small letters over or under the brand: two sizes, one name."""
    del world, who, firm
    words = content.org.replace("\n", " ").split(" ")
    if len(words) < 2:
        return content
    at = chance.randrange(1, len(words))
    head, tail = " ".join(words[:at]), " ".join(words[at:])
    return replace(content, org=f"~{head}\n{tail}" if chance.random() < 0.5 else f"{head}\n~{tail}")


def named_twice(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """The brand as a logo, the legal name over the address: either is right."""
    del who
    brand = content.truth.get("org", "")
    form = next((form for form in world.country.forms if form and brand.endswith(form)), "")
    if not form or world.lang in ("ja", "ko", "zh"):
        return content
    bare = brand.removesuffix(form).strip(" ,")
    content.truth["other_orgs"] = [*content.truth.get("other_orgs", []), bare]
    at = next((n for n, entry in enumerate(content.entries) if entry.kind == "address"), len(content.entries))
    entries = (*content.entries[:at], Entry("org", firm.name), *content.entries[at:])
    return replace(content, org=bare.upper() if chance.random() < 0.4 else bare, entries=entries)


def claiming(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Certificates, invitations, a holding's name: nothing of the contact."""
    del world, who, firm
    return replace(content, notes=(*content.notes, chance.choice(CLAIMS)))


def with_figures(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """A licence, a box, an account: digits that nobody can call."""
    del world, who, firm
    figures = filled(chance.choice(FIGURES), chance)
    return replace(content, notes=(*content.notes, figures))


def with_tail(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """`91 234 56 78 / 79`: the second number by its last digits; taken whole it is right, left out it is no fault."""
    del world, who, firm
    phones = content.truth.get("phones", [])
    at = next(
        (n for n, entry in enumerate(content.entries) if entry.kind == "phone" and entry.text == phones[0]["raw"]), None
    )
    if at is None:
        return content
    tail = f"{chance.randrange(10, 99)}"
    raw = phones[0]["raw"]
    full = phones[0].get("e164", "")
    content.truth["free_phones"] = [{"raw": raw[:-2] + tail} | ({"e164": full[:-2] + tail} if full else {})]
    entry = replace(content.entries[at], text=f"{raw}{chance.choice([' / ', '/'])}{tail}")
    return replace(content, entries=(*content.entries[:at], entry, *content.entries[at + 1 :]))


def on_own_account(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Somebody without a company."""
    del world, who, firm, chance
    if not content.name:
        return content
    for field in ("org", "other_orgs"):
        content.truth.pop(field, None)
    entries = tuple(entry for entry in content.entries if entry.kind != "org")
    return replace(content, org="", slogan="", strip="", mark="", entries=entries)


def broken_mail(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """A mailbox too long for its column."""
    del world, who, firm, chance
    entries = tuple(
        replace(entry, text=entry.text.replace("@", "@\n")) if entry.kind == "mail" and len(entry.text) > 28 else entry
        for entry in content.entries
    )
    return replace(content, entries=entries)


def side_by_side(content: Content, world: World, who: Person, firm: Company, chance: random.Random) -> Content:
    """Two contact lines become one: `E: ana@faro.es | faro.es`."""
    del world, who, firm
    entries = list(content.entries)
    plain = [
        n for n, entry in enumerate(entries[:-1]) if "\n" not in entry.text + entries[n + 1].text and not entry.icon
    ]
    if not plain:
        return content
    at = chance.choice(plain)
    both = f"{entries[at].printed}{chance.choice([' | ', ' · ', '   ', ' - ', ' / '])}{entries[at + 1].printed}"
    return replace(content, entries=(*entries[:at], Entry(entries[at].kind, both), *entries[at + 2 :]))


ODDITIES: tuple[tuple[float, Odd], ...] = (
    (0.1, english_title),
    (0.04, two_titles),
    (0.04, surname_first),
    (0.05, on_one_line),
    (0.08, torn),
    (0.08, named_twice),
    (0.05, with_mark),
    (0.1, claiming),
    (0.04, on_own_account),
    (0.03, broken_mail),
    (0.1, with_figures),
    (0.03, with_tail),
    (0.08, side_by_side),
)

"""Invented cards: persons, shops, offices, credentials, services, and all that stands on cards besides."""

import random
from dataclasses import dataclass, replace

import phonenumbers

from bench.invented.companies import Company, company, free_mail
from bench.invented.content import Content, Entry, Truth
from bench.invented.oddities import oddly
from bench.invented.payloads import payload
from bench.invented.people import Person, mailbox, person
from bench.invented.phones import Number, number_of
from bench.invented.places import address
from bench.invented.world import World, any_world, filled

CODES = 0.06
WIDE_BLANK = "\u3000"
"""What stands between family and given name where letters are as wide as high."""

NETWORKS = ("instagram", "linkedin", "facebook", "x")


@dataclass(slots=True)
class Draft:
    """A card being invented: chance, world and what has been decided so far."""

    chance: random.Random
    world: World
    who: Person
    firm: Company
    shop: bool
    icons: bool

    def happens(self, share: float) -> bool:
        return self.chance.random() < share


def invented(seed: int | str, *, lang: str = "") -> Content:
    """One card; the same seed gives the same card. `lang` holds it to one language."""
    chance = random.Random(f"card {seed}")
    world = any_world(chance)
    while lang and world.lang != lang:
        world = any_world(chance)
    who = person(world, chance)
    shop = chance.random() < 0.2
    firm = company(world, who.family if who.name != who.latin else who.latin_family, chance, shop=shop)
    draft = Draft(chance, world, who, firm, shop, icons=chance.random() < 0.35)
    return logo_side(draft) if draft.happens(0.025) else with_code(full(draft), who, random.Random(f"code {seed}"))


def with_code(content: Content, who: Person, chance: random.Random) -> Content:
    """One card in sixteen has a code beside its words."""
    return replace(content, qr=payload(content.truth, who, chance)) if chance.random() < CODES else content


def full(draft: Draft) -> Content:
    peopled = not draft.shop or draft.happens(0.25)
    truth: Truth = {"lang": draft.world.lang, "country": draft.world.country.code}
    entries = contact(draft, truth, peopled=peopled)
    content = Content(entries=tuple(entries), truth=truth)
    content = with_company(draft, content, needed=not peopled)
    content = with_person(draft, content) if peopled else content
    content = with_extras(draft, content)
    return oddly(content, draft.world, draft.who, draft.firm, draft.chance)


def with_person(draft: Draft, content: Content) -> Content:
    """The person as cards print them: capitals, honorifics, two lines, a second script."""
    who, truth, chance = draft.who, content.truth, draft.chance
    name = who.name
    truth["name"] = name
    if who.latin_family != who.family:
        truth["other_names"] = [who.latin, f"{who.latin_family} {who.latin_given}"]
        name = name.replace(" ", WIDE_BLANK)
        name = (
            f"{name}\n{chance.choice([who.latin, f'{who.latin_given} {who.latin_family.upper()}'])}"
            if draft.happens(0.5)
            else name
        )
    elif draft.happens(0.16):
        name = name.upper()
    elif draft.happens(0.05):
        name = f"{who.given} {who.family.upper()}"
    if who.prefix:
        truth["prefix"] = who.prefix
        name = f"{who.prefix} {name}"
    if who.latin_family == who.family and draft.happens(0.05):
        name = broken(name, at_word=len(name.split()) - len(who.family.split()))
    title, department = titles(draft, truth)
    credentials = draft.world.any("credentials", chance) if draft.happens(0.09) else ""
    if credentials and draft.happens(0.4):
        name, credentials = f"{name}, {credentials}", ""
    return replace(content, name=name, title=title, department=department, credentials=credentials)


def broken(text: str, *, at_word: int) -> str:
    words = text.split()
    at = min(max(1, at_word), len(words) - 1)
    return " ".join(words[:at]) + "\n" + " ".join(words[at:])


def titles(draft: Draft, truth: Truth) -> tuple[str, str]:
    if draft.happens(0.08):
        return "", ""
    title = draft.who.title
    truth["title"] = title
    department = draft.world.any("departments", draft.chance) if draft.happens(0.14) else ""
    if department:
        truth["department"] = department
    words = len(title.split())
    if words > 2 and draft.happens(0.16):
        title = broken(title, at_word=words // 2)
    elif draft.happens(0.1):
        title = title.upper()
    return title, department


def with_company(draft: Draft, content: Content, *, needed: bool) -> Content:
    """The company with its slogan; its name in one piece, in capitals, or torn over lines like a logo."""
    if not needed and draft.happens(0.05):
        return content
    org = draft.firm.name
    content.truth["org"] = org
    if draft.firm.latin not in org:
        content.truth["other_orgs"] = [draft.firm.latin]
    words = org.split()
    if len(words) > 1 and draft.happens(0.16):
        org = broken(org, at_word=draft.chance.randrange(1, len(words)))
    if draft.happens(0.22):
        org = org.upper()
    slogan = draft.firm.slogan if draft.happens(0.3) else ""
    return replace(content, org=org, slogan=slogan)


def contact(draft: Draft, truth: Truth, *, peopled: bool) -> list[Entry]:
    entries = numbers(draft, truth) + mails(draft, truth, peopled=peopled) + sites(draft, truth) + places(draft, truth)
    order = draft.chance.choice(["as it is", "place first", "mixed"])
    if order == "place first":
        entries.sort(key=lambda entry: entry.kind != "address")
    elif order == "mixed":
        draft.chance.shuffle(entries)
    return entries


def numbers(draft: Draft, truth: Truth) -> list[Entry]:
    chance, country = draft.chance, draft.world.country
    city = chance.choice(country.cities)
    kinds = chance.choice(
        [
            ["phone"],
            ["mobile"],
            ["phone", "mobile"],
            ["phone", "mobile"],
            ["phone", "fax"],
            ["phone", "mobile", "fax"],
            ["phone", "phone"],
        ]
    )
    labelled = draft.happens(0.62) or "fax" in kinds
    local = draft.happens(0.16 if draft.shop else 0.03)
    style = chance.randrange(1 << 30)
    entries: list[Entry] = []
    truths: list[Truth] = []
    for kind in kinds:
        pattern = chance.choice(country.mobile) if kind == "mobile" else city.number
        number = number_of(country, pattern, kind, random.Random(f"{style} {len(truths)}"), local=local)
        number = abroad(draft) if kind == "phone" and draft.happens(0.03) else number
        number = extended(number, chance) if kind == "phone" and draft.happens(0.05) else number
        entries.append(number_entry(draft, number, labelled=labelled))
        truths.append(number_truth(number, labelled=labelled))
    truth["phones"] = truths
    return joined(entries, draft)


def abroad(draft: Draft) -> Number:
    """An office in another country; its number is printed as one dials it from outside."""
    there = any_world(draft.chance).country
    number = number_of(there, draft.chance.choice(there.cities).number, "phone", draft.chance)
    parsed = phonenumbers.parse(number.e164)
    return replace(number, raw=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def extended(number: Number, chance: random.Random) -> Number:
    return replace(number, extension=str(chance.randrange(10, 999)))


def number_entry(draft: Draft, number: Number, *, labelled: bool) -> Entry:
    mark = draft.chance.choice([" ext. ", " x", " Ext ", " ext ", " int. "])
    text = number.raw + (mark + number.extension if number.extension else "")
    label = draft.world.any(f"label_{number.kind}", draft.chance) if labelled else ""
    if labelled and number.kind == "phone" and draft.happens(0.04):
        label = draft.chance.choice(["Tel/Fax:", "Tel./Fax", "TEL & FAX", "Tel. y Fax:"])
    label_last = label in ("(o)", "(m)", "(c)", "(f)")
    return Entry(
        number.kind,
        text,
        "" if draft.icons and labelled and number.kind != "fax" else label,
        icon=draft.icons,
        label_last=label_last,
    )


def number_truth(number: Number, *, labelled: bool) -> Truth:
    """The kind is part of the truth only where a label or the plan tells it."""
    kind = {"phone": "work"}.get(number.kind, number.kind)
    flat = {
        "raw": number.raw,
        "e164": number.e164,
        "type": kind if labelled or number.sure else "",
        "extension": number.extension,
    }
    return {part: value for part, value in flat.items() if value}


def joined(entries: list[Entry], draft: Draft) -> list[Entry]:
    """Now and then all numbers on one line."""
    if len(entries) < 2 or draft.icons or not draft.happens(0.12):
        return entries
    mark = draft.chance.choice([" / ", " | ", " - ", "   ", " · ", ", "])
    return [Entry("phone", mark.join(entry.printed for entry in entries))]


def mails(draft: Draft, truth: Truth, *, peopled: bool) -> list[Entry]:
    share = 0.93 if peopled else 0.55
    if not draft.happens(share):
        return []
    chance = draft.chance
    host = free_mail(draft.world, chance) if draft.happens(0.12) else draft.firm.domain
    general = chance.choice(["info", "contact", "office", "hello", "ventas", "mail", "admin"])
    box = mailbox(draft.who, chance) if peopled and draft.happens(0.9) else general
    found = [f"{box}@{host}"] + ([f"{general}@{draft.firm.domain}"] if draft.happens(0.05) and box != general else [])
    truth["emails"] = found
    label = draft.world.any("label_mail", chance) if draft.happens(0.4) and not draft.icons else ""
    shown = [mail.capitalize() if draft.happens(0.02) else mail for mail in found]
    return [Entry("mail", mail, label, icon=draft.icons) for mail in shown]


def sites(draft: Draft, truth: Truth) -> list[Entry]:
    entries: list[Entry] = []
    chance = draft.chance
    if draft.happens(0.6):
        address = chance.choice(["www.", "www.", "", "", "https://", "http://www."]) + draft.firm.domain
        path = chance.choice(["/es", "/shop", "/contact"]) if draft.happens(0.03) else ""
        truth["urls"] = [address + path]
        label = draft.world.any("label_web", chance) if draft.happens(0.25) and not draft.icons else ""
        entries.append(Entry("web", address + path, "" if label == "www" else label, icon=draft.icons))
    if draft.happens(0.1):
        network, handle = chance.choice(NETWORKS), draft.firm.domain.split(".")[0]
        text = chance.choice([f"@{handle}", f"{network}.com/{handle}", f"{network.capitalize()} @{handle}"])
        truth["free_urls"] = [f"{network}.com/{handle}"]
        entries.append(Entry("profile", text, icon=draft.icons))
    return entries


def places(draft: Draft, truth: Truth) -> list[Entry]:
    """None, one, or several offices; a shop has one nearly always."""
    chance, world = draft.chance, draft.world
    count = chance.choices([0, 1, 2, 3], [0.1, 0.9, 0.08, 0.0] if draft.shop else [0.25, 0.65, 0.08, 0.02])[0]
    found = [address(world, chance.choice(world.country.cities), chance) for _ in range(count)]
    if not found:
        return []
    flat = [text.replace("\n", ", ") for text in found]
    truth["address"] = flat[0]
    if flat[1:]:
        truth["other_addresses"] = flat[1:]
    named = count > 1 and draft.happens(0.6)
    label = world.any("label_address", chance) if draft.happens(0.12) and not draft.icons else ""
    labels = [world.any("offices", chance) + ":" if named else label for _ in found]
    return [Entry("address", text, name, icon=draft.icons) for text, name in zip(found, labels, strict=True)]


def with_extras(draft: Draft, content: Content) -> Content:
    """Services, hours, a registration: what a reader must leave alone."""
    chance, world = draft.chance, draft.world
    services = world.words.get("services", ())
    listed = (
        chance.sample(services, k=min(len(services), chance.randrange(2, 5)))
        if draft.happens(0.5 if draft.shop else 0.1)
        else []
    )
    if listed and draft.happens(0.5):
        listed = [chance.choice([" · ", " - ", ", ", " | "]).join(listed)]
    notes = [filled(chance.choice(world.country.registration), chance)] if draft.happens(0.1) else []
    notes += [world.any("hours", chance)] if draft.happens(0.25 if draft.shop else 0.03) else []
    return replace(content, services=tuple(listed), notes=tuple(note for note in notes if note))


def logo_side(draft: Draft) -> Content:
    """The side that holds a logo and perhaps a slogan or the site: a card all the same."""
    truth: Truth = {"lang": draft.world.lang, "country": draft.world.country.code, "org": draft.firm.name}
    entries: tuple[Entry, ...] = ()
    if draft.happens(0.5):
        truth["urls"] = [f"www.{draft.firm.domain}"]
        entries = (Entry("web", f"www.{draft.firm.domain}"),)
    slogan = draft.firm.slogan if draft.happens(0.6) else ""
    return Content(org=draft.firm.name, slogan=slogan, entries=entries, truth=truth)

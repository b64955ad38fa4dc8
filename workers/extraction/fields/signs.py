"""What the print and the rest of a card say for and against a value, as numbers that a surety can be learnt from.

Every sign is between 0 and 1 or nearly so, has a name that the learnt weights know it by, and speaks of doubt when it
is large, but for a few that calm: `agree`, `proved`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from service.domain.reading.card import Address, Box, Doubt, Found, Line, PersonName, Phone, Reading
from workers.extraction.fields import hosts, lexicon, scripts, titles, whether_card
from workers.extraction.fields.dialling import dialled_country
from workers.extraction.fields.phones import looks_dialled
from workers.extraction.fields.spelling import SHARED_BOXES, company_in_label, name_in_box, spelled_by

Signs = dict[str, float]

KINDS = ("name", "org", "title", "emails", "phones", "urls", "addresses")

LOST = 0.3
"""The weakest a line can be for a letter that was seen and not known: its accent is no mailbox's to prove."""

TWINS = re.compile(r"\d[oOlI]+(?![a-zà-ÿ])|(?<![^\W\d_])[oOlI]+\d")
"""A letter that looks like a digit beside one, and beside no letter: which was printed, the eye tells by the others only."""
_ALIKE = re.compile(r"rn|vv|cl|ii|[1l]{2}|[0oO]{2}")
_SMALL_L = re.compile(r"(?:^|[\s\-&.'’])l[a-zà-ÿ]{3,}")
_ENDS_OPEN = re.compile(r"(?:&|\+|-|,|\b(?:and|und|et|y|e|de|of|für|für die|z))$", re.IGNORECASE)
"""How a value ends whose last word was not read."""
_ODD = re.compile(r"\b[a-z][A-Z]\d|[^\w\s.,'’&()/+@:-]|^\W|\(\d*\)|\d[^\W\d_]|[^\W\d_]\d|\s[^\W\d_]\.?$")
_CHOICES = frozenset({"name", "org", "title"})


def ramp(value: float, *, none: float, full: float) -> float:
    """0 at `none`, 1 at `full`, straight between, either way round."""
    return min(1.0, max(0.0, (value - none) / (full - none)))


@dataclass(frozen=True)
class Card:
    """A reading and its lines, with what all values of it are held against."""

    reading: Reading
    lines: Sequence[Line]

    @cached_property
    def boxes(self) -> tuple[str, ...]:
        """Mailboxes that may be a person's."""
        found = (mail.value.partition("@")[0] for mail in self.reading.emails)
        return tuple(box for box in found if lexicon.fold(box) not in SHARED_BOXES and not self.of_the_house(box))

    def of_the_house(self, box: str) -> bool:
        """Whether a mailbox is called after the company: `roble@gmail.com`."""
        label = re.sub(r"\d", "", box)
        return company_in_label(self.org_words, label) >= 0.8 and not name_in_box(self.name_words, box)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The card's own domains, of mailboxes and sites."""
        mails = (mail.value.rpartition("@")[2] for mail in self.reading.emails)
        return (*(host for host in mails if not hosts.is_free_mail(host)), *map(host_of, self.sites))

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(site.value for site in self.reading.urls)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for host in self.hosts if len(label := lexicon.letters(hosts.label_of(host))) > 1)

    @cached_property
    def own_signs(self) -> Signs:
        """What speaks against all that it says: it may be two cards, a piece of one, or none."""
        weight = whether_card.weight_of(self.lines, self.reading)
        called = [phone.value for phone in self.reading.phones if phone.value.e164 and phone.value.raw[:1] in "+0"]
        countries = {dialled_country(phone.e164[1:]) for phone in called if re.match(r"\+|00", phone.raw)}
        return {
            "little": ramp(weight.what_is_named, none=6.0, full=1.5),
            "other print": ramp(weight.other_print, none=0.0, full=2.0),
            "countries": float(len(countries) > 1),
            "another's mailbox": float(bool(self.name_words) and not all(map(self.spells_the_name, self.boxes))),
            "houses": float(len(set(self.labels)) > 1 and not alike(self.labels)),
        }

    def spells_the_name(self, box: str) -> bool:
        return scripts.is_cjk(self.name_words[0]) or name_in_box(self.name_words, box) > 0

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Of the person and the company, as printed."""
        return (*self.name_words, *self.org_words)

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        return tuple(self.reading.name.value.printed.split()) if self.reading.name else ()

    @cached_property
    def org_words(self) -> tuple[str, ...]:
        return tuple(self.reading.org.value.split()) if self.reading.org else ()

    def own(self, box: Box | None) -> list[Line]:
        """The lines whose middle lies in a value's box."""
        return [line for line in self.lines if box is not None and holds(box, line)]


def alike(labels: Sequence[str]) -> bool:
    """Whether the names of domains are all one, or longer and shorter forms of it."""
    shortest = min(labels, key=len)
    return all(shortest in label or fuzz.ratio(shortest, label) >= 70 for label in labels)


def host_of(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.casefold()).partition("/")[0]


def holds(box: Box, line: Line) -> bool:
    x, y = line.box.left + line.box.width / 2, line.box.top + line.box.height / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def spelled(value: Any) -> str:
    """A value as it stands in print."""
    match value:
        case PersonName() | Address():
            return value.printed
        case Phone():
            return value.raw
        case _:
            return str(value)


def of_value(kind: str, found: Found[Any], card: Card) -> Signs:
    """All signs of one value; none where a code says it."""
    if "code" in found.evidence.engines or found.evidence.box is None:
        return {}
    own, text = card.own(found.evidence.box), spelled(found.value)
    signs = {f"print {name}": sign for name, sign in of_print(own, text).items()}
    signs |= {f"{kind} {name}": sign for name, sign in OF_KIND[kind](found, card).items()}
    signs |= {f"card {name}": sign for name, sign in card.own_signs.items()}
    if kind != "name" and len(card.reading.emails) < 2:  # one mailbox that is not the name's says nothing of a number
        signs["card another's mailbox"] = 0.0
    if kind in _CHOICES:
        signs[f"{kind} scattered"] = float(scattered(text, first=kind == "name"))
    if signs["print lost"] and kind in _CHOICES:  # a mailbox or a domain proves no accent
        signs |= {f"{kind} lost": 1.0, f"{kind} proved": 0.0}
    signs |= {f"rule {found.doubt.value}": 1.0} if found.doubt and not signs.get("phones local form") else {}
    return {name: sign for name, sign in signs.items() if sign}


def of_print(own: Sequence[Line], text: str) -> Signs:
    """How clearly it is printed, and what the second reader made of it."""
    asked = [line for line in own if line.second is not None]
    unasked = [line for line in own if line.second is None]
    same = bool(asked) and agree(text, asked, all_asked=not unasked)
    weakest = min((line.weakest for line in unasked), default=1.0)
    likeness = min((likeness_of(line) for line in asked), default=1.0)
    small = min((min(line.box.width, line.box.height) for line in own), default=40)
    return {
        "weak": ramp(weakest, none=0.95, full=0.2),
        "very weak": float(weakest < 0.5),
        "lost": float(weakest <= LOST),
        "lost agree": float(same and any(line.weakest <= LOST for line in asked)),
        "faint": ramp(min((line.confidence for line in own), default=1.0), none=0.99, full=0.8),
        "agree": float(same),
        "agree weak": same * ramp(min((line.weakest for line in asked), default=1.0), none=0.95, full=0.2),
        "differ": float(bool(asked) and not same),
        "differ a little": float(bool(asked) and not same and likeness >= 0.8),
        "small": ramp(small, none=28, full=12),
        "long": ramp(len(text), none=15, full=45),
        "twins": float(bool(TWINS.search(text.partition("@")[0]))) if "@" in text else 0.0,
        "small l": float(bool(_SMALL_L.search(text)) and text[:1].isupper()),
        "eastern": float(scripts.is_cjk(text)),
        "vertical": float(any(line.vertical for line in own)),
    }


def scattered(text: str, *, first: bool) -> bool:
    """Whether a blank stands about a single syllable of Hangul, but for a surname: 누 리 출판 사(주)."""
    parts = [part for part in re.split(r"[\s·ㆍ]+", text)[first:] if scripts.HANGUL.search(part)]
    return any(len(re.sub(r"\(주\)|\W", "", part)) == 1 for part in parts)


def likeness_of(line: Line) -> float:
    return fuzz.ratio(lexicon.letters(line.text), lexicon.letters(line.second or "")) / 100


def agree(text: str, asked: Sequence[Line], *, all_asked: bool) -> bool:
    """Whether the second reader saw the same letters and digits."""
    second = "".join(lexicon.letters(line.second or "") for line in asked)
    if lexicon.letters(text) in second:
        return True
    return not all_asked and all(likeness_of(line) >= 0.97 for line in asked)


def of_margin(found: Found[Any]) -> Signs:
    """How narrowly the choice won."""
    margin = found.evidence.margin
    return {
        "hardly won": ramp(margin, none=1.0, full=0.0),
        "won narrowly": ramp(margin, none=3.0, full=1.0),
        "won": ramp(margin, none=7.0, full=3.0),
    }


def beside(found: Found[Any], card: Card) -> float:
    """Whether print that no field took stands close above or below in letters of like size: it may go on there."""
    box = found.evidence.box
    if box is None:
        return 0.0
    own = card.own(box)
    tall = max((line.box.height for line in own), default=box.height)
    return float(any(close(box, tall, line) for line in card.reading.unclaimed))


def continues(found: Found[Any], card: Card) -> float:
    """Whether the line below goes on in small letters or with a legal form: "Facharzt / für Orthopädie"."""
    box = found.evidence.box
    if box is None:
        return 0.0
    tall = max((line.box.height for line in card.own(box)), default=box.height)
    below = (line for line in card.lines if line.box.top > box.top and not holds(box, line) and close(box, tall, line))
    return float(any(goes_on_with(line.text) for line in below))


def goes_on_with(text: str) -> bool:
    plain = not re.search(r"[@\d/]|www|\w\.\w{2,}$", text)
    return plain and (text[:1].islower() or lexicon.legal_form(text).casefold() == text.strip().casefold())


def close(box: Box, tall: int, line: Line) -> bool:
    gap = max(line.box.top - box.bottom, box.top - line.box.bottom)
    across = min(line.box.right, box.right) - max(line.box.left, box.left)
    like = 0.6 < line.box.height / max(1, tall) < 1.7
    return like and -0.5 * tall < gap < 0.7 * tall and across > 0


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


def next_to(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return True
    gap = max(other.top - one.bottom, one.top - other.bottom)
    return gap < 1.2 * max(one.height, other.height)


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
        "alike": float(bool(_ALIKE.search(box)) and told < 0.85),
        "low score": ramp(found.evidence.margin, none=6.0, full=4.0),
        "digits": float(bool(re.search(r"\d", box))),
        "several": float(len(card.reading.emails) > 1),
        "rest before": rest_before(found, card),
    }


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


def of_phone(found: Found[Phone], card: Card) -> Signs:
    phone, numbers = found.value, card.reading.phones
    digits = re.sub(r"\D", "", phone.raw)
    countries = {each.value.e164[:3] for each in numbers if each.value.e164}
    local = found.doubt is Doubt.NUMBER_LOCAL and len(digits) >= 7 and looks_dialled(phone.raw)
    others = (re.sub(r"\D", "", each.value.e164 or each.value.raw) for each in numbers if each is not found)
    return {
        "local form": float(local),
        "no plus": float("+" not in phone.raw and not phone.raw.startswith("00") and not local),
        "no full form": float(not phone.e164 and not local),
        "unproved": float("plan" not in found.evidence.passed and not local),
        "few digits": ramp(len(digits), none=10, full=6) * (not local),
        "stump": float(any(digits[-6:] in other[:-1] and digits[-6:] != other[-6:] for other in others)),
        "many digits": ramp(len(digits), none=12, full=15),
        "no kind": float(not phone.type.value),
        "many": ramp(len(numbers), none=3, full=6),
        "many countries": float(len(countries) > 2),
        "low score": ramp(found.evidence.margin, none=5.0, full=0.0) * (not local),
        "brackets": float(bool(re.search(r"\(0?\)|\(\d\)", phone.raw)) or phone.raw.count("(") != phone.raw.count(")")),
        "other signs": float(bool(re.search(r"[^\d\s()+./-]", phone.raw))),
        "extension": float(bool(phone.extension)),
        "after a stroke": float(any(glued_to_a_stroke(phone.raw, line.text) for line in card.own(found.evidence.box))),
        "another country": float(abroad(phone, numbers)),
        "lent country": float("+" not in phone.raw and lent(phone, card)),
        "shorter": ramp(max(len(re.sub(r"\D", "", each.value.raw)) for each in numbers) - len(digits), none=1, full=4),
    }


def glued_to_a_stroke(raw: str, text: str) -> bool:
    """Whether a stroke stands before its first digit, as a + is read whose upright is faint: -43 699 93706073."""
    return bool(re.search(rf"(?<![\w)])[|(]*[-~–]{re.escape(raw)}", text))


def lent(phone: Phone, card: Card) -> bool:
    """Whether no address and no domain of the card is of a number's country: another number has lent it its own."""
    country = dialled_country(phone.e164[1:]) if phone.e164 else ""
    addressed = any(address.value.country == country for address in card.reading.addresses)
    return bool(country) and not addressed and not any(host.endswith(f".{country.lower()}") for host in card.hosts)


def abroad(phone: Phone, numbers: Sequence[Found[Phone]]) -> bool:
    others = [each.value.e164[:3] for each in numbers if each.value.e164 and each.value is not phone]
    return bool(phone.e164 and others) and phone.e164[:3] not in others


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
        "hyphen": float("-" in host),
        "rest before": rest_before(found, card),
        "low score": ramp(found.evidence.margin, none=6.0, full=2.0),
    }


def of_address(found: Found[Address], card: Card) -> Signs:
    have, text = set(found.evidence.passed), found.value.printed
    place = int(next((n for n, each in enumerate(card.reading.addresses) if each is found), 0))
    return {
        "no street": float("street" not in have),
        "no postcode": float("postcode" not in have),
        "no city": float("city" not in have),
        "low score": ramp(found.evidence.margin, none=6.0, full=1.0),
        "short": ramp(len(text), none=25, full=8),
        "many words": ramp(len(text.split()), none=10, full=18),
        "no digits": float(not re.search(r"\d", text)),
        "odd": float(bool(re.search(r"[|*•@:]|^\W|\d{7}|\b[a-z][A-Z]\d", text))),
        "another": float(place > 0),
        "several": float(len(card.reading.addresses) > 1),
        "town first": float(town_first(found.value)),
        "torn": float(torn(found, card.reading.addresses)),
        "goes on": beside(found, card),
        "holds a name": float(any(word in text for word in card.name_words if len(word) > 3)),
    }


def town_first(address: Address) -> bool:
    """Whether what is written after the street stands before it: of two addresses one half each."""
    printed = address.printed
    at = printed.find(address.street[:8]) if address.street and not scripts.is_cjk(printed) else 0
    return at > 0 and bool(address.postcode and 0 <= printed.find(address.postcode) < at)


def torn(found: Found[Address], addresses: Sequence[Found[Address]]) -> bool:
    """Whether it lacks its town, and another of the card its street."""
    others = [each for each in addresses if each is not found]
    return "postcode" not in found.evidence.passed and any("street" not in each.evidence.passed for each in others)


OF_KIND: dict[str, Any] = {
    "name": of_name,
    "org": of_org,
    "title": of_title,
    "emails": of_mail,
    "phones": of_phone,
    "urls": of_site,
    "addresses": of_address,
}


def values(reading: Reading) -> Iterator[tuple[str, int, Found[Any]]]:
    """Each value whose surety is learnt: its kind, its place among its like, and it."""
    for kind in KINDS:
        found = getattr(reading, kind)
        for place, each in enumerate(found if isinstance(found, tuple) else (found,)):
            if each is not None:
                yield kind, place, each

"""Invented companies: a brand, its legal form, and the domain that more or less spells it."""

import random
from dataclasses import dataclass

from bench.invented.letters import slug
from bench.invented.people import spelled
from bench.invented.world import World

SYLLABLES = ("ve lo rix tan mi ra so lum ka dro fen qui pa zo el ni tor bra cys ax om ti va nex ul gri dex or pli sen ". split())  # fmt: skip

FREE_MAIL = {
    "pt": ("gmail.com", "hotmail.com", "uol.com.br", "sapo.pt"),
    "fr": ("gmail.com", "orange.fr", "wanadoo.fr", "free.fr"),
    "de": ("gmx.de", "web.de", "t-online.de", "gmail.com"),
    "it": ("libero.it", "gmail.com", "tiscali.it"),
    "es": ("gmail.com", "hotmail.com", "yahoo.es", "outlook.com"),
    "pl": ("wp.pl", "onet.pl", "gmail.com"),
    "zh": ("163.com", "qq.com", "126.com"),
    "ko": ("naver.com", "hanmail.net"),
    "ja": ("gmail.com", "yahoo.co.jp"),
}


@dataclass(frozen=True, slots=True)
class Company:
    """A company that does not exist: its name as printed, and where it lives on the net."""

    name: str
    latin: str
    domain: str
    slogan: str


def company(world: World, family: str, chance: random.Random, *, shop: bool = False) -> Company:
    """`family` is the surname of the person on the card, after which every eighth company is named."""
    brand = brand_of(world, family, chance, shop=shop)
    own, latin = spelled(brand)
    form = chance.choice(world.country.forms)
    if (shop and chance.random() < 0.6) or chance.random() < 0.25:
        form = ""
    name = with_form(own, form, world.lang, chance)
    return Company(name, latin, domain_of(latin, world, chance), world.any("slogans", chance))


def with_form(own: str, form: str, lang: str, chance: random.Random) -> str:
    """Legal forms stand after the name; in Japanese and Korean before it as well; in Chinese without a blank."""
    if lang == "zh":
        return own + form
    if lang in ("ja", "ko"):
        before = chance.random() < (0.6 if lang == "ja" else 0.75)
        return f"{form}{own}" if before else f"{own}{form.strip()}"
    return " ".join(part for part in (own, form) if part)


def brand_of(world: World, family: str, chance: random.Random, *, shop: bool) -> str:
    noun, other = world.any("nouns", chance), world.any("nouns", chance)
    trade, tail = world.any("trades", chance), world.any("tails", chance)
    if world.lang in ("ja", "ko", "zh"):
        return eastern_brand(noun, trade, chance)
    first = family.rsplit(" ", maxsplit=1)[-1] if chance.random() < 0.5 else world.any("surnames", chance)
    coined = "".join(chance.sample(SYLLABLES, chance.randrange(2, 4))).capitalize()
    head = chance.choice([noun, noun, coined, first, f"{noun} {other}" if noun != other else noun])
    trade_first = world.lang in ("es", "pt", "fr", "it", "pl", "de") and chance.random() < 0.8
    traded = f"{trade} {head}" if trade_first else f"{head} {trade}"
    if shop:
        return traded
    initials = "".join(chance.sample("ABCDEFGHILMNOPRSTV", 3))
    pair = f"{first} & {world.any('surnames', chance)}"
    return chance.choice(
        [traded, f"{head} {tail}", f"{head} {tail}", coined, pair, f"{first} {tail}", f"{initials} {tail}", head, noun]
    )


def eastern_brand(noun: str, trade: str, chance: random.Random) -> str:
    (noun, latin_noun), (trade, latin_trade) = spelled(noun), spelled(trade)
    if chance.random() < 0.2:
        return f"{noun}|{latin_noun}"
    return f"{noun}{trade}|{latin_noun} {latin_trade}"


def domain_of(latin: str, world: World, chance: random.Random) -> str:
    words = [word for word in latin.replace("&", " ").split() if slug(word)]
    whole, dashed, first = slug(" ".join(words)), slug(" ".join(words), "-"), slug(words[0])
    short = "".join(slug(word)[:1] for word in words)
    choices = [whole, whole, whole, dashed]
    choices += [first] if len(first) > 3 else []
    choices += [short + world.country.code.lower()] if len(short) > 2 else []
    label = chance.choice(choices)
    return f"{label[:40] if len(label) > 2 else whole + 'group'}.{chance.choice(world.country.tlds)}"


def free_mail(world: World, chance: random.Random) -> str:
    return chance.choice(FREE_MAIL.get(world.lang, ("gmail.com", "outlook.com", "yahoo.com")))

"""Invented people: a name as their language builds it, and as a card prints it."""

import random
from dataclasses import dataclass

from bench.invented.letters import slug
from bench.invented.world import World


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who does not exist. `latin` is the name in Latin letters where the script is another."""

    given: str
    family: str
    prefix: str
    title: str
    name: str
    latin_given: str
    latin_family: str

    @property
    def latin(self) -> str:
        return f"{self.latin_given} {self.latin_family}"


def person(world: World, chance: random.Random) -> Person:
    woman = chance.random() < 0.5
    given = world.any("given_f" if woman else "given_m", chance)
    family = family_of(world, chance)
    if woman and world.lang == "pl" and family.endswith("ki"):
        family = f"{family[:-1]}a"
    (given, latin_given), (family, latin_family) = spelled(given), spelled(family)
    given = initialled(given, chance) if given == latin_given else given
    eastern = world.lang in ("ja", "ko", "zh")
    between = chance.choice(["", " ", " "]) if eastern else " "
    name = f"{family}{between}{given}" if eastern else f"{given} {family}"
    prefix = "" if eastern or chance.random() > 0.12 else world.any("honorifics", chance)
    title = title_of(world, chance, woman=woman)
    return Person(given, family, prefix, title, name, latin_given, latin_family)


ENDINGS = {
    "es": "uena aga ondo iego arri", "pt": "eira inho edo osa", "it": "ini oni etti ucci", "de": "mann berger hauer ke",
    "en": "well ford ton ridge", "fr": "eau ard ier ot", "nl": "stra veld ing", "pl": "wicz czyk as", "sv": "lund qvist berg",
}  # fmt: skip
ROOTS = "Bar Tol Ven Gras Mel Kor Dul Ost Fer Lam Tres Hag Pell Rud Sav Wen Zub Ald Corv Brin Gal Mant Quer".split()


def rare(world: World, chance: random.Random) -> str:
    """A surname that is in nobody's list, as one in ten is."""
    return (
        chance.choice(ROOTS)
        + chance.choice(["", "e", "a", "o"])
        + "l" * chance.randrange(2)
        + chance.choice(ENDINGS[world.lang].split())
    )


def family_of(world: World, chance: random.Random) -> str:
    first, second = world.any("surnames", chance), world.any("surnames", chance)
    if world.lang in ENDINGS and chance.random() < 0.1:
        first = rare(world, chance)
    if chance.random() < world.two_surnames:
        return f"{first} {second}"
    plain = "|" not in first and " " not in first + second
    return f"{first}-{second}" if chance.random() < 0.03 and plain else first


def spelled(word: str) -> tuple[str, str]:
    """`山田|Yamada` -> both spellings; a Latin word stands for itself."""
    own, _, latin = word.partition("|")
    return own, latin or own


def initialled(given: str, chance: random.Random) -> str:
    """Now and then a middle initial, as in "Walter J."."""
    return f"{given} {chance.choice('ABCDEFGHJKLMPRST')}." if chance.random() < 0.05 else given


def title_of(world: World, chance: random.Random, *, woman: bool) -> str:
    return world.any("titles_f" if woman else "titles_m", chance)


def mailbox(who: Person, chance: random.Random) -> str:
    """The part before the @ that a company gives its people."""
    given, family = slug(who.latin_given.split(" ")[0]), slug(who.latin_family.split(" ")[0])
    whole = slug(who.latin_family)
    return chance.choice(
        [
            f"{given}.{family}",
            f"{given}.{family}",
            f"{given[0]}{family}",
            f"{given[0]}.{family}",
            given,
            f"{given}_{family}",
            f"{given}{family}",
            f"{family}.{given}",
            family,
            f"{given}{family[0]}",
            f"{given}.{whole}",
            f"{given}-{family}",
            f"{given}{family}{chance.randrange(60, 99)}",
        ]
    )

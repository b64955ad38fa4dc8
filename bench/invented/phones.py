"""Numbers that the plans allow, in the many ways people print them."""

import random
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat

from bench.invented.world import Country, filled

TRUNK = {"GB": "0", "DE": "0", "FR": "0", "NL": "0", "IE": "0", "AU": "0", "BE": "0", "CH": "0", "AT": "0", "SE": "0", "IN": "0", "JP": "0", "KR": "0"}  # fmt: skip
"""Prefix dialled at home and put in brackets after the country code: +44 (0) 20 ..."""

LOCAL_DIGITS = {"BR": 8, "AR": 8, "MX": 8, "US": 7, "CO": 7, "PE": 7, "DE": 6, "CL": 8}
"""How many digits a number has where people leave the area code out."""

GROUPS = {
    8: ((4, 4), (2, 2, 2, 2), (2, 3, 3)),
    9: ((3, 3, 3), (3, 2, 2, 2), (2, 3, 2, 2), (1, 4, 4), (1, 2, 2, 2, 2)),
    10: ((3, 3, 4), (2, 4, 4), (2, 2, 2, 2, 2), (3, 3, 2, 2)),
    11: ((2, 5, 4), (3, 4, 4), (4, 3, 4), (4, 7)),
}


@dataclass(frozen=True, slots=True)
class Number:
    """An invented number: as printed, in E.164 ("" where the print does not give it), and what it is for."""

    raw: str
    e164: str
    kind: str
    sure: bool
    extension: str = ""


def drawn(country: Country, pattern: str, chance: random.Random) -> phonenumbers.PhoneNumber:
    """A number of that pattern; tries until the country's plan allows it."""
    code = phonenumbers.country_code_for_region(country.code)
    for _ in range(80):
        number = phonenumbers.parse(f"+{code}{filled(pattern, chance)}")
        if phonenumbers.is_valid_number(number):
            return number
    raise ValueError(f"{country.code}: no valid number of the pattern {pattern}")


def number_of(country: Country, pattern: str, kind: str, chance: random.Random, *, local: bool = False) -> Number:
    """`local` leaves the area code out where the country's people do that."""
    number = drawn(country, pattern, chance)
    plan = phonenumbers.number_type(number)
    by_plan = plan in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    if local and country.code in LOCAL_DIGITS:
        digits = phonenumbers.national_significant_number(number)[-LOCAL_DIGITS[country.code] :]
        return Number(f"{digits[:-4]}{chance.choice(['-', ' ', '-', '.'])}{digits[-4:]}", "", kind, sure=False)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Number(printed(number, country, chance), e164, kind, sure=by_plan)


def printed(number: phonenumbers.PhoneNumber, country: Country, chance: random.Random) -> str:
    abroad = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    home = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    significant = phonenumbers.national_significant_number(number)
    code = f"+{number.country_code}"
    grouped = in_groups(significant, chance)
    ways = [
        abroad, abroad, home, home, home,
        abroad.replace(" ", ".").replace("-", "."),
        f"({code}) {grouped}",
        f"{code} {grouped}",
        f"{code}{significant}",
        f"00{number.country_code} {grouped}",
        marked(home, chance),
    ]  # fmt: skip
    if country.code in TRUNK:
        ways += [f"{code} (0){' ' * chance.randrange(2)}{abroad.partition(' ')[2]}"] * 2
    if country.code in ("US", "BR"):
        ways += [home, home, abroad.replace(" ", "-", 1), home.replace("(", "").replace(") ", "-").replace(") ", "-")]
    return chance.choice(ways)


def in_groups(digits: str, chance: random.Random) -> str:
    shapes = GROUPS.get(len(digits))
    if not shapes:
        return digits
    at, groups = 0, []
    for size in chance.choice(shapes):
        groups.append(digits[at : at + size])
        at += size
    return chance.choice([" ", " ", ".", "-"]).join(groups)


def marked(home: str, chance: random.Random) -> str:
    """The home format with other marks: 030/2312 5123, 212.555.0123, 93-455-12-12."""
    bare = home.replace("(", "").replace(")", "").replace("-", " ")
    head, _, rest = bare.partition(" ")
    return chance.choice([bare.replace(" ", "."), bare.replace(" ", "-"), f"{head}/{rest}", f"{head} - {rest}"])

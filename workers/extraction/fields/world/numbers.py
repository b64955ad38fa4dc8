"""Numbering plans: what digits are in a country, through phonenumbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType as Plan
from phonenumbers import ValidationResult

_MOBILE = {Plan.MOBILE, Plan.PAGER, Plan.PERSONAL_NUMBER}
_EITHER = {Plan.FIXED_LINE_OR_MOBILE, Plan.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Number:
    """Digits under a plan. `use` is `mobile`, `fixed` or `` where the plan does not tell them apart."""

    e164: str
    valid: bool
    possible: bool
    use: str = ""
    country: str = ""


@lru_cache(maxsize=4096)
def under_plan(printed: str, country: str) -> Number | None:
    """`printed` (digits, perhaps with +) as a number of `country`, or of the country that its + says."""
    try:
        number = phonenumbers.parse(printed, country or None)
    except phonenumbers.NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    possible = possible and _is_long_enough(number)
    kind = phonenumbers.number_type(number) if valid else Plan.UNKNOWN
    use = "mobile" if kind in _MOBILE else "" if kind in _EITHER else "fixed"
    if number.country_code == 56 and use == "":  # Chile: one plan for both, mobiles begin with 9
        use = "mobile" if str(number.national_number).startswith("9") else "fixed"
    if number.country_code == 44 and not valid and re.match(r"7[1-57-9]\d{8}$", str(number.national_number)):
        use = "mobile"  # 07700 900xxx is kept free for films and samples
    region = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(
        number.country_code or 0
    )
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Number(e164, valid, possible, use, str(region))


def _is_long_enough(number: phonenumbers.PhoneNumber) -> bool:
    """As long as the country's lines to houses and mobiles are: Brazil's plan also has services of eight digits."""
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if plan is None or plan.fixed_line is None or plan.mobile is None:
        return True
    lengths = {length for kind in (plan.fixed_line, plan.mobile) for length in kind.possible_length if length > 0}
    return not lengths or len(phonenumbers.national_significant_number(number)) in lengths


@lru_cache(maxsize=1024)
def area_of(e164: str) -> str:
    """Country code and area code of a full number: `+5511`, `+1312`; nothing where the plan has none."""
    number = phonenumbers.parse(e164)
    length = phonenumbers.length_of_geographical_area_code(number)
    national = phonenumbers.national_significant_number(number)
    return f"+{number.country_code}{national[:length]}" if length else ""

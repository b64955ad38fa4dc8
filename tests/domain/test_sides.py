"""Two sides of one card: told from two people, and joined without losing or doubling a thing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.reading.card import (
    Address,
    Box,
    Doubt,
    Evidence,
    Found,
    Line,
    PersonName,
    Phone,
    PhoneType,
    Profile,
    Reading,
    Side,
)
from service.domain.reading.correction import corrected
from service.domain.reading.reading_json import doubts
from service.domain.reading.sides import Shared, is_back_of, joined, may_be_sides
from service.domain.reading.sides_corrected import joined_changes

SEEN = Evidence(engines=("rapidocr",), confidence=0.9, box=Box(1, 2, 30, 4))


def found(value: Any, doubt: Doubt | None = None) -> Found[Any]:
    return Found(value, SEEN, doubt)


def phones(*raw: str) -> tuple[Found[Phone], ...]:
    return tuple(found(Phone(one, "+" + "".join(filter(str.isdigit, one)) if one[0] == "+" else "")) for one in raw)


FRONT = Reading(
    name=found(PersonName("Maren Solheim", "Maren", "Solheim")),
    title=found("Curator"),
    phones=phones("+47 22 10 45 76"),
    emails=(found("maren@fjordarkiv.example"),),
    lang="nb",
    country="NO",
)
BACK = Reading(
    org=found("Fjord Arkiv AS"),
    phones=phones("22 10 45 76", "+47 22 10 45 00"),
    emails=(found("Maren@FjordArkiv.example"), found("post@fjordarkiv.example")),
    urls=(found("www.fjordarkiv.example"),),
    addresses=(found(Address("Bryggen 4, 5003 Bergen")),),
    lang="en",
    unclaimed=(Line("Since 1904", Box(0, 0, 9, 9), 0.8, 0.5),),
)


def test_both_sides_say_what_each_says_and_nothing_twice() -> None:
    card = joined(FRONT, BACK)
    assert [one.value.raw for one in card.phones] == ["+47 22 10 45 76", "+47 22 10 45 00"]
    assert [one.value for one in card.emails] == ["maren@fjordarkiv.example", "post@fjordarkiv.example"]
    assert card.name == FRONT.name
    assert card.org
    assert card.org.value == "Fjord Arkiv AS"
    assert [one.value.printed for one in card.addresses] == ["Bryggen 4, 5003 Bergen"]


def test_each_value_says_which_side_it_stands_on() -> None:
    card = joined(FRONT, BACK)
    assert card.name
    assert card.org
    assert (card.name.evidence.side, card.org.evidence.side) == (Side.FRONT, Side.BACK)
    assert [one.evidence.side for one in card.phones] == [Side.FRONT, Side.BACK]
    assert [line.side for line in card.unclaimed] == [Side.BACK]


def test_the_languages_of_both_are_kept() -> None:
    assert (joined(FRONT, BACK).lang, joined(FRONT, BACK).other_langs) == ("nb", ("en",))
    assert joined(FRONT, replace(BACK, lang="nb")).other_langs == ()
    assert joined(replace(FRONT, lang=""), BACK).lang == "en"


def test_the_front_has_the_last_word_and_the_backs_is_left_over() -> None:
    card = joined(replace(FRONT, org=found("Fjordarkivet")), BACK)
    assert card.org
    assert card.org.value == "Fjordarkivet"
    assert [line.text for line in card.unclaimed] == ["Since 1904", "Fjord Arkiv AS"]


def test_a_front_in_doubt_gives_way_to_a_back_that_is_not() -> None:
    card = joined(replace(FRONT, org=found("Fj0rd Arkiv", Doubt.WEAK_LETTERS)), BACK)
    assert card.org
    assert (card.org.value, doubts(card)) == ("Fjord Arkiv AS", {})
    assert "Fj0rd Arkiv" in [line.text for line in card.unclaimed]


def test_a_number_in_doubt_on_one_side_is_settled_by_the_other() -> None:
    unsure = (found(Phone("22 10 45 76"), Doubt.NUMBER_LOCAL),)
    sure = (found(Phone("+47 22 10 45 76", "+4722104576", PhoneType.WORK)),)
    for front, back in ((unsure, sure), (sure, unsure)):
        [phone] = joined(Reading(phones=front), Reading(phones=back)).phones
        assert (phone.value.e164, phone.value.type, phone.doubt) == ("+4722104576", PhoneType.WORK, None)


def test_two_numbers_that_differ_in_their_extension_are_two() -> None:
    one, other = Phone("22 10 45 76", extension="1"), Phone("22 10 45 76", extension="2")
    assert len(joined(Reading(phones=(found(one),)), Reading(phones=(found(other),))).phones) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.Fjordarkiv.example/", "fjordarkiv.example", True),
        ("fjordarkiv.example/En", "fjordarkiv.example/en", False),
        ("http://[broken", "fjordarkiv.example", False),
    ],
)
def test_sites_are_one_whatever_their_dress(one: str, other: str, *, same: bool) -> None:
    assert len(joined(Reading(urls=(found(one),)), Reading(urls=(found(other),))).urls) == (1 if same else 2)


def test_profiles_and_addresses_have_no_twins_either() -> None:
    one = Reading(
        profiles=(found(Profile("linkedin", "Maren", "a")),), addresses=(found(Address("Bryggen 4, 5003 Bergen")),)
    )
    other = Reading(
        profiles=(found(Profile("linkedin", "maren", "b")),), addresses=(found(Address("BRYGGEN 4 5003 Bergen")),)
    )
    card = joined(one, other)
    assert (len(card.profiles), len(card.addresses)) == (1, 1)


def test_sides_are_known_by_mail_number_or_company() -> None:
    assert may_be_sides(FRONT, BACK) == Shared.MAIL
    assert may_be_sides(FRONT, replace(BACK, emails=())) == Shared.NUMBER
    assert may_be_sides(BACK, replace(FRONT, emails=())) == Shared.NUMBER
    assert may_be_sides(FRONT, Reading(org=found("FJORD-ARKIV A/S"))) == Shared.COMPANY
    assert may_be_sides(FRONT, Reading(urls=(found("https://fjordarkiv.example/en"),))) == Shared.COMPANY
    assert may_be_sides(FRONT, Reading(org=found("Nordlys Studio"))) is None
    assert may_be_sides(FRONT, Reading()) is None


def test_two_names_are_two_people() -> None:
    assert may_be_sides(FRONT, replace(BACK, name=found(PersonName("Odd Berge")))) is None


def test_a_house_of_mail_that_many_use_is_no_company() -> None:
    one = Reading(name=FRONT.name, emails=(found("maren@gmail.com"),))
    assert may_be_sides(one, Reading(emails=(found("shop@gmail.com"),))) is None
    assert may_be_sides(one, Reading(urls=(found("facebook.com/shop"),))) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Heron Marsh Trust Ltd.", "heron marsh trust"),
        ("Müller & Söhne GmbH & Co. KG", "MULLER SOHNE"),
        ("Arce, S.L.", "ARCE"),
        ("山田商店", "山田商店"),
    ],
)
def test_companies_are_one_whatever_their_dress(one: str, other: str) -> None:
    assert may_be_sides(Reading(org=found(one)), Reading(org=found(other))) == Shared.COMPANY


def test_the_back_is_the_side_without_a_name_or_with_less_to_reach_by() -> None:
    assert is_back_of(BACK, FRONT)
    assert not is_back_of(FRONT, BACK)
    assert is_back_of(Reading(org=BACK.org), BACK)
    assert not is_back_of(Reading(), Reading())


values = st.sampled_from(["a@b.example", "A@b.example", "c@d.example"]).map(found)
sides = st.builds(
    Reading,
    org=st.none() | st.sampled_from(["Faro", "Faro SL"]).map(found),
    emails=st.lists(values, max_size=3, unique_by=lambda one: one.value.lower()).map(tuple),
    lang=st.sampled_from(["", "es", "en"]),
)


@given(sides)
def test_a_blank_back_adds_nothing(front: Reading) -> None:
    assert joined(front, Reading()) == front


@given(sides, sides)
def test_no_mail_is_lost_and_none_is_there_twice(front: Reading, back: Reading) -> None:
    mails = [one.value.lower() for one in joined(front, back).emails]
    assert sorted(mails) == sorted({one.value.lower() for one in (*front.emails, *back.emails)})


def test_what_was_corrected_on_either_side_holds_for_the_whole() -> None:
    front_changes = {"phones": ["+47 22 10 45 77"], "note": "met at the boat"}
    back_changes = {"org": "Fjordarkivet", "note": "asked for the catalogue", "addresses": []}
    whole = corrected(joined(FRONT, BACK), joined_changes(FRONT, front_changes, BACK, back_changes))
    assert [phone.raw for phone in whole.phones] == ["+47 22 10 45 77", "22 10 45 76", "+47 22 10 45 00"]
    assert (whole.org, whole.addresses) == ("Fjordarkivet", ())
    assert whole.note == "met at the boat\nasked for the catalogue"
    assert [mail.lower() for mail in whole.emails] == ["maren@fjordarkiv.example", "post@fjordarkiv.example"]


def test_a_back_corrected_where_the_front_stands_changes_nothing() -> None:
    front = replace(FRONT, org=found("Fjordarkivet"))
    assert joined_changes(front, {}, BACK, {"org": "Fjord"}) == {}
    assert joined_changes(FRONT, {"org": "Arkivet"}, BACK, {"org": "Fjord"}) == {"org": "Arkivet"}


def test_sides_without_corrections_have_none_together() -> None:
    assert joined_changes(FRONT, {}, BACK, {}) == {}

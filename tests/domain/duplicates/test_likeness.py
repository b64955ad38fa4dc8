"""Who may be one person, and above all who is never taken for one by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.duplicates.face import face_from, face_of, keys_of
from service.domain.duplicates.likeness import Likeness, Reason, likeness
from service.domain.duplicates.names import Closeness, closeness, words_of
from service.domain.people.contact import CardFields
from service.domain.reading.card import PersonName, Phone, Profile

MOBILE, OFFICE = "+34655412093", "+34944231807"


def who(
    name: str = "", org: str = "", *, mail: str = "", phone: str = "", profile: str = "", ext: str = ""
) -> CardFields:
    return CardFields(
        name=PersonName(name) if name else None,
        org=org,
        emails=(mail,) if mail else (),
        phones=(Phone(phone, phone if phone.startswith("+") else "", extension=ext),) if phone else (),
        profiles=(Profile("linkedin", "x", profile),) if profile else (),
    )


def judged(one: CardFields, other: CardFields) -> Likeness | None:
    there, back = likeness(face_of(one), face_of(other)), likeness(face_of(other), face_of(one))
    assert there == back
    return there


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (who("Marta Ruiz", mail="Marta@Faro.example"), who("Marta Ruiz Gil", mail="marta@faro.example"), Reason.MAIL),
        (who("Marta", mail="marta@faro.example"), who("Marta Ruiz", mail="marta@faro.example"), Reason.MAIL),
        (who("Dra. Marta Ruiz", phone=MOBILE), who("RUIZ, Marta", phone="655 41 20 93"), Reason.NUMBER),
        (who("Marta Ruiz", phone=MOBILE), who("Marta Ruiz", org="Sol", phone=MOBILE), Reason.NUMBER),
        (
            who("M. Ruiz", profile="https://www.linkedin.com/in/mr"),
            who("Marta Ruiz", profile="http://linkedin.com/in/mr/"),
            Reason.PROFILE,
        ),
        (who(org="Faro Norte S.L.", phone=OFFICE), who(org="Faro Norte", phone=OFFICE), Reason.NUMBER),
        (
            who("marta@faro.example", mail="marta@faro.example"),
            who("Marta Ruiz", mail="marta@faro.example"),
            Reason.MAIL,
        ),
    ],
)
def test_these_are_surely_one(one: CardFields, other: CardFields, reason: Reason) -> None:
    assert judged(one, other) == Likeness(sure=True, reason=reason)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (who("Marta Ruiz", mail="marta@faro.example"), who("Pedro Sanz", mail="marta@faro.example"), Reason.MAIL),
        (who("Marta", phone=OFFICE), who("Marta Ruiz", phone=OFFICE), Reason.NUMBER),
        (who("Juan Ruiz Gil", phone=OFFICE), who("Juana Ruiz Gil", phone=OFFICE), Reason.NUMBER),
        (who("A. Ruiz", phone=OFFICE), who("Ana Ruiz", phone=OFFICE), Reason.NUMBER),
        (who("Pedro Gonzalez", "Sol S.A."), who("Pedro Gonzales", "SOL"), Reason.NAME_AND_COMPANY),
        (who("Marta Ruiz", mail="m@faronorte.es"), who("Marta Ruiz", "Faro Norte S.L."), Reason.NAME_AND_COMPANY),
        (who("+34 655 41 20 93", phone=MOBILE), who("Marta Ruiz", phone=MOBILE), Reason.NUMBER),
        (who("Marta Ruiz Gil", "Sol"), who("Marta Ruiz Gil", "Luna"), Reason.NAME),
        (who("Marta Ruiz", "Sol"), who("Marta Ruiz"), Reason.NAME),
    ],
)
def test_these_may_be_one_and_are_asked_about(one: CardFields, other: CardFields, reason: Reason) -> None:
    assert judged(one, other) == Likeness(sure=False, reason=reason)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (who("Ana Ruiz", phone=OFFICE), who("Antonio Ruiz", phone=OFFICE)),  # a family on one number
        (who("Ana Ruiz", "Sol", phone=OFFICE), who("Pedro Sanz", "Sol", phone=OFFICE)),  # an office
        (who("Juan Ruiz", phone=OFFICE), who("Juan Ruiz Jr.", phone=OFFICE)),  # father and son
        (who("Ana Ruiz", mail="info@sol.example"), who("Pedro Sanz", mail="info@sol.example")),  # a mailbox for all
        (who("Ana Ruiz", phone=OFFICE), who(org="Sol", phone=OFFICE)),  # who works there and the firm
        (who("Marta Ruiz", "Sol"), who("Marta Ruiz", "Luna")),  # two people of one name
        (
            who("Ana Ruiz", profile="https://linkedin.com/company/sol"),
            who("Pedro Sanz", profile="https://linkedin.com/company/sol"),
        ),
        (who("Ana Ruiz", phone="112"), who("Ana Ruiz Gil", phone="112", org="Sol")),  # too short to be anybody's
        (who(), who()),
        (who("info@sol.example", mail="info@sol.example"), who("Ana Ruiz", mail="info@sol.example")),
    ],
)
def test_these_are_never_taken_for_one_by_themselves(one: CardFields, other: CardFields) -> None:
    found = judged(one, other)
    assert found is None or (not found.sure and found.reason is Reason.NAME)


def test_extensions_of_one_switchboard_are_numbers_of_their_own() -> None:
    assert (
        judged(who("Marta Ruiz", "Sol", phone=OFFICE, ext="1"), who("Marta Ruiz", "Luna", phone=OFFICE, ext="2"))
        is None
    )


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("山田太郎", "山田太郎", Closeness.EQUAL),
        ("Íñigo Muñoz", "Inigo Munoz", Closeness.EQUAL),
        ("María de la Cruz", "Maria Cruz", Closeness.EQUAL),
        ("J.P. Morel", "Jean-Paul Morel", Closeness.WEAK),
        ("J. García García", "Ana García Pérez Ruiz", Closeness.NONE),
        ("J. García García", "Juan García García", Closeness.WEAK),
        ("", "Ana", Closeness.NONE),
    ],
)
def test_names_are_compared_without_their_dress(one: str, other: str, near: Closeness) -> None:
    assert closeness(words_of(one), words_of(other)) is near


A_WORD = st.sampled_from(["garcia", "ana", "anabel", "a", "perez", "jr"])
SOME_WORDS = st.lists(A_WORD, max_size=5).map(sorted).map(tuple)


@given(SOME_WORDS, SOME_WORDS)
def test_any_two_names_are_as_close_from_either_side(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert closeness(one, other) is closeness(other, one)


NAMES = st.sampled_from(["Marta Ruiz", "marta@sol.example", "Marta Ruiz Gil", "Ana Ruiz", "M. Ruiz", "", "山田太郎"])
CARDS = st.builds(
    who,
    NAMES,
    st.sampled_from(["", "Sol S.L.", "Luna"]),
    mail=st.sampled_from(["", "marta@sol.example", "info@sol.example"]),
    phone=st.sampled_from(["", MOBILE, OFFICE, "655 41 20 93", "12"]),
)


@given(CARDS, CARDS)
def test_who_is_alike_shares_a_key_by_which_they_are_found(one: CardFields, other: CardFields) -> None:
    mine, theirs = ({key.key for key in keys_of(face_of(card))} for card in (one, other))
    assert judged(one, other) is None or mine & theirs


@given(CARDS, CARDS)
def test_what_is_kept_of_a_face_judges_as_the_card_does(one: CardFields, other: CardFields) -> None:
    kept = face_from(one.name.printed if one.name else "", one.org, keys_of(face_of(one)))
    assert likeness(kept, face_of(other)) == judged(one, other)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.people.search import asked, kept
from service.domain.people.vcard_reading import ContactIndex

NURIA = ContactIndex(
    uid="u",
    name="Nuria O’Neill Muñoz",
    org="Talleres Ørsted & Hijas",
    title="Directora",
    kind="person",
    note="Pedido 12-345, llamar por la mañana",
    emails=("nuria@orsted.example",),
    phones=("+34655412093", "+442079460958"),
    urls=("https://orsted.example/equipo",),
    places=("Gran Vía 3, 8500-011 Portimão",),
)
EASTERN = ContactIndex(uid="e", name="山田太郎", org="송민지 상사", title="", kind="person")


def found(query: str, index: ContactIndex = NURIA) -> bool:
    return all(piece in kept(index) for piece in asked(query))


@pytest.mark.parametrize(
    "query",
    ["n", "nu", "MUÑOZ nuria", "munoz", "oneill", "o'neill", "O’NEILL", "orsted", "ØRSTED", "hijas", "directora", "rsted",
     "mañana", "portimao", "gran via", "nuria@orsted.example", "equipo", "  nu  mu ", ""],
)  # fmt: skip
def test_a_contact_is_found_by_any_word_in_any_dress(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    ["655412093", "655 41 20 93", "+34 655 412 093", "0034 655", "34655", "412093", "020 7946 0958", "(0)20-7946",
     "8500-011", "8500", "12-345", "12345"],
)  # fmt: skip
def test_a_number_is_found_however_it_is_grouped(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize("query", ["%", "_", "&", "zz", "unoz" + "x", "ria nuri x", "ñoño", "999", "il", "sted xx"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert not found(query)


def test_one_or_two_letters_are_looked_for_where_a_word_begins() -> None:
    assert found("mu")
    assert not found("uñ")


@pytest.mark.parametrize("query", ["山田", "太郎", "郎", "田太郎", "송민", "민지", "상사"])
def test_eastern_words_are_found_without_blanks(query: str) -> None:
    assert found(query, EASTERN)


@given(st.text(max_size=30), st.text(max_size=30))
def test_every_word_of_a_contact_finds_it(name: str, note: str) -> None:
    index = ContactIndex(uid="", name=name, org="", title="", kind="person", note=note)
    words = [word for word in f"{name} {note}".split() if any(sign.isalnum() for sign in word)]
    assert all(found(word, index) for word in words)

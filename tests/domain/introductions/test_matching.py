"""Matching needs with offers: laws that hold for whatever people note, and examples in both languages."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.introductions.matching import A_PERSON, match
from service.domain.introductions.proposal import How, Line, Person, pair_of
from service.domain.introductions.synonyms import things, ways_to_say
from service.domain.introductions.unnamed import unnamed
from service.domain.introductions.words import stem, terms

DAY = date(2026, 3, 2)
WORDS = "filtros filter imprenta printing abogado lawyer local nave vino wine sensor traducción reformas busca the de".split()
TIES = ("t1", "t2", "t3", "t4", "t5", "t6")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join) | st.text(max_size=30)
days = st.integers(0, 400).map(lambda back: DAY - timedelta(days=back))


def lines(prefix: str) -> st.SearchStrategy[list[Line]]:
    drawn = st.lists(st.tuples(st.sampled_from(TIES), texts, days), max_size=8)
    return drawn.map(lambda many: [Line(f"{prefix}{n}", tie, text, day) for n, (tie, text, day) in enumerate(many)])


people = st.lists(
    st.builds(
        Person,
        tie=st.sampled_from(TIES),
        company=st.sampled_from(("", "faronorte", "riegossur")),
        work=texts,
        near=st.integers(0, 3),
        starred=st.booleans(),
    ),
    unique_by=lambda person: person.tie,
)
pairs = st.sets(st.tuples(st.sampled_from(TIES), st.sampled_from(TIES)).map(lambda two: pair_of(*two)), max_size=4)


@given(lines("n"), lines("o"), people, pairs, st.randoms(use_true_random=False))
def test_nobody_is_introduced_to_himself_or_twice_and_no_order_matters(
    needs: list[Line], offers: list[Line], known: list[Person], taken: set[tuple[str, str]], chance: random.Random
) -> None:
    found = match(needs, offers, known, taken)
    assert all(one.needs != one.helps for one in found)
    assert len({one.pair for one in found}) == len(found)
    assert not {one.pair for one in found} & taken
    assert {tie for one in found for tie in one.pair} <= {person.tie for person in known}
    assert all(sum(person.tie in one.pair for one in found) <= A_PERSON for person in known)
    for rows in (needs, offers, known):
        chance.shuffle(rows)
    assert match(needs, offers, known, taken) == found


@given(lines("n"), lines("o"), people)
def test_two_people_who_change_names_are_the_same_pair(
    needs: list[Line], offers: list[Line], known: list[Person]
) -> None:
    """Whoever is called what: the mirror image of all rows gives the mirror image of the pairs, for the same points."""
    mirror = dict(zip(TIES, reversed(TIES), strict=True))

    def turned(rows: list[Line]) -> list[Line]:
        return [Line(row.id, mirror[row.tie], row.text, row.noted_on) for row in rows]

    others = [Person(mirror[one.tie], one.company, one.work, one.near, one.starred) for one in known]
    here, there = match(needs, offers, known), match(turned(needs), turned(offers), others)
    assert sorted(one.points for one in here[:1]) == sorted(one.points for one in there[:1])
    if len(known) < A_PERSON:
        assert {pair_of(*(mirror[tie] for tie in one.pair)) for one in here} == {one.pair for one in there}


@given(lines("n"), lines("o"), people)
def test_colleagues_know_each_other(needs: list[Line], offers: list[Line], known: list[Person]) -> None:
    company = {person.tie: person.company for person in known}
    assert all(
        not company[one.needs] or company[one.needs] != company[one.helps] for one in match(needs, offers, known)
    )


@given(st.text(max_size=400))
def test_whatever_is_noted_has_terms_and_its_things_are_found_by_them(text: str) -> None:
    assert len(set(terms(text))) == len(terms(text))
    assert set(terms(text)) <= ways_to_say(text)
    assert bool(things(text)) == bool(terms(text))


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("filtros hechos más cerca que en China", "sells industrial filters"),
        ("busca abogado laboralista", "es letrada"),
        ("a graphic designer", "diseño gráfico y logotipos"),
        ("necesita asesoría fiscal", "a small accounting firm"),
        ("una nave en Irún", "alquila oficinas y naves"),
        ("solar panels for the roof", "instala placas solares"),
    ],
)
def test_the_same_thing_is_found_in_both_languages(need: str, offer: str) -> None:
    [found] = match([Line("n", "a", need, DAY)], [Line("o", "b", offer, DAY)], [Person("a"), Person("b")])
    assert (found.needs, found.helps, found.how) == ("a", "b", How.SAME)


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("busca clientes en Francia", "tiene una finca"),
        ("a good dentist", "good wine"),
        ("algo de tiempo", "tiempo no"),
    ],
)
def test_small_words_and_other_things_are_no_match(need: str, offer: str) -> None:
    found = match([Line("n", "a", need, DAY)], [Line("o", "b", offer, DAY)], [Person("a"), Person("b")])
    assert [one for one in found if one.offer and not set(terms(need)) & set(terms(offer))] == []


def test_what_few_offer_ranks_before_what_everybody_offers() -> None:
    needs = [Line("n", "a", "cartón reciclado", DAY)]
    many = [Line(f"o{n}", f"m{n}", "cartón", DAY) for n in range(15)]
    offers = [*many, Line("r", "rare", "reciclado", DAY)]
    ranked = match(needs, offers, [Person(tie) for tie in ("a", "rare", *(f"m{n}" for n in range(15)))])
    assert ranked[0].helps == "rare"


def test_whoever_one_knows_better_comes_first() -> None:
    needs = [Line("n", "a", "filtros", DAY)]
    offers = [Line("o1", "b", "filtros", DAY), Line("o2", "c", "filtros", DAY)]
    ranked = match(needs, offers, [Person("a"), Person("b"), Person("c", near=2)])
    assert [one.helps for one in ranked] == ["c", "b"]


@pytest.mark.parametrize("word", ["filtros", "filtro", "imprentas", "companies", "locales", "boxes", "vinos"])
def test_one_and_many_are_one_stem(word: str) -> None:
    singular = {"companies": "company", "locales": "local", "boxes": "box"}.get(word, word.removesuffix("s"))
    assert stem(word) == stem(singular)


def test_an_offer_that_names_them_is_not_said_to_who_is_asked() -> None:
    said = {"name": "Luis Prat", "company": "Filtros Norte S.L."}
    assert unnamed("vende filtros industriales", **said) == "vende filtros industriales"
    assert unnamed("los filtros de Luis", **said) == ""
    assert unnamed("filtros Norte, S.L.", **said) == ""


@given(st.sampled_from(("Luis Prat", "Begoña Iriarte", "José Ángel")), st.text(max_size=40), st.text(max_size=40))
def test_no_text_keeps_a_word_of_a_name(name: str, before: str, after: str) -> None:
    assert unnamed(f"{before} {name.split(maxsplit=1)[0].upper()} {after}", name=name) == ""

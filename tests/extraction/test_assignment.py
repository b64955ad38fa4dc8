import pytest

from service.domain.reading.card import Box, Line
from tests.extraction.printed import card, line
from workers.extraction.fields.roles import names, orgs, pieces, titles
from workers.extraction.fields.roles.assignment import Assignment, assign
from workers.extraction.fields.roles.surroundings import Surroundings


def chosen(lines: list[Line], *, boxes: tuple[str, ...] = (), labels: tuple[str, ...] = ()) -> Assignment:
    rest = pieces.cut(lines, [])
    around = Surroundings(boxes, labels, (), pieces.unit_px(lines))
    return assign(names.propose(rest, around), titles.propose(rest, around), orgs.propose(rest, around))


def texts(assignment: Assignment) -> list[str]:
    return [choice.value.text if choice else "" for choice in (assignment.name, assignment.title, assignment.org)]


def test_no_print_is_used_twice() -> None:
    assignment = chosen(card("Ana García", "Directora", "Roble S.L."))
    used = [choice.value.bits for choice in (assignment.name, assignment.title, assignment.org) if choice]
    assert len(used) == 3
    assert used[0] & used[1] == used[0] & used[2] == used[1] & used[2] == 0


def test_the_mailbox_tells_the_person_from_the_company_named_after_one() -> None:
    lines = card("Hugo Marín", "Ana García")
    assert texts(chosen(lines, boxes=("agarcia",), labels=("hugomarin",))) == ["Ana García", "", "Hugo Marín"]


def test_a_name_in_no_list_is_found_above_a_title() -> None:
    assert texts(chosen(card("Zyrenka Ublotkav", "Gerente General", "Roble S.L.")))[0] == "Zyrenka Ublotkav"


def test_a_shop_has_no_person() -> None:
    assert texts(chosen(card("Ferretería Roble", "Herramientas y pinturas")))[0] == ""


def test_a_margin_says_how_clearly_a_choice_won() -> None:
    clear = chosen(card("Ana García", "Directora", "Roble S.L."), boxes=("ana.garcia",), labels=("roble",))
    assert min(clear.margins) > 1.0


def test_it_is_repeatable() -> None:
    lines = card("Ana García", "Directora", "Roble S.L.", "Calidad", "Tradición")
    assert chosen(lines) == chosen(lines)


@pytest.mark.parametrize(
    ("printed", "name", "title"),
    [
        ("桐島 誠,弁理士", "桐島 誠", "弁理士"),
        ("森川真弓,経理部長 / Data Analyst", "森川真弓", "経理部長"),
        ("문 태준 전무이사", "문 태준", "전무이사"),
        ("金田 一郎 部長", "金田 一郎", "部長"),
    ],
)
def test_an_eastern_name_and_its_title_may_share_a_line(printed: str, name: str, title: str) -> None:
    assert texts(chosen(card(printed)))[:2] == [name, title]


def test_two_halves_of_a_name_whose_boxes_overlap_are_one() -> None:
    lines = [line("Tove", left=40, height=58), line("Almstrand", left=40 + 4 * 29 - 30, height=58)]
    assert texts(chosen([*lines, line("Arkitekt", top=120)]))[0] == "Tove Almstrand"


def test_a_trade_is_not_the_person_though_it_is_larger_and_a_surname_begins_it() -> None:
    lines = [line("若林運輸", height=90), *card("川口 進", "Susumu KAWAGUCHI", "係長")]
    lines[1:] = [
        Line(each.text, Box(each.box.left, each.box.top + 120, each.box.width, 24), 0.98, 0.9) for each in lines[1:]
    ]
    assert texts(chosen(lines, boxes=("skawaguchi",))) == ["川口 進", "係長", "若林運輸"]


@pytest.mark.parametrize("firm", ["Hughes & Barnes", "Harris & Coleman"])
def test_what_somebody_works_at_is_no_company_beside_two_surnames(firm: str) -> None:
    lines = card(firm, "Ellen Draper", "Editor in Chief", "Global Supply Chain")
    assert texts(chosen(lines))[2] == firm


def test_a_free_mailbox_that_spells_a_person_is_no_company_though_her_name_is_a_trade() -> None:
    free = Surroundings((), (), ("haeunpark",), 20.0)
    assert free.company(("Haeun", "Park")) == 0.0


def test_a_mailbox_of_the_given_name_alone_does_not_part_a_name_set_over_two_lines() -> None:
    said = [
        ("Quai Nord", 127, 122, 676, 70),
        ("ÉLODIE", 16, 300, 115, 57),
        ("TREGARNEC", 11, 338, 140, 60),
        ("Traductrice", 8, 385, 134, 61),
        ("54, ZA Pasteur", 100, 580, 671, 60),
    ]
    lines = [Line(text, Box(left, top, width, height), 0.98, 0.9) for text, left, top, width, height in said]
    assert texts(chosen(lines, boxes=("elodie",)))[0] == "ÉLODIE TREGARNEC"

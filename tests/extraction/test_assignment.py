from service.domain.reading.card import Line
from tests.extraction.printed import card
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

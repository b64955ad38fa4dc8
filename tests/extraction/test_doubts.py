from dataclasses import replace

from service.domain.reading.card import Doubt, Line, Reading
from tests.extraction.printed import card
from workers.extraction.fields import doubtful_lines, understand
from workers.extraction.fields.surety import signs
from workers.extraction.fields.surety.signs.card import Card, Signs
from workers.extraction.fields.surety.signs.places import torn
from workers.extraction.fields.surety.signs.printed import scattered

CARD = card(
    "Ana García", "Directora Comercial", "Talleres Roble S.L.", "Tel. +34 612 34 56 78", "ana.garcia@talleresroble.es"
)

ALONE = card("Talleres Roble S.L.", "kompras@ostmundo.es")


def reading(lines: list[Line]) -> Reading:
    return understand(lines, width=1200, height=700)


def with_second(lines: list[Line], texts: dict[int, str]) -> list[Line]:
    return [replace(line, second=texts.get(place)) for place, line in enumerate(lines)]


def weak(lines: list[Line], place: int) -> list[Line]:
    return [replace(line, weakest=0.2) if n == place else line for n, line in enumerate(lines)]


def test_a_clear_card_has_no_doubts_and_asks_nobody() -> None:
    seen = reading(CARD)
    found = [seen.name, seen.org, seen.title, *seen.emails, *seen.phones]
    assert [each.doubt for each in found if each] == [None] * 5
    assert doubtful_lines(seen, CARD) == []


def test_a_weak_letter_asks_the_second_reader() -> None:
    lines = weak(CARD, 4)
    assert doubtful_lines(reading(lines), lines) == [4]


def test_a_weak_letter_is_no_doubt_where_name_and_company_spell_the_mailbox() -> None:
    assert reading(weak(CARD, 4)).emails[0].doubt is None


def test_a_weak_letter_is_a_doubt_where_nothing_else_spells_the_mailbox() -> None:
    assert reading(weak(ALONE, 1)).emails[0].doubt is not None


def test_readers_that_agree_stand_in_the_evidence() -> None:
    seen = reading(with_second(weak(CARD, 4), {4: "ana.garcia @talleresroble.es"}))
    assert seen.emails[0].doubt is None
    assert seen.emails[0].evidence.engines == ("rapidocr", "tesseract")


def test_readers_that_differ_are_a_doubt() -> None:
    lines = with_second(weak(ALONE, 1), {1: "kompraz@ostmundo.es"})
    assert reading(lines).emails[0].doubt is Doubt.READERS_DIFFER


def test_what_a_check_found_wanting_is_in_doubt_whatever_the_print() -> None:
    seen = reading(card("Ana García", "Talleres Roble S.L.", "Tel. +34 112 34 56 78"))
    assert seen.phones[0].doubt is Doubt.NUMBER_INVALID


def test_a_name_that_the_mailbox_contradicts_is_in_doubt() -> None:
    seen = reading(card("Ana García", "Directora Comercial", "Talleres Roble S.L.", "luis.martin@talleresroble.es"))
    assert seen.name is not None
    assert seen.name.doubt is Doubt.NAME_AND_MAIL_DISAGREE


def test_two_names_alike_are_a_close_call() -> None:
    seen = reading(card("Ana García", "Hugo Marín"))
    assert seen.name is not None
    assert seen.name.doubt is Doubt.CLOSE_CALL


def test_a_close_call_is_not_for_another_reader() -> None:
    lines = card("Ana García", "Hugo Marín")
    assert doubtful_lines(reading(lines), lines) == []


def test_a_letter_beside_its_twin_among_the_digits_is_a_doubt_even_where_readers_agree() -> None:
    lines = card("Ana García", "Talleres Roble S.L.", "ana.garcia6o1@talleresroble.es")
    assert reading(lines).emails[0].doubt is Doubt.WEAK_LETTERS
    assert reading(with_second(lines, {2: lines[2].text})).emails[0].doubt is Doubt.WEAK_LETTERS


def test_no_mailbox_settles_a_name_that_lost_a_letter() -> None:
    lines = [replace(line, weakest=0.3) if n == 0 else line for n, line in enumerate(CARD)]
    seen = reading(lines)
    assert seen.name is not None
    assert seen.name.doubt is Doubt.WEAK_LETTERS
    assert doubtful_lines(seen, lines) == [0]


def test_a_local_number_in_the_form_of_its_country_is_as_the_card_prints_it() -> None:
    seen = reading(card("Padaria Aurora", "Rua das Flores 12, Centro - São Paulo - SP", "2294-9484", "9.9679-9468"))
    assert [number.value.e164 for number in seen.phones] == ["", ""]
    assert [number.doubt for number in seen.phones] == [None, None]


def test_a_mailbox_called_after_the_house_is_no_other_persons() -> None:
    seen = reading(card("Brunau Buffet", "José Carlos", "(11) 2933-6564", "brunau@gmail.com"))
    assert seen.name is not None
    assert seen.name.doubt is not Doubt.NAME_AND_MAIL_DISAGREE


def test_a_word_that_stands_before_a_mailbox_may_be_its_beginning() -> None:
    lines = card("Brittany Reyes", "Nelson Group", "hal | .brittany@nelsongroup.com")
    assert signs.of_value("emails", reading(lines).emails[0], Card(reading(lines), lines))["emails rest before"]


def told(lines: list[Line], kind: str, place: int = 0) -> Signs:
    seen = reading(lines)
    found = getattr(seen, kind)
    return signs.of_value(kind, found[place] if isinstance(found, tuple) else found, Card(seen, lines))


def test_two_cards_read_as_one_are_told_by_their_countries_houses_and_people() -> None:
    both = card(
        "Ana García", "Talleres Roble S.L.", "+34 612 34 56 78", "ana.garcia@talleresroble.es",
        "+48 71 329 15 45", "jan.kowalski@ostmundo.pl",
    )  # fmt: skip
    assert {"card countries", "card houses", "card another's mailbox"} <= told(both, "name").keys()
    assert not {"card countries", "card houses", "card another's mailbox"} & told(CARD, "name").keys()


def test_print_of_goods_speaks_against_all_that_is_read() -> None:
    box = card("Robletina", "Conservar en lugar seco", "LOT A6352", "Laboratorios Roble S.L.", "Tel. 91 123 45 67")
    assert told(box, "phones")["card other print"] > 0.5
    assert "card other print" not in told(CARD, "phones")


def test_a_name_that_the_lists_know_with_its_accent_only_may_have_lost_it() -> None:
    lines = card("Jorgen Lindqvist", "Arkitekt", "jorgen@norrby.se")
    assert told([replace(line, weakest=0.4) for line in lines], "name")["name bare"]
    assert "name bare" not in told(lines, "name")


def test_a_number_without_its_country_is_lent_that_of_another_one() -> None:
    lines = card("Göran Lindberg", "Säljare", "Tfn +41 22 363 82 00", "Mob: 079-333 19 32", "goran@ciateknik.com")
    assert [told(lines, "phones", place).get("phones lent country", 0.0) for place in (0, 1)] == [0.0, 1.0]


def test_a_stroke_before_a_number_may_be_the_plus_of_its_country() -> None:
    lines = card("Anna Scholz", "Tierärztin", "Handy: -43 699 93706073", "annas@t-online.de")
    assert told(lines, "phones")["phones after a stroke"]
    assert "phones after a stroke" not in told(CARD, "phones")


def test_blanks_amid_a_korean_company_are_odd() -> None:
    assert scattered("누 리 출판 사(주)", first=False)
    assert not scattered("누리출판사 (주)", first=False)
    assert not scattered("오 영희", first=True)


def test_a_street_without_a_town_is_torn_where_another_address_lacks_its_street() -> None:
    street = reading(card("Calle Mayor 3, Madrid")).addresses[0]
    town = replace(street, evidence=replace(street.evidence, passed=("postcode",)))
    assert torn(street, (street, town))
    assert not torn(street, (street,))


def test_a_company_that_ends_amid_its_form_is_in_doubt() -> None:
    seen = reading(card("Krzysztof Król", "BRAAXPA SP.", "krzysztofk@braaxpa.com"))
    assert seen.org is not None
    assert seen.org.doubt is Doubt.INCOMPLETE


def test_more_letters_in_the_domain_speak_against_a_company() -> None:
    assert told(card("Anchor", "Tel. +44 161 484 9087", "contact@anchorkitchens.co.uk"), "org")[
        "org more in the domain"
    ]
    assert "org more in the domain" not in told(CARD, "org")


def test_a_mailbox_that_begins_with_a_capital_may_begin_with_a_picture() -> None:
    assert told(card("SOSA DIGITAL S.A.", "Bmmedina@sosa.com"), "emails")["emails begins large"]
    assert told(card("Michel Muller", "mmuller@opticienqrange.com"), "emails")["emails odd host"]


def test_only_a_width_between_leaves_a_blank_of_an_eastern_name_unsure() -> None:
    lines = card("류영수", "교수", "youngsoor@garam.co.kr")
    boxes = [replace(lines[0], box=replace(lines[0].box, width=round(24 * wide))) for wide in (2.3, 2.75, 3.6)]
    signs_of_width = [told([first, *lines[1:]], "name").get("name eastern blank", 0.0) for first in boxes]
    assert signs_of_width[1] > 0.7
    assert max(signs_of_width[0], signs_of_width[2]) < 0.3

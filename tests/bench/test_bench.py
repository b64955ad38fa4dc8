"""The bench itself: the same seed gives the same, its numbers are valid, and its judge is just."""

import phonenumbers
import pytest

from bench.invented.cards import invented
from bench.invented.world import worlds
from bench.printed.placing import Area, Row, stack
from bench.reading.score import Tally, agrees, judge
from bench.seen.lines import simulate


def rough(text: str, face: str, size: float) -> float:
    return len(text) * size * 0.5


def test_the_same_seed_gives_the_same_lines() -> None:
    assert simulate(7) == simulate(7)
    assert simulate(7) != simulate(8)


@pytest.mark.parametrize("seed", range(40))
def test_what_the_truth_says_is_printed_on_the_card(seed: int) -> None:
    content = invented(seed)
    printed = " ".join(entry.printed.replace("@\n", "@") for entry in content.entries)
    for phone in content.truth.get("phones", []):
        assert phone["raw"] in printed
    for mail in content.truth.get("emails", []):
        assert mail in printed.lower()


@pytest.mark.parametrize("seed", range(40))
def test_a_number_with_e164_is_one_that_its_plan_allows(seed: int) -> None:
    for phone in invented(seed).truth.get("phones", []):
        if "e164" in phone:
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone["e164"]))


def test_every_language_prints_a_card() -> None:
    for lang in {world.lang for world in worlds()}:
        assert invented(1, lang=lang).truth["lang"] == lang


def test_lines_of_type_shrink_until_they_fit() -> None:
    rows = [Row("A very long line that is wider than its box", 40, "name"), Row("Second", 40, "title")]
    pieces, _ = stack(rows, Area(10, 10, 300, 60), rough)
    assert all(piece.left + piece.width <= 310.5 for piece in pieces)
    assert pieces[-1].top + pieces[-1].height <= 70.5


def test_boxes_lie_on_the_card() -> None:
    for seed in range(60):
        card = simulate(seed)
        for line in card.lines:
            assert line.box.left > -20
            assert line.box.right < card.width * 1.05, (seed, line)
            assert line.box.bottom < card.height * 1.05, (seed, line)


def test_a_name_is_right_whatever_its_case_and_honorific() -> None:
    assert agrees("name", "Lucía Aranda", "DRA. LUCÍA ARANDA")
    assert not agrees("name", "Lucía Aranda", "Lucia Aranda")


def test_a_number_without_country_code_is_right_by_its_digits() -> None:
    assert agrees("phones", {"raw": "4821-3390"}, {"raw": "48213390"})
    assert not agrees("phones", {"raw": "1", "e164": "+34612345678"}, {"raw": "1", "e164": "+52612345678"})


def test_an_invented_value_counts_against_precision() -> None:
    judged = judge({"emails": ["a@b.es"]}, {"emails": ["a@b.es", "c@d.es"]}, "emails")
    assert judged.invented == ("c@d.es",)
    assert not judged.missed


def test_a_card_read_whole_counts_as_contact_and_whole() -> None:
    card = {"name": "Ana Ruiz", "org": "Faro", "title": "Notaria", "emails": ["ana@faro.es"]}
    tally = Tally()
    tally.photo([card], [card])
    figures = tally.figures()
    assert figures["all"] == figures["contact"] == figures["whole"] == 1


def test_a_doubt_is_set_against_what_was_wrong() -> None:
    tally = Tally()
    tally.photo([{"org": "Faro"}], [{"org": "Foro", "doubts": {"org": "weak_letters"}}])
    assert tally.figures()["doubted"] == 1
    assert tally.figures()["sure right"] == 0


def test_what_counts_neither_way_is_no_surety_either() -> None:
    tally = Tally()
    tally.photo([{"org": "Faro", "free_urls": ["x.com/faro"]}], [{"org": "Faro", "urls": ["x.com/faro"]}])
    assert tally.doubts["urls"].total() == 0
    assert tally.figures()["sure right"] == tally.figures()["all"] == 1


def test_blanks_count_in_latin_addresses_only() -> None:
    assert agrees("address", "〒100-0066 東京都千代田区桜丘6-6, 第二ビル3F", "100-0066東京都千代田区桜丘6-6 第二ビル3F")
    assert not agrees("address", "〒100-0066 東京都千代田区桜丘6-6", "〒150-0043 東京都渋谷区道玄坂2-1")
    assert not agrees("address", "Calle Mayor 3, 28013 Madrid", "CalleMayor3,28013Madrid")

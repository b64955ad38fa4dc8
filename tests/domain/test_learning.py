"""What corrections teach: which fields were wrong, and whether we had said so."""

from service.domain.reading.card import Doubt, Evidence, Found, PersonName, Phone, Reading
from service.domain.reading.learning import FIELDS, Learned, learned

ALONE, BOTH = Evidence(("rapidocr",), 0.9), Evidence(("rapidocr", "tesseract"), 0.9)
READING = Reading(
    name=Found(PersonName("Ana Muñoz", "Ana", "Muñoz"), BOTH),
    org=Found("Taller Arce", ALONE, Doubt.CLOSE_CALL),
    title=Found("Desde 1987", ALONE),
    phones=(Found(Phone("600 123 123"), BOTH), Found(Phone("600 123 124"), ALONE)),
)


def of(field: str, found: list[Learned]) -> Learned:
    return next(one for one in found if one.field == field)


def test_nothing_corrected_is_nothing_to_learn() -> None:
    found = learned([(READING, {}), (READING, {"org": "Taller Arce"})])
    assert {one.field for one in found} == set(FIELDS)
    assert [one.corrected for one in found] == [0] * len(FIELDS)
    assert (of("org", found).cards, of("emails", found).cards, of("emails", found).share) == (2, 0, 0.0)


def test_what_was_most_often_wrong_comes_first() -> None:
    found = learned([(READING, {"org": "Arce e Hijas", "phones": ["600 123 123"]}), (READING, {"org": "Arce"})])
    assert [(one.field, one.corrected, one.share) for one in found[:2]] == [("org", 2, 1.0), ("phones", 1, 0.5)]


def test_what_was_missed_and_what_was_invented_are_told_apart() -> None:
    found = learned([(READING, {"emails": ["ana@arce.example"], "title": ""})])
    emails, title = of("emails", found), of("title", found)
    assert (emails.cards, emails.corrected, emails.added, emails.removed) == (1, 1, 1, 0)
    assert (title.cards, title.corrected, title.added, title.removed) == (1, 1, 0, 1)


def test_it_says_whether_the_wrong_was_in_doubt_or_both_readers_saw_it() -> None:
    found = learned([(READING, {"name": "Ana Muñiz", "org": "Arce"}), (READING, {})])
    name, org, phones = of("name", found), of("org", found), of("phones", found)
    assert (name.in_doubt, name.agreed, name.agreed_corrected) == (0, 2, 1)
    assert (org.in_doubt, org.in_doubt_corrected, org.agreed) == (2, 1, 0)
    assert phones.agreed == 0

from workers.extraction.again import accented
from workers.extraction.readers.tesseract import can_read


def test_a_lost_accented_letter_is_taken_from_the_second_reader() -> None:
    assert accented("Luca Torres Ruiz", "Lucía Torres Ruiz") == "Lucía Torres Ruiz"
    assert accented("IMOBILI·RIA", "IMOBILIÁRIA") == "IMOBILIÁRIA"
    assert accented("Nicolo Rizzo", "Nicolò Rizzo") == "Nicolò Rizzo"


def test_letters_without_an_accent_stay_as_first_read() -> None:
    assert accented("Talleres Roble", "Ta1leres Robie") == "Talleres Roble"


def test_another_text_altogether_changes_nothing() -> None:
    assert accented("Luca", "ñandú éxito") == "Luca"


def test_tesseract_is_not_asked_for_letters_that_it_has_not() -> None:
    assert can_read("Łukasz Öberg, 12")
    assert not can_read("山田 太郎")

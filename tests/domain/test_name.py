"""A printed name is filed the way its people file it."""

import pytest

from service.domain.people.name import split_name


@pytest.mark.parametrize(
    ("printed", "lang", "given", "family"),
    [
        ("Nuria Ibáñez Olazabal", "es", "Nuria", "Ibáñez Olazabal"),
        ("Ana María Vega Soto", "es", "Ana María", "Vega Soto"),
        ("Íñigo de la Peña Ruiz", "es", "Íñigo", "de la Peña Ruiz"),
        ("Nuria Vega", "es", "Nuria", "Vega"),
        ("Mary Ann Porter", "en", "Mary Ann", "Porter"),
        ("Jan van der Berg", "nl", "Jan", "van der Berg"),
        ("João da Silva Moreira", "pt", "João da Silva", "Moreira"),
        ("Vega Soto, Nuria", "es", "Nuria", "Vega Soto"),
        ("Vega, Nuria", "es", "Nuria", "Vega"),
        ("Prince", "en", "Prince", ""),
        ("田中 太郎", "ja", "太郎", "田中"),
        ("山田太郎", "ja", "太郎", "山田"),
        ("王小明", "zh", "小明", "王"),
        ("김민준", "ko", "민준", "김"),
        ("남궁민수", "ko", "민수", "남궁"),
        ("", "", "", ""),
    ],
)
def test_a_name_falls_into_given_and_family_names(printed: str, lang: str, given: str, family: str) -> None:
    name = split_name(printed, lang=lang)
    assert (name.given, name.family) == (given, family)


def test_what_was_printed_is_kept_as_it_was() -> None:
    assert split_name("  Vega  Soto, Nuria ").printed == "Vega Soto, Nuria"

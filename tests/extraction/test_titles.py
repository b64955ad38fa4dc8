import pytest

from tests.extraction.printed import card
from workers.extraction.fields.roles import pieces, titles
from workers.extraction.fields.roles.surroundings import Surroundings

ALONE = Surroundings((), (), (), 20.0)


def best(*texts: str) -> str:
    found = titles.propose(pieces.cut(card(*texts), []), ALONE)
    return found[0].value.text if found and found[0].score > 0 else ""


@pytest.mark.parametrize(
    "title",
    [
        "Directora Comercial",
        "Responsable de Compras",
        "Jefe de Ventas",
        "Gerente",
        "Diretor Administrativo",
        "Consultora de marketing",
        "Managing Director",
        "VP of Engineering",
        "Founder & CEO",
        "Attorney at Law",
        "Chargée d'affaires",
        "Chef de projet",
        "Geschäftsführer",
        "Vertriebsleiterin",
        "Bauleiter",
        "Redakteurin",
        "Responsabile vendite",
        "Amministratore delegato",
        "Projectleider",
        "Verkställande direktör",
        "Prezes zarządu",
        "代表取締役社長",
        "営業部長",
        "总经理",
        "대표이사",
    ],
)
def test_it_knows_titles_of_many_languages(title: str) -> None:
    assert best(title) == title


@pytest.mark.parametrize(
    "other",
    [
        "Calidad y confianza",
        "Talleres Roble S.L.",
        "Ihr Partner vor Ort",
        "MBA, CPA",
        "12 34 56",
        "株式会社山桜",
        "東京都知事(2)第70771号",
    ],
)
def test_it_leaves_what_is_no_title(other: str) -> None:
    assert best(other) == ""


def test_a_title_may_stand_on_two_lines() -> None:
    assert best("Responsable de", "Recursos Humanos") == "Responsable de Recursos Humanos"
    assert best("Chief", "Executive Officer") == "Chief Executive Officer"


def test_a_department_below_is_not_part_of_the_title() -> None:
    assert best("Ingeniera", "Departamento de Calidad") == "Ingeniera"


def test_a_name_and_a_title_may_share_a_line() -> None:
    assert best("Ana García Directora General") == "Directora General"

import pytest

from service.domain.reading.card import Box, Line
from workers.extraction.fields.roles import blanks, naming, pieces


@pytest.mark.parametrize(
    ("printed", "lang", "given", "family"),
    [
        ("Ana García López", "es", "Ana", "García López"),
        ("José Luis de la Torre Ruiz", "es", "José Luis", "de la Torre Ruiz"),
        ("María del Carmen Ortega Gil", "es", "María del Carmen", "Ortega Gil"),
        ("João Pedro Souza Lima", "pt", "João Pedro", "Souza Lima"),
        ("Mary Ann Baxter", "en", "Mary Ann", "Baxter"),
        ("Ludwig van der Meer", "nl", "Ludwig", "van der Meer"),
        ("DUPONT Élise", "fr", "Élise", "Dupont"),
        ("García López, Ana", "es", "Ana", "García López"),
        ("山田 太郎", "ja", "太郎", "山田"),
        ("김민수", "ko", "민수", "김"),
        ("김민 수", "ko", "민수", "김"),
        ("남궁 민수", "ko", "민수", "남궁"),
    ],
)
def test_a_name_is_split_by_the_custom_of_its_language(printed: str, lang: str, given: str, family: str) -> None:
    name = naming.person(printed, lang=lang)
    assert (name.given, name.family) == (given, family)


@pytest.mark.parametrize(
    ("printed", "name", "prefix", "suffix"),
    [
        ("Dr. Ana García", "Ana García", "Dr.", ""),
        ("Dr. med. Silke Köhler", "Silke Köhler", "Dr. med.", ""),
        ("Dipl.-Ing. Klaus Mayer", "Klaus Mayer", "Dipl.-Ing.", ""),
        ("Linda Moore, CPA, MBA", "Linda Moore", "", "CPA, MBA"),
        ("Linda Moore Esq.", "Linda Moore", "", "Esq."),
        ("Prof. Dr. Uwe Braun (Vorsitz)", "Uwe Braun", "Prof. Dr.", ""),
        ("D. Pelayo Ortega", "Pelayo Ortega", "D.", ""),
    ],
)
def test_what_is_said_before_and_after_a_name_is_taken_off(printed: str, name: str, prefix: str, suffix: str) -> None:
    person = naming.person(printed)
    assert (person.printed, person.prefix, person.suffix) == (name, prefix, suffix)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ANA GARCÍA DE LA TORRE", "Ana García de la Torre"),
        ("SEAN O'BRIEN", "Sean O'Brien"),
        ("IAN MCDONALD", "Ian McDonald"),
        ("HANS-PETER MÜLLER", "Hans-Peter Müller"),
        ("JJ Abbott", "JJ Abbott"),
        ("ana pérez", "Ana Pérez"),
    ],
)
def test_capitals_are_made_small_as_names_are_written(printed: str, name: str) -> None:
    assert naming.person(printed).printed == name


def test_an_accent_comes_back_only_where_another_print_of_the_card_shows_it() -> None:
    assert naming.person("ANA GARCIA", lang="es").printed == "Ana Garcia"
    assert naming.person("ANA GARCIA", lang="es", seen=["García Abogados"]).printed == "Ana García"


@pytest.mark.parametrize(
    ("read", "name"),
    [("lan Stevens", "Ian Stevens"), ("Jérôrne Blanc", "Jérôme Blanc"), ("NathaliePerrin", "Nathalie Perrin")],
)
def test_letters_that_look_alike_are_mended_where_the_lists_know_better(read: str, name: str) -> None:
    assert naming.person(read).printed == name


def test_an_eastern_name_gets_its_gap_back_where_the_print_is_wide_enough_for_it() -> None:
    assert naming.person("山田太郎", lang="ja", spaced=True).printed == "山田 太郎"
    assert naming.person("山田太郎", lang="ja").printed == "山田太郎"
    assert naming.person("김민수", lang="ko", spaced=True).printed == "김 민수"
    assert naming.person("김민수", lang="ko").printed == "김민수"
    assert naming.person("小 林 誠", lang="ja").printed == "小林 誠"


@pytest.mark.parametrize(("width", "name"), [(210, "山田 太郎"), (165, "山田太郎")])
def test_a_lost_gap_is_told_by_the_widths_that_the_same_card_shows(width: int, name: str) -> None:
    firm = Line("東海精機株式会社", Box(40, 40, 330, 58), 0.98, 0.9)
    lines = [firm, Line("山田太郎", Box(40, 120, width, 58), 0.98, 0.9)]
    piece = next(piece for piece in pieces.cut(lines, []) if piece.text == "山田太郎")
    assert naming.person(piece.text, lang="ja", spaced=blanks.lost(piece, lines)).printed == name


def test_letters_of_another_language_and_a_glued_saint_are_put_right() -> None:
    assert naming.person("Wiesława SZYMAÑSKA", lang="pl").printed == "Wiesława Szymańska"
    assert naming.person("CILLIAN ST.CLAIR", lang="en").printed == "Cillian St. Clair"


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("ANAÎS LEROY", "Anaïs Leroy"),
        ("Marek Wożniak", "Marek Woźniak"),
        ("Halina Stępien", "Halina Stępień"),
        ("Jorgen Dahl", "Jorgen Dahl"),
        ("Renê Kovač", "Renê Kovač"),
    ],
)
def test_an_accent_that_no_list_knows_gives_way_to_the_one_like_it(read: str, name: str) -> None:
    assert naming.person(read).printed == name

import pytest

from service.domain.reading.card import Box, Line
from tests.extraction.printed import card
from workers.extraction.fields.roles import orgs, pieces
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts


def best(lines: list[Line], *labels: str) -> str:
    around = Surroundings((), labels, (), pieces.unit_px(lines))
    found = orgs.propose(pieces.cut(lines, []), around)
    return found[0].value.text if found and found[0].score > -1.5 else ""


def line(text: str, left: int, top: int, width: int, height: int) -> Line:
    return Line(text, Box(left, top, width, height), 0.98, 0.9)


@pytest.mark.parametrize(
    "form",
    [
        "S.L.",
        "S. L.",
        "SL",
        "S.A. de C.V.",
        "Ltda.",
        "LDA.",
        "GmbH & Co. KG",
        "S.r.l.",
        "SARL",
        "Pvt. Ltd.",
        "e.V.",
        "Sp. z o.o.",
        "A/S",
    ],
)
def test_it_knows_legal_forms_however_they_are_dotted(form: str) -> None:
    assert lexicon.legal_form(f"Roble {form}")


@pytest.mark.parametrize("text", ["Ana Sala", "Casa", "Clara Inc", "PERSONAL"])
def test_the_end_of_a_word_is_no_legal_form(text: str) -> None:
    assert lexicon.legal_form(text) in ("", "Inc")


@pytest.mark.parametrize(
    "company", ["Talleres Roble S.L.", "Óptica Marea", "Bergmann & Söhne", "株式会社山桜", "㈜솔", "鼎新设计有限公司"]
)
def test_a_form_or_a_trade_makes_a_company(company: str) -> None:
    assert best(card(company, "Calidad y confianza")) == company


@pytest.mark.parametrize(
    ("read", "company"),
    [
        ("쥐솔바람소프트", "㈜솔바람소프트"),
        ("뿌솔바람물산", "㈜솔바람물산"),
        ("솔바람전자줘", "솔바람전자㈜"),
        ("( 주) 솔바람전자", "(주)솔바람전자"),
        ("뿌리식품㈜", "뿌리식품㈜"),
        ("㈜다람쥐", "㈜다람쥐"),
    ],
)
def test_a_korean_form_that_the_reader_has_no_letter_for_is_told_by_its_place(read: str, company: str) -> None:
    assert best(card(read, "02-555-1234")) == company


def test_the_domain_tells_the_company_from_the_slogan() -> None:
    assert best(card("Marea Azul", "Siempre cerca de ti"), "mareaazul") == "Marea Azul"


def test_a_name_torn_over_two_lines_is_joined_again() -> None:
    lines = [line("MAREA", 50, 40, 200, 50), line("AZUL", 50, 95, 160, 48), line("Tel. 91 123 45 67", 50, 300, 200, 24)]
    assert best(lines, "mareaazul") == "MAREA AZUL"


def test_what_goes_on_after_an_ampersand_belongs_to_the_name() -> None:
    lines = [
        line("Roble", 50, 40, 120, 40),
        line("& Marea", 50, 85, 160, 40),
        line("Tel. 91 123 45 67", 50, 300, 200, 24),
    ]
    assert best(lines, "roble") == "Roble & Marea"


def test_the_trade_below_a_drawn_name_belongs_to_it() -> None:
    lines = [
        line("MAREA", 50, 40, 300, 80),
        line("Informática", 60, 125, 260, 40),
        line("Tel. 91 123 45 67", 50, 300, 200, 24),
    ]
    assert best(lines, "marea") == "MAREA Informática"


def test_a_slogan_below_does_not() -> None:
    lines = [
        line("MAREA", 50, 40, 300, 60),
        line("Soluciones inteligentes", 60, 105, 260, 30),
        line("Tel. 1", 50, 300, 200, 24),
    ]
    assert best(lines, "marea") == "MAREA"


def test_the_domain_puts_misread_letters_right() -> None:
    assert best(card("Urnbral Norte"), "umbralnorte") == "Umbral Norte"


def test_a_small_picture_before_a_chinese_company_is_no_digit_of_it() -> None:
    texts = card("8 绿源物流股份有限公司", "Z 华泰建筑有限责任公司", "朱秀英", "市场经理")
    assert {"绿源物流股份有限公司", "华泰建筑有限责任公司"} <= {piece.text for piece in pieces.cut(texts, [])}


def test_two_strips_up_the_card_stand_in_the_order_of_the_domain() -> None:
    strips = [line("Comunicação", 40, 40, 30, 300), line("DLB", 75, 45, 30, 90)]
    assert best(strips, "dlbcomunicacao") == "DLB Comunicação"
    assert best(strips, "comunicacaodlb") == "Comunicação DLB"


@pytest.mark.parametrize(
    ("read", "label", "company"),
    [
        ("다솜쥐", "dasom", "다솜㈜"),
        ("저다솜엔지니어링", "dasomengineering", "㈜다솜엔지니어링"),
        ("때다솜식품", "", "㈜다솜식품"),
        ("저다솜엔지니어링", "", "저다솜엔지니어링"),
        ("주성전자", "jusung", "주성전자"),
    ],
)
def test_a_lost_korean_form_is_told_by_the_domain_or_by_the_trade(read: str, label: str, company: str) -> None:
    assert best(card(read, "02-555-1234"), *([label] if label else [])) == company


def test_a_polish_form_is_one_over_two_lines() -> None:
    lines = [
        line("Torfex sp.", 50, 40, 300, 90),
        line("j.", 150, 130, 60, 90),
        line("tel. 22 408 31 00", 50, 300, 200, 24),
    ]
    assert best(lines, "torfex") == "Torfex sp. j."


@pytest.mark.parametrize("permit", ["Licensed", "Licensed & insured", "Zertifiziert", "Agréé", "Certificados"])
def test_that_a_house_may_work_is_no_part_of_its_name(permit: str) -> None:
    lines = [
        line("Marlow Law Offices", 50, 40, 270, 36),
        line(permit, 50, 78, 90, 36),
        line("555-0123", 50, 300, 200, 24),
    ]
    assert best(lines, "marlow") == "Marlow Law Offices"


@pytest.mark.parametrize("company", ["霧島興業", "桐谷精機", "湖畔物流", "가온통운", "한결토건"])
def test_a_trade_at_its_end_makes_an_eastern_company(company: str) -> None:
    assert scripts.trade_in(company)
    assert not scripts.trade_in("情報をお届け")


def test_drawn_initials_give_way_to_the_name_they_stand_for() -> None:
    small = [line("08 123 45 67", 450, top, 440, 51) for top in (400, 460, 520)]
    lines = [line("TA", 120, 300, 168, 104), line("Torvallen Advokatbyrå", 30, 410, 343, 43), *small]
    assert best(lines) == "Torvallen Advokatbyrå"


def test_things_on_offer_in_small_print_are_no_company_together() -> None:
    tops = (300, 330, 360)
    offers = [
        line(text, 50, top, 150, 26) for text, top in zip(("Trockenbau", "Mietrecht", "Umzüge"), tops, strict=True)
    ]
    small = [line("030 1234567", 50, 240, 150, 26), line("post@linde.example", 50, 270, 200, 26)]
    assert " " not in best([*small, *offers], "linde")


@pytest.mark.parametrize("number", ["Matr. 7731", "ORIAS 12345678", "RPPS 10009876543"])
def test_a_number_somebody_is_registered_under_is_no_company(number: str) -> None:
    assert best([line(number, 50, 40, 300, 40), line("555-0123", 50, 300, 200, 24)]) == ""


def test_a_trade_below_goes_on_with_a_trade_that_the_domain_spells() -> None:
    lines = [line("Marble", 50, 146, 90, 27), line("Enterprises", 50, 170, 200, 40), line("555-0123", 50, 300, 200, 24)]
    assert best(lines, "marble") == "Marble Enterprises"


@pytest.mark.parametrize(
    ("owner", "firm"), [("M. ROBLES", "TALLER MECÁNICO M. ROBLES"), ("RUA DA PRATA", "TALLER MECÁNICO")]
)
def test_a_trade_over_an_initial_and_a_surname_is_the_firm_of_its_owner(owner: str, firm: str) -> None:
    lines = [line("TALLER MECÁNICO", 30, 12, 887, 77), line(owner, 300, 97, 337, 51)]
    small = [line("Aceitamos cartões", 525, 176, 180, 24), line("Aberto aos sábados", 525, 220, 180, 24)]
    assert best([*lines, *small]) == firm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.reading.card import Address, Line
from tests.extraction.printed import card, line, row
from workers.extraction.fields.contact import points


def proposed(lines: list[Line]) -> list[Address]:
    return [each.value for each in points.propose(lines).addresses if each.score > 0]


def found(*texts: str) -> list[str]:
    return [address.printed for address in proposed(card(*texts))]


@pytest.mark.parametrize(
    "texts",
    [
        ("C/ Mayor 12, 3º B", "28013 Madrid"),
        ("Andador Norte Durán 113 255", "San Guillermo de la Montaña", "VER 51195"),
        ("Av. Paulista, 1578 - Bela Vista", "CEP 01310-200 - São Paulo - SP"),
        ("Rua Augusta, n.º 32 · 1100-053 Lisboa",),
        ("76, rue Mathilde Germain", "30594 Carlier"),
        ("Hauptstraße 5", "D-10115 Berlin"),
        ("Via Alighieri, 90", "25060 Brione (BS)"),
        ("123 Main Street, Suite 200", "Springfield, IL 62701"),
        ("4001 1st Ave NE", "Redmond, WA 98052"),
        ("24 Joyce Mission", "Nashville", "S4K 4EP"),
        ("Level 3, 3504 Collins Street", "Melbourne VIC 3271"),
        ("Waldweg 1546", "8051 Zürich"),
        ("Nieuwe Markt 2153-B", "3078 KL Rotterdam"),
        ("Julianaplein 42", "8084 PS Zwolle"),
        ("Carrera 18 # 88-13, Bogotá",),
        ("Plot No. 12, Sector 5", "Andheri East, Mumbai - 400 069"),
        ("〒100-0001 東京都千代田区千代田1-1",),
        ("서울특별시 강남구 역삼동 123-45",),
        ("北京市朝阳区建国路88号",),
        ("ul. Polna 15 lok. 4, 00-644 Warszawa",),
        ("P.O. Box 12345, Dubai, UAE",),
    ],
)
def test_an_address_is_one_however_many_lines_it_takes(texts: tuple[str, ...]) -> None:
    (printed,) = found("Ana Example", *texts, "ana@example.com")
    kept = [word for text in texts for word in text.replace(",", " ").replace("·", " ").split()]
    assert printed.replace(",", " ").split() == kept


def test_a_footer_strip_gives_only_its_address() -> None:
    assert found("C/ Mayor 12 · 28013 Madrid · Tel. 91 123 45 67 · www.acme.es") == ["C/ Mayor 12, 28013 Madrid"]


def test_every_office_has_its_own_address() -> None:
    texts = ("Büro Berlin: Am Markt 5, 10115 Berlin", "Niederlassung Hamburg: Bahnhofstr. 2, 20095 Hamburg")
    assert found(*texts, "info@acme.de") == ["Am Markt 5, 10115 Berlin", "Bahnhofstr. 2, 20095 Hamburg"]


def test_parts_beside_each_other_are_one_address() -> None:
    assert [each.printed for each in proposed([*row("Calle Mayor 12", "28013 Madrid")])] == [
        "Calle Mayor 12, 28013 Madrid"
    ]


def test_offices_side_by_side_do_not_mix() -> None:
    lines = [
        line("Calle Mayor 12", left=40, top=40),
        line("Avda. Diagonal 5", left=500, top=40),
        line("28013 Madrid", left=40, top=74),
        line("08019 Barcelona", left=500, top=74),
    ]
    assert {each.printed for each in proposed(lines)} == {
        "Calle Mayor 12, 28013 Madrid",
        "Avda. Diagonal 5, 08019 Barcelona",
    }


def test_a_label_in_chinese_is_no_part_of_an_address_either() -> None:
    assert found("公司地址:北京市朝阳区建国路88号2号楼1203室", "010-88886666") == ["北京市朝阳区建国路88号2号楼1203室"]


def test_a_label_before_an_address_is_no_part_of_it() -> None:
    assert found("Dirección: Calle Mayor 12, 28013 Madrid") == ["Calle Mayor 12, 28013 Madrid"]


@pytest.mark.parametrize(
    "texts",
    [
        ("Ana García López", "Directora General", "Acme Consulting S.L."),
        ("CIF B12345678", "Colegiado 28/12345"),
        ("Lunes a viernes de 9 a 14 h",),
        ("TVA BE 0343.962.641",),
        ("Since 1923",),
        ("사업자등록번호 209-21-63521",),
    ],
)
def test_what_names_no_place_is_no_address(texts: tuple[str, ...]) -> None:
    assert found(*texts) == []


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (("Calle Mayor 12", "28013 Madrid", "España"), ("Calle Mayor 12", "28013", "Madrid", "", "ES")),
        (("4001 1st Ave NE", "Redmond, WA 98052"), ("4001 1st Ave NE", "98052", "Redmond", "WA", "US")),
        (("Hauptstraße 5", "10115 Berlin"), ("Hauptstraße 5", "10115", "Berlin", "", "DE")),
        (("10 High Street", "Bristol", "BS1 4DJ"), ("10 High Street", "BS1 4DJ", "Bristol", "", "GB")),
        (("Via Roma 1", "20121 Milano (MI)"), ("Via Roma 1", "20121", "Milano", "MI", "IT")),
    ],
)
def test_the_parts_of_an_address_are_told_apart(texts: tuple[str, ...], parts: tuple[str, ...]) -> None:
    (address,) = proposed(card(*texts))
    assert (address.street, address.postcode, address.city, address.region, address.country) == parts


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_print_breaks_it(texts: list[str]) -> None:
    proposed(card(*texts))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("부산광역시 해운대구강남대 로 49, 5 층", "부산광역시 해운대구 강남대로 49, 5층"),
        ("(41136)대구광역시 중구강남대로 21", "(41136) 대구광역시 중구 강남대로 21"),
        ("서울특별시 구로구 디지털로30길 28", "서울특별시 구로구 디지털로30길 28"),
    ],
)
def test_korean_blanks_stand_where_they_belong(read: str, meant: str) -> None:
    assert found(read) == [meant]


def test_tower_and_floor_on_a_line_of_their_own_belong_to_the_street_above() -> None:
    assert found("北京市朝阳区人民路43号", "A座5层") == ["北京市朝阳区人民路43号, A座5层"]


def test_the_id_of_a_business_is_no_address() -> None:
    assert found("누리전자", "사업 자 등 록 번호 795-41-85957", "053-639-6627") == []


def test_a_pin_code_behind_its_town_is_no_number() -> None:
    lines = card("Building C - New Delhi - 110007", "+91 11 2345 6789")
    assert [phone.value.raw for phone in points.propose(lines).phones] == ["+91 11 2345 6789"]


def test_a_japanese_postcode_needs_no_sign_before_a_dot_and_its_town() -> None:
    assert found("220-0043·神奈川県横浜市西区丸の内3-3-1896") == ["220-0043 神奈川県横浜市西区丸の内3-3-1896"]


@pytest.mark.parametrize(
    ("texts", "address"),
    [
        (("Maison Clément Sàrl / rue la Gare 11, 2057 Neuchâtel",), "rue la Gare 11, 2057 Neuchâtel"),
        (("9 경기도 성남시 분당구 월드컵로 3639 - 5층",), "경기도 성남시 분당구 월드컵로 3639 - 5층"),
        (("Beatrixlaan 329, 8995 CB LeeuwardenTelefoon: 040",), "Beatrixlaan 329, 8995 CB Leeuwarden"),
        (("Real Estate Agent", "276 Victoria Road, Cork, T12 8X81"), "276 Victoria Road, Cork, T12 8X81"),
        (("Calle 1750 No. 17-47, Bogotá", "Calle 3639 No. 18-48, Cali"), "Calle 1750 No. 17-47, Bogotá"),
    ],
)
def test_nothing_else_is_joined_to_an_address(texts: tuple[str, ...], address: str) -> None:
    assert found(*texts)[0] == address


def test_a_street_below_a_town_begins_another_address() -> None:
    texts = ("An der Alten Ziegelei 24", "4072 Basel", "Am Markt 3372", "3070 Bern", "Tel. +41 71 478 81 15")
    assert found(*texts) == ["An der Alten Ziegelei 24, 4072 Basel", "Am Markt 3372, 3070 Bern"]

import pytest

from service.domain.reading.card import Line
from tests.extraction.printed import card
from workers.extraction.fields import understand
from workers.extraction.fields.surety.whether_card import is_card


def accepted(lines: list[Line]) -> bool:
    return is_card(lines, width=1000, height=600, reading=understand(lines, width=1000, height=600))


@pytest.mark.parametrize(
    "texts",
    [
        ("Ana García", "Directora", "Roble S.L.", "ana@roble.es"),
        ("Ferretería Roble", "Calle Mayor 3, 28013 Madrid", "Tel. 91 123 45 67"),
        ("ÓPTICA", "MAREA"),
        ("MAREA", "www.marea.es"),
        ("Cool Dry Cleaning", "12 Mill Lane, Cork", "Tel. 021 427 1234"),
        ("山田 太郎", "営業部長", "株式会社山桜", "03-1234-5678"),
        ("Pizzería Roble", "Menú 9,50 €", "Pizza familiar 12,00 €", "Tel. 612 34 56 78", "www.pizzeriaroble.es"),
    ],
)
def test_these_are_cards(texts: tuple[str, ...]) -> None:
    assert accepted(card(*texts))


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("||",),
        (
            "Supermercado Roble",
            "Leche 1,20",
            "Pan 0,90",
            "Subtotal 2,10",
            "IVA 0,21",
            "TOTAL 2,31",
            "Efectivo 5,00",
            "Cambio 2,69",
        ),
        ("Roble Market", "Receipt", "Milk $1.20", "Bread $0.90", "Total $2.10", "VISA **** 1234", "6/10/2025 13:59"),
        ("PROHIBIDO EL PASO", "→"),
        ("Robletina", "500 mg", "30 comprimidos", "LOT A6352 EXP 05/2027", "Manténgase fuera del alcance de los niños"),
        ("NO PARKING",),
        ("PRZECHOWYWAĆ W SUCHYM MIEJSCU",),
        ("Trocken lagern", "Nach dem Öffnen bald verbrauchen"),
        ("Conservar en lugar fresco y seco",),
        ("NET WEIGHT", "Mill Lane"),
        ("À CONSOMMER AVANT", "des Acacias"),
        ("使用上の注意", "東町"),
        ("株式会社若松", "03-1234-5678", "2×相談31,40", "1x修理23,42", "1x掃除9,50", "TOTAL 64,32", "18/01/2025 18:08"),
        ("Bar Mleczny", "Pierogi 18,50 zł", "Kompot 6,00 zł", "SUMA 24,50 PLN", "Gotówka 30,00", "Reszta 5,50"),
        ("收款收据", "人民路"),
        ("FÜR KINDER UNZUGÄNGLICH AUFBEWAHREN", "Kirchweg"),
        (
            "해오름전자",
            "경기도 성남시 분당구 해운대로 11",
            "031 981 16 25",
            "2x37,62",
            "1x9,97",
            "2 x 35,99",
            "Summe 21,04",
        ),
    ],
)
def test_these_are_none(texts: tuple[str, ...]) -> None:
    assert not accepted(card(*texts))


def test_a_page_of_a_book_is_none() -> None:
    prose = "the rain had not stopped when she came home from the mill that night"
    assert not accepted(card("Chapter one", *[prose] * 20))

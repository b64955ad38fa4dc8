import time

import pytest

from service.domain.reading.card import Box, Line, Reading
from tests.extraction.printed import card
from workers.extraction.fields import understand

PERSON = (
    "Talleres Roble S.L.",
    "Calidad y confianza",
    "Ana García López",
    "Directora Comercial",
    "Tel. +34 912 34 56 78",
    "ana.garcia@talleresroble.es",
    "www.talleresroble.es",
)


def reading(*texts: str) -> Reading:
    return understand(card(*texts), width=1000, height=600)


def plain(seen: Reading) -> tuple[str, str, str]:
    return (
        seen.name.value.printed if seen.name else "",
        seen.title.value if seen.title else "",
        seen.org.value if seen.org else "",
    )


def test_it_reads_a_whole_card() -> None:
    seen = reading(*PERSON)
    assert plain(seen) == ("Ana García López", "Directora Comercial", "Talleres Roble S.L.")
    assert [mail.value for mail in seen.emails] == ["ana.garcia@talleresroble.es"]
    assert [phone.value.e164 for phone in seen.phones] == ["+34912345678"]
    assert (seen.lang, seen.country) == ("es", "ES")


def test_what_nobody_claimed_is_kept() -> None:
    assert [line.text for line in reading(*PERSON).unclaimed] == ["Calidad y confianza"]


def test_a_line_may_serve_two_fields() -> None:
    seen = reading("Ana García · ana.garcia@roble.es", "Gerente")
    assert plain(seen)[:2] == ("Ana García", "Gerente")
    assert seen.emails[0].value == "ana.garcia@roble.es"


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("Juniper & Vale LLP", "Priya Raman, CPA", "Senior Partner", "priya@junipervale.com"), ("Priya Raman", "Senior Partner", "Juniper & Vale LLP")),
        (("João Pedro Tavares", "Gerente de Vendas", "Vidraçaria Ipê Ltda.", "(11) 3456-7890"), ("João Pedro Tavares", "Gerente de Vendas", "Vidraçaria Ipê Ltda.")),
        (("Quellmann GmbH", "Dr. Silke Köhler", "Geschäftsführerin", "s.koehler@quellmann.de"), ("Silke Köhler", "Geschäftsführerin", "Quellmann GmbH")),
        (("Atelier Rivage SARL", "Élodie Mercier", "Chargée de projet", "elodie@rivage.fr"), ("Élodie Mercier", "Chargée de projet", "Atelier Rivage SARL")),
        (("Fucina Ulivo S.r.l.", "Chiara Bellini", "Responsabile vendite", "c.bellini@fucinaulivo.it"), ("Chiara Bellini", "Responsabile vendite", "Fucina Ulivo S.r.l.")),
        (("株式会社桜木運輸", "営業部長", "山田 太郎", "TEL 03-1234-5678", "taro.yamada@sakuragi.co.jp"), ("山田 太郎", "営業部長", "株式会社桜木運輸")),
        (("(주)다온전자", "김민수", "대표이사", "minsu@daon.co.kr"), ("김민수", "대표이사", "(주)다온전자")),
        (("鼎新设计有限公司", "李小明", "总经理", "+86 21 5555 1234"), ("李小明", "总经理", "鼎新设计有限公司")),
    ],
)  # fmt: skip
def test_it_reads_cards_of_many_countries(texts: tuple[str, ...], wanted: tuple[str, str, str]) -> None:
    assert plain(reading(*texts)) == wanted


def test_a_shop_card_is_a_company() -> None:
    seen = reading("Ferretería Roble", "Herramientas y pinturas", "Calle Mayor 3, 28013 Madrid", "Tel. 912 34 56 78")
    assert plain(seen) == ("", "", "Ferretería Roble")


def test_the_native_name_goes_before_its_latin_twin() -> None:
    seen = reading("山田 太郎", "Taro Yamada", "部長", "taro.yamada@sakuragi.co.jp")
    assert plain(seen)[0] == "山田 太郎"


def test_a_name_over_two_lines_is_one() -> None:
    seen = reading("Ana", "García López", "Gerente", "ana@roble.es")
    assert plain(seen)[:2] == ("Ana García López", "Gerente")


def test_the_same_lines_give_the_same_reading() -> None:
    assert reading(*PERSON) == reading(*PERSON)


@pytest.mark.parametrize(
    "texts", [(), ("",), ("   ",), ("|",), ("@",), ("𝒜𝓃𝒶",), ("١٢٣",), ("A" * 500,), ("a b " * 200,)]
)
def test_odd_print_breaks_nothing(texts: tuple[str, ...]) -> None:
    assert isinstance(reading(*texts), Reading)


def test_a_crowded_card_is_read_in_time() -> None:
    lines = [
        Line(f"Servicio número {n} de Ana", Box(20 + 300 * (n % 4), 20 + 24 * (n // 4), 280, 22), 0.9, 0.8)
        for n in range(120)
    ]
    start = time.process_time()
    understand(lines, width=1200, height=900)
    assert time.process_time() - start < 3.0


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("Sanne Terpstra Financieel adviseur", "Elomzo NV"), ("Sanne Terpstra", "Financieel adviseur", "Elomzo NV")),
        (
            ("Dr. Imran Mukherjee I Managing Director", "imran@mukherjee.in"),
            ("Imran Mukherjee", "Managing Director", ""),
        ),
        (("WouterJ. Hoekstra", "Directeur", "RPG Bouw N.V."), ("Wouter J. Hoekstra", "Directeur", "RPG Bouw N.V.")),
    ],
)
def test_a_title_on_the_names_line_is_parted_from_it(texts: tuple[str, ...], told: tuple[str, str, str]) -> None:
    assert plain(reading(*texts)) == told


@pytest.mark.parametrize(
    ("texts", "company"),
    [
        (("Piotr Michalak", "Rixfen Sp.", "z o.o.", "rixfen.com.pl"), "Rixfen Sp. z o.o."),
        (("Gaël Faure", "Cèdre Bâtiment Sàrl Reg. 109923/19", "gael.faure@cedrebatiment.com"), "Cèdre Bâtiment Sàrl"),
        (("Yesenia Rojas", "Fuente Ingeniería", "S.A,S.", "fuenteingenieria.com.co"), "Fuente Ingeniería S.A.S."),
        (("Claudio Pires", "DOMÍNIO", "AUTO PEÇAS", "autopecasdominio.com.br"), "DOMÍNIO AUTO PEÇAS"),
        (("Urs Herrmann", "HB", "Hoffmann Bau KG", "www.hoffmannbau.com"), "Hoffmann Bau KG"),
        (("Jérôme Rudaard", "BPV", "BÂTIMENT", "https://bpvbatiment.be"), "BPV BÂTIMENT"),
    ],
)
def test_a_company_is_told_whole_and_by_itself(texts: tuple[str, ...], company: str) -> None:
    assert plain(reading(*texts))[2] == company


def test_letters_of_another_standard_are_written_as_the_card_s_country_does() -> None:
    seen = reading(
        "有限会社霧島不動產", "桐島 誠", "経理课長", "〒530-0058 大阪府大阪市北区東町8-8", "TEL 06-1234-5678"
    )
    assert plain(seen) == ("桐島 誠", "経理課長", "有限会社霧島不動産")
    seen = reading("鼎新電子有限公司", "李小明", "销售经理", "上海市浦东新区张江路12号", "+86 21 5555 1234")
    assert plain(seen) == ("李小明", "销售经理", "鼎新电子有限公司")


def test_the_mailbox_tells_where_a_name_ends_that_shares_its_line_with_a_title() -> None:
    seen = reading("Daphne Wilson Wildlife Photographer", "daphne.wilson@marlowpress.com")
    assert plain(seen)[:2] == ("Daphne Wilson", "Wildlife Photographer")

import pytest

from tests.extraction.printed import card
from workers.extraction.fields.contact import emails, urls
from workers.extraction.fields.world import place
from workers.extraction.fields.world.place import Place


def of(*texts: str) -> Place:
    lines = card(*texts)
    mails = emails.propose(lines)
    return place.of_card(lines, [*mails, *urls.propose(lines, mails)])


@pytest.mark.parametrize(
    ("texts", "country", "lang"),
    [
        (("Ana García", "Abogada", "C/ Mayor 3, 28013 Madrid", "91 123 45 67"), "ES", "es"),
        (("Acme S.A. de C.V.", "Col. Roma, 06700 CDMX", "Gerente de ventas"), "MX", "es"),
        (("Cra 7 # 71-21, Bogotá", "Gerente comercial", "Cel: 310 234 5678"), "CO", "es"),
        (("Av. Corrientes 1234, CABA", "CUIT 30-12345678-9"), "AR", "es"),
        (("Rua das Flores, 12 - São Paulo - SP", "CEP 01137-000", "Fone (11) 3392-3817"), "BR", "pt"),
        (("Rua Augusta 12, 1100-053 Lisboa", "Telemóvel 912 345 678", "Acme, Lda."), "PT", "pt"),
        (("12 rue de la Paix, 75002 Paris", "Tél. 01 23 45 67 89"), "FR", "fr"),
        (("Hauptstraße 5, 10115 Berlin", "Geschäftsführer", "Acme GmbH"), "DE", "de"),
        (("Via Roma 1, 20100 Milano (MI)", "Cell. 335 1234567"), "IT", "it"),
        (("123 Main St, Springfield, IL 62701", "Sales Manager"), "US", "en"),
        (("London SW1A 1AA", "07700 900123"), "GB", "en"),
        (("Acme Pvt. Ltd.", "Mumbai - 400 001", "98765 43210"), "IN", "en"),
        (("株式会社アクメ", "東京都千代田区", "03-1234-5678"), "JP", "ja"),
        (("주식회사 한국", "02-555-1234"), "KR", "ko"),
        (("北京市朝阳区建国路1号", "手机：138 1234 5678"), "CN", "zh"),
        (("Juan Pérez", "juan@acme.com.pe"), "PE", "es"),
        (("Ana", "+56 9 8765 4321"), "CL", "es"),
    ],
)
def test_a_card_says_where_it_is_from(texts: tuple[str, ...], country: str, lang: str) -> None:
    found = of(*texts)
    assert (found.country, found.country_sure, found.lang) == (country, True, lang)


@pytest.mark.parametrize("texts", [(), ("Acme",), ("Tel 912345678",), ("acme.io", "info@acme.eu"), ("555-1234",)])
def test_a_card_that_says_little_is_from_nowhere_for_sure(texts: tuple[str, ...]) -> None:
    assert not of(*texts).country_sure


def test_a_free_mailbox_says_little_of_the_country() -> None:
    assert of("ana@web.de").country_sure is False
    assert of("ana@firma.de").country_sure is True


def test_saints_and_towns_are_not_taken_for_countries() -> None:
    assert of("Avda. San Martín 56", "Granada").country not in ("MF", "GD")


def test_area_codes_tell_canada_from_the_states() -> None:
    assert of("+1 416 555 0123").country == "CA"
    assert of("+1 312 555 0123").country == "US"

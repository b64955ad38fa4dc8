import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.reading.card import Doubt, Line, Phone
from tests.extraction.printed import card, row
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.contact import emails, phones, points, urls
from workers.extraction.fields.world import place


def proposed(lines: list[Line]) -> list[Candidate[Phone]]:
    mails = emails.propose(lines)
    sites = urls.propose(lines, mails)
    return phones.propose(lines, place.of_card(lines, [*mails, *sites]), [*mails, *sites])


def found(*texts: str) -> list[tuple[str, str]]:
    return [(each.value.e164 or each.value.raw, each.value.type.value) for each in proposed(card(*texts))]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (
            ("C/ Mayor 3, 28013 Madrid", "Tel. 91 123 45 67 · Móvil 600 12 34 56", "Fax: 91 123 45 68"),
            [("+34911234567", "work"), ("+34600123456", "mobile"), ("+34911234568", "fax")],
        ),
        (
            ("T 915551234 M 600123456 F 915551235", "www.acme.es"),
            [("+34915551234", "work"), ("+34600123456", "mobile"), ("+34915551235", "fax")],
        ),
        (
            ("Acme GmbH", "Hauptstraße 5, 10115 Berlin", "Tel. 030 / 12 34 56-0", "Mobil 0171 / 123 45 67"),
            [("+49301234560", "work"), ("+491711234567", "mobile")],
        ),
        (
            ("(312) 555-0123 office", "312.555.0199 cell", "(312) 555-0100 fax", "123 Main St, Chicago, IL 60601"),
            [("+13125550123", "work"), ("+13125550199", "mobile"), ("+13125550100", "fax")],
        ),
        (
            ("〒100-0001 東京都千代田区千代田1-1", "TEL 03-1234-5678 FAX 03-1234-5679", "携帯 090-1234-5678"),
            [("+81312345678", "work"), ("+81312345679", "fax"), ("+819012345678", "mobile")],
        ),
        (
            ("서울시 강남구 역삼동 123-45", "Tel. 02-555-1234", "Mobile. 010-1234-5678"),
            [("+8225551234", "work"), ("+821012345678", "mobile")],
        ),
        (
            ("电话：010-8888 9999", "手机：138 1234 5678", "邮编：100020", "北京市朝阳区"),
            [("+861088889999", "work"), ("+8613812345678", "mobile")],
        ),
        (
            ("Roble Energie", "9738 XR Groningen", "Telefoon: 040 749 2259 06: +31.6.24718850"),
            [("+31407492259", "work"), ("+31624718850", "mobile")],
        ),
        (("Pune 411001, India", "020 3322 99371E-mail: asha@acme.co.in"), [("+912033229937", "work")]),
        (("4006 Linz, Österreich", "+43 | 5251197"), [("+4315251197", "work")]),
        (("박은정", "미래전자", "150-89-82062", "031-288-7802"), [("+82312887802", "work")]),
        (("浙江省杭州市西湖区长安街2164号 邮编：310026·+86 20 8572 7699",), [("+862085727699", "work")]),
        (("〒604-0861 京都府京都市中京区緑が丘2-2-3789-052-490-0469",), [("+81524900469", "work")]),
        (("Tel. 612 34 56 78", "LC.o834594"), [("+34612345678", "mobile")]),
        (("Dublin 2, Ireland", "Text 085 - 178 7681"), [("+353851787681", "mobile")]),
        (
            ("Tél. : 01 23 45 67 89", "Port. : 06 12 34 56 78", "75001 Paris"),
            [("+33123456789", "work"), ("+33612345678", "mobile")],
        ),
        (
            ("Via Roma 1, 20100 Milano (MI)", "Tel. 02 1234567", "Cell. 335 1234567"),
            [("+39021234567", "work"), ("+393351234567", "mobile")],
        ),
        (
            ("Acme S.A. de C.V.", "Tel. (55) 5555-1234", "Cel. 55 1234 5678", "Col. Roma, C.P. 06700, CDMX"),
            [("+525555551234", "work"), ("+525512345678", "mobile")],
        ),
        (("Av. Providencia 1234, Santiago, Chile", "Cel. 9 8765 4321"), [("+56987654321", "mobile")]),
        (("912 345 678", "936 123 456", "geral@acme.pt"), [("+351912345678", "mobile"), ("+351936123456", "mobile")]),
        (
            ("+41 44 123 45 67 Direkt", "+41 79 123 45 67 Mobile"),
            [("+41441234567", "work"), ("+41791234567", "mobile")],
        ),
    ],
)
def test_numbers_of_a_card_come_in_full_with_their_use(texts: tuple[str, ...], numbers: list[tuple[str, str]]) -> None:
    assert found(*texts) == numbers


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("+39 (0)6 1234567", "+39061234567"),
        ("(+34) 624 45 19 56", "+34624451956"),
        ("0034 91 123 45 67", "+34911234567"),
        ("+1 (987) 123-4567", "+19871234567"),
        ("+34.917.25.54.91", "+34917255491"),
        ("Tel +34 91 l23 45 67", "+34911234567"),
        ("Mov +34 6OO 123 456", "+34600123456"),
        ("+52 1 55 1234 5678", "+525512345678"),
        ("+44.70.8428.7349", "+447084287349"),
    ],
)
def test_a_number_with_its_country_is_full_wherever_the_card_is_from(printed: str, number: str) -> None:
    assert [value for value, _ in found(printed)] == [number]


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Tel/Fax: +34 91 123 45 67", "work"),
        ("Fone/Fax: +55 11 3392-3817", "work"),
        ("Cel/WhatsApp: +34 600 123 456", "mobile"),
        ("WhatsApp +1 312 555 0123", "mobile"),
        ("Telefax: +49 30 1234567", "fax"),
        ("Handy: +49 171 1234567", "mobile"),
        ("H.P. +65 9123 4567", "mobile"),
        ("+34 91 123 45 67 (fax)", "fax"),
        ("Casa: +34 91 123 45 67", "home"),
        ("T +34 600 123 456", "mobile"),
        ("+44 7198 483709", "mobile"),
        ("📱 +1 312 555 0123", "mobile"),
        ("ეF: +41311573922", "fax"),
    ],
)
def test_the_nearest_label_says_the_use_else_the_plan(printed: str, kind: str) -> None:
    assert [use for _, use in found(printed)] == [kind]


@pytest.mark.parametrize(
    "texts",
    [
        ("CIF: B12345678",),
        ("NIF 12345678Z",),
        ("CNPJ 12.345.678/0001-90",),
        ("RUT 12.345.678-9",),
        ("CREA 123456789-0",),
        ("GSTIN 27AAAAA0000A1Z5",),
        ("SIRET 123 456 789 00012",),
        ("P.IVA 01234567890",),
        ("New York, NY 10001-1234",),
        ("CEP: 03637-000",),
        ("Alameda do Carmo, n.º 32 · 4710-403 Braga",),
        ("P.O. Box 123456",),
        ("Abierto 9:00-14:00 y 16:00-20:00",),
        ("Desde 1998 - 2024",),
        ("12/10/2024",),
        ("R$ 1.234.567,00",),
        ("ID. 35*65*43262",),
        ("Lic# 01234567",),
        ("ISO 9001:2015",),
        ("ES91 2100 0418 4502 0005 1332",),
        ("Carrera 18 # 88-1370 Of. 302, Bogotá",),
        ("T.P. 373449",),
    ],
)
def test_other_numbers_are_no_phones(texts: tuple[str, ...]) -> None:
    assert found(*texts) == []


def test_a_short_number_counts_only_with_a_label_where_a_full_one_stands_too() -> None:
    assert [value for value, _ in found("(312) 555-0123", "Chicago, IL 60601", "7654321")] == ["+13125550123"]
    assert [value for value, _ in found("555-1234", "Mike's Garage")] == ["555-1234"]


def test_local_numbers_take_the_area_code_that_the_card_shows() -> None:
    texts = ("Fone: (41) 3333-4444 / 3333-4445", "Cel.: 99999-8888", "Curitiba - PR")
    assert [value for value, _ in found(*texts)] == ["+554133334444", "+554133334445", "+5541999998888"]


def test_local_numbers_without_any_area_code_stay_as_printed() -> None:
    numbers = proposed(card("Av. Itaquera, 2994 - SP", "3569-6905", "97038-8110"))
    assert [(each.value.raw, each.value.e164) for each in numbers] == [("3569-6905", ""), ("97038-8110", "")]
    assert all(each.failed == (Doubt.NUMBER_LOCAL,) for each in numbers)


def test_a_national_number_of_an_unknown_country_stays_as_printed_and_in_doubt() -> None:
    (number,) = proposed(card("Tel 912345678"))
    assert number.value.e164 == ""
    assert number.failed == (Doubt.COUNTRY_GUESSED,)


def test_an_invalid_number_with_its_country_is_kept_and_in_doubt() -> None:
    (number,) = proposed(card("+1 (987) 123-4567"))
    assert number.failed == (Doubt.NUMBER_INVALID,)


@pytest.mark.parametrize(
    "printed",
    [
        "Tel. +34 91 123 45 67 ext. 102",
        "+34 91 123 45 67 x102",
        "+34 91 123 45 67 (ext 102)",
        "Tel +34911234567, int. 102",
    ],
)
def test_an_extension_is_no_part_of_the_number(printed: str) -> None:
    (number,) = proposed(card(printed))
    assert (number.value.e164, number.value.extension) == ("+34911234567", "102")


def test_several_numbers_of_a_line_come_apart() -> None:
    assert [value for value, _ in found("(11) 2076 5555 (11) 9 9374 0268")] == ["+551120765555", "+5511993740268"]
    assert [value for value, _ in found("600 123 456 - 91 123 45 67", "acme.es")] == ["+34600123456", "+34911234567"]
    assert [value for value, _ in found("Tel. 91 123 45 67 / 68", "acme.es")] == ["+34911234567", "+34911234568"]


def test_the_same_number_in_two_prints_is_one() -> None:
    assert len(found("91 123 45 67", "+34 911 234 567", "acme.es")) == 1


def test_a_label_may_stand_in_a_box_of_its_own() -> None:
    beside = proposed(list(row("Fax", "+34 91 123 45 67")))
    above = proposed(card("Móvil", "+34 91 123 45 67"))
    assert [each.value.type.value for each in beside + above] == ["fax", "mobile"]


def test_letters_of_a_vanity_number_are_dialled() -> None:
    assert found("1-800-FLOWERS", "NY 10001") == [("+18003569377", "work")]


def test_where_the_plan_does_not_tell_the_first_number_is_for_work_and_the_second_a_mobile() -> None:
    assert [kind for _, kind in found("+1 312 555 0123", "+1 312 555 0199")] == ["work", "mobile"]


@given(st.integers(600000000, 699999999), st.sampled_from(["", " ", ".", "-"]))
def test_a_spanish_mobile_is_read_with_any_separator(number: int, separator: str) -> None:
    digits = str(number)
    printed = separator.join((digits[:3], digits[3:6], digits[6:]))
    assert [value for value, _ in found(f"+34 {printed}")] == [f"+34{number}"]


@given(st.lists(st.text(alphabet="0123456789 +-./()TelFaxMóvilOl", max_size=40), max_size=5))
def test_no_print_breaks_it(texts: list[str]) -> None:
    found(*texts)


def test_an_unused_zero_behind_a_number_is_no_part_of_it() -> None:
    seen = points.propose(card("Acme Ltd.", "+353 1 562 5963 (0)")).phones
    assert [each.value.e164 for each in seen] == ["+35315625963"]


def test_a_house_and_a_postcode_between_words_are_no_number() -> None:
    assert found("(+49) 30 795 09 21", "Goethestraße 2319-24034 Kiel") == [("+49307950921", "work")]


@pytest.mark.parametrize("behind", ["212 - 969 3171 (f)", "300/0284625", "19 Queen's Terrace"])
def test_what_follows_a_stroke_and_goes_on_is_no_second_end_of_a_number(behind: str) -> None:
    seen = found(f"Tel. +44 7752 273547 / {behind}")
    assert seen[0][0] == "+447752273547"
    assert not any(number.startswith("+4477522735") for number, _ in seen[1:])

"""vCards as phones and programs write them, by hand and of invented people; and files that mean harm."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from service.domain.imports.cards import MAX_LINE, MAX_PROPERTIES, Card, cards_of, is_of_cards
from service.domain.imports.columns import Column
from service.domain.imports.people import person_of
from service.domain.imports.rows import Habits, Trouble
from service.domain.people.contact import CardFields
from service.domain.reading.card import PhoneType

FOLDER = Path(__file__).parent / "vcards"
SPAIN = Habits(country="ES", lang="es")


def came(name: str) -> list[CardFields]:
    return [entry.fields for entry in entries((FOLDER / name).read_bytes())]


def entries(data: bytes) -> list:  # type: ignore[type-arg]  # of entries, or of why there is none
    made = [person_of(card, habits=SPAIN) for card in cards_of([data])]
    return [one if isinstance(one, Trouble) else one[1] for one in made]


def only(text: str | bytes, frame: str = "BEGIN:VCARD\nVERSION:3.0\n{}\nEND:VCARD\n") -> tuple[str, CardFields]:
    data = text if isinstance(text, bytes) else frame.format(text).encode()
    [made] = [person_of(card, habits=SPAIN) for card in cards_of([data])]
    assert not isinstance(made, Trouble), made
    return made[0], made[1].fields


def test_an_iphones_contacts_come_in_whole() -> None:
    nuria, shop = came("ios.vcf")
    assert nuria.name
    assert (nuria.name.given, nuria.name.family, nuria.name.prefix) == ("Nuria", "Ibáñez de la Peña", "Dra.")
    assert (nuria.org, nuria.department, nuria.title) == ("Filtros y Tubos", "Compras", "Jefa de compras")
    assert [(phone.e164, phone.type) for phone in nuria.phones] == [
        ("+34655412093", PhoneType.MOBILE),
        ("+34944231807", PhoneType.UNKNOWN),
    ]
    assert nuria.note == 'Busca "sensores"; precio, plazo\nMejor por la tarde'
    assert (nuria.addresses[0].street, nuria.addresses[0].postcode) == ("Gran Vía 3, 2º", "48001")
    assert nuria.profiles[0].network == "linkedin"
    assert (shop.name, shop.org) == (None, "Taller Ñandú")


def test_an_iphones_labels_and_picture_are_kept() -> None:
    [card, _] = cards_of([(FOLDER / "ios.vcf").read_bytes()])
    made = person_of(card, habits=SPAIN)
    assert not isinstance(made, Trouble)
    kept = vobject.readOne(made[0])
    labels = {line.group: line.value for line in kept.contents["x-ablabel"]}
    assert [labels.get(line.group) for line in kept.contents["tel"]] == [None, "Fábrica"]
    assert kept.photo.value.startswith(b"\xff\xd8\xff\xe0")


def test_a_list_of_people_is_no_person() -> None:
    juergen, group = entries((FOLDER / "macos.vcf").read_bytes())
    assert (juergen.fields.name.family, juergen.fields.phones[0].type) == ("Groß", PhoneType.FAX)
    assert group is Trouble.GROUP


def test_two_octets_a_letter_are_read() -> None:
    [taro] = came("macos-utf16.vcf")
    assert taro.name
    assert (taro.name.printed, taro.org, taro.phones[0].e164) == ("山田 太郎", "山田商店", "+819012345678")


def test_an_old_androids_soft_breaks_are_joined() -> None:
    [inigo] = came("android.vcf")
    assert inigo.name
    assert (inigo.name.given, inigo.name.family, inigo.org) == ("Iñigo", "Muñoz", "Muñoz e Hijos")
    assert inigo.note == "Feria de Bilbao\nBusca, precio"
    assert [phone.e164 for phone in inigo.phones] == ["+34655412093", "+34944231807"]


def test_outlooks_letters_are_read_with_charset_and_without() -> None:
    [renee] = came("outlook.vcf")
    assert renee.name
    assert (renee.name.printed, renee.org, renee.department) == ("Dr. Renée Weiß", "Weiß, Braun & Co.", "Einkauf")
    assert renee.title == "Leiterin, Einkauf"
    assert renee.note == "Messe Köln\nzweite Zeile = mit Gleichheitszeichen"
    assert (renee.addresses[0].street, renee.addresses[0].city) == ("Straße 5", "Köln")


def test_what_a_program_says_in_its_own_words_comes_in_as_it_stands() -> None:
    own = (
        "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:chema",
        "X-SOCIALPROFILE;type=twitter;x-user=chema:http://x.example/chema",
        "item1.TEL;waid=34600112233:+34 600 11 22 33",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Chema;1;;;",
        "X-ABDATE;type=pref:2012-06-03",
        "BDAY;value=date;X-APPLE-OMIT-YEAR=1604:1604-05-12",
    )
    text, _ = only("FN:Ana Gil\n" + "\n".join(own))
    unfolded = text.replace("\r\n ", "")
    for wanted in (
        "IMPP;TYPE=HOME;X-SERVICE-TYPE=Skype:skype:chema",
        "X-SOCIALPROFILE;TYPE=twitter;X-USER=chema:http://x.example/chema",
        "item1.TEL;WAID=34600112233:+34600112233",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Chema;1;;;",
        "X-ABDATE;TYPE=pref:2012-06-03",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12",
    ):
        assert f"\r\n{wanted}\r\n" in unfolded
    old, _ = only(
        "FN:Ana Gil\nBDAY:--0512\nX-ANDROID-CUSTOM:a/nickname;Chema;1", "BEGIN:VCARD\nVERSION:2.1\n{}\nEND:VCARD\n"
    )
    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12\r\nX-ANDROID-CUSTOM:a/nickname;Chema;1\r\n" in old


def test_a_value_too_long_to_be_kept_is_told_and_the_rest_comes_in() -> None:
    long = "x" * 25_000
    lines = f"NOTE:{long}\nX-OWN:{long}\nX-MS-CARDPICTURE;ENCODING=BASE64:{'A' * 600_000}\nTEL:655412093"
    [made] = entries(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\n{lines}\nEND:VCARD\n".encode())
    too_long = [(column, Trouble.TOO_LONG) for column in (Column.NOTE, Column.NOTHING, Column.PHOTO)]
    assert [*made.left_out] == too_long
    assert made.fields.phones[0].e164 == "+34655412093"


def test_googles_picture_elsewhere_is_never_asked_for_and_is_told() -> None:
    zoe, mail = entries((FOLDER / "google.vcf").read_bytes())
    assert zoe.left_out == ((Column.PHOTO, Trouble.ELSEWHERE),)
    assert (zoe.fields.org, zoe.fields.emails) == ("Café 🥐 Co.", ("zoe@cafe.example",))
    assert mail.fields.shown_as == "only.mail@cafe.example"


def test_version_4_comes_in_as_version_3() -> None:
    ewa, firm = came("thunderbird.vcf")
    assert ewa.name
    assert (ewa.name.family, ewa.emails, ewa.phones[0].e164) == ("Łukasz", ("ewa@lukasz.example",), "+48601234567")
    assert ewa.phones[0].type is PhoneType.MOBILE
    assert (firm.name, firm.org, firm.phones[0].extension) == (None, "Kowal sp. z o.o.", "12")
    [first, _] = cards_of([(FOLDER / "thunderbird.vcf").read_bytes()])
    made = person_of(first, habits=SPAIN)
    assert not isinstance(made, Trouble)
    assert "VERSION:3.0\r\n" in made[0]
    assert "UID:urn:uuid:c5f4e8a0-0b1a-4d7e-8a3e-2d6f1b9c0e77\r\n" in made[0]
    assert "REV:2026-03-05T09:30:01Z\r\n" in made[0]
    assert "PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=\r\n" in made[0]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("FN:Ana Vega Soto", "Ana Vega Soto"),
        ("N:Vega;Ana", "Ana Vega"),
        ("NICKNAME:Anita", "Anita"),
        ("TEL:655412093", "655412093"),
        ("ORG:Vega", "Vega"),
    ],
)
def test_a_missing_name_is_made_of_what_there_is(lines: str, shown: str) -> None:
    text, fields = only(lines)
    assert fields.shown_as.replace("+34", "") == shown
    assert "\r\nN:" in text
    assert "\r\nFN:" in text


def test_what_names_nobody_is_refused() -> None:
    assert entries(b"BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nNOTE:hola\nEND:VCARD\n") == [Trouble.NOBODY]


def test_a_wrong_word_about_letters_is_not_believed() -> None:
    said_utf8 = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8:Peña Gil\nEND:VCARD\n".encode("cp1252")
    assert only(said_utf8)[1].shown_as == "Peña Gil"
    for name in ("rot13", "zlib", "nonsense", "punycode"):
        said = f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={name}:Peña Gil\nEND:VCARD\n".encode()
        assert only(said)[1].shown_as == "Peña Gil"


def test_nul_and_other_signs_that_no_vcard_holds_are_left_out() -> None:
    assert only("FN:Ana\x00 Ve\x07ga\nNOTE:a\x00b")[1].shown_as == "Ana Vega"


def test_a_card_without_its_end_costs_only_itself() -> None:
    data = b"BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nVERSION:3.0\nFN:Eva Gil\nEND:VCARD\nBEGIN:VCARD\nFN:Luz\n"
    cards = list(cards_of([data]))
    assert [(card.place, card.trouble) for card in cards] == [
        (1, Trouble.NOT_CLOSED),
        (3, None),
        (7, Trouble.NOT_CLOSED),
    ]


def test_an_agents_card_is_passed_over_however_deep_it_nests() -> None:
    depth = 50_000
    nest = "AGENT:\n" + "BEGIN:VCARD\n" * depth + "END:VCARD\n" * depth
    [made] = entries(f"BEGIN:VCARD\nVERSION:2.1\nFN:Ana Vega\n{nest}TEL:655412093\nEND:VCARD\n".encode())
    assert (made.fields.shown_as, len(made.fields.phones)) == ("Ana Vega", 1)
    assert all(one is Trouble.NOT_CLOSED for one in entries(b"BEGIN:VCARD\n" * 5_000))


def held(chunks: Iterator[bytes]) -> tuple[int, list[Card]]:
    tracemalloc.start()
    try:
        cards = list(cards_of(chunks))
        return tracemalloc.get_traced_memory()[1], cards
    finally:
        tracemalloc.stop()


def enormous(filling: bytes) -> Iterator[bytes]:
    """Much more than may be held, between the beginning and the end of a card."""
    yield b"BEGIN:VCARD\nFN:Ana\nNOTE:"
    for _ in range(20):
        yield filling * (2**20 // len(filling))
    yield b"\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Eva Gil\nEND:VCARD\n"


@pytest.mark.parametrize("filling", [b"x", b"x" * 70 + b"\n "], ids=["one line", "folded"])
def test_an_enormous_line_is_not_held_and_the_next_card_comes_in(filling: bytes) -> None:
    most, cards = held(enormous(filling))
    assert most < 6 * MAX_LINE
    assert [card.trouble for card in cards] == [Trouble.TOO_LONG, None]


def test_a_card_of_endless_lines_is_told_and_the_next_one_comes_in() -> None:
    one = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\n%bEND:VCARD\n"
    cards = list(cards_of([one % (b"X-A:b\n" * MAX_PROPERTIES), one % (b"NOTE:a\n" + b" b\n" * 2 * MAX_PROPERTIES)]))
    assert [card.trouble for card in cards] == [Trouble.TOO_LONG, None]


def test_a_line_of_two_gigabytes_is_passed_over() -> None:
    chunk = b"x" * 2**20
    line = (b"BEGIN:VCARD\nFN:Ana\nNOTE:", *[chunk] * 2**11, b"\nEND:VCARD\nBEGIN:VCARD\nFN:Eva Gil\nEND:VCARD\n")
    most, cards = held(iter(line))
    assert most < 6 * MAX_LINE
    assert [(card.place, card.trouble) for card in cards] == [(1, Trouble.TOO_LONG), (5, None)]


def test_ends_of_lines_may_be_anyones_and_lie_between_two_reads() -> None:
    text = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\n  Vega\r\nEND:VCARD\r\n" * 2
    whole = list(cards_of([text]))
    assert [list(cards_of(text[at : at + 1] for at in range(len(text)))), whole[1].place] == [whole, 6]
    assert entries(text.replace(b"\r\n", b"\r"))[0].fields.shown_as == "Ana Vega"


def test_a_picture_that_is_none_or_too_large_is_left_out() -> None:
    for said, why in (("!!!!", Trouble.BROKEN), ("A" * 600_000, Trouble.TOO_LONG)):
        [made] = entries(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nPHOTO;ENCODING=b:{said}\nEND:VCARD\n".encode())
        assert made.left_out == ((Column.PHOTO, why),)


@given(st.binary(max_size=300), st.sampled_from(["2.1", "3.0", "4.0"]))
def test_whatever_a_card_holds_it_comes_in_or_says_why(filling: bytes, version: str) -> None:
    data = f"BEGIN:VCARD\nVERSION:{version}\nFN:Ana\n".encode() + filling + b"\nEND:VCARD\n"
    for card in cards_of([data]):
        made = person_of(card, habits=SPAIN)
        assert isinstance(made, Trouble) or vobject.readOne(made[0]).fn.value


def test_a_file_is_known_by_its_beginning() -> None:
    assert all(is_of_cards(path.read_bytes()) for path in FOLDER.iterdir())
    assert is_of_cards(b"\xef\xbb\xbf\r\nbegin:vcard\r\nfn:x")
    assert not is_of_cards(b"Name,Mail\nBEGIN:VCARD,x\n")

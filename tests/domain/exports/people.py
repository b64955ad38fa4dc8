"""Invented people with all that address books stumble over: accents, ß, eastern names, emoji, separators, labels."""

from datetime import UTC, datetime

from service.domain.people.contact import CardFields, Contact
from service.domain.people.vcard import render
from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Profile

NOW = datetime(2026, 3, 5, 9, 30, 1, tzinfo=UTC)
NURIA = CardFields(
    name=PersonName("Dra. Nuria Ibáñez de la Peña", "Nuria", "Ibáñez de la Peña", prefix="Dra."),
    org="Filtros, Tubos & Cía; S.L.",
    department="Compras",
    title="Jefa de compras",
    emails=("nuria@filtros.example", "n.ibanez@filtros.example"),
    phones=(
        Phone("944 23 18 07", "+34944231807", PhoneType.WORK),
        Phone("655 41 20 93", "+34655412093", PhoneType.MOBILE),
    ),
    urls=("https://filtros.example",),
    profiles=(Profile("linkedin", "nuria-ibanez", "https://www.linkedin.com/in/nuria-ibanez"),),
    addresses=(Address("Gran Vía 3", "Gran Vía 3", "2º", "48001", "Bilbao", "Bizkaia", "España"),),
)
JUERGEN = CardFields(
    name=PersonName("Jürgen Groß", "Jürgen", "Groß"),
    org="Groß & Söhne GmbH",
    title="Geschäftsführer",
    phones=(Phone("030 901820", "+4930901820", PhoneType.FAX),),
    addresses=(Address("Große Straße 5", "Große Straße 5", "", "10115", "Berlin", "", "Deutschland"),),
)
TARO = CardFields(
    name=PersonName("山田 太郎", "太郎", "山田"),
    org="山田商店",
    title="代表取締役",
    emails=("taro@yamada.example",),
    phones=(Phone("090-1234-5678", "+819012345678", PhoneType.MOBILE),),
)
EMOJI = CardFields(
    name=PersonName("Zoë 🌻 O’Neill-Łukasz", "Zoë 🌻", "O’Neill-Łukasz"),
    org="Café 🥐 \\ Tea; Co., Ltd.",
    title="=Chief of =things",
    emails=("zoe@cafe.example",),
)
SHOP = CardFields(org="Taller Ñandú", phones=(Phone("2294-9484", "", PhoneType.WORK),))
EVERYBODY = (NURIA, JUERGEN, TARO, EMOJI, SHOP)
NOTE = 'Feria de Bilbao, 2026-03-04\nBusca "sensores"; precio, plazo · ' + "ñandú 日本 🙂 " * 12


def kept(number: int, fields: CardFields) -> str:
    gathering = "Feria, Bilbao; 2026" if number == 0 else ""
    return render(Contact(f"urn:uuid:person-{number}", fields, gathering, NOTE.strip(), NOW))


def everybody() -> list[str]:
    """The vCards as they are kept, one with a label and a property of a phone's own."""
    first, *others = (kept(number, fields) for number, fields in enumerate(EVERYBODY))
    own = "item1.TEL;TYPE=VOICE:+34944000111\r\nitem1.X-ABLabel:Fábrica\r\nX-PHONETIC-LAST-NAME:ibañes\r\nEND:VCARD\r\n"
    return [first.replace("END:VCARD\r\n", own), *others]

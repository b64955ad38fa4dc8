"""Squared cards of invented people, drawn where we know each line's box, with the readings and doubts a test needs."""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from service.domain.reading.card import (
    Address,
    Box,
    Doubt,
    Evidence,
    Found,
    Line,
    PersonName,
    Phone,
    PhoneType,
    ReadCard,
    Reading,
)

WIDTH, HEIGHT = 1200, 720
SERIF = "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf"
SANS = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"


@dataclass(frozen=True)
class Paper:
    """The colours a card is printed in."""

    ground: str = "#fefdf9"
    ink: str = "#222222"
    accent: str = "#7b2d2d"


def font(path: str, size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(path, size)
    except OSError:
        return ImageFont.load_default(size)


class Press:
    """Prints lines on a card and remembers where each stands."""

    def __init__(self, paper: Paper) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), paper.ground)
        self.draw = ImageDraw.Draw(self.image)
        self.paper = paper
        x, y = WIDTH - 160, 150
        self.draw.polygon(
            [(x, y - 60), (x + 50, y + 30), (x + 22, y + 30), (x, y - 12), (x - 22, y + 30), (x - 50, y + 30)],
            paper.accent,
        )

    def line(self, text: str, x: int, y: int, *, size: int = 36, serif: bool = False, accent: bool = False) -> Box:
        face = font(SERIF if serif else SANS, size)
        self.draw.text((x, y), text, fill=self.paper.accent if accent else self.paper.ink, font=face)
        left, top, right, bottom = self.draw.textbbox((x, y), text, font=face)
        return Box(int(left), int(top), int(right - left), int(bottom - top))

    def jpeg(self) -> bytes:
        kept = BytesIO()
        self.image.save(kept, "JPEG", quality=88)
        return kept.getvalue()


def found(value: Any, box: Box | None, doubt: Doubt | None = None, other: Any = None) -> Found[Any]:
    sure = 0.6 if doubt else 0.99
    return Found(value, Evidence(engines=("rapidocr",), confidence=sure, box=box), doubt=doubt, other=other)


def card_of(
    given: str,
    family: str,
    title: str,
    org: str,
    *,
    phones: tuple[Phone, ...],
    mail: str,
    street: str,
    town: str,
    paper: Paper = Paper(),
) -> ReadCard:
    """A card on which everything is read without a doubt."""
    press = Press(paper)
    name = press.line(f"{given} {family}", 84, 90, size=58, serif=True)
    role = press.line(title, 84, 176, size=34, accent=True)
    firm = press.line(org, 760, 600, size=34, accent=True)
    numbers = [press.line(phone.raw, 84, 430 + 52 * at, size=34) for at, phone in enumerate(phones)]
    mails = press.line(mail, 84, 534, size=34)
    place = press.line(f"{street}, {town}", 84, 586, size=34)
    slogan = press.line("Desde 1962", 84, 650, size=24)
    postcode, _, city = town.partition(" ")
    reading = Reading(
        name=found(PersonName(f"{given} {family}", given, family), name),
        title=found(title, role),
        org=found(org, firm),
        phones=tuple(found(phone, box) for phone, box in zip(phones, numbers, strict=True)),
        emails=(found(mail, mails),),
        addresses=(found(Address(f"{street}, {town}", street=street, postcode=postcode, city=city), place),),
        lang="es",
        country="ES",
        unclaimed=(Line("Desde 1962", slogan, 0.97, 0.9),),
    )
    return ReadCard(((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)), press.jpeg(), WIDTH, HEIGHT, reading)


def phone(raw: str, kind: PhoneType) -> Phone:
    return Phone(raw, "+" + "".join(sign for sign in raw if sign.isdigit()), kind)


def doubtful(card: ReadCard) -> ReadCard:
    """The same card with one digit read in two ways, and a company hard to make out."""
    reading = card.reading
    assert reading.org
    first, *rest = reading.phones
    raw = first.value.raw
    other = replace(first.value, raw=raw[:-5] + ("7" if raw[-5] == "1" else "1") + raw[-4:], e164="")
    phones = (found(first.value, first.evidence.box, Doubt.READERS_DIFFER, other), *rest)
    org = found(reading.org.value, reading.org.evidence.box, Doubt.WEAK_LETTERS)
    return replace(card, reading=replace(reading, phones=phones, org=org))


def some_cards() -> list[ReadCard]:
    """The first is in doubt, the others are not."""
    return [
        doubtful(card_of(
            "Nerea", "Urrutia Landa", "Directora de compras", "Talleres Argiz",
            phones=(phone("+34 944 23 18 07", PhoneType.WORK), phone("+34 655 41 20 93", PhoneType.MOBILE)),
            mail="nerea.urrutia@talleresargiz.es", street="Ribera del Mimbre 42", town="48014 Bilbao",
        )),
        card_of(
            "Tomás", "Quiroga Vela", "Jefe de taller", "Conservas Airiños",
            phones=(phone("+34 986 41 22 30", PhoneType.WORK),),
            mail="tomas@airinosconservas.es", street="Rúa da Pescada 3", town="36202 Vigo",
            paper=Paper("#1f3d38", "#f2ecd9", "#e3b04b"),
        ),
        card_of(
            "Greta", "Lindqvist", "Product designer", "Nordlys Studio",
            phones=(phone("+46 8 123 456 78", PhoneType.WORK),),
            mail="greta@nordlysstudio.se", street="Bryggargatan 7", town="11121 Stockholm",
            paper=Paper("#f3efe6", "#2a2a2a", "#2f5d8a"),
        ),
    ]  # fmt: skip


def back_of_the_first(
    org: str = "Talleres Argiz", *, home: str = "talleresargiz.es", doubt: Doubt | None = None
) -> ReadCard:
    """The back of the first card: the company and its site, and nobody's name."""
    press = Press(Paper())
    firm = press.line(org, 300, 250, size=72, serif=True, accent=True)
    site = press.line(home, 420, 420, size=40)
    reading = Reading(org=found(org, firm), urls=(found(home, site, doubt),), lang="en")
    return replace(some_cards()[0], picture=press.jpeg(), reading=reading)

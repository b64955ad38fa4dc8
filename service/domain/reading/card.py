"""A card as it was seen and read: lines, values with their evidence, and what is in doubt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value")

Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]
"""Top left, top right, bottom right, bottom left of the upright card, in pixels of the photo as shown."""


class CardState(StrEnum):
    """Where a card is on its way into the address book."""

    TO_REVIEW = "to review"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class Side(StrEnum):
    """Which side of the card a thing is printed on."""

    FRONT = "front"
    BACK = "back"


class PhoneType(StrEnum):
    """What a number is for; UNKNOWN where neither label, icon nor numbering plan tells."""

    WORK = "work"
    MOBILE = "mobile"
    FAX = "fax"
    HOME = "home"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle, in pixels of the squared card."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line as `engine` saw it.

    `confidence` is the mean over its characters and `weakest` the lowest of them, both 0 to 1. `second` is what the
    other reader made of the same place, or None where it was not asked. `vertical` lines run up or down the card.
    `side` is the picture that the box lies on.
    """

    text: str
    box: Box
    confidence: float
    weakest: float
    second: str | None = None
    vertical: bool = False
    side: Side = Side.FRONT
    engine: str = "rapidocr"


class Doubt(StrEnum):
    """Why a person should look at a value before trusting it."""

    READERS_DIFFER = "readers_differ"
    WEAK_LETTERS = "weak_letters"
    NUMBER_SHORT = "number_short"
    NUMBER_INVALID = "number_invalid"
    NUMBER_LOCAL = "number_local"
    COUNTRY_GUESSED = "country_guessed"
    DOMAIN_UNKNOWN = "domain_unknown"
    NAME_AND_MAIL_DISAGREE = "name_and_mail_disagree"
    CLOSE_CALL = "close_call"
    INCOMPLETE = "incomplete"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands and what speaks for and against it.

    `engines` names the readers that saw it (`rapidocr`, `tesseract`, `code`); `margin` is how much better the chosen
    assignment is than the best one without this choice; `passed` and `failed` name checks.
    """

    engines: tuple[str, ...]
    confidence: float
    box: Box | None = None
    side: Side = Side.FRONT
    margin: float = 0.0
    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A value on a card, its evidence, and its doubt if there is one; `other` is a rival reading of it."""

    value: Value
    evidence: Evidence
    doubt: Doubt | None = None
    other: Value | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name. `printed` keeps the order of the card; `family` holds both surnames where there are two."""

    printed: str
    given: str = ""
    family: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as printed, and in E.164 where its country is known beyond guessing ("" otherwise)."""

    raw: str
    e164: str = ""
    type: PhoneType = PhoneType.UNKNOWN
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address: one line as printed, and its parts where they could be told apart."""

    printed: str
    street: str = ""
    extra: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """An account on a social network: its name in lower case (`linkedin`), the handle, and the URL."""

    network: str
    handle: str
    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What we make of a card. `lang` is ISO 639-1, `country` ISO 3166-1 alpha-2, "" where unknown.

    `unclaimed` holds the printed lines that no field took, in reading order; `other_langs` the languages of a back
    that speaks another than the front.
    """

    name: Found[PersonName] | None = None
    org: Found[str] | None = None
    department: Found[str] | None = None
    title: Found[str] | None = None
    emails: tuple[Found[str], ...] = ()
    phones: tuple[Found[Phone], ...] = ()
    urls: tuple[Found[str], ...] = ()
    profiles: tuple[Found[Profile], ...] = ()
    addresses: tuple[Found[Address], ...] = ()
    lang: str = ""
    country: str = ""
    unclaimed: tuple[Line, ...] = ()
    other_langs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadCard:
    """One card of a photo: where it lay, its squared picture (JPEG bytes), and the reading of it."""

    corners: Corners
    picture: bytes
    width: int
    height: int
    reading: Reading

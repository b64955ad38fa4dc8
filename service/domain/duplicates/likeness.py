"""What two contacts share, and whether that makes them one: surely, perhaps, or not at all.

Nobody is the same by name alone. A family or an office has one number, and a mailbox for all has one address; so
whatever is shared counts only as far as the names allow.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.domain.duplicates.face import DIGITS_SHARED, Face
from service.domain.duplicates.names import Closeness, closeness

_FOR_ALL: Final = frozenset(
    "info contacto contact contactos hola hello hi ventas sales office oficina admin administracion administration "
    "recepcion reception compras pedidos orders kontakt mail correo empresa comercial gerencia soporte support "
    "atencion clientes service vendas geral bonjour buero verkauf marketing prensa press rrhh hr facturacion".split()
)
_LONG_NAME: Final = 3
"""So many words of a name are rarely two people's; two are, among some thousands."""


class Reason(StrEnum):
    """Why two are proposed."""

    MAIL = "mail"
    NUMBER = "number"
    PROFILE = "profile"
    NAME_AND_COMPANY = "name and company"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Likeness:
    sure: bool
    reason: Reason


def likeness(one: Face, other: Face) -> Likeness | None:
    """How alike two contacts are; None for strangers."""
    if one.is_company != other.is_company:
        return None
    near = _near(one, other)
    found = (_by_mail(one, other, near), _by_profile(one, other, near), _by_number(one, other, near))
    judged = [likeness for likeness in found if likeness]
    sure = next((likeness for likeness in judged if likeness.sure), None)
    return sure or next(iter(judged), None) or _by_name(one, other, near)


def _near(one: Face, other: Face) -> Closeness:
    if one.is_company:
        return Closeness.EQUAL if one.words and one.words == other.words else Closeness.NONE
    return closeness(one.words, other.words)


def _by_mail(one: Face, other: Face, near: Closeness) -> Likeness | None:
    shared = one.mails & other.mails
    if not shared:
        return None
    own = any(address.partition("@")[0] not in _FOR_ALL for address in shared)
    if near >= Closeness.SIMILAR or ((near or _one_is_unnamed(one, other)) and own):
        return Likeness(sure=True, reason=Reason.MAIL)
    return Likeness(sure=False, reason=Reason.MAIL) if near or own else None


def _by_profile(one: Face, other: Face, near: Closeness) -> Likeness | None:
    """A person's profile; that of a company stands on the cards of all who work there."""
    shared = one.profiles & other.profiles
    if not shared:
        return None
    personal = any("linkedin.com/in/" in profile for profile in shared)
    if near >= Closeness.SIMILAR or ((near or _one_is_unnamed(one, other)) and personal):
        return Likeness(sure=True, reason=Reason.PROFILE)
    return Likeness(sure=False, reason=Reason.PROFILE) if personal else None


def _by_number(one: Face, other: Face, near: Closeness) -> Likeness | None:
    if not (near or _one_is_unnamed(one, other)) or not any(
        _same_number(a, b) for a in one.numbers for b in other.numbers
    ):
        return None
    return Likeness(sure=near >= Closeness.PART, reason=Reason.NUMBER)


def _one_is_unnamed(one: Face, other: Face) -> bool:
    """Whether a phone kept the address or the number alone: no name speaks against it."""
    return not one.is_company and not (one.words and other.words)


def _by_name(one: Face, other: Face, near: Closeness) -> Likeness | None:
    if one.is_company:
        return Likeness(sure=False, reason=Reason.NAME) if near else None
    if near >= Closeness.SIMILAR and one.company and one.company == other.company:
        return Likeness(sure=False, reason=Reason.NAME_AND_COMPANY)
    unknown = not (one.company and other.company)
    if near is Closeness.EQUAL and (unknown or len(one.words) >= _LONG_NAME):
        return Likeness(sure=False, reason=Reason.NAME)
    return None


def _same_number(one: str, other: str) -> bool:
    """As `same.same_number`, on the normal forms that are kept."""
    (number, _, extension), (number2, _, extension2) = one.partition(";"), other.partition(";")
    if extension != extension2:
        return False
    if number.startswith("+") and number2.startswith("+"):
        return number == number2
    longer, shorter = sorted((number.lstrip("+"), number2.lstrip("+")), key=len, reverse=True)
    return longer == shorter or (len(shorter) >= DIGITS_SHARED and longer.endswith(shorter))

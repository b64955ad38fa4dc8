"""By what an erased person is known again: keyed hashes of mails, numbers and the name, which tell nobody who it was."""

import hmac
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final

from service.domain.people.contact import CardFields
from service.domain.people.same import letters, mail

_PURPOSE: Final = b"undrawer.erased"
_DIGITS: Final = 7
"""Fewer digits are shared by chance."""


def marks(keys: Sequence[str], owner: str, fields: CardFields) -> list[str]:
    """The marks of a person under every key of the installation, the first key's first."""
    said = list(dict.fromkeys(_said(fields)))
    return [_mark(key, owner, one) for key in keys for one in said]


def fresh_marks(keys: Sequence[str], owner: str, fields: CardFields) -> list[str]:
    """The marks to be kept: those of the key in force."""
    return marks(keys[:1], owner, fields)


def names_of(fields: CardFields) -> list[str]:
    """What would tell of the person in somebody else's row: mails, and the name where it has two words or more."""
    name = fields.shown_as.strip()
    return [*fields.emails, *([name] if " " in name else [])]


def reaches(fields: CardFields) -> set[str]:
    """Mails and numbers, in the form in which they are compared."""
    return {one for one in _said(fields) if not one.startswith("name:")}


def _said(fields: CardFields) -> Iterator[str]:
    yield from (f"mail:{mail(address)}" for address in fields.emails)
    yield from (f"phone:{number}" for number in _numbers(fields))
    if fields.name and " " in fields.shown_as.strip():
        # One word is the name of too many.
        yield f"name:{letters(fields.shown_as)}"


def _numbers(fields: CardFields) -> Iterable[str]:
    digits = ("".join(filter(str.isdigit, phone.e164 or phone.raw)) for phone in fields.phones)
    return (number[-9:] for number in digits if len(number) >= _DIGITS)


def _mark(key: str, owner: str, said: str) -> str:
    secret = hmac.new(key.encode(), _PURPOSE, sha256).digest()
    return hmac.new(secret, f"{owner}/{said}".encode(), sha256).hexdigest()

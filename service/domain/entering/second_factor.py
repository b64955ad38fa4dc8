"""Codes of an authenticator app (TOTP, RFC 6238), and the codes written on paper for when the phone is lost."""

import secrets
from datetime import datetime
from typing import Final

import pyotp
from pyotp.utils import strings_equal

STEP_SECONDS: Final = 30
DRIFT_STEPS: Final = 1
"""A phone's clock may be half a minute off, and a code is typed as it changes (RFC 6238, 5.2)."""

RECOVERY_CODES: Final = 10
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # 5 bits each, none that looks like another
_GROUPS: Final = 4
_GROUP: Final = 4
"""80 random bits: nobody guesses them, and one round of a hash is enough."""


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, *, name: str) -> str:
    """What the code holds that an authenticator app looks at."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Undrawer")


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The step of time whose code this is, near now; None for a wrong one. Whoever asks sees to it that none comes twice."""
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit()):
        return None
    app, at = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    near = range(at - DRIFT_STEPS, at + DRIFT_STEPS + 1)
    return next((step for step in near if strings_equal(app.generate_otp(step), typed)), None)


def new_recovery_codes() -> list[str]:
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def plain(code: str) -> str:
    """A recovery code as it was given out, however it was typed."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


def is_recovery(typed: str) -> bool:
    """Whether this is written as a recovery code is, right or wrong; the app's codes are much shorter."""
    return len(plain(typed)) == _GROUPS * _GROUP


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)

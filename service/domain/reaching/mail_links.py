"""The links that a mail carries: each signed for one act, with the end until which it is believed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from service.domain.entering.signed import sign


class Act(StrEnum):
    """What a link does once a person presses the button on its page; its value stands in the address."""

    DONE = "done"
    LATER = "later"
    SKIP = "skip"
    STOP = "stop"

    @property
    def purpose(self) -> str:
        return f"mail.{self.value}"


TOUCH_DAYS: Final = timedelta(days=14)
STOP_DAYS: Final = timedelta(days=366)
"""Whoever finds the mail a year later may still stop it."""


def link(base: str, keys: Sequence[str], act: Act, values: Mapping[str, str], *, at: datetime) -> str:
    """The address of a link that is made at this moment; `base` is where people reach the service."""
    expires = at + (STOP_DAYS if act is Act.STOP else TOUCH_DAYS)
    return f"{base}/links/{act.value}/{sign(keys, act.purpose, values, expires)}"

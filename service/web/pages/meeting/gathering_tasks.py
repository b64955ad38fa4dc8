"""A gathering's letters on Today: twelve invitations are one thing to do, and so are twelve thank-yous."""

from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import ngettext

from service.domain.ties.touch import Kind
from service.storage.database import Transaction
from service.storage.following.touches import KeptTouch
from service.storage.meeting import gatherings, guests
from service.web.identity import account
from service.web.pages.following.touch_view import ShownRow
from service.web.pages.meeting.gathering_view import to_invite, to_thank
from service.web.pages.meeting.gathering_wording import when

_PREFIX: Final = "gathering:"


@dataclass(frozen=True, slots=True)
class GatheringTask:
    """One task: what it is, for which evening, and where it is done."""

    heading: str
    name: str
    when: str
    href: str


def one_each(kept: list[KeptTouch]) -> list[KeptTouch]:
    """Without all but the first touch of each gathering's task."""
    return list({one.touch.task: one for one in reversed(kept)}.values())[::-1]


def is_task(kept: KeptTouch) -> bool:
    return kept.touch.cause.startswith(_PREFIX)


def task_of(tx: Transaction, kept: KeptTouch) -> GatheringTask | None:
    """The task behind a touch; None for one that is no gathering's."""
    if not is_task(kept):
        return None
    gathering = gatherings.get(tx, owner=account().id, id=kept.touch.cause.split(":")[1])
    listed = guests.of_gathering(tx, owner=account().id, gathering_id=gathering.id)
    if kept.touch.kind is Kind.THANK:
        what, waiting = "thanks", len(to_thank(listed))
        heading = ngettext("%(num)d thank-you", "%(num)d thank-yous", waiting)
    else:
        what, waiting = "invitations", len(to_invite(listed))
        heading = ngettext("%(num)d invitation", "%(num)d invitations", waiting)
    href = url_for("pages.letters.page", id=gathering.id, what=what)
    return GatheringTask(str(heading), gathering.name, when(gathering), href)


def row_of_task(tx: Transaction, kept: KeptTouch) -> ShownRow | None:
    """The same as a row of a list."""
    task = task_of(tx, kept)
    return ShownRow(kept.id, task.heading, task.name, "") if task else None

"""The chips above the drawer: each narrows it down by one thing, and a second tap widens it again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from service.domain.ties.circle import Circle
from service.domain.ties.stage import Stage
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.meeting import gatherings
from service.storage.people import drawer
from service.storage.people.drawer import Tally
from service.storage.people.which import Which
from service.web.pages.following.tie_wording import CIRCLES, STAGES
from service.web.pages.language import soon
from service.web.pages.people.drawer import args_of

GATHERINGS = 6
"""So many are at hand; the others are on a page of their own."""


@dataclass(frozen=True, slots=True)
class Chip:
    """`number` is how many there are, 0 where it does not say; `calls` for what waits for a decision."""

    text: str
    href: str
    chosen: bool
    number: int = 0
    calls: bool = False


@dataclass(frozen=True, slots=True)
class Chips:
    """Some that belong together; a name of "" needs none."""

    name: str
    chips: list[Chip]


def filters(tx: Transaction, *, owner: str, which: Which) -> list[Chips]:
    tally = drawer.tally(tx, owner=owner)
    groups = (
        Chips("", list(_first(which, tally))),
        Chips(_("Where you met"), list(_gatherings(tx, owner, which))),
        Chips(_("Circle"), list(_circles(which, tally))),
        Chips(_("How close"), list(_stages(which, tally))),
    )
    return [group for group in groups if group.chips]


def _first(which: Which, tally: Tally) -> Iterator[Chip]:
    everything = Which(query=which.query)
    yield Chip(_("Recent"), _to(everything), which == everything)
    if tally.undecided or which.undecided or not tally.counted:
        undecided = replace(which, undecided=not which.undecided)
        yield Chip(_("To decide"), _to(undecided), which.undecided, tally.undecided, calls=True)


def _gatherings(tx: Transaction, owner: str, which: Which) -> Iterator[Chip]:
    met = gatherings.recent(tx, owner=owner, limit=GATHERINGS + 1)
    today = policies.today(tx, owner=owner)
    at_hand = [one.gathering.id for one in met[:GATHERINGS]]
    if which.gathering_id and which.gathering_id not in at_hand:
        for gathering in gatherings.named(tx, owner=owner, ids=[which.gathering_id]).values():
            yield Chip(f"{gathering.name}, {soon(gathering.day, today)}", _to(replace(which, gathering_id="")), True)
    names = [one.gathering.name for one in met]
    for one in met[:GATHERINGS]:
        chosen = which.gathering_id == one.gathering.id
        # Two of the same name are told apart by their days.
        twice = names.count(one.gathering.name) > 1
        text = f"{one.gathering.name}, {soon(one.gathering.day, today)}" if twice else one.gathering.name
        to = replace(which, gathering_id="" if chosen else one.gathering.id)
        yield Chip(text, _to(to), chosen, one.contacts)
    if len(met) > GATHERINGS:
        yield Chip(_("All of them…"), url_for("pages.gatherings.listing"), False)


def _circles(which: Which, tally: Tally) -> Iterator[Chip]:
    for circle in Circle:
        chosen = which.circle == circle
        number = tally.circles.get(circle, 0)
        if chosen or (number and len(tally.circles) > 1) or not tally.counted:
            yield Chip(str(CIRCLES[circle]), _to(replace(which, circle="" if chosen else circle)), chosen, number)


def _stages(which: Which, tally: Tally) -> Iterator[Chip]:
    for stage in Stage:
        chosen = which.stage == stage
        number = tally.stages.get(stage, 0)
        if chosen or (number and len(tally.stages) > 1) or not tally.counted:
            yield Chip(str(STAGES[stage]), _to(replace(which, stage="" if chosen else stage)), chosen, number)


def _to(which: Which) -> str:
    said: dict[str, Any] = dict(args_of(which))
    return url_for("pages.contacts.listing", **said)

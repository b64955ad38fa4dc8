"""The drawer as the screen shows it: people under the gathering where they were met, each with the next step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from service.domain.gatherings.gathering import Gathering
from service.domain.ties.circle import Circle
from service.domain.ties.stage import Stage
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.following.steps import UNDECIDED, Step, steps
from service.storage.meeting import gatherings
from service.storage.people import contacts, drawer
from service.storage.people.contacts import KeptContact
from service.storage.people.which import Which
from service.web.pages.following.tie_wording import KINDS
from service.web.pages.language import current, soon
from service.web.pages.people.found import Excerpt, excerpt

Word = TypeVar("Word", Circle, Stage)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a row says at its end; `open_question` where nobody has decided yet."""

    text: str
    day: str = ""
    open_question: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One contact in the list; `picture` is the address of a small one of its card, `initials` stand in for none."""

    id: str
    name: str
    second: str
    picture: str
    initials: str
    step: NextStep
    found: Excerpt | None


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts that came together, or in the same month. A heading of "" goes on from the page before."""

    key: str
    heading: str
    number: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Drawer:
    """A page of it; `more` is the query of the next one."""

    groups: list[Group]
    number: int
    more: dict[str, str] | None


def asked() -> Which:
    """What the address asks for; what it cannot mean, it does not ask."""
    args = request.args
    return Which(
        query=args.get("q", "").strip()[:200],
        gathering_id=args.get("gathering", ""),
        circle=_one_of(Circle, args.get("circle", "")),
        stage=_one_of(Stage, args.get("stage", "")),
        undecided=bool(args.get("undecided")),
    )


def _one_of(words: type[Word], said: str) -> str:
    return said if said in list(words) else ""


def args_of(which: Which) -> dict[str, str]:
    """The query of an address that asks for these."""
    said = {
        "q": which.query,
        "gathering": which.gathering_id,
        "circle": which.circle,
        "stage": which.stage,
        "undecided": "1" if which.undecided else "",
    }
    return {name: value for name, value in said.items() if value}


def shown(tx: Transaction, *, owner: str, which: Which) -> Drawer:
    page = contacts.page(tx, owner=owner, which=which, after=request.args.get("after"))
    rows = _rows(tx, owner, page.rows, which.query)
    if which.query:
        groups = [Group("", "", 0, rows)] if rows else []
    else:
        groups = _groups(tx, owner, page.rows, rows, under=request.args.get("under", ""))
    more = {**args_of(which), "after": page.next, "under": groups[-1].key} if page.next else None
    return Drawer(groups, len(rows), more)


def _rows(tx: Transaction, owner: str, found: Sequence[KeptContact], query: str) -> list[Row]:
    ids = [contact.id for contact in found]
    pictures = drawer.pictures(tx, owner=owner, contact_ids=ids)
    next_steps = steps(tx, owner=owner, contact_ids=ids)
    today = policies.today(tx, owner=owner)
    return [
        Row(
            id=contact.id,
            name=contact.name or contact.org or _("Without a name"),
            second=" · ".join(filter(None, (contact.org if contact.name else contact.title, contact.town)))
            or contact.title,
            picture=thumbnail(pictures[contact.id].card_id, pictures[contact.id].file)
            if contact.id in pictures
            else "",
            initials="".join(word[0] for word in (contact.name or contact.org).split()[:2]).upper(),
            step=_step(next_steps[contact.id], today),
            found=excerpt(contact, query) if query else None,
        )
        for contact in found
    ]


def thumbnail(card_id: str, file: str) -> str:
    """The address of the small picture of a card, another one as soon as the picture is another."""
    return url_for("api_thumbnails.get_thumbnail", card_id=card_id, v=file[:16])


def _step(step: Step, today: date) -> NextStep:
    if step.state == "next" and step.kind:
        day = step.day or today
        return NextStep(step.text or str(KINDS[step.kind]), _("now") if day < today else soon(day, today))
    if step.state == UNDECIDED:
        return NextStep(_("To decide"), open_question=True)
    why_none = {
        "rests": _("At rest"),
        "listens": _("Waiting for their answer"),
        "waits": _("Waits for your word"),
        "let go": _("No step, for now"),
    }
    return NextStep(why_none.get(step.state, ""))


def _groups(
    tx: Transaction, owner: str, found: Sequence[KeptContact], rows: Sequence[Row], *, under: str
) -> list[Group]:
    met = gatherings.named(tx, owner=owner, ids={one.gathering_id for one in found if one.gathering_id})
    numbers = gatherings.numbers(tx, met)
    today = policies.today(tx, owner=owner)
    together = groupby(zip(found, rows, strict=True), key=lambda pair: _key(pair[0]))
    return list(_headed([(key, list(pairs)) for key, pairs in together], met, numbers, today, under))


def _headed(
    together: Sequence[tuple[str, Sequence[tuple[KeptContact, Row]]]],
    met: dict[str, Gathering],
    numbers: dict[str, int],
    today: date,
    under: str,
) -> Iterator[Group]:
    for at, (key, pairs) in enumerate(together):
        rows = [row for _contact, row in pairs]
        gathering = met.get(key)
        if at == 0 and key == under:
            yield Group(key, "", 0, rows)
        elif gathering:
            yield Group(key, f"{gathering.name}, {soon(gathering.day, today)}", numbers[key], rows)
        else:
            yield Group(key, _month(pairs[0][0].created_at.date()), 0, rows)


def _key(contact: KeptContact) -> str:
    return contact.gathering_id or f"{contact.created_at:%Y-%m}"


def _month(day: date) -> str:
    said = str(format_date(day, "LLLL 'de' y" if current() == "es" else "LLLL y"))
    return said[:1].upper() + said[1:]

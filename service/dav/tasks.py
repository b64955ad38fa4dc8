"""The list of tasks: touches of this week, debts and what was planned by hand. What a device does to one becomes an act."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from radicale.item import Item

from service.dav.asked import Refused, asked
from service.dav.calendars import Calendar
from service.dav.item import ListedItem
from service.domain.drafts.facts import Facts
from service.domain.drafts.reasons import why
from service.domain.errors import UndrawerError
from service.domain.reaching.calendar import Task, calendar
from service.domain.reaching.task_words import known, title
from service.domain.ties.act import ActSource
from service.domain.ties.days import sunday
from service.storage.database import Transaction
from service.storage.dav import dav_changes, dav_tasks
from service.storage.dav.dav_tasks import ListedTouch
from service.storage.following import acts, policies, touches, weeks

NOT_OURS = "Tasks are planned in Undrawer. Plan it on the page of a contact."
NOT_THE_WORDS = "The words of this task are made by Undrawer and cannot be changed."


class Touches(Calendar):
    """Done is `done`, another due day is `another day`, deleted is "not this one"."""

    kind = "touch"
    component = "VTODO"

    def bring_up(self) -> None:
        if asked().tx is None:
            weeks.settled(self._db, owner=self._owner)
        super().bring_up()

    def written(self, tx: Transaction) -> Mapping[str, str]:
        today = policies.today(tx, owner=self._owner)
        lang = known(dav_tasks.language(tx, owner=self._owner))
        found = dav_tasks.of_week(tx, owner=self._owner, today=today)
        return {one.id: calendar([task_of(one, today, lang)]).decode() for one in found}

    def uid(self, id_: str) -> str:
        return f"touch-{id_}@undrawer"

    def upload(self, href: str, item: Item) -> tuple[Item, Item | None]:
        tx, old = self.transaction, self.one(href)
        found = dav_tasks.by_ids(tx, owner=self._owner, ids=[old.id]) if isinstance(old, ListedItem) else []
        if old is None or not found:
            raise Refused(NOT_OURS)
        try:
            with tx.begin_nested():
                self._follow(tx, found[0], item.vobject_item.vtodo)
        except UndrawerError as error:
            raise Refused(error.message) from error
        self.bring_up_in(tx)
        asked().rewritten = True
        return self.one(href) or old, old

    def remove(self, tx: Transaction, href: str) -> None:
        item = self.one(href)
        found = dav_tasks.by_ids(tx, owner=self._owner, ids=[item.id]) if isinstance(item, ListedItem) else []
        for one in found:
            if one.done_at:
                dav_changes.put_away(tx, owner=self._owner, kind=self.kind, href=href)
                return
            self._skip(tx, one)
        self.bring_up_in(tx)

    def _follow(self, tx: Transaction, found: ListedTouch, sent: Any) -> None:
        """Do what the device did to a task. What it keeps for itself (alarms, its order in a list) is let pass."""
        today = policies.today(tx, owner=self._owner)
        lang = known(dav_tasks.language(tx, owner=self._owner))
        ours = task_of(found, today, lang)
        if _text(sent, "summary") not in ("", ours.summary):
            raise Refused(NOT_THE_WORDS)
        is_done, due = _is_done(sent), _due(sent)
        if is_done and not ours.done_at:
            touches.done(tx, owner=self._owner, id=found.id, source=ActSource.CALENDAR)
        elif ours.done_at and not is_done:
            self._undo(tx, found)
        elif not is_done and due and due != ours.due:
            touches.postpone(tx, owner=self._owner, id=found.id, day=due, source=ActSource.CALENDAR)

    def _undo(self, tx: Transaction, found: ListedTouch) -> None:
        act = acts.did(tx, owner=self._owner, tie_id=found.touch.tie, cause=found.touch.cause)
        if act is not None:
            touches.undo(tx, owner=self._owner, act_id=act.id)

    def _skip(self, tx: Transaction, found: ListedTouch) -> None:
        try:
            with tx.begin_nested():
                touches.skip(tx, owner=self._owner, id=found.id, source=ActSource.CALENDAR)
        except UndrawerError as error:
            raise Refused(error.message) from error


def task_of(found: ListedTouch, today: date, lang: str) -> Task:
    """A touch as a task. What the week proposes is for the week, what is owed or planned by hand for its day."""
    touch = found.touch
    due = max(touch.day, sunday(today)) if touch.lane.proposed and not found.done_at else touch.day
    return Task(
        uid=f"touch-{found.id}@undrawer",
        summary=title(touch.kind, found.name, lang=lang),
        text=why(touch, Facts(name=found.name), lang=lang, on=touch.day),
        due=due,
        done_at=found.done_at,
        sequence=found.revision,
        # The same rows must give the same text, whenever somebody looks.
        changed_at=found.done_at or datetime.combine(touch.day, time(), tzinfo=UTC),
    )


def _is_done(sent: Any) -> bool:
    return (
        _text(sent, "status").upper() == "COMPLETED"
        or bool(_text(sent, "completed"))
        or _text(sent, "percent-complete") == "100"
    )


def _due(sent: Any) -> date | None:
    """The day for which a device has it now: DUE, or DTSTART where it knows nothing else."""
    for name in ("due", "dtstart"):
        lines = sent.contents.get(name)
        if lines:
            value = lines[0].value
            return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    return None


def _text(sent: Any, name: str) -> str:
    lines = sent.contents.get(name)
    return str(lines[0].value).strip() if lines else ""

"""Calendars: short lists that are made up when a device looks, with a log of what differs from the last time."""

import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final
from xml.etree.ElementTree import Element

from radicale.item import Item
from radicale.item.filter import simplify_prefilters

from service.dav.asked import connected
from service.dav.book import Book
from service.dav.item import ListedItem, Texts
from service.domain.gatherings.event import event_of, uid_of
from service.domain.reaching.calendar import calendar
from service.domain.ties.account import zone_of
from service.storage.database import Transaction
from service.storage.dav import dav_changes
from service.storage.following import policies
from service.storage.meeting import gatherings

PAST_DAYS: Final = 90
"""So long what is over stays in the calendar."""


class Calendar(Book):
    """`component` is what it holds, VTODO or VEVENT."""

    component: str

    @abstractmethod
    def written(self, tx: Transaction) -> Mapping[str, str]:
        """Give all that is there now: id -> text."""

    @abstractmethod
    def uid(self, id_: str) -> str:
        """What names a thing in every calendar."""

    def bring_up(self) -> None:
        """Write down what differs from the last time somebody looked; mostly nothing does."""
        with connected(self._db) as tx:
            there = self._there(tx)
            same = not dav_changes.differs(tx, owner=self._owner, kind=self.kind, there=there)
        if not same:
            with self._db.transaction() as tx:
                self.bring_up_in(tx)

    def bring_up_in(self, tx: Transaction) -> None:
        dav_changes.reconcile(tx, owner=self._owner, kind=self.kind, there=self._there(tx))

    def get_all(self) -> Iterator[Item]:
        with connected(self._db) as tx:
            found = dav_changes.listed(tx, owner=self._owner, kind=self.kind)
        texts = Texts([one.id for one in found], self._texts)
        for one in found:
            yield ListedItem(
                texts,
                id=one.id,
                changed_at=one.changed_at,
                collection=self,
                href=one.href,
                etag=f'"{one.etag}"',
                uid=self.uid(one.id),
                name="VCALENDAR",
                component_name=self.component,
            )

    def get_multi(self, hrefs: Iterable[str]) -> Iterator[tuple[str, Item | None]]:
        items = {str(item.href): item for item in self.get_all()}
        for href in dict.fromkeys(hrefs):
            yield href, items.get(href)

    def get_filtered(self, filters: Iterable[Element]) -> Iterator[tuple[Item, bool]]:
        """Give what may pass; in a short list Radicale looks at each."""
        component, *_ = simplify_prefilters(list(filters), self.tag)
        for item in self.get_all() if component in (None, self.component) else ():
            yield item, False

    def has_uid(self, uid: str) -> bool:
        return any(item.uid == uid for item in self.get_all())

    def one(self, href: str) -> Item | None:
        return next((item for item in self.get_all() if item.href == href), None)

    def _there(self, tx: Transaction) -> dict[str, tuple[str, str]]:
        put_away = dav_changes.away(tx, owner=self._owner, kind=self.kind)
        return {
            href: (id_, hashlib.sha256(text.encode()).hexdigest()[:32])
            for id_, text in self.written(tx).items()
            if (href := f"{id_}.ics") not in put_away
        }

    def _texts(self, ids: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG002  # a short list is written as a whole
        with connected(self._db) as tx:
            return self.written(tx)


class Gatherings(Calendar):
    """Where one goes and what one gives; looked at here, changed in the app."""

    kind = "gathering"
    component = "VEVENT"

    def written(self, tx: Transaction) -> Mapping[str, str]:
        account = policies.of(tx, owner=self._owner).account
        since = policies.today(tx, owner=self._owner) - timedelta(days=PAST_DAYS)
        found = gatherings.ahead(tx, owner=self._owner, today=since, called_off=True)
        zone = zone_of(account.zone)
        return {one.id: calendar([event_of(one, zone)]).decode() for one in found}

    def uid(self, id_: str) -> str:
        return uid_of(id_)

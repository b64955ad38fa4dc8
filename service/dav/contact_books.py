"""Address books: all contacts of an account, or those of a circle, read along an index and written by `contacts.write`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element  # the type alone; what comes from outside Radicale parses

from radicale import xmlutils
from radicale.item import Item

from service.dav.asked import Refused, asked, connected
from service.dav.book import Book
from service.dav.item import ALWAYS, ListedItem, Texts
from service.domain.errors import UndrawerError
from service.domain.people.search import plain
from service.domain.people.vcard_three import as_three, version_of
from service.storage.database import Database, Transaction
from service.storage.dav import dav_changes, dav_contacts
from service.storage.dav.dav_contacts import Entry
from service.storage.following import ties
from service.storage.following.ties import Imported
from service.storage.people import contacts, duplicates

_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Signs that no XML may hold, and so no answer to a device."""

_GROUP: Final = re.compile(
    r"^(?:[\w-]+\.)?(?:X-ADDRESSBOOKSERVER-)?KIND(?:;[^:\r\n]*)?:\s*group\s*$", re.IGNORECASE | re.MULTILINE
)
"""A list of people, which macOS and (where it is told to) DAVx5 keep as a vCard among them."""

_INDEXED: Final = frozenset({"FN", "EMAIL"})
"""What of a card is in the words that a contact is found by, whole."""


class ContactBook(Book):
    """With `circle` it holds the contacts of that circle and is for reading: who is in it is decided in the app."""

    kind = dav_changes.CONTACT

    def __init__(self, db: Database, *, owner: str, name: str, meta: Mapping[str, str], circle: str = "") -> None:
        super().__init__(db, owner=owner, name=name, meta=meta)
        self._circle = circle

    def get_all(self) -> Iterable[Item]:
        return self._holding(())

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        wanted = list(dict.fromkeys(hrefs))
        with connected(self._db) as tx:
            found = dav_contacts.named(tx, owner=self._owner, hrefs=wanted, circle=self._circle)
        items = {str(item.href): item for item in self._items([found[href] for href in wanted if href in found])}
        for href in wanted:
            yield href, items.get(href)

    def get_filtered(self, filters: Iterable[Element]) -> Iterable[tuple[Item, bool]]:
        """Give all that the index lets through; Radicale looks at each."""
        for item in self._holding(_pieces(list(filters))):
            yield item, False

    def has_uid(self, uid: str) -> bool:
        with connected(self._db) as tx:
            return dav_contacts.has_uid(tx, owner=self._owner, uid=uid)

    def one(self, href: str) -> Item | None:
        """The contact of a name; where it is going to be written, nobody else writes it meanwhile."""
        with connected(self._db) as tx:
            if asked().writes:
                entry = dav_contacts.locked(tx, owner=self._owner, href=href, circle=self._circle)
            else:
                entry = dav_contacts.named(tx, owner=self._owner, hrefs=[href], circle=self._circle).get(href)
        return next(self._items([entry])) if entry else None

    def upload(self, href: str, item: Item) -> tuple[Item, Item | None]:
        """Keep a contact as the device wrote it; one that was never seen has its tie in the drawer, as imports do."""
        if _GROUP.search(asked().body or ""):
            raise Refused("A list of people is no contact. Who belongs together is told by circles, in Undrawer.")
        tx, old = self.transaction, self.one(href)
        sent = _NO_TEXT.sub("", asked().body or item.serialize()).removeprefix("\ufeff")
        try:
            # Radicale answers what is raised within its lock, and the transaction goes on to its end.
            with tx.begin_nested():
                self._keep(tx, href, sent, old)
        except UndrawerError as error:
            raise Refused(error.message) from error
        kept = self.one(href)
        if kept is None:
            raise RuntimeError("What was kept is not there.")
        asked().rewritten = kept.serialize() != asked().body
        return kept, old

    def remove(self, tx: Transaction, href: str) -> None:
        item = self.one(href)
        if isinstance(item, ListedItem):
            contacts.delete(tx, owner=self._owner, id=item.id)

    def rename(self, tx: Transaction, href: str, new: str) -> None:
        item = self.one(href)
        if isinstance(item, ListedItem):
            dav_changes.note(tx, owner=self._owner, id=item.id, href=new)

    def _keep(self, tx: Transaction, href: str, text: str, old: Item | None) -> None:
        # A vCard 2.1 is read by too few to be kept as it is.
        text = text if version_of(text) in ("3.0", "4.0") else as_three(text)
        id_ = old.id if isinstance(old, ListedItem) else None
        kept = contacts.write(tx, owner=self._owner, vcard=text, id=id_)
        dav_changes.note(tx, owner=self._owner, id=kept.id, href=href)
        if not ties.begin_many(tx, owner=self._owner, imported=[Imported(kept.id)]):
            ties.follow_contact(tx, owner=self._owner, contact_id=kept.id)
        duplicates.look(tx, owner=self._owner, contact_ids=[kept.id])
        # Last, because it locks the log: Radicale asks for the contact by the name that it has from now on.
        dav_changes.write_down(tx)

    def _names(self) -> Iterator[str]:
        with connected(self._db) as tx:
            yield from (href for href, _ in dav_contacts.etags(tx, owner=self._owner, circle=self._circle))

    def _holding(self, pieces: Sequence[str]) -> Iterator[Item]:
        with connected(self._db) as tx:
            entries = list(dav_contacts.entries(tx, owner=self._owner, circle=self._circle, holding=pieces))
        return self._items(entries)

    def _items(self, entries: Sequence[Entry]) -> Iterator[Item]:
        texts = Texts([entry.id for entry in entries], self._texts)
        for entry in entries:
            yield ListedItem(
                texts,
                id=entry.id,
                changed_at=entry.changed_at,
                collection=self,
                href=entry.href,
                etag=f'"{entry.etag}"',
                uid=entry.uid,
                name="VCARD",
                component_name="",
                time_range=ALWAYS,
            )

    def _texts(self, ids: Sequence[str]) -> Mapping[str, str]:
        with connected(self._db) as tx:
            found = dav_contacts.texts(tx, owner=self._owner, ids=ids)
        return {id_: as_three(text) for id_, text in found.items()}


def _pieces(filters: Sequence[Element]) -> list[str]:
    """What a contact must hold to pass: of a single question for a part of a name or an address of mail."""
    asked_for = [one for filter_ in filters for one in filter_]
    if len(asked_for) != 1 or asked_for[0].get("name", "").upper() not in _INDEXED or len(asked_for[0]) != 1:
        return []
    match = asked_for[0][0]
    if match.tag != xmlutils.make_clark("CR:text-match") or match.get("negate-condition", "no") != "no":
        return []
    return "".join(sign if sign.isalnum() else " " for sign in plain(match.text or "")).split()

"""Radicale's storage over our tables: which collections there are, and what its lock is made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from radicale import pathutils
from radicale.config import Configuration
from radicale.item import Item
from radicale.storage import BaseCollection, BaseStorage

from service.dav.asked import Refused, asked, connected
from service.dav.book import Book
from service.dav.calendars import Calendar, Gatherings
from service.dav.contact_books import ContactBook
from service.dav.tasks import Touches
from service.domain.reaching import task_words
from service.domain.ties.circle import Circle
from service.storage.database import Database
from service.storage.dav import app_passwords, dav_contacts, dav_tasks

CONTACTS: Final = "contacts"
TOUCHES: Final = "touches"
GATHERINGS: Final = "gatherings"
CIRCLES: Final = {f"circle-{circle.value}": circle for circle in Circle if circle is not Circle.DRAWER}
"""The drawer holds whom one does not write to; who wants everybody has the book of all."""

_CARDS: Final = {"tag": "VADDRESSBOOK", "D:displayname": "Undrawer"}


class Folder(BaseCollection):
    """What is no collection of things: the root, and the account under it."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def path(self) -> str:
        return self._path

    def get_meta(self, key: str | None = None) -> Any:
        return {} if key is None else None

    def get_all(self) -> Iterable[Item]:
        return ()

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        return [(href, None) for href in hrefs]

    @property
    def last_modified(self) -> str:
        return ""

    def set_meta(self, props: Mapping[str, str]) -> None:  # noqa: ARG002  # Radicale's name
        raise Refused("This is made by Undrawer and cannot be changed.")


class Storage(BaseStorage):
    """Holds nothing itself; threads share it."""

    _is_collision_free = True
    _supports_unicode = True
    _supports_trailing_whitespace = True
    _supports_problematic_chars = True

    def __init__(self, configuration: Configuration, *, db: Database) -> None:
        super().__init__(configuration)
        self._db = db

    def discover(
        self,
        path: str,
        depth: str = "0",
        child_context_manager: Callable[..., Any] | None = None,  # noqa: ARG002  # Radicale's names
        user_groups: set[str] | frozenset[str] = frozenset(),  # noqa: ARG002
    ) -> Iterator[BaseCollection | Item]:
        owner, _, rest = pathutils.strip_path(path).partition("/")
        if not owner:
            yield Folder("")
        elif owner == asked().owner:
            yield from self._of_account(owner, rest, deeper=depth != "0")

    @contextmanager
    def acquire_lock(self, mode: str, user: str = "", *args: Any, **kwargs: Any) -> Iterator[None]:  # noqa: ARG002
        """A transaction. For writing one device of an account at a time, so that an etag read is still true when written."""
        if not user or asked().tx is not None:
            yield
            return
        self._bring_up(user)
        with self._db.transaction() if mode == "w" else self._db.reading() as tx:
            if mode == "w":
                dav_contacts.lock(tx, owner=user)
            asked().tx, asked().writes = tx, mode == "w"
            try:
                yield
            finally:
                asked().tx, asked().writes = None, False

    def move(self, item: Item, to_collection: BaseCollection, to_href: str) -> None:
        if not isinstance(item.collection, Book) or item.collection.path != to_collection.path:
            raise Refused("This cannot be moved to another collection.")
        item.collection.rename(item.collection.transaction, str(item.href), to_href)

    def create_collection(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        raise Refused("Collections are made by Undrawer.")

    def verify(self) -> bool:
        return True

    def _of_account(self, owner: str, rest: str, *, deeper: bool) -> Iterator[BaseCollection | Item]:
        name, _, href = rest.partition("/")
        if not name:
            yield Folder(owner)
            if deeper:
                yield from self._books(owner).values()
            return
        book = self.contacts(self._db, owner) if name == CONTACTS else self._books(owner).get(name)
        if book is None:
            return
        if href:
            item = book.one(href)
            yield from [item] if item else []
            return
        yield book
        if deeper:
            yield from book.get_all()

    @staticmethod
    def contacts(db: Database, owner: str) -> ContactBook:
        """The book of everybody."""
        return ContactBook(db, owner=owner, name=CONTACTS, meta=_CARDS)

    def _books(self, owner: str) -> dict[str, Any]:
        with connected(self._db) as tx:
            lang = dav_tasks.language(tx, owner=owner)
            circles = CIRCLES if app_passwords.wants_circles(tx, owner=owner) else {}
        made: dict[str, Any] = {CONTACTS: self.contacts(self._db, owner)}
        for name, circle in circles.items():
            meta = {**_CARDS, "D:displayname": task_words.circle_book(circle, lang=lang)}
            made[name] = ContactBook(self._db, owner=owner, name=name, meta=meta, circle=circle.value)
        for kind in (Touches, Gatherings):
            name = TOUCHES if kind is Touches else GATHERINGS
            meta = {
                "tag": "VCALENDAR",
                "D:displayname": task_words.book(name, lang=lang),
                "C:supported-calendar-component-set": kind.component,
            }
            made[name] = kind(self._db, owner=owner, name=name, meta=meta)
        return made

    def _bring_up(self, owner: str) -> None:
        """Make the short lists true before a transaction is open, for requests that look at them."""
        mine, _, rest = pathutils.strip_path(pathutils.sanitize_path(asked().path)).partition("/")
        name = rest.partition("/")[0]
        if mine != owner or asked().brought_up or name == CONTACTS:
            return
        asked().brought_up = True
        for book in self._books(owner).values() if name in (TOUCHES, GATHERINGS, "") else ():
            if isinstance(book, Calendar) and name in (book.name, ""):
                book.bring_up()

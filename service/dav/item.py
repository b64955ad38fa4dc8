"""A thing of a book as Radicale lists it: with all that it asks for, so that nothing is parsed, and a text on demand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final

from radicale.item import Item
from radicale.item.filter import TIMESTAMP_MAX, TIMESTAMP_MIN

ALWAYS: Final = (TIMESTAMP_MIN, TIMESTAMP_MAX)
"""The time in which a contact is."""

_BLOCK: Final = 400


class Texts:
    """The texts of a list that is walked from its beginning: a block at a time is read and kept."""

    def __init__(self, ids: Sequence[str], read: Callable[[Sequence[str]], Mapping[str, str]]) -> None:
        self._ids, self._read = ids, read
        self._at = {id_: at for at, id_ in enumerate(ids)}
        self._block: Mapping[str, str] = {}

    def __getitem__(self, id_: str) -> str:
        """Give the text, an empty one of what is gone meanwhile."""
        if id_ not in self._block:
            at = self._at[id_]
            self._block = self._read(self._ids[at : at + _BLOCK])
        return self._block.get(id_, "")


class ListedItem(Item):
    """`id` is that of our row."""

    def __init__(self, texts: Texts, *, id: str, changed_at: datetime, **known: Any) -> None:  # noqa: A002
        super().__init__(text="", last_modified=format_datetime(changed_at, usegmt=True), **known)
        self.id = id
        self._texts = texts

    def serialize(self) -> str:
        if not self._text:
            self._text = self._texts[self.id]
        return self._text

    @property
    def vobject_item(self) -> Any:
        self.serialize()
        return super().vobject_item

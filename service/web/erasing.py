"""Erasing as a request does it: photos that others are on are cut anew first, files are deleted after the commit."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any

from service.storage.entering.record import What
from service.storage.people import erasing
from service.storage.people.erasing import Traces
from service.storage.reading import pictures
from service.web import recording
from service.web.parts import parts

Cut = dict[str, tuple[str, int, list[Any]]]


def erase_person(*, owner: str, id: str) -> None:  # noqa: A002  # of the contact
    """Erase a contact and all that is theirs. Raises NotFound."""
    with parts().db.reading() as tx:
        before = _cut_anew(erasing.traces(tx, owner=owner, id=id))
    with parts().db.transaction() as tx:
        erasing.wipe(tx)
        found = erasing.traces(tx, owner=owner, id=id)
        cut = {**before, **_cut_anew(found, but=before)}
        files = erasing.erase(tx, found, owner=owner, keys=parts().config.signing_keys, cut=cut)
        recording.write(tx, What.ERASED, owner=owner)
    _clear(files)


def erase_account(*, owner: str) -> None:
    with parts().db.transaction() as tx:
        erasing.wipe(tx)
        files = erasing.erase_account(tx, owner=owner)
    _clear(files)


def _clear(files: Iterable[str]) -> None:
    for sha256 in files:
        parts().files.delete(sha256)
    parts().db.settle()


def _cut_anew(found: Traces, but: Mapping[str, Any] | None = None) -> Cut:
    """A new photo for each that others are on, made of the pictures of their cards alone."""
    made: Cut = {}
    for shared in found.shared:
        if but is None or shared.photo_id not in but or len(but[shared.photo_id][2]) != len(shared.others):
            with ExitStack() as stack:
                opened = [stack.enter_context(parts().files.open(card.picture)) for card in shared.others]
                content, places = pictures.stacked(opened)
            made[shared.photo_id] = (parts().files.put(content), len(content), places)
    return made

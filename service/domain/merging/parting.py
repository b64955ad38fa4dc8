"""A merge taken back: both vCards as they were, and what was changed since with the one that it was changed of.

Texts are compared line by line, a note row by row. What was taken away since is taken away from whoever had it. What was
written in place of something goes to whoever had that; all else that was added goes to the contact that stayed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.domain.merging.joining import OF_THE_CARD
from service.domain.people.content_lines import Line, escaped, lines_of, plain, text_of
from service.domain.people.vcard_three import as_three

_NOTE: Final = "NOTE"
_LABEL: Final = "X-ABLABEL"


@dataclass(frozen=True, slots=True)
class Apart:
    """The vCards of the two, as texts."""

    kept: str
    gone: str


def parted(*, kept: str, gone: str, after: str, now: str) -> Apart:
    """Take the merge of `kept` and `gone`, which made `after` and is `now`, apart again."""
    was, here = _atoms(after), _atoms(as_three(now))
    taken, added = list((Counter(was) - Counter(here)).elements()), list((Counter(here) - Counter(was)).elements())
    if not taken and not added:
        return Apart(kept, gone)
    kept, gone = as_three(kept), as_three(gone)
    mine, theirs = _atoms(kept), _atoms(gone)
    to_mine, to_theirs = _shared_out(taken, added, mine, theirs)
    return Apart(_changed(kept, taken, to_mine), _changed(gone, taken, to_theirs))


def _shared_out(
    taken: Sequence[Line], added: Sequence[Line], mine: Sequence[Line], theirs: Sequence[Line]
) -> tuple[list[Line], list[Line]]:
    """Each new value beside the old one of its kind in whose place it stands."""
    gone_alone = [line for line in taken if line in theirs and line not in mine]
    to_mine, to_theirs = [], []
    for line in added:
        place = next((old for old in gone_alone if old.name == line.name), None)
        mine_went = any(old.name == line.name and old in mine for old in taken)
        if place is None or mine_went:
            to_mine.append(line)
        else:
            gone_alone.remove(place)
            to_theirs.append(line)
    return to_mine, to_theirs


def _changed(text: str, taken: Iterable[Line], added: Sequence[Line]) -> str:
    """The text with these changes; the same to the letter where there are none."""
    going, lines, rows = Counter(taken), [], []
    for line in lines_of(text):
        left = [one for one in _atoms_of(line) if not _takes(going, one)]
        rows += [one.value for one in left if line.name == _NOTE]
        lines += [line] if line.name != _NOTE and (left or line.name in OF_THE_CARD) else []
    new = [line for line in added if line not in lines]
    if not new and going == Counter(taken):
        return text
    groups = {line.group for line in lines if line.name != _LABEL}
    lines = [line for line in lines if line.name != _LABEL or line.group in groups]
    note = "\n".join([*rows, *(line.value for line in new if line.name == _NOTE)])
    noted = [Line(_NOTE, escaped(note))] if note else []
    return text_of([*lines, *(line for line in new if line.name != _NOTE), *noted])


def _takes(going: Counter[Line], atom: Line) -> bool:
    if going[atom] < 1:
        return False
    going[atom] -= 1
    return True


def _atoms(text: str) -> list[Line]:
    """What a vCard says, in the smallest pieces that are changed alone."""
    return [atom for line in lines_of(text) for atom in _atoms_of(line)]


def _atoms_of(line: Line) -> list[Line]:
    """A note falls into its rows; in which group a line stands is no matter, but for the label of a group."""
    if line.name == _NOTE:
        return [Line(_NOTE, row) for row in plain(line.value).split("\n") if row]
    if line.name in OF_THE_CARD:
        return []
    return [line if line.name == _LABEL else replace(line, group="")]

"""Who was sent by whom: from somebody back to the one with whom it began."""

from collections.abc import Mapping


def chain(tie: str, sent_by: Mapping[str, str]) -> tuple[str, ...]:
    """The tie itself, who sent them, who sent those, and so on; nobody twice, even where two sent each other."""
    found = [tie]
    while (before := sent_by.get(found[-1])) is not None and before not in found:
        found.append(before)
    return tuple(found)


def root(tie: str, sent_by: Mapping[str, str]) -> str:
    """The one with whom it began."""
    return chain(tie, sent_by)[-1]

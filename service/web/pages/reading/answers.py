"""What a person answered on the review or edit form, as the changes that corrections are made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.web.pages.reading.review import MANY, Entry

ASSIGNABLE = ("name", "org", "title", "department", "phones", "emails", "urls", "addresses", "note")
"""What a line of the card that no field took may be."""

SINGLE = ("name", "prefix", "given", "family", "org", "title", "department")


def changes_from(
    form: Mapping[str, str], entries: Sequence[Entry], *, note: str = "", unclaimed: Sequence[str] = ()
) -> dict[str, Any]:
    """Only what differs from what the form showed; a list goes whole when one of it differs."""
    assigned = _assigned(form, unclaimed)
    changes: dict[str, Any] = {}
    for field in SINGLE:
        shown = next((entry.value for entry in entries if entry.key == field), "")
        answer = _answer(form, field, shown, assigned.get(field, []))
        if answer != shown:
            changes[field] = answer
    for field in MANY:
        shown_here = [entry for entry in entries if entry.field == field]
        answers = _answers(form, field, shown_here, assigned.get(field, []))
        if answers != [(entry.value, entry.type) for entry in shown_here]:
            kept = {entry.value: entry.kept or entry.value for entry in shown_here}
            changes[field] = [_listed(field, kept.get(value, value), kind) for value, kind in answers]
    noted = "\n".join(text for text in (_plain(form.get("note", note)), *assigned.get("note", [])) if text)
    return changes if noted == note else {**changes, "note": noted}


def _answer(form: Mapping[str, str], key: str, shown: str, assigned: Sequence[str] = ()) -> str:
    """What was typed wins over what was chosen; a field that was not on the form stays as it was."""
    typed = _plain(form.get(f"{key}-typed", "")) or _plain(form.get(key, shown))
    return " ".join(filter(None, (typed, *assigned)))


def _answers(
    form: Mapping[str, str], field: str, shown: Sequence[Entry], assigned: Sequence[str]
) -> list[tuple[str, str]]:
    kept = [(_answer(form, entry.key, entry.value), form.get(f"{entry.key}-type", entry.type)) for entry in shown]
    added = [(_plain(form.get(f"{field}-new", "")), form.get(f"{field}-new-type", ""))]
    return [(value, kind) for value, kind in (*kept, *added, *((text, "") for text in assigned)) if value]


def _listed(field: str, value: str, kind: str) -> Any:
    return {"raw": value, "type": kind} if field == "phones" else value


def _assigned(form: Mapping[str, str], unclaimed: Sequence[str]) -> dict[str, list[str]]:
    """Lines of the card that no field took, by the field a person gave them to."""
    given: dict[str, list[str]] = {}
    for at, text in enumerate(unclaimed):
        if field := form.get(f"line-{at}", ""):
            given.setdefault(field, []).append(text)
    return given


def _plain(text: str) -> str:
    """Without the carriage returns that browsers put into what was typed in several lines."""
    return text.replace("\r\n", "\n").strip()

"""The chosen candidates as a reading: values, their evidence, their doubts, and what nobody claimed."""

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import TypeVar

from service.domain.reading.card import Address, Box, Evidence, Found, Line, PersonName, Phone, Profile, Reading
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.contact.codes import CodeContact
from workers.extraction.fields.contact.points import Points
from workers.extraction.fields.roles import blanks, naming
from workers.extraction.fields.roles.assignment import Assignment
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.surety import doubts
from workers.extraction.fields.surety.signs import printed

Value = TypeVar("Value")

BY_CODE = Evidence(("code",), 1.0, passed=("code",))


def compose(
    lines: Sequence[Line], contact: Points, chosen: Assignment, departments: Sequence[Candidate[Piece]]
) -> Reading:
    """Everything found, each value with where it stands and how sure it is."""
    code = contact.code
    department = next((d for d in departments if d.score > 0.5 and not d.value.bits & chosen.bits), None)
    used = [choice for choice in (chosen.name, chosen.title, chosen.org, department) if choice]
    seen = [line.second or "" for line in lines] + [line.text for line in lines]
    lang, country = contact.place.lang, contact.place.country

    def name_of(piece: Piece) -> PersonName:
        own = set(piece.lines)
        others = [text for place, text in enumerate(seen) if place < len(lines) or place - len(lines) not in own]
        return naming.person(piece.text, lang=lang, country=country, seen=others, spaced=blanks.lost(piece, lines))

    return Reading(
        name=_or_code(_chosen(chosen.name, lines, chosen.margins[0], name_of, field="name"), _coded_name(code, lang)),
        org=_or_code(
            _chosen(chosen.org, lines, chosen.margins[2], _organisation, field="org"), _coded(code.org if code else "")
        ),
        department=_or_code(_chosen(department, lines, 1.0, _clean), _coded(code.department if code else "")),
        title=_or_code(_chosen(chosen.title, lines, chosen.margins[1], _clean), _coded(code.title if code else "")),
        emails=tuple(_found(each, lines, str) for each in _likely(contact.emails)),
        phones=tuple(_found(each, lines, _raw) for each in _likely(contact.phones)),
        urls=tuple(_found(each, lines, str) for each in _likely(contact.urls)),
        profiles=tuple(_found(each, lines, _handle) for each in _likely(contact.profiles)),
        addresses=tuple(_found(each, lines, _printed) for each in _likely(contact.addresses)),
        lang=lang,
        country=contact.place.country if contact.place.country_sure else "",
        unclaimed=_unclaimed(lines, contact, used),
    )


def _likely(candidates: Sequence[Candidate[Value]]) -> list[Candidate[Value]]:
    return [candidate for candidate in candidates if candidate.score > 0]


def _raw(phone: Phone) -> str:
    return phone.raw


def _handle(profile: Profile) -> str:
    return profile.handle


def _printed(address: Address) -> str:
    return address.printed


def _clean(piece: Piece) -> str:
    return re.sub(r"^[(\[]([^()\[\]]*)[)\]]$", r"\1", piece.text).strip(" .,;:-–|·•") + (
        "." if _abbreviated(piece) else ""
    )


def _organisation(piece: Piece) -> str:
    return piece.text.strip(" ,;:-–|·•")


def _abbreviated(piece: Piece) -> bool:
    """Whether the last full stop belongs to the last word: "Dpto.", "S.L."."""
    last = piece.words[-1] if piece.words else ""
    return last.endswith(".") and (last.count(".") > 1 or len(last) <= 5)


def _chosen(
    choice: Candidate[Piece] | None,
    lines: Sequence[Line],
    margin: float,
    value_of: Callable[[Piece], Value],
    *,
    field: str = "",
) -> Found[Value] | None:
    if choice is None:
        return None
    own = [lines[index] for index in choice.value.lines]
    value = value_of(choice.value)
    spelled = value.printed if isinstance(value, PersonName) else str(value)
    doubt = doubts.of_choice(own, spelled=spelled, margin=margin, passed=choice.passed, field=field)
    evidence = Evidence(
        _engines(own, spelled),
        round(fmean(line.confidence for line in own), 4),
        choice.value.box,
        margin=margin,
        passed=choice.passed,
    )
    return Found(value, evidence, doubt)


def _found(candidate: Candidate[Value], lines: Sequence[Line], spell: Callable[[Value], str]) -> Found[Value]:
    own = [lines[index] for index in sorted(candidate.touches())]
    if not own:
        return Found(candidate.value, BY_CODE)
    spelled = spell(candidate.value)
    evidence = Evidence(
        _engines(own, spelled),
        round(fmean(line.confidence for line in own), 4),
        _around([line.box for line in own]),
        margin=candidate.score,
        passed=candidate.passed,
        failed=candidate.failed,
    )
    return Found(candidate.value, evidence, doubts.of_contact(candidate, lines, spelled=spelled))


def _engines(own: Sequence[Line], spelled: str) -> tuple[str, ...]:
    asked = [line for line in own if line.second is not None]
    both = asked and printed.agree(spelled, asked, all_asked=len(asked) == len(own))
    first = dict.fromkeys(line.engine for line in own)
    return tuple(dict.fromkeys([*first, "tesseract"])) if both else tuple(first)


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _coded(text: str) -> Found[str] | None:
    return Found(text, BY_CODE) if text else None


def _coded_name(code: CodeContact | None, lang: str) -> Found[PersonName] | None:
    if code is None or not code.name:
        return None
    name = code.name if isinstance(code.name, PersonName) else naming.person(code.name, lang=lang)
    return Found(name, BY_CODE)


def _or_code(printed: Found[Value] | None, coded: Found[Value] | None) -> Found[Value] | None:
    """What a code says is the strongest evidence; where it agrees with the print, the print's place is kept."""
    if coded is None or printed is None:
        return coded or printed
    evidence = Evidence(
        (*printed.evidence.engines, "code"),
        printed.evidence.confidence,
        printed.evidence.box,
        margin=printed.evidence.margin,
        passed=(*printed.evidence.passed, "code"),
    )
    return Found(coded.value, evidence, None, printed.value if printed.value != coded.value else None)


def _unclaimed(lines: Sequence[Line], contact: Points, used: Iterable[Candidate[Piece]]) -> tuple[Line, ...]:
    points: list[Candidate[object]] = [
        *_likely(contact.emails), *_likely(contact.urls), *_likely(contact.phones), *_likely(contact.addresses), *_likely(contact.profiles)
    ]  # fmt: skip
    rest = left_of(lines, [*points, *used])
    return tuple(line for line, text in zip(lines, rest, strict=True) if sum(map(str.isalnum, text)) > 1)

"""Phone numbers: which digits are some, of what use they are, and their full form where it is certain."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from phonenumbers import convert_alpha_characters_in_number

from service.domain.card import Doubt, Line, Phone, PhoneType
from workers.extraction.fields import digits, numbers, phone_labels
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.glyphs import even
from workers.extraction.fields.place import Place
from workers.extraction.fields.rows import before, below, rest_of

_EXTENSION = re.compile(
    r"\s*[,;(/.-]{0,2}\s*(?:(?i:ext(?:ensi[oó]n|n|s)?|xt|x|int(?:erno)?|ramal|anexo|anx|dw|durchwahl|poste|toestel|dahili|wew)(?![a-z])|内線|內線|分机|分機|내선|#)"
    r"\s*[.:#]*\s*(?:n[.o°º]*\s*)?(\d{1,6})(?!\d)\)?"
)
_VANITY = re.compile(
    r"(?<![\w.-])(?:1[ .-])?\(?8(?:00|33|44|55|66|77|88)\)?[ .-](?=[A-Z\d. -]*[A-Z]{3})[A-Z\d][A-Z\d. -]{5,9}[A-Z\d](?!\w)"
)
_POSTCODES = re.compile(r"^(?:\d{5}-\d{3}|\d{2}\.\d{3}-\d{3}|\d{4}-\d{3}|\d{5}-\d{4})$")
_CODES_OF = {"BR": re.compile(r"\d{5}-\d{3}$"), "PT": re.compile(r"\d{4}-\d{3}$"), "US": re.compile(r"\d{5}-\d{4}$")}
"""Postcodes that no number of the same country looks like."""
_TAIL = re.compile(r"\s?/\s?(\d{1,4})(?![\d\w]|[ .-]\d)")
_TYPES = {"work": PhoneType.WORK, "mobile": PhoneType.MOBILE, "fax": PhoneType.FAX, "home": PhoneType.HOME}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A number as it was seen, before the card as a whole decides whether it is one."""

    line: int
    raw: str
    start: int
    end: int
    label: str
    from_label: int
    extension: str = ""
    number: numbers.Number | None = None
    alone: bool = False
    after_sign: bool = False
    ends: bool = False
    """It is the last of a line, written 2294-9484: an address may stand before it."""

    @property
    def digits(self) -> str:
        spelled = self.number and re.search("[A-Z]", self.raw)
        return re.sub(r"\D", "", self.number.e164 if self.number and spelled else self.raw)

    @property
    def brazilian_mobile(self) -> bool:
        return bool(re.fullmatch(r"9[ .]?\d{4}[ .-]?\d{4}", self.raw))

    @property
    def full(self) -> bool:
        """It has all that a call from elsewhere in the country needs."""
        return "+" in self.raw or bool(self.number and (self.number.valid or self.number.possible))


def propose(lines: Sequence[Line], place: Place, taken: Sequence[Candidate[Any]] = ()) -> list[Candidate[Phone]]:
    """Every phone number of the card in the order of print; `taken` are mailboxes and sites."""
    texts = [digits.mended(even(text)) for text in left_of(lines, taken)]
    seen = [number for index in range(len(lines)) for number in _of_line(lines, texts, index, place)]
    kept = [number for number in seen if _is_phone(number, seen, place)]
    return _typed(_once(_joined(kept, place)), texts, place)


def _of_line(lines: Sequence[Line], texts: list[str], index: int, place: Place) -> Iterator[_Seen]:
    text = digits.without_other_numbers(texts[index])
    floor, label_before = 0, ""
    vanity = _VANITY.search(text)
    if vanity:
        label, start = phone_labels.kind_before(text[: vanity.start()])
        number = numbers.under_plan(convert_alpha_characters_in_number(vanity.group()), "US")
        yield _Seen(index, vanity.group(), vanity.start(), vanity.end(), label or "work", start, number=number)
        text = text[: vanity.start()] + " " * len(vanity.group()) + text[vanity.end() :]
    found = list(digits.runs(text, place.country))
    after_style = _labels_follow(text, found)
    for position, seen_run in enumerate(found):
        run = _without_icon(seen_run, place)
        between = text[floor : run.start]
        label, start = phone_labels.kind_before(between)
        end, extension = _extension(text, run)
        upto = found[position + 1].start if position + 1 < len(found) else len(text)
        if after_style or not label:
            following, length = phone_labels.kind_after(text[end:upto])
            label, start, end = (following, len(between), end + length) if following else (label, start, end)
        if not label and position and not re.search(r"[^\W\d_]", between):
            label = label_before
        if not label and position == 0:
            label = _label_around(lines, texts, index, run.start)
        alone = not re.search(r"[^\W\d_]{2}", between[:start] + (text[end:upto] if upto == len(text) else ""))
        number = _plan(run, place)
        ends = not text[end:].strip() and bool(re.fullmatch(r"\d{4}-\d{4}", run.printed))
        seen = _Seen(
            index,
            _shown(run.printed),
            run.start,
            end,
            label,
            floor + start,
            extension,
            number,
            alone,
            _numbered(text, run.start),
            ends,
        )
        yield seen
        yield from _further(text, seen, run, place)
        floor, label_before = end, label


def _numbered(text: str, start: int) -> bool:
    """The digits follow # or No., as those of houses and of licences do."""
    return bool(re.search(r"(?:#|\bn[o°º]?[.°º]+)\s*$", text[:start], re.IGNORECASE))


def _without_icon(run: digits.Run, place: Place) -> digits.Run:
    """A + or a digit that stands apart is an icon where only the card's own plan knows the digits."""
    if re.match(r"\d\s(?=\d{2,})", run.printed) and not run.printed.startswith("1 "):
        rest, whole = (numbers.under_plan(bare, place.country) for bare in (run.digits[1:], run.digits))
        if rest and rest.valid and not (whole and whole.valid) and len(run.digits) > 9:
            return replace(run, printed=run.printed[2:], start=run.start + 2)
    if not (run.printed.startswith("+ ") and place.country_sure):
        return run
    home, far = numbers.under_plan(run.digits, place.country), numbers.under_plan("+" + run.digits, "")
    if home and home.valid and not (far and far.valid and far.country == place.country):
        return replace(run, printed=run.printed[2:])
    return run


def _labels_follow(text: str, found: Sequence[digits.Run]) -> bool:
    """On lines like "91 123 45 67 tel  91 123 45 68 fax" the label comes after its number."""
    if not found or phone_labels.kind_before(text[: found[0].start])[0]:
        return False
    return bool(phone_labels.kind_after(text[found[0].end :])[0]) and bool(
        phone_labels.kind_after(text[found[-1].end :])[0]
    )


def _extension(text: str, run: digits.Run) -> tuple[int, str]:
    match = _EXTENSION.match(text, run.end)
    return (match.end(), match[1]) if match else (run.end, "")


def _further(text: str, seen: _Seen, run: digits.Run, place: Place) -> Iterator[_Seen]:
    """The second number of "91 123 45 67 / 68", of which only the last digits are printed."""
    match = _TAIL.match(text, run.end)
    if match and seen.number and seen.number.valid and place.country_sure:
        raw = re.sub(r"(?:\d\W*){" + str(len(match[1])) + "}$", "", seen.raw) + match[1]
        number = _plan(replace(run, printed=raw), place)
        if number and number.valid:
            yield replace(
                seen, raw=raw, start=match.start(1), end=match.end(1), from_label=match.start(), number=number
            )


def _shown(printed: str) -> str:
    opened, closed = printed.count("("), printed.count(")")
    if opened > closed:
        printed = printed.replace("(", "", opened - closed) if not re.search(r"\(\+?\d+$", printed) else printed + ")"
    elif closed > opened:
        printed = printed.replace(")", "", closed - opened)
    return re.sub(r"\s{2,}", " ", printed.strip(" -./~'"))


def _plan(run: digits.Run, place: Place) -> numbers.Number | None:
    """The run under its own country's plan or the card's; a lost or misread + is put back where the plan proves it."""
    bare = run.digits
    if "+" in run.printed:
        if not bare.startswith("39"):
            bare = re.sub(r"\D", "", re.sub(r"\(\s?0\s?\)", "", run.printed))
        if bare.startswith("521") and len(bare) == 13:  # until 2019 Mexican mobiles were dialled with this 1
            bare = "52" + bare[3:]
        return numbers.under_plan("+" + bare, "") or numbers.Number("+" + bare, valid=False, possible=False)
    if re.match(r"00[1-9]", bare) and (number := numbers.under_plan("+" + bare[2:], "")) and number.possible:
        return number
    if place.country == "AR" and re.fullmatch(r"15\d{7,8}", bare):  # a mobile without its area, as dialled at home
        return None
    number = numbers.under_plan(bare, place.country)
    if number and number.valid:
        return number
    for international in (bare, bare[1:]):
        other = numbers.under_plan("+" + international, "") if len(international) >= 10 else None
        if other and other.valid and other.country == place.country:
            return other
    return number


def _label_around(lines: Sequence[Line], texts: list[str], index: int, start: int) -> str:
    """The label in a box of its own to the left of the number, or as a heading above it."""
    if re.search(r"[^\W\d_]{2}", texts[index][:start]):
        return ""
    left = before(lines, index)
    if left is not None and not re.search(r"\d", texts[left]) and len(lines[left].text.strip()) <= 16:
        return phone_labels.kind_before(texts[left])[0]
    for other, line in enumerate(lines):
        if other != index and len(line.text.strip()) <= 16 and not re.search(r"\d", texts[other]):
            kind, first = phone_labels.kind_before(texts[other])
            whole = not re.search(r"\w", phone_labels.without_labels(texts[other]))
            if kind and whole and not first and len(line.text.strip(" .:")) > 1 and below(line.box, lines[index].box):
                return kind
    return ""


def _is_phone(seen: _Seen, all_seen: Sequence[_Seen], place: Place) -> bool:
    """Whether digits are a phone number at all; short ones need a label, or a card without any full number."""
    count, local_mobile = len(seen.digits), place.country == "BR" and seen.brazilian_mobile
    if not 6 <= count <= 16 or _is_another(seen, place):
        return False
    valid = bool(seen.number and seen.number.valid)
    if "+" in seen.raw or (valid and (count >= 9 or seen.label)):
        return count >= 7
    if seen.label:
        return True
    if count >= 9 and not local_mobile:
        return seen.alone and (not place.country_sure or bool(seen.number and seen.number.possible))
    return (seen.alone and valid) or ((seen.alone or seen.ends) and _is_lone_local(seen, all_seen))


def _is_another(seen: _Seen, place: Place) -> bool:
    """The digits are those of an id, a house or a postcode."""
    short = len(seen.digits) <= 8
    if (home := _CODES_OF.get(place.country)) and home.match(seen.raw):
        return True
    if seen.label == "none" or (seen.after_sign and short) or (short and not seen.full and " - " in seen.raw):
        return True
    if place.country == "JP" and re.match(r"\d{3}-\d{4}$", seen.raw):
        return not seen.label
    if seen.label:
        return False
    local_mobile = place.country == "BR" and seen.brazilian_mobile
    inside = not seen.alone and (" - " in seen.raw or seen.after_sign)
    return inside or bool(_POSTCODES.match(seen.raw) and not local_mobile)


def _is_lone_local(seen: _Seen, all_seen: Sequence[_Seen]) -> bool:
    others = [other for other in all_seen if other.full and len(other.digits) >= 9 and other.label != "none"]
    return _looks_dialled(seen.raw) and (not others or _has_area(seen, others))


def _looks_dialled(raw: str) -> bool:
    """Six to eight digits in groups as people write numbers: 2294-9484, 555 12 34, 12.34.56."""
    return bool(
        re.fullmatch(
            r"\d{3,4}[ .-]\d{4}|9[ .]?\d{4}[ .-]\d{4}|\d{3}[ .-]\d{3}|\d{2,3}(?:[ .-]\d{2}){2,3}|\d[ .-]\d{3}[ .-]\d{4}|\d{3}[ .-]\d{2}[ .-]\d{2}",
            raw,
        )
    )


def _has_area(seen: _Seen, others: Sequence[_Seen]) -> bool:
    """Joined to the area code of a full number on the card, it is valid, and the two are written alike."""
    alike = re.search(r"\D", seen.raw)
    return any(
        other.number and alike and alike.group() in other.raw and _with_area(seen, other.number) for other in others
    )


def _with_area(seen: _Seen, other: numbers.Number) -> numbers.Number | None:
    area = numbers.area_of(other.e164) if other.e164 else ""
    number = numbers.under_plan(area + seen.digits, "") if area else None
    return number if number and number.valid else None


def _joined(kept: Sequence[_Seen], place: Place) -> list[_Seen]:
    """Local numbers completed with the area code that all full numbers of the card share."""
    full = [seen.number for seen in kept if seen.full and seen.number and seen.number.country == place.country]
    areas = {numbers.area_of(number.e164) for number in full} - {""}
    return [
        replace(seen, number=_with_area(seen, full[0]) or seen.number)
        if len(areas) == 1 and not seen.full and len(seen.digits) <= 9 and numbers.area_of(full[0].e164)
        else seen
        for seen in kept
    ]


def _once(kept: Sequence[_Seen]) -> list[_Seen]:
    """The same number printed twice is one number; the labelled print stays."""
    found: dict[str, _Seen] = {}
    for seen in kept:
        key = (seen.number.e164 if seen.number and seen.full else seen.digits) + seen.extension
        if key not in found or (seen.full, bool(seen.label)) > (found[key].full, bool(found[key].label)):
            found[key] = seen
    return list(found.values())


def _typed(kept: Sequence[_Seen], texts: Sequence[str], place: Place) -> list[Candidate[Phone]]:
    found: list[Candidate[Phone]] = []
    for seen in kept:
        first = not any(candidate.value.type == PhoneType.WORK for candidate in found)
        kind = _type(seen, place, first=first)
        found.append(_candidate(seen, kind, texts[seen.line], place))
    return found


def _type(seen: _Seen, place: Place, *, first: bool) -> PhoneType:
    """By label; else by the plan; where the plan does not tell, the first number is for work and the next a mobile."""
    use = seen.number.use if seen.number else ""
    if place.country == "BR" and len(seen.digits) >= 8:  # eight digits are a house's but for old mobiles, 9 before them
        use = (
            "mobile"
            if re.search(r"9\d{8}$", seen.digits) or (use == "mobile" and re.search(r"[89]\d{7}$", seen.digits))
            else "fixed"
        )
    if seen.label in _TYPES:
        return _TYPES[seen.label]
    if use:
        return PhoneType.MOBILE if use == "mobile" else PhoneType.WORK
    if seen.label == "any" or first or len(seen.digits) < 9:
        return PhoneType.WORK
    return PhoneType.MOBILE


def _candidate(seen: _Seen, kind: PhoneType, text: str, place: Place) -> Candidate[Phone]:
    number, plus = seen.number, "+" in seen.raw
    own = bool(number and number.e164 and (number.valid or plus or (number.possible and place.country_sure)))
    certain = own and (plus or place.country_sure or seen.digits.startswith("00"))
    e164 = number.e164 if number and certain else ""
    start = min(seen.from_label, seen.start)
    whole = len(rest_of(text, start, seen.end)) < 2
    return Candidate(
        value=Phone(seen.raw, e164, kind, seen.extension),
        lines=frozenset({seen.line} if whole else ()),
        score=_score(seen, certain=bool(e164)),
        claims=((seen.line, start, seen.end),),
        passed=_passed(seen),
        failed=_failed(seen, place, e164),
        kind=kind.value,
    )


def _score(seen: _Seen, *, certain: bool) -> float:
    valid = bool(seen.number and seen.number.valid)
    return 0.8 + 2.0 * bool(seen.label) + 2.0 * valid + 1.0 * ("+" in seen.raw) + 0.7 * certain


def _passed(seen: _Seen) -> tuple[str, ...]:
    return ("plan",) * bool(seen.number and seen.number.valid) + ("label",) * bool(seen.label)


def _failed(seen: _Seen, place: Place, e164: str) -> tuple[str, ...]:
    valid = bool(seen.number and seen.number.valid)
    if e164:
        return () if valid else (Doubt.NUMBER_INVALID.value,)
    if valid and not place.country_sure:
        return (Doubt.COUNTRY_GUESSED.value,)
    short = place.country_sure and len(seen.digits) >= 9 and not valid and not seen.brazilian_mobile
    return (Doubt.NUMBER_INVALID.value if short else Doubt.NUMBER_LOCAL.value,)

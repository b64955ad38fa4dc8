"""Numbers as they stand on a line: their digits, the label before or after, the extension, the plan they fit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from phonenumbers import convert_alpha_characters_in_number

from service.domain.reading.card import Line
from workers.extraction.fields.contact.phones import digits, labels
from workers.extraction.fields.rows import before, below
from workers.extraction.fields.words import lexicon
from workers.extraction.fields.world import numbers
from workers.extraction.fields.world.place import Place

_EXTENSION = re.compile(
    r"\s*[,;(/.-]{0,2}\s*(?:(?i:ext(?:ensi[oó]n|n|s)?|xt|x|int(?:erno)?|ramal|anexo|anx|dw|durchwahl|poste|toestel|dahili|wew)(?![a-z])|内線|內線|分机|分機|내선|#)"
    r"\s*[.:#]*\s*(?:n[.o°º]*\s*)?(\d{1,6})(?!\d)\)?"
)
_VANITY = re.compile(
    r"(?<![\w.-])(?:1[ .-])?\(?8(?:00|33|44|55|66|77|88)\)?[ .-](?=[A-Z\d. -]*[A-Z]{3})[A-Z\d][A-Z\d. -]{5,9}[A-Z\d](?!\w)"
)
_NAMED = re.compile(r"(?:^|(?<=\s))([^\W\d_]+)(?:\s[^\W\d_]+)?\s?:\s*$")
"""Whose number it is: "Andy: 07700 900812"."""
_TAIL = re.compile(r"\s?/\s?(\d{1,4})(?![\d\w]|\s?[ ./-]\s?\d|\s[A-ZÀ-Þ][a-zà-ÿ])")


@dataclass(frozen=True, slots=True)
class Seen:
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
        return bool(re.fullmatch(r"9[ .-]?\d{4}[ .-]?\d{4}", self.raw))

    @property
    def full(self) -> bool:
        """It has all that a call from elsewhere in the country needs."""
        return "+" in self.raw or bool(self.number and (self.number.valid or self.number.possible))


def seen_on(lines: Sequence[Line], texts: list[str], index: int, place: Place) -> Iterator[Seen]:
    text = digits.without_other_numbers(texts[index])
    floor, label_before = 0, ""
    vanity = _VANITY.search(text)
    if vanity:
        label, start = labels.kind_before(text[: vanity.start()])
        number = numbers.under_plan(convert_alpha_characters_in_number(vanity.group()), "US")
        yield Seen(index, vanity.group(), vanity.start(), vanity.end(), label or "work", start, number=number)
        text = text[: vanity.start()] + " " * len(vanity.group()) + text[vanity.end() :]
    found = list(digits.runs(text, place.country))
    after_style = _labels_follow(text, found)
    for position, seen_run in enumerate(found):
        run = _without_bar(_without_icon(seen_run, place), text, place)
        between = text[floor : run.start]
        label, start = labels.kind_before(between)
        end, extension = _extension(text, run)
        upto = found[position + 1].start if position + 1 < len(found) else len(text)
        bracketed = re.match(r"\s?\([^\d()]{1,12}\)", text[end:upto])
        if bracketed and labels.labels_in(bracketed.group()):  # "(代表)" is said of the number before it
            upto = end + bracketed.end()
        ours = after_style or bracketed or position + 1 == len(found)  # else the label is the next number's
        if after_style or (not label and ours):
            following, length = labels.kind_after(text[end:upto])
            label, start, end = (following, len(between), end + length) if following else (label, start, end)
        goes_on = label_before != "none" or "+" not in run.printed  # a postcode's label is no number's
        if not label and position and goes_on and not re.search(r"[^\W\d_]", between):
            label = label_before
        if not label and position == 0:
            label = _label_around(lines, texts, index, run.start)
        ahead = _NAMED.sub(_unless_given, between[:start])
        alone = not re.search(r"[^\W\d_]{2}", ahead + (text[end:upto] if upto == len(text) else ""))
        number = _plan(run, place)
        ends = not text[end:].strip() and bool(re.fullmatch(r"\d{4}-\d{4}|9[ .-]\d{4}-\d{4}", run.printed))
        seen = Seen(
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
        floor, label_before = max(end, upto) if bracketed else end, label


def _unless_given(named: re.Match[str]) -> str:
    return "" if lexicon.given(named[1]) else named.group()


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


def _without_bar(run: digits.Run, text: str, place: Place) -> digits.Run:
    """A 1 before a word that is glued to it is a bar where only the other digits are a number: 99371E-mail."""
    if not re.match(r"[A-Z]", text[run.end :]) or not re.search(r"\d1$", run.printed):
        return run
    shorter = replace(run, printed=run.printed[:-1], end=run.end - 1)
    whole, rest = _plan(run, place), _plan(shorter, place)
    return shorter if rest and rest.valid and not (whole and whole.valid) else run


def _labels_follow(text: str, found: Sequence[digits.Run]) -> bool:
    """On lines like "91 123 45 67 tel  91 123 45 68 fax" the label comes after its number."""
    if not found or labels.kind_before(text[: found[0].start])[0]:
        return False
    return bool(labels.kind_after(text[found[0].end :])[0]) and bool(labels.kind_after(text[found[-1].end :])[0])


def _extension(text: str, run: digits.Run) -> tuple[int, str]:
    match = _EXTENSION.match(text, run.end)
    return (match.end(), match[1]) if match else (run.end, "")


def _further(text: str, seen: Seen, run: digits.Run, place: Place) -> Iterator[Seen]:
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
    if place.country == "MX" and (old := re.fullmatch(r"(?:04[45]|01)(\d{10})", bare)):  # prefixes dropped in 2019
        bare = old[1]
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
        return labels.kind_before(texts[left])[0]
    for other, line in enumerate(lines):
        if other != index and len(line.text.strip()) <= 16 and not re.search(r"\d", texts[other]):
            kind, first = labels.kind_before(texts[other])
            whole = not re.search(r"\w", labels.without_labels(texts[other]))
            if kind and whole and not first and len(line.text.strip(" .:")) > 1 and below(line.box, lines[index].box):
                return kind
    return ""

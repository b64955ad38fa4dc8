"""Where one line holds two things with no sign between them: a person and a title, a name in two scripts."""

import re
from collections.abc import Sequence
from itertools import pairwise

from workers.extraction.fields.words import lexicon, scripts
from workers.extraction.fields.words.spelling import name_in_box

_TIGHT = re.compile(f"(?<={scripts.CJK.pattern})[,，、/](?={scripts.CJK.pattern})")
"""A sign between letters of the east with no blank behind it: 山田 太郎,部長."""


def between(text: str, boxes: Sequence[str] = ()) -> int:
    """Where the second of two begins that share a line, 0 for none; `boxes` are the card's mailboxes."""
    return _between_scripts(text) or _between_name_and_title(text, boxes)


def tight_signs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The signs without a blank that part an eastern name from its title; lists of what is sold have them too."""
    return [sign.span() for sign in _TIGHT.finditer(text, start, end) if _parts_a_name(text, sign.start(), start, end)]


def _parts_a_name(text: str, place: int, start: int, end: int) -> bool:
    before = re.split(r"\s[/|]\s|[,，、|]", text[start:place])[-1].strip()
    after = re.split(r"\s[/|]\s|[,，、/|]", text[place + 1 : end])[0].strip()
    return any(
        (may_be_name(name) or scripts.parted_name(name)) and not scripts.title_in(name) and scripts.ends_as_title(title)
        for name, title in ((before, after), (after, before))
    )


def _between_scripts(text: str) -> int:
    """Where a name in Han or Hangul ends that goes on in Latin letters, or the other way about: "이서윤 Seoyoon Lee"."""
    if not scripts.CJK.search(text):
        return 0
    for blank in re.finditer(r"\s+", text):
        before, after = text[: blank.start()], text[blank.end() :]
        latin = after if scripts.only_cjk(before) else before if scripts.only_cjk(after) else ""
        native = before if latin == after else after
        if latin and not scripts.CJK.search(latin) and len(latin) > 3 and may_be_name(native):
            return blank.start()
    return 0


def _between_name_and_title(text: str, boxes: Sequence[str]) -> int:
    """Where the second of two begins that share a line: "Ana Pérez Directora", "部長 山田 太郎"; 0 for none."""
    if scripts.is_cjk(text):
        return _between_cjk(text)
    words = list(re.finditer(r"\S+", text))
    while len(words) > 3 and lexicon.honorific(words[0].group()) and lexicon.given(words[1].group()):
        words.pop(0)
    first = words[0].group() if words else ""
    if len(words) < 3 or lexicon.in_list("titles-weak", first):
        return 0
    if not lexicon.given(first):
        return _behind_title(words)
    for word in words[2:]:
        name = word.group()
        if lexicon.in_list("titles", name) and not lexicon.surname(name) and not lexicon.credential(name):
            return _behind_mailbox(words, words.index(word), boxes) or _first_of_title(words, word)
    return 0


def _behind_mailbox(words: Sequence[re.Match[str]], title: int, boxes: Sequence[str]) -> int:
    """Where the name ends that a mailbox spells to its last word, if what follows up to the title is in no list of names."""
    said = tuple(word.group() for word in words)
    for count in range(title - 1, 1, -1):
        rest = said[count:title]
        other = any(lexicon.given(word) or lexicon.surname(word) or not word[:1].isupper() for word in rest)
        if not other and any(_spells_all(said[:count], box) for box in boxes):
            return words[count].start()
    return 0


def _spells_all(words: tuple[str, ...], box: str) -> bool:
    return name_in_box(words, box) >= 1.0 and name_in_box(words[:-1], box) < 1.0


def _behind_title(words: Sequence[re.Match[str]]) -> int:
    """Where the name starts that a title leads to: "Malermeister Uwe Dombrowsky", "Vereador Nelsinho do Posto"."""
    said = [word.group() for word in words]
    if not lexicon.in_list("titles", said[0]) or lexicon.honorific(said[0]) or not said[0][:1].isupper():
        return 0
    name = [word for word in said[1:] if lexicon.fold(word) not in lexicon.PARTICLES]
    after_particle = {word for before, word in pairwise(said) if lexicon.fold(before) in lexicon.PARTICLES}
    plain = all(
        word[:1].isupper() and word[0].isalpha() and (word in after_particle or not lexicon.in_any_role(word))
        for word in name
    )
    known = lexicon.given(said[1]) == 1.0 and said[1] in name
    return words[1].start() if plain and known and len(name) in (2, 3) else 0


def _first_of_title(words: Sequence[re.Match[str]], strong: re.Match[str]) -> int:
    """Where the title starts that a strong word belongs to: "Kylie Mitchell | Real Estate Agent"."""
    place = words.index(strong)
    while place > 2 and lexicon.in_list("titles-weak", words[place - 1].group()):
        place -= 1
    bar = place > 2 and words[place - 1].group() in ("I", "l", "1")  # Imran Mukherjee | Managing Director
    return words[place - bar].start()


def _between_cjk(text: str) -> int:
    title = scripts.title_in(text)
    if not title:
        return 0
    first, blank, rest = text.partition(" ")
    if blank and (name := _name_of_two(first, rest)):
        return len(first) + 1 + len(name)
    if blank and 2 <= len(first) <= 4 and not scripts.title_in(first) and may_be_name(first):
        return len(first)  # 김도현 개발팀 책임연구원
    start = text.index(title)
    end = start + len(title)
    before, after = text[:start], text[end:]
    if not after.strip() and before.endswith((" ", "　")) and may_be_name(before):
        return start
    return 0 if scripts.title_in(after) else _at_blank(text, end)


def _name_of_two(family: str, rest: str) -> str:
    """The given name that a blank parts from its surname and another from a title: 동현 of 오 동현 상무이사."""
    given, blank, title = rest.partition(" ")
    known = scripts.is_family(family) or scripts.built_family(family + given) == family
    fits = 1 <= len(given) <= 3 and not scripts.title_in(given) and not scripts.is_department(given)
    return given if blank and known and fits and scripts.ends_as_title(title) else ""


def _at_blank(text: str, end: int) -> int:
    """Where a name stands that begins behind a title, or that a blank parts from it."""
    after = text[end:]
    last = text.rfind(" ", 0, end)
    if may_be_name(after) or (after[:1].isspace() and scripts.parted_name(after.strip())):
        return end
    if not after.strip() and last > 0 and may_be_name(text[:last]):
        return last
    return 0


def may_be_name(text: str) -> bool:
    name = re.sub(r"\s", "", text)
    return 2 <= len(name) <= 6 and scripts.only_cjk(name) and bool(scripts.family_of(name))

"""The parts of a person's name: what is said before and after it, its capitals, its accents, its two halves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.reading.card import PersonName
from workers.extraction.fields.words import lexicon, scripts

IN_BRACKETS = re.compile(r"\s*[(（\"“'«]([^()（）\"”»]*)[)）\"”'»]")
SUFFIXES = frozenset("jr sr ii iii iv junior senior filho neto".split())
_AFTER_DR = frozenset("med dent rer nat jur iur phil hc h c vet pol oec mult univ habil ing techn".split())
_GLUED = re.compile(r"\b([A-ZÀ-ÞĀ-Ž][a-zà-ÿĀ-ſ]{2,})([A-ZÀ-ÞŁŚŻŹĆĐČŠŽ][a-zà-ÿĀ-ſ]{2,})\b")
_DOT_WITHOUT_BLANK = re.compile(
    r"(?<=\b[A-ZÀ-Þ]\.)(?=[A-ZÀ-Þ][a-zà-ÿ]{2})|(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ]\.(?:\s|$))|(?<=(?:Dr|Mr|Ms|Sr)\.)(?=[A-ZÀ-Þ])|(?<=(?:Dra|Mrs|Sra|Ing|Lic|Arq|Abg|Avv)\.)(?=[A-ZÀ-Þ])|(?<=(?:Prof|Capt|Dott)\.)(?=[A-ZÀ-Þ])"
)
_ALSO_NAMES = frozenset("d m me ma ra mag fr cp c gen mi can ca".split())


@dataclass(frozen=True, slots=True)
class Parsed:
    """A printed name without what stands around it, and its words."""

    words: tuple[str, ...]
    prefix: str = ""
    suffix: str = ""
    turned: bool = False

    @property
    def printed(self) -> str:
        return " ".join(self.words)

    @property
    def plain_words(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if lexicon.fold(word) not in lexicon.PARTICLES)


_LED = re.compile(
    r"^(?:bookings?|contact|contacto|contato|contatto|kontakt|prop(?:rietor)?|owner|inh(?:aber(?:in)?)?|attn|att|resp(?:ons[aá]vel)?|falar com|a/c|c/o"
    r"|titular|gerente|guest|ask for|call|(?:encomendas|reservas|orçamentos|pedidos|informações) com|atenção|atención)(?:\s*[:.\-]\s*(?=[A-ZÀ-Þ])|\s+(?=[A-ZÀ-Þ][^\W\d_]+))",
    re.IGNORECASE,
)
"""Words that lead to a person: "Booking: Pete Lawson", "Falar com Marcos", "Inh. Eva Krumm"."""


def led(text: str) -> bool:
    """Whether words before a name say that a person follows."""
    return bool(_LED.match(text) or _led_by_a_trade(text))


def _led_by_a_trade(text: str) -> re.Match[str] | None:
    """The trade and its colon before a name: "Cabeleireira: Neide"."""
    said = re.match(r"([^\W\d_]{4,}):\s+(?=[A-ZÀ-Þ])", text)
    return said if said and lexicon.in_list("titles", said[1]) else None


def parse(text: str) -> Parsed:
    """Strips what is said before and after a name; "García López, Ana" is turned round."""
    trade = _led_by_a_trade(text)
    text = text[trade.end() :] if trade else _LED.sub("", text)
    nickname = re.match(r"[\"“]([^\"“”]+)[\"”]\s+(\S+)$", text)  # "Big Dave" Kowalczyk
    text = f"{nickname[1]} {nickname[2]}" if nickname else text
    text = re.sub(r"^The (?=(?:Rt\.?|Most|Very|Right|Rev|Revd|Hon|Ven)\b)", "", text)
    text = IN_BRACKETS.sub(" ", text).replace("，", ",").replace("–", "-")
    words = _GLUED.sub(_apart, _DOT_WITHOUT_BLANK.sub(" ", text)).split()
    prefix: list[str] = []
    while len(words) > 1 and (_is_prefix(words[0], words[1]) or (prefix and _goes_on_after_dr(words[0]))):
        prefix.append(words.pop(0))
    suffix: list[str] = []
    comma = next((n for n, word in enumerate(words) if word.endswith(",")), -1)
    if 0 <= comma < len(words) - 1 and _credentials(words[comma + 1 :]):
        suffix, words = words[comma + 1 :], words[: comma + 1]
    while len(words) > 2 and _said_after(words[-1].strip(",;")):
        suffix.insert(0, words.pop())
    turned = len(words) > 1 and 0 <= comma < len(words) - 1 and words[comma].endswith(",")
    if turned:
        words = words[comma + 1 :] + words[: comma + 1]
    words = [_mended(_capital_i(word.strip(",;:·"))) for word in words]
    if words and words[-1].endswith(".") and len(words[-1]) > 4 and lexicon.letters(words[-1]) not in SUFFIXES:
        words[-1] = words[-1].rstrip(".")
    return Parsed(tuple(word for word in words if word), " ".join(prefix), " ".join(suffix).strip(","), turned)


def couple(words: Sequence[str]) -> bool:
    """Whether two people share a surname: "Mark & Susan Andersen"."""
    if len(words) != 4 or words[1].lower() not in ("&", "+", "and", "y", "e", "et", "und", "en", "og", "och", "i"):
        return False
    first, second, family = words[0], words[2], words[3]
    given = lexicon.given(first) and lexicon.given(second) and not lexicon.in_any_role(family)
    return bool(given and family[:1].isupper() and family.isalpha())


_ACCENT_IN_PLACE = re.compile(r"í[bcçdfglmnprstvxz]{0,2}(?:i[aeou]|o[lc][ao]|ic[ao]|ul[ao])s?$")
"""Where Portuguese and Spanish stress a name: Fabíola, Vinícius."""


def _mended(word: str) -> str:
    """A word that no list knows, where the lists know what it may have been misread from: "Jérôrne", "Gírard"."""
    if len(word) < 4 or lexicon.spelled_in_lists(word) or _ACCENT_IN_PLACE.search(word):
        return word
    if "-" in word:
        return "-".join(map(_mended, word.split("-")))
    if (better := lexicon.with_listed_accents(word)) != word:
        return better
    for wrong, right in (
        ("í", "i"),
        ("ì", "i"),
        ("rn", "m"),
        ("ii", "n"),
        ("cl", "d"),
        ("vv", "w"),
        ("q", "g"),
        ("I", "l"),
    ):
        for place in [m.start() for m in re.finditer(wrong, word)]:
            better = word[:place] + right + word[place + len(wrong) :]
            if place and lexicon.spelled_well(better) and (wrong not in "il" or not lexicon.surname(word)):
                return better
    return word


def _capital_i(word: str) -> str:
    """A capital I that was read as a small l: "lan" for Ian, "lglesias" for Iglesias."""
    if re.match(r"l[a-z]{2,}$", word) and word not in lexicon.PARTICLES:
        better = "I" + word[1:]
        return better if lexicon.given(better) or lexicon.surname(better) else word
    return word


def _apart(glued: re.Match[str]) -> str:
    """Two names read without the space between them: "NathaliePerrin"."""
    first, second = (word if lexicon.spelled_in_lists(word) else word.replace("rn", "m") for word in glued.groups())
    both = lexicon.spelled_in_lists(first) and lexicon.spelled_in_lists(second)
    return (
        f"{first} {second}"
        if (lexicon.given(first) or both) and not lexicon.spelled_in_lists(first + second)
        else glued[0]
    )


def _is_prefix(word: str, after: str) -> bool:
    """Whether a word is said before a name: one that may also begin a name ("Ma", "Gen") needs its dot or its shape."""
    if not lexicon.honorific(word):
        return False
    if lexicon.letters(word) in _ALSO_NAMES and "." not in word:
        return word in ("Me", "Mag", "RA", "Fr", "CA", "CP") and after[:1].isupper()
    return True


def _goes_on_after_dr(word: str) -> bool:
    """Whether a word says what somebody is a doctor of: "med.", "h. c." in small letters, for "H. C." are initials."""
    key = lexicon.letters(word)
    return key in _AFTER_DR and (len(key) > 1 or word.islower())


def _said_after(word: str) -> bool:
    return lexicon.credential(word) or (lexicon.honorific(word) and lexicon.letters(word).startswith("dipl"))


def _credentials(words: Sequence[str]) -> bool:
    return all(lexicon.credential(word.strip(",;.")) or lexicon.credential(word.strip(",;")) for word in words)


_GLUED_SAINT = re.compile(r"\b(S[Tt])\.(?=[A-ZÀ-Þ])")
_POLISH = str.maketrans("ñÑ", "ńŃ")
"""A letter that no Polish name has, for one that the reader does not know."""
_FAMILY_FIRST = frozenset("CN HK MO MY SG TW VN".split())
"""Where a name in Latin letters keeps the order of its country: "TAN Wei Ling"."""


def person(
    text: str, *, lang: str = "", country: str = "", seen: Sequence[str] = (), spaced: bool = False
) -> PersonName:
    """The name in its parts, capitals made small.

    "LEONE Giulia" is turned round as "Leone, Giulia" is: so it is filed and said. `seen` are other prints that may prove accents; `spaced` tells that a print without spaces is as wide as with one.
    """
    if scripts.is_cjk(text):
        return _person_cjk(text, spaced=spaced)
    parsed = parse(_GLUED_SAINT.sub(r"\1. ", text.translate(_POLISH) if lang == "pl" else text))
    shouted = sum(word.isupper() and len(word) > 1 for word in parsed.words)
    family_first = parsed.turned
    words = list(parsed.words)
    if 0 < shouted < len([w for w in words if len(w) > 1]) and not lexicon.credential(words[-1]):
        family_first = family_first or (words[0].isupper() and len(words[0]) > 2 and not words[-1].isupper())
    proper = [_proper(word, place, words) for place, word in enumerate(words)]
    proper = [_with_accents(word, seen) for word in proper]
    first = family_first and not parsed.turned and lexicon.given(words[-1]) > 0
    if first and country in _FAMILY_FIRST and len(words) > 2:
        return PersonName(" ".join(proper), " ".join(proper[1:]), proper[0], parsed.prefix, parsed.suffix)
    given, family = _divide(words, proper, lang=lang, family_first=first)
    printed = f"{given} {family}" if first else " ".join(proper)
    return PersonName(printed, given, family, parsed.prefix, parsed.suffix)


def _proper(word: str, place: int, words: Sequence[str]) -> str:
    """A word in capitals, or all in small letters, as a name is written."""
    key = lexicon.fold(word)
    if not (word.isupper() or word.islower()) or (len(word.strip(".")) == 1 and word.isupper()):
        return word
    if key in lexicon.PARTICLES and key not in ("st.", "santa") and 0 < place < len(words) - 1:
        return word.lower()
    if word.islower() and not all(w.islower() for w in words):
        return word
    if len(word) == 2 and word.isupper() and not any(w.isupper() and len(w) > 2 for w in words):
        return word
    small = "-".join(_capital(part) for part in word.split("-"))
    return re.sub(r"(?<=['’])(\w)", lambda m: m[1].upper(), small) if re.match(r"^(?:[DOLdol])['’]", word) else small


def _capital(part: str) -> str:
    small = part.lower()
    if re.match(r"mc[a-z]{3}", small):
        return "Mc" + small[2:].capitalize()
    return small.capitalize()


def _with_accents(word: str, seen: Sequence[str]) -> str:
    """The accented spelling, where another print of the card shows it and the lists know it."""
    for text in seen:
        for other in text.split():
            bare = other.strip(".,;:()")
            if not bare.isascii() and lexicon.fold(bare) == lexicon.fold(word) and lexicon.spelled_in_lists(bare):
                return word if not word.isascii() else _capital(bare)
    return word


def _divide(read: Sequence[str], words: Sequence[str], *, lang: str, family_first: bool) -> tuple[str, str]:
    """Given names and surnames: by lists, particles and the custom of the language; `read` has the card's capitals."""
    if len(words) < 2:
        return (words[0] if words else ""), ""
    if couple(words):
        return " ".join(words[:3]), words[3]
    if family_first:
        split = next((n for n, word in enumerate(read) if not word.isupper()), 1)
        return " ".join(words[max(1, split) :]), " ".join(words[: max(1, split)])
    first = 1
    while first < len(words) - 1 and _goes_on(words, first, lang=lang):
        first += 1
    particle = next((n for n in range(1, first) if words[n].lower() in lexicon.PARTICLES and n + 1 <= first), 0)
    if particle and not lexicon.given(words[particle + 1 if particle + 1 < len(words) else particle]):
        first = particle
    return " ".join(words[:first]), " ".join(words[first:])


def _goes_on(words: Sequence[str], place: int, *, lang: str) -> bool:
    """Whether the word at a place still belongs to the given names."""
    word, left = words[place], len(words) - place
    if word.lower() in lexicon.PARTICLES:
        return (
            left > 2
            and lexicon.given(words[place + 1]) > 0
            and lang == "es"
            and place + 2 < len(words)
            and "la" not in word
        )
    if len(word.strip(".")) == 1:
        return True
    if lang in ("es", "pt", "gl", "ca"):
        wanted = 2 if lang == "es" else 1
        return lexicon.given(word) > lexicon.surname(word) - 0.05 and left > wanted
    return not any(w.lower() in lexicon.PARTICLES for w in words[1 : place + 1])


def _person_cjk(text: str, *, spaced: bool) -> PersonName:
    """Surname first; readers lose the gap that Japanese names are printed with."""
    text = IN_BRACKETS.sub("", text).replace("　", " ").strip()
    name = re.sub(r"\s", "", text)
    words = text.split()
    misplaced = len(words) == 2 and scripts.blank_misplaced(words[0])
    family = words[0] if len(words) == 2 and len(words[0]) <= 3 and not misplaced else scripts.family_of(name)
    given = name[len(family) :]
    set_wide = len(words) == len(name) > 2 and len(family) > 1  # 小 林 誠
    apart = (len(words) == 2 and not misplaced) or ((spaced or set_wide) and family and given)
    printed = f"{family} {given}" if apart else name
    return PersonName(printed, given, family)

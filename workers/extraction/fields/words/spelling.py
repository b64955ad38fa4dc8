"""How far the letters of a mailbox or a domain spell the words of a name or a company."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from workers.extraction.fields.words import lexicon

SHARED_BOXES = frozenset(
    "info information contact contacto contato contatto kontakt mail email office oficina escritorio buero ventas vendas sales"
    " vente ventes verkauf vendite comercial commercial admin administracion administracao administration support soporte"
    " suporte hello hola ola hi team post postmaster webmaster service servicio clientes atencion atendimento secretaria"
    " sekretariat empfang recepcion reception reservas reservations booking bookings compras marketing press prensa jobs"
    " empleo rrhh hr rh no-reply noreply enquiries inquiries general gerencia direccion director amministrazione segreteria"
    " contabilidad facturacion pedidos orders order shop tienda loja studio estudio accueil bonjour ask us all help hallo".split()
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_AND = ("and", "und", "et", "y", "e")
"""How a domain spells the sign "&"."""
_INITIAL, _PREFIX, _WORD = 1, 2, 3


@lru_cache(maxsize=lexicon.MOST_WORDS)
def _ways(word: str) -> tuple[str, ...]:
    """The spellings a word may have in ASCII."""
    plain = lexicon.letters(word)
    umlaut = lexicon.letters(word.casefold().translate(_UMLAUTS))
    return (plain,) if umlaut == plain else (plain, umlaut)


@lru_cache(maxsize=lexicon.MOST_WORDS)
def spelled_by(words: tuple[str, ...], target: str) -> tuple[float, int]:
    """The best way to spell `target` with `words`, in any order.

    The share of its letters that whole words and long prefixes give, and how many words serve; (0, 0) unless words,
    prefixes and initials give every letter.
    """
    options = [tuple(dict.fromkeys(way for way in _ways(word) if way)) for word in words]
    best = (0.0, 0)

    def go(place: int, used: int, strong: int, count: int) -> None:
        nonlocal best
        if place == len(target):
            best = max(best, (strong / len(target), count))
            return
        for index, ways in enumerate(options):
            if used >> index & 1:
                continue
            for length, kind in _steps(ways, target, place):
                gain = length if kind != _INITIAL else 0
                go(place + length, used | 1 << index, strong + gain, count + 1)

    if len(words) <= 8 and target:
        go(0, 0, 0, 0)
    return best


def _steps(ways: tuple[str, ...], target: str, place: int) -> set[tuple[int, int]]:
    """How a word may go on at a place of the target: whole, by a prefix of three letters and more, by its initial."""
    steps = set()
    for way in ways:
        same = 0
        while same < len(way) and place + same < len(target) and way[same] == target[place + same]:
            same += 1
        if same == len(way):
            steps.add((same, _WORD if same > 1 else _INITIAL))
        if same >= 1:
            steps.add((1, _INITIAL))
        if same >= 2:
            steps.add((2, _INITIAL))
        if same >= 3:
            steps.update((length, _PREFIX) for length in range(3, same + 1))
    return steps


@lru_cache(maxsize=lexicon.MOST_WORDS)
def name_in_box(words: tuple[str, ...], box: str) -> float:
    """How well a mailbox spells a person's name, 0 to 1; shared boxes say nothing."""
    tokens = [token for token in re.split(r"[._\-+\d]+", lexicon.fold(box)) if token]
    if not tokens or lexicon.fold(box) in SHARED_BOXES or "".join(tokens) in SHARED_BOXES:
        return 0.0
    share, count = spelled_by(words, "".join(tokens))
    if share >= 0.5 and (count >= 2 or share >= 0.99):
        return 1.0 if count >= 2 else 0.85
    if count >= 2 and count == len("".join(tokens)) and count >= min(3, len(words)):
        return 0.5
    return _nearly(words, tokens)


def _nearly(words: tuple[str, ...], tokens: Sequence[str]) -> float:
    """Whether a word of the name stands in the mailbox in spite of a misread letter or two."""
    keys = [key for word in words if len(key := lexicon.letters(word)) >= 4]
    whole = "".join(tokens)
    if any(key in whole for key in keys):
        return 0.75
    if any(fuzz.ratio(key, token) >= 84 for key in keys for token in tokens if len(token) >= 5):
        return 0.7
    joined = lexicon.letters("".join(words))
    return 0.7 if len(whole) >= 7 and fuzz.ratio(joined, whole) >= 85 else 0.0


@lru_cache(maxsize=lexicon.MOST_WORDS)
def whole_name(words: tuple[str, ...], label: str) -> float:
    """1 where two whole words and more make up a label, or nearly all of it ("rachelmoreauphoto"); else 0."""
    keys = [key for word in words if len(key := lexicon.letters(word)) > 1]
    return float(len(keys) >= 2 and label.startswith("".join(keys)) and len("".join(keys)) >= 0.6 * len(label))


@lru_cache(maxsize=lexicon.MOST_WORDS)
def company_in_label(words: tuple[str, ...], label: str) -> float:
    """How well the words of a company spell the label of a domain, 0 to 1, counting the words that serve."""
    target = lexicon.letters(label)
    if len(target) < 2:
        return 0.0
    if "&" in words:
        spelled = next((sign for sign in _AND if sign in target), "")
        words = tuple(spelled if word == "&" else word for word in words)
    return _in_target(words, target)


def _in_target(words: tuple[str, ...], target: str) -> float:
    keys = [key for word in words if (key := lexicon.letters(word))]
    joined = "".join(keys)
    if not joined:
        return 0.0
    share, count = spelled_by(words, target)
    if share >= 0.6 or joined == target:
        return 1.0
    big = [key for key in keys if key not in lexicon.PARTICLES]
    if len(target) >= 3 and target == "".join(key[0] for key in big)[: len(target)]:
        return 0.8 if len(big) <= len(target) + 1 else 0.5
    if len(target) >= 5 and (joined.startswith(target) or (target.startswith(joined) and len(joined) >= 5)):
        return 0.9 if joined.startswith(target) else 0.8
    return _roughly(keys, joined, target) or (0.6 if count >= 2 and share >= 0.4 else 0.0)


def _roughly(keys: Sequence[str], joined: str, target: str) -> float:
    """Misread logos, and labels that hold a word of the company and more."""
    if len(target) >= 5 and fuzz.ratio(joined, target) >= 80:
        return 0.8
    held = sum(len(key) for key in keys if len(key) >= 4 and key in target)
    if held >= 4 and held >= 0.45 * len(target):
        return 0.7
    if any(len(key) >= 5 and key.startswith(target) for key in keys) and len(target) >= 4:
        return 0.8
    return 0.5 if any(len(key) >= 6 and fuzz.ratio(key, target) >= 80 for key in keys) else 0.0

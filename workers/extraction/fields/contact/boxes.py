"""What stands before the sign of a mailbox: mended where only so it is a word of the office or spells a name of the card."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from workers.extraction.fields.words.glyphs import looks, other_stroke, plain

_SMALL_L = re.compile(r"\bl(?=[^\W\d_]{2})")
_ROLES = frozenset(
    "info hello hola contact contacto contato kontakt office oficina admin administracion ventas vendas sales support soporte "
    "mail email correo comercial vertrieb service servicio reception recepcion booking reservas team welcome post bonjour "
    "accueil direccion gerencia compras export secretaria atendimento geral studio estudio shop tienda".split()
)
_HONORIFICS = frozenset("dr dra mr mrs ms ing lic prof sr sra dipl mag rev dott avv arq mtro".split())


@cache
def _roles_by_looks() -> dict[str, str]:
    return {looks(role): role for role in sorted(_ROLES)}


def mended(box: str, texts: Sequence[str]) -> str:
    """The mailbox without the icon that was read as its first letter, where only the rest spells a name of the card."""
    if len(box) < 4:
        return box
    if not box[1].isalnum():
        return box[2:] if box[2:] in _ROLES else _with_its_initial(box, _words_by_line(texts))  # E. info@
    for role in (box, box[1:]):
        if role not in _ROLES and looks(role) in _roles_by_looks():
            return _roles_by_looks()[looks(role)]
        if role in _ROLES:
            return role
    lines = _words_by_line(texts)
    others = (
        other_stroke(box),
        *_without_first(box, lines),
        box.replace("rn", "m"),
        re.sub("0", "o", box),
        re.sub("1", "l", box),
        re.sub("1", "i", box),
    )
    return box if _spells(box, lines) else next((other for other in others if _spells(other, lines)), box)


def _words_by_line(texts: Sequence[str]) -> list[list[str]]:
    printed = [text for text in texts if "@" not in text and any(map(str.isalpha, text))]
    printed += [spelled for text in printed if (spelled := _SMALL_L.sub("I", text)) != text]  # "lan" for Ian
    return [re.findall(r"[\w'’]+", plain(text)) for text in printed]


def _with_its_initial(box: str, lines: Sequence[Sequence[str]]) -> str:
    """The mailbox with the letter that its first stroke must be for it to spell a name: 1.dos@ of Luciana dos Santos."""
    others = [stroke + box[1:] for stroke in "lio" if looks(stroke) == looks(box[0])]
    own = not box[0].isdigit() and _spells(box, lines)
    return box if own else next((other for other in others if _spells(other, lines)), box)


def _without_first(box: str, lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The mailbox without its first letter, if that is no rest of a name: "na.vogel" has lost the half of Anna."""
    first = re.split(r"[._-]", box)[0]
    rest = len(first) > 1 and any(word != first and word.endswith(first) for words in lines for word in words)
    return () if rest else (box[1:],)


def _spells(box: str, lines: Sequence[Sequence[str]]) -> bool:
    tokens = [token for token in re.split(r"[\d._+-]+", box) if token]
    broken = [[*one, *other] for one, other in pairwise(lines) if len(one) + len(other) <= 4]  # a name over two lines
    return bool(tokens) and any(all(_made_of(token, words) for token in tokens) for words in [*lines, *broken])


def _made_of(token: str, words: Sequence[str]) -> bool:
    """Whether a token is words of one line run together, all but one of which may be cut to their initials."""
    if not token:
        return True
    return any(
        (token.startswith(word) and (len(word) > 2 or token == word) and _made_of(token[len(word) :], words))
        or (len(token) > 3 and token[0] == word[0] and _made_of(token[1:], [other for other in words if other != word]))
        or (token == word[0])
        for word in words
        if word and word not in _HONORIFICS
    ) or any(len(word) > 3 and token == word + other[0] for word in words for other in words if other)

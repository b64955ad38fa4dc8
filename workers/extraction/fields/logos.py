"""What makes pieces of print parts of one drawn name: their letters, their nearness, what they say."""

from collections.abc import Sequence

from workers.extraction.fields import lexicon, scripts, titles
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.pieces import Piece, like_size
from workers.extraction.fields.surroundings import Surroundings

CONNECTORS = frozenset("& + y e und and et ed i og och en & de do da".split())


def generic(piece: Piece) -> bool:
    """Whether a piece says only what a company does or is: "Sistemas", "Technologies Ltd."."""
    return all(
        lexicon.in_list("company-words", key)
        or key in lexicon.PARTICLES
        or len(key) < 2
        or lexicon.legal_form(f"x {word}")
        for key, word in zip(piece.keys, piece.words, strict=True)
    )


def capitals(piece: Piece) -> bool:
    """Whether each word of weight begins with a capital, as in names and not in slogans."""
    return all(word[:1].isupper() or not word[:1].isalpha() or word.lower() in CONNECTORS for word in piece.words)


def monogram(piece: Piece, union: Piece, around: Surroundings) -> bool:
    """Whether a piece is the drawn initials of the name beside it: "DV" at "Domaine Verrière"."""
    drawn = lexicon.letters(piece.text)
    if len(drawn) > 3 or len(piece.words) > 1 or is_form(piece) or drawn in CONNECTORS:
        return False
    if any(label.startswith(drawn) for label in around.spellings) or (drawn.isdigit() and len(drawn) > 2):
        return False
    if piece.text.islower():
        return True
    initials = [lexicon.letters(key)[:1] for key in union.keys if lexicon.letters(key) != drawn]
    return len(drawn) <= 2 or all(letter in initials for letter in drawn)


def of_logo(piece: Piece, whole: Piece) -> bool:
    """Whether a piece is set as part of a drawn name: few words in capitals, at least half as large as the largest."""
    slogan = any(lexicon.in_list("slogan-words", key) for key in piece.keys)
    large = piece.size_px > 0.5 * whole.size_px and not scripts.is_cjk(piece.text)
    return len(piece.words) <= 2 and not slogan and large and capitals(piece)


def one_name_set_twice(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether two lines are so alike, and so near, that they are one name: letters, case, no slogan, no other role."""
    above, below = parts[0].value, parts[-1].value
    near = below.box.top - above.box.bottom < 0.45 * above.size_px and like_size(above, below, times=1.2)
    alike = above.text.isupper() == below.text.isupper() and below.text[:1].isupper()
    odd = any(lexicon.in_list("slogan-words", key) or titles.strength(key) == 1.0 for key in (*above.keys, *below.keys))
    return (
        near
        and alike
        and capitals(below)
        and not odd
        and len(below.words) <= 3
        and min(part.score for part in parts) > -2.4
    )


def is_form(piece: Piece) -> bool:
    return lexicon.letters(lexicon.legal_form(f"x y {piece.text}")) == lexicon.letters(piece.text)


def completes(parts: Sequence[Candidate[Piece]]) -> bool:
    """Whether a lower part is the legal form or the trade that a name above it goes with, or goes on after "&"."""
    above, below = parts[0].value, parts[-1].value
    if below.words[0].lower() in CONNECTORS or above.words[-1].lower() in CONNECTORS:
        return capitals(below)
    if generic(above) != generic(below) and below.box.top - above.box.bottom < 0.95 * above.size_px:
        return capitals(below) and capitals(above) and len(below.words) <= 3
    close = below.box.top - above.box.bottom < 0.45 * above.size_px
    slogan = any(lexicon.in_list("slogan-words", key) for key in below.keys)
    trade = any(word in parts[-1].passed for word in ("legal form", "trade word"))
    return (
        trade
        and close
        and not slogan
        and capitals(below)
        and len(below.words) <= 3
        and below.size_px <= 1.1 * above.size_px
    )

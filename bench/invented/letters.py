"""Letters as mailboxes and domains can have them."""

import re
import unicodedata

NOT_DECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "Ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "å": "a", "’": "'"}
)


def plain(text: str) -> str:
    """Lower case without accents; letters that do not decompose by their custom."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(NOT_DECOMPOSED))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def slug(text: str, joint: str = "") -> str:
    """What a domain or a mailbox makes of words."""
    words = re.findall(r"[a-z0-9]+", plain(text).replace("'", ""))
    return joint.join(words)

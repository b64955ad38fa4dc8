"""What the rest of a card says to anyone who weighs one of its pieces."""

import math
from dataclasses import dataclass

from workers.extraction.fields.contact.points import Points
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.words import hosts, lexicon
from workers.extraction.fields.words.spelling import SHARED_BOXES, company_in_label, name_in_box, whole_name

_NETWORKS = frozenset(
    "instagram facebook fb linkedin twitter x tiktok youtube wa whatsapp t telegram pinterest behance github medium line".split()
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Mailboxes (the part before the sign), labels of the card's own domains, free-mail boxes, its small print's size."""

    boxes: tuple[str, ...]
    labels: tuple[str, ...]
    free_boxes: tuple[str, ...]
    unit_px: float
    lang: str = ""
    country: str = ""
    width: int = 0
    height: int = 0

    @property
    def spellings(self) -> tuple[str, ...]:
        """The labels of the card's domains as bare letters."""
        return tuple(lexicon.letters(label) for label in self.labels)

    def size(self, piece: Piece) -> float:
        """How much larger than the small print, in doublings; capped, so that a huge logo is not everything."""
        return max(-0.6, min(1.6, math.log2(piece.size_px / self.unit_px)))

    def person(self, words: tuple[str, ...]) -> float:
        """How well some mailbox spells a person's name."""
        return max((name_in_box(words, box) for box in (*self.boxes, *self.free_boxes)), default=0.0)

    def owner(self, words: tuple[str, ...]) -> float:
        """How well a site of one's own, or a mailbox and its site together, spell a person: john@doe.com."""
        if not 2 <= len(words) <= 4 or any(word in "&+" or lexicon.in_any_role(word) for word in words):
            return 0.0
        another = any(lexicon.fold(box) not in SHARED_BOXES for box in self.boxes) and not self.person(words)
        if another:
            return 0.0
        sites = (*self.spellings, *(lexicon.letters(box) + site for box in self.boxes for site in self.spellings))
        return max((whole_name(words, site) for site in sites), default=0.0)

    def company(self, words: tuple[str, ...]) -> float:
        """How well some domain of the card, or a free mailbox that is no person's, spells a company."""
        own = max((company_in_label(words, label) for label in self.labels), default=0.0)
        trade = any(lexicon.in_list("company-words", word) and not lexicon.surname(word) for word in words)
        if own >= 0.8 or not self.free_boxes or (self.person(words) >= 0.7 and not trade):
            return own
        return max(own, 0.8 * max(company_in_label(words, _without_digits(box)) for box in self.free_boxes))


def _without_digits(box: str) -> str:
    return "".join(letter for letter in box if not letter.isdigit())


def surroundings(contact: Points, *, unit_px: float, width: int, height: int) -> Surroundings:
    """From the card's contact points: what its mailboxes and domains may spell."""
    own = [mail.value.partition("@") for mail in contact.emails if mail.kind != "free mail"]
    free = tuple(mail.value.partition("@")[0] for mail in contact.emails if mail.kind == "free mail")
    boxes = tuple(box for box, _, _ in own)
    return Surroundings(
        boxes, labels_of(contact), free, unit_px, contact.place.lang, contact.place.country, width, height
    )


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0] if "://" in url else url.partition("/")[0]


def labels_of(contact: Points) -> tuple[str, ...]:
    """The words that the card's own domains and accounts are named by."""
    own = [mail.value.partition("@")[2] for mail in contact.emails if mail.kind != "free mail"]
    printed = own + [_host(site.value) for site in contact.urls]
    handles = [account.value.handle for account in contact.profiles if account.value.network != "linkedin"]
    labels = [label for host in printed if (label := hosts.label_of(host)) not in _NETWORKS]
    return tuple(
        dict.fromkeys(label for label in labels + [h.lstrip("@") for h in handles] if len(lexicon.letters(label)) >= 2)
    )

"""A card as its values are held against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from service.domain.reading.card import Box, Line, Reading
from workers.extraction.fields.surety import whether_card
from workers.extraction.fields.words import hosts, lexicon, scripts
from workers.extraction.fields.words.spelling import SHARED_BOXES, company_in_label, name_in_box
from workers.extraction.fields.world.dialling import dialled_country

Signs = dict[str, float]


def ramp(value: float, *, none: float, full: float) -> float:
    """0 at `none`, 1 at `full`, straight between, either way round."""
    return min(1.0, max(0.0, (value - none) / (full - none)))


@dataclass(frozen=True)
class Card:
    """A reading and its lines, with what all values of it are held against."""

    reading: Reading
    lines: Sequence[Line]

    @cached_property
    def boxes(self) -> tuple[str, ...]:
        """Mailboxes that may be a person's."""
        found = (mail.value.partition("@")[0] for mail in self.reading.emails)
        return tuple(box for box in found if lexicon.fold(box) not in SHARED_BOXES and not self.of_the_house(box))

    def of_the_house(self, box: str) -> bool:
        """Whether a mailbox is called after the company: `roble@gmail.com`."""
        label = re.sub(r"\d", "", box)
        return company_in_label(self.org_words, label) >= 0.8 and not name_in_box(self.name_words, box)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The card's own domains, of mailboxes and sites."""
        mails = (mail.value.rpartition("@")[2] for mail in self.reading.emails)
        return (*(host for host in mails if not hosts.is_free_mail(host)), *map(host_of, self.sites))

    @property
    def sites(self) -> tuple[str, ...]:
        return tuple(site.value for site in self.reading.urls)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for host in self.hosts if len(label := lexicon.letters(hosts.label_of(host))) > 1)

    @cached_property
    def own_signs(self) -> Signs:
        """What speaks against all that it says: it may be two cards, a piece of one, or none."""
        weight = whether_card.weight_of(self.lines, self.reading)
        called = [phone.value for phone in self.reading.phones if phone.value.e164 and phone.value.raw[:1] in "+0"]
        countries = {dialled_country(phone.e164[1:]) for phone in called if re.match(r"\+|00", phone.raw)}
        return {
            "little": ramp(weight.what_is_named, none=6.0, full=1.5),
            "other print": ramp(weight.other_print, none=0.0, full=2.0),
            "countries": float(len(countries) > 1),
            "another's mailbox": float(bool(self.name_words) and not all(map(self.spells_the_name, self.boxes))),
            "houses": float(len(set(self.labels)) > 1 and not alike(self.labels)),
        }

    def spells_the_name(self, box: str) -> bool:
        return scripts.is_cjk(self.name_words[0]) or name_in_box(self.name_words, box) > 0

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Of the person and the company, as printed."""
        return (*self.name_words, *self.org_words)

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        return tuple(self.reading.name.value.printed.split()) if self.reading.name else ()

    @cached_property
    def org_words(self) -> tuple[str, ...]:
        return tuple(self.reading.org.value.split()) if self.reading.org else ()

    def own(self, box: Box | None) -> list[Line]:
        """The lines whose middle lies in a value's box."""
        return [line for line in self.lines if box is not None and holds(box, line)]


def alike(labels: Sequence[str]) -> bool:
    """Whether the names of domains are all one, or longer and shorter forms of it."""
    shortest = min(labels, key=len)
    return all(shortest in label or fuzz.ratio(shortest, label) >= 70 for label in labels)


def host_of(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.casefold()).partition("/")[0]


def holds(box: Box, line: Line) -> bool:
    x, y = line.box.left + line.box.width / 2, line.box.top + line.box.height / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom

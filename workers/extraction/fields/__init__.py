"""From printed lines to a reading: fields propose, one joint assignment disposes."""

from collections.abc import Sequence
from itertools import chain

from service.domain.reading.card import Line, Reading
from workers.extraction.fields.compose import compose
from workers.extraction.fields.contact import points
from workers.extraction.fields.roles import departments, names, orgs, pieces, titles
from workers.extraction.fields.roles.assignment import assign
from workers.extraction.fields.roles.contested import without_contested
from workers.extraction.fields.roles.surroundings import surroundings
from workers.extraction.fields.surety import doubts
from workers.extraction.fields.surety.doubts import doubtful_lines
from workers.extraction.fields.words import han

__all__ = ["doubtful_lines", "understand"]


def understand(lines: Sequence[Line], *, width: int, height: int, codes: Sequence[str] = ()) -> Reading:
    """What we make of a card's lines, and what of it a person should look at."""
    return doubts.settled(understood(lines, width=width, height=height, codes=codes), lines)


def understood(lines: Sequence[Line], *, width: int, height: int, codes: Sequence[str] = ()) -> Reading:
    """The same before doubts are weighed: contact points take their letters first, the rest is settled jointly."""
    contact = without_contested(points.propose(lines, codes), lines)
    taken = list(chain(contact.emails, contact.urls, contact.phones, contact.addresses, contact.profiles))
    rest = pieces.cut(
        han.at_home(lines, contact.place.country), [candidate for candidate in taken if candidate.score > 0]
    )
    around = surroundings(contact, unit_px=pieces.unit_px(lines), width=width, height=height)
    chosen = assign(names.propose(rest, around), titles.propose(rest, around), orgs.propose(rest, around))
    return compose(lines, contact, chosen, departments.propose(rest, around))

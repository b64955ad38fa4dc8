"""Contact points that a name, a title or a company has the better claim to."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.reading.card import Line
from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.contact.points import Points
from workers.extraction.fields.roles import titles
from workers.extraction.fields.roles.surroundings import labels_of
from workers.extraction.fields.words import lexicon
from workers.extraction.fields.words.spelling import company_in_label

_LICENCE = re.compile(r"^([^\W\d_][^\d,#]+),\s*[A-Z][\w .]*[#№]?\s*[\w./-]*\d{3,}")


def without_contested(contact: Points, lines: Sequence[Line]) -> Points:
    """The contact points less the addresses of one line that is plainly something else."""
    labels = labels_of(contact)
    kept = [address for address in contact.addresses if not _contested(address, lines, labels)]
    return contact if len(kept) == len(contact.addresses) else replace(contact, addresses=kept)


def _contested(address: Candidate[object], lines: Sequence[Line], labels: Sequence[str]) -> bool:
    touched = sorted(address.touches())
    if len(touched) != 1:
        return False
    text = lines[touched[0]].text
    words = text.split()
    licence = _LICENCE.match(text)
    if licence and lexicon.given(licence[1].split()[0]) and len(licence[1].split()) >= 2:
        return True
    strong = any(titles.strength(lexicon.fold(word).strip(".,")) == 1.0 for word in words)
    if any(map(str.isdigit, text)):
        leads = titles.strength(lexicon.fold(words[0]).strip(".,")) == 1.0
        return strong and (leads or "street" not in address.passed) and not {"postcode", "city"} & set(address.passed)
    return strong or any(company_in_label(tuple(words), label) >= 0.8 for label in labels) or len(words) == 1

"""Words of print that is no card: forms, tickets, bank cards, parcels, books, kitchens, screens, notices."""

import re
from collections.abc import Sequence

from workers.extraction.fields.words import lexicon

_STRONG = re.compile(
    r"\b(?:boarding pass|driver'?s? licen[sc]e|admit one|ship to|valid thru|good thru|date of birth|first name|last name|surname|given names"
    r"|a novel|a memoir|bestsell(?:er|ing)|nutrition facts|shipping label|tracking (?:no|number|id)|priority mail|return address|postage paid"
    r"|take one|by mouth|refills?|rx (?:only|#|no)|registration form|application form|passport no|check-?in|check-?out|amount due|room charge"
    r"|input:? ?\d|output:? ?\d|file edit|lorem ipsum dolor sit amet consectetur|terms and conditions|all rights reserved|printed in|table of contents"
    r"|free admission|doors open|on sale now|live music|save the date|you are invited|fecha de nacimiento|nombre y apellidos|data de nascimento"
    r"|geburtsdatum|vorname|unterschrift|date de naissance|carte d'identite|permis de conduire|fuhrerschein|mis en bouteille|appellation|denominacion de origen"
    r"|personalausweis|bordkarte|eintritt|einlass|entrada libre|entrada franca|dear (?:mr|mrs|ms|sir|madam|dr)|sincerely|best regards|kind regards|yours faithfully"
    r"|thank you for your|invoice (?:no|number|#|date)|bill to|due date|balance due|account number|statement|routing number|member since)\b"
)
_WEAK = re.compile(
    r"\b(?:dob|sex|hgt|wgt|eyes|exp|iss|class|seat|row|screen|gate|flight|passenger|depart|arrive|platform|fare|debit|credit|visa debit|pin|cvv|mastercard"
    r"|cups?|tsp|tbsp|teaspoons?|tablespoons?|flour|sugar|butter|oven|bake|stir|preheat|whisk|chopped|minutes|ml|vol|model|serial|voltage|volts?|hz|adapter"
    r"|battery|usb|capsules?|caplets|dose|expires|batch|qty|edition|volume|translated|illustrated|foreword|page|isbn|untitled|untitled-?\d*|search|login"
    r"|password|username|settings|cancel|submit|festival|concert|tonight|admission|july \d+|june \d+|august \d+|closed|cerrado|fechado|ferme|geschlossen)\b"
)
_NUMBERED = re.compile(
    r"\b\d{4} \d{4} \d{4} \d{4}\b|^(?:tracking|order|invoice|guest|signature|passenger)\b.{0,12}[:#]"
)
"""A bank card's number, or the label of a form or a parcel."""
_STREET_SIGN = re.compile(r"^(?:[^\W\d]+ ){1,2}(?:st|ave|rd|blvd|street|avenue|road)\.?$")
_HOURS = re.compile(r"^(?:open|abierto|aberto|ouvert|geoffnet|aperto)\b")


def weight(lines: Sequence[str], *, sited: bool) -> float:
    """What such words weigh against a card; less where a mailbox or a site is printed."""
    texts = [lexicon.fold(line) for line in lines]
    strong = len({m.group() for text in texts for m in _STRONG.finditer(text)})
    strong += sum(bool(_NUMBERED.search(text)) for text in texts)
    weak = len({m.group() for text in texts for m in _WEAK.finditer(text)})
    if sited:
        return 1.6 * max(0, strong - 1) + 0.3 * max(0, weak - 2)
    posted = any(map(_STREET_SIGN.match, texts)) and len(texts) < 4
    return 1.8 * strong + 0.7 * max(0, weak - 1) + 2.5 * posted + 1.0 * any(map(_HOURS.match, texts))

"""Whether print is a business card at all: receipts, pages, boxes and signs are none; a logo side is one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.reading.card import Line, Reading
from workers.extraction.fields.surety import other_print
from workers.extraction.fields.words import lexicon, scripts

_PRICE = re.compile(
    r"(?:[$€£¥₩₹]|R\$|S/|EUR|USD)\s?\d+[.,\d]*|(?<![\dA-Za-z.,])\d{1,4}[.,]\d{2}\b(?!\s*[-.\d])\s*(?:€|EUR|PLN|zł|kr|CHF|[A-Z]\b)?\s*$|\b\d{1,3}\s?[x×]\s?\d{1,4}[.,]\d{2}\b|円$|원$",
    re.MULTILINE,
)
_RECEIPT = re.compile(
    r"\b(?:sub-?total|total|tax|vat|iva|cash|change|cambio|efectivo|tarjeta|ticket|receipt|recibo|factura|invoice|qty|cant|amount|importe"
    r"|cupom|troco|valor|item|items|kasse|summe|bar|mwst|quittung|rechnung|facture|recu|montant|scontrino|totale|card ending|auth code"
    r"|approved|cashier|cajero|caja|order|pedido|table|mesa|suma|reszta|gotowka|paragon|totaal|btw|kassabon|wisselgeld|kvitto|moms|vaxel|att betala|zwischensumme|gesamt|ruckgeld"
    r"|contanti|resto|especes|ttc|a payer|talao|propina|cuenta|合計|小計|お釣り|領収|税込|합계|부가세)\b|\*{4}\s?\d{4}|合計|小計|領収|合计|小计|总计|找零|实付|应付|收银|发票|お預|お釣|現計|합계|거스름|결제 ?금액",
    re.IGNORECASE,
)  # fmt: skip
_PACKAGE = re.compile(
    r"\b(?:mg|ml|kg|kcal|tablets?|capsules?|comprimidos|capsulas|ingredients?|ingredientes|nutrition|nutricional|keep out of|store in|net wt"
    r"|peso neto|best before|use by|exp|lot|made in|fabricado|hecho en|warning|advertencia|dosage|posologia|isbn|chapter|capitulo|kapitel"
    r"|serving|calories|allergens|batch|recycle|net weight|haltbar|consommer avant|consumir|consumo preferente|validade|contenido|conteudo"
    r"|zutaten|ingredienti|composition|poids net|nettogewicht|peso netto|scadenza|caducidad|chapitre|capitulo primero|kapitel|chapter one"
    r"|paragon fiskalny|lote|charge|tenir hors|conservar|aufbewahren|conserver|conservare|composicion|hergestellt|best by|spozyc)\b|賞味期限|原材料|内容量|保质期|净含量|配料|유통기한|내용량",
    re.IGNORECASE,
)  # fmt: skip
_SIGN = re.compile(
    r"\b(?:no entry|exit|entrance|push|pull|stop|caution|danger|private property|no parking|no smoking|keep out|wet floor|toilets?"
    r"|prohibido|salida|entrada|empuje|tire|peligro|cuidado|se vende|se alquila|aseos|no fumar|no pasar|silencio|proibido|saida|perigo|vende-se"
    r"|aluga-se|empurre|puxe|defense d|sortie|entree|interdit|poussez|tirez|a vendre|a louer|ausgang|eingang|verboten|achtung|vorsicht|betreten"
    r"|zu vermieten|ziehen|drucken|vietato|uscita|ingresso|pericolo|attenzione|spingere|tirare|vendesi|affittasi|verboden|toegang|uitgang"
    r"|forbjudet|utgang|ingang|wstep wzbroniony|wyjscie|wejscie|uwaga|禁止|出口|入口|注意|立入|非常口|출구|입구|금지|주의|小心)\b|禁止|出口|入口|立入|출구|금지",
    re.IGNORECASE,
)  # fmt: skip
_BARCODE = re.compile(r"^[\dBOSIl ]{11,16}$")
_LOT = re.compile(r"\b(?:LOT|EXP|LOTE|CAD|MHD)\b.*\d")
_PHRASES = re.compile(
    r"fuera del alcance|vielen dank|mind your|領収|alcance das criancas|reichweite von kindern|portee des enfants|portata dei bambini|bereik van kinderen|rackhall for barn"
    r"|zasiegiem dzieci|reach of children|gracias por su (?:compra|visita)|thank you for|obrigado e volte|obrigad. pela|merci de votre|danke fur|grazie"
    r" e arrivederci|grazie per|bedankt voor|tack for besoket|dziekujemy|谢谢惠顾|謝謝|收据|ありがとうございま|儿童|子供の手|手の届かない|어린이|감사합니다|su turno|devoluciones"
    r"|nao fiscal|fiskalny|no se admiten|(?:erstes|zweites|drittes) kapitel|capitolo|chapitre|capitulo|hoofdstuk|rozdzial|^chapter|第.{1,3}章|제.장|uso adulto"
    r"|nooduitgang|fire exit|notausgang|salida de emergencia|uscita di|비상구|영수증|レシート|领収|mindestens haltbar|best before|te gebruiken"
)
_KEPT = re.compile(
    r"\b(?:(?:cool,?|dry)(?: and)? dry place|keep (?:cool|dry|refrigerated|frozen|away from)|refrigerate after|shake well|do not (?:freeze|refrigerate)"
    r"|lugar (?:fresco|seco)|agit(?:ar|ese|e) (?:bien )?antes|una vez abierto|local (?:fresco|seco)|depois de aberto|apos aberto"
    r"|trocken (?:und \w+ )?(?:lagern|aufbewahren)|unzuganglich aufbewahren|(?:kuhl|dunkel) (?:und \w+ )?(?:lagern|aufbewahren)|vor gebrauch|nach dem offnen"
    r"|endroit (?:frais|sec)|au frais et au sec|agiter avant|apres ouverture|luogo (?:fresco|asciutto)|agitare (?:bene )?prima|dopo l'apertura"
    r"|droog (?:en \w+ )?bewaren|(?:koel|gekoeld|donker) (?:en \w+ )?bewaren|na openen|schudden voor|forvaras (?:torrt|svalt|kallt|morkt)|torrt och svalt"
    r"|przechowywac w|suchym miejscu|po otwarciu|wstrzasnac przed)\b|直射日光|使用上の注意|取扱注意|高温多湿|冷暗所|要冷蔵|開封後|阴凉干燥|避免阳光|开封后|어린이 ?손이|직사광선|서늘하고|냉장 ?보관|개봉 ?후"
)
"""How goods are to be kept."""
_ARROW = re.compile(r"^[→←↑↓↗↖]$")
_RUNNING = re.compile(r"^[^\d@]*$")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}:\d{2}\b")
MOST_LINES = 45
_LOGO_LINES = 3


@dataclass(frozen=True, slots=True)
class Weight:
    """Who and what is named, against money, running text and print for packages."""

    what_is_named: float
    other_print: float


def is_card(lines: Sequence[Line], *, width: int, height: int, reading: Reading) -> bool:
    """Weighs one against the other, and the shape."""
    if _letters(lines) < 3:
        return False
    weight = weight_of(lines, reading)
    aspect = max(width, height) / max(1, min(width, height))
    shape = 0.4 if 1.35 <= aspect <= 2.1 else -0.4 if aspect > 2.6 else 0.0
    return weight.what_is_named + shape - weight.other_print > 0


def weight_of(lines: Sequence[Line], reading: Reading) -> Weight:
    return Weight(_for(reading, lines), _against(lines, _letters(lines)))


def _letters(lines: Sequence[Line]) -> int:
    return sum(letter.isalpha() for line in lines for letter in line.text)


def _for(reading: Reading, lines: Sequence[Line]) -> float:
    score = (
        3.5 * bool(reading.emails)
        + 2.5 * bool(reading.urls)
        + 1.5 * bool(reading.phones)
        + 1.5 * bool(reading.profiles)
    )
    score += (
        1.0 * bool(reading.name) + 1.0 * bool(reading.title) + 0.8 * bool(reading.org) + 0.5 * bool(reading.addresses)
    )
    if not (reading.emails or reading.urls or reading.phones):
        score += _logo_side(reading, lines)
    return score


def _logo_side(reading: Reading, lines: Sequence[Line]) -> float:
    """A side with few large words that name somebody."""
    clear = [line for line in lines if line.confidence > 0.75 and sum(map(str.isalpha, line.text)) > 2]
    if not 1 <= len(clear) <= 8 or not (reading.org or reading.name):
        return -0.5
    if len(clear) <= _LOGO_LINES or (reading.name and reading.title):
        return 0.3
    return -0.6 if len(clear) == _LOGO_LINES + 1 else -1.3


def _against(lines: Sequence[Line], letters: int) -> float:
    texts = [line.text for line in lines]
    sited = any("@" in text or "www" in text.lower() for text in texts)
    prices = sum(bool(_PRICE.search(text.strip())) and not re.search(r"\d[-. ]\d{2,}[-. ]\d", text) for text in texts)
    words = len({m.group() for text in texts for m in _RECEIPT.finditer(lexicon.fold(text))})
    plain = [lexicon.fold(text).replace("0", "o") for text in texts]
    score = 0.0 if sited else 0.9 * max(0, prices - 1) + 2.5 * any(_SIGN.search(text) for text in plain)
    score += (0.4 if sited else 0.9) * max(0, words - 1) + 0.9 * min(
        5, sum(bool(_PACKAGE.search(text)) for text in plain)
    )
    score += (0.5 if sited else 2.5) * any(_KEPT.search(text) for text in plain)
    score += (0.0 if sited else 1.5) * any(map(_headed_as_goods, plain))
    score += (0.5 if sited else 1.5) * sum(bool(_PHRASES.search(text)) for text in plain) + 1.0 * any(
        map(_ARROW.match, texts)
    )
    score += (0.0 if sited else 1.0) * (any(map(_LOT.search, texts)) + any(map(_BARCODE.match, texts)))
    score += 0.5 * bool(prices and words) + 0.4 * any(_DATE.search(text) for text in texts)
    score += other_print.weight(texts, sited=sited)
    running = sum(_runs_on(text) for text in texts)
    score += 0.5 * max(0, running - 2) + 0.12 * max(0, len(lines) - 28) + max(0, letters - 900) / 300
    return score + 10.0 * (len(lines) > 2 * MOST_LINES)


def _headed_as_goods(text: str) -> bool:
    """Whether nearly all of a line is what goods are marked with: "NET WEIGHT"."""
    found = _PACKAGE.search(text)
    return found is not None and len(found.group()) >= max(6, 0.7 * len(text))


def _runs_on(text: str) -> bool:
    """Prose: many words, most of them small, no number and no mail."""
    words = text.split()
    if scripts.is_cjk(text):
        return len(text) > 24
    small = sum(word.islower() for word in words)
    return len(words) >= 6 and small >= 0.6 * len(words) and bool(_RUNNING.match(text)) and not lexicon.holds_form(text)

"""What a stretch of print says of a place: street, number, postcode, town, state, country, floor."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from workers.extraction.fields.glyphs import plain
from workers.extraction.fields.place import city_countries, countries
from workers.extraction.fields.states import SHAPES, postcode_shape, region_codes, regions

_LIST = Path(__file__).parent / "lists" / "street_words.txt"
_NEGATIVE = re.compile(
    r"\b(?:tel|telf|tfno|telefono|phone|fax|mobile|movil|e-?mail|www|cif|nif|cnpj|vat|gstin|rfc|ruc|nit|cuit|p\.?\s?iva|siret|c\.?m\.?p\.?|matr|t\.p|lic|colegiad[oa]|crea|tva|btw|mwst|hrb|사업자\w*|등록번호|登録番号|税号|免許|許可|reg\.? no|horario|horarios|open|lunes|lun|mon|monday|sabado|"
    r"desde|since|seit|est\.|amtsgericht|iso|banco|bank|iban)\b|\best\.?\s*(?:1[89]|20)\d\d|\bregistered in\b|\bcompany (?:no|of)\b|\bmember of\b|^CHE-|^km\b|^(?:no|ref|dot|mc|permit|acct|nmls|uin|id)\b[.#:]?\s*[\d#]|\b(?:nmls|licen[cs]e|lic)\b|\b(?:vp|head|director|manager|chief|officer|engineer|president) of\b|\b(?:vp|ceo|cfo|cto)\b|[@©]|www\.|\.com\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:S\.?L\.?U?\.?|S\.?A\.?S?\.?|S\.?A\.? de C\.?V\.?|Ltda\.?|Ltd\.?|Limited|LLC|Inc\.?|Corp\.?|GmbH|AG|S\.?r\.?l\.?|S\.?p\.?A\.?|SARL|SAS|B\.?V\.?|Pty|Lda\.?|PLC|LLP|株式会社|有限会社|有限公司|주식회사)\s*$"
)
_JAPAN = re.compile(r"[都道府県].{1,8}[市区町村郡]|[市区].{1,10}\d|丁目|番地|\d+番\d*号?|\d+[-ー]\d+[-ー]\d+")
_CHINA = re.compile(r"[省市区區县縣镇鎮路街道巷弄号號楼樓层層室座幢栋]")
_KOREA = re.compile(r"[가-힣]+(?:특별시|광역시|시|도|구|군|읍|면|동|로|길|가|층|호)(?=[\s\d,)]|$)")
_HAS_NUMBER = re.compile(
    r"(?<![\w.])(?:n[ro]?[.º°]*\s?|#\s?)?\d{1,5}(?:\s?[-/]\s?\d{1,4})?[A-Za-z]?(?![\w@])|\bs/n\b", re.IGNORECASE
)
_NUMBER_FIRST = ("US", "GB", "IE", "CA", "AU", "NZ", "ZA", "IN", "")
_ENGLISH = re.compile(r"^\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?,?\s+[A-Z][\w']+(?:\s[A-Z][\w'.]+){1,3}(?:,|$|\s\d|\s#)")
_WORD_AND_NUMBER = re.compile(r"[^\W\d]{2,}[^\d,]*,?\s\d{1,4}[a-zA-Z]?(?:[-/]\d+)?(?:,|$| [-·]\s)")
_ALSO_WORDS = frozenset(
    "st dr str park hill way view green run plaza place court square path route av ro gu rise row close extension streets".split()
)
"""Street words that say little without a number."""
_BUILDINGS = frozenset(
    "edificio edif building bldg tower torre park parque poligono campus centre center centro haus house plaza floor "
    "immeuble palazzo residencial residence bairro jardim vila colonia fracc fraccionamiento urb urbanizacion barrio nagar "
    "estate mall complex chambers proximo prox near opp opposite behind frente junto cedex district zona za zi zac".split()
)
"""Words that name a building or a quarter even without a number."""
_TOWN_SHAPE = re.compile(r"^\d{4,5}\s+[^\W\d_][^\d]{2,}$|[^\W\d_],?\s+\d{4,6}(?:-\d{3,4})?$")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a place in a stretch of print. `closes`: an address may end here; `open_ended`: it goes on."""

    names: frozenset[str]
    weight: float
    numbered: bool = False
    digits: bool = False
    negative: bool = False
    open_ended: bool = False

    @property
    def street(self) -> bool:
        return "street" in self.names

    @property
    def postcode(self) -> bool:
        return "postcode" in self.names

    @property
    def extra(self) -> bool:
        return "extra" in self.names

    @property
    def closes(self) -> bool:
        return bool(self.names & {"postcode", "city", "region", "country"})


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in _LIST.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            place, *words = row.split(" ")
            found[place] = frozenset(plain(word) for word in words) | found.get(place, frozenset())
    return found


def label_length(text: str) -> int:
    """How long a label like "Dirección:" or "Head Office:" at the start of `text` is."""
    match = re.match(r"((?:[^\W\d_]+\.?[ /&]{0,2}){1,3})\s?[:：]\s*", text)
    if match and plain(match[1]).split() and plain(match[1]).split()[0] in _words()["label"]:
        return match.end()
    if (
        match := re.match(r"(?!(?:C\.?P|CEP|PIN|Zip|Cod|Code|Col|P\.?O)\b)[^\W\d][^:,]{2,30}:\s+(?=\S)", text)
    ) and not _NEGATIVE.search(match.group()):
        after = signs_of(text[match.end() :], "")
        if after.weight >= 1.0:
            return match.end()
    match = re.match(
        r"(?:本社|工場|支社|支店|営業所|事務所|공장|본사|지점|연구소|총부|总部|分公司|工厂)\s*[:：]\s*", text
    )
    if match:
        return match.end()
    match = re.match(r"(?:住所|地址|주소|本社|본사|所在地)\s*[:：]?\s*", text)
    return match.end() if match else 0


@lru_cache(maxsize=1024)
def signs_of(text: str, country: str) -> Signs:
    words = re.findall(r"[^\W_]+", plain(text))
    digits = bool(re.search(r"\d", text))
    negative = bool(_NEGATIVE.search(text) or _COMPANY.search(text)) or len(words) > 18
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", text):
        return _eastern(text, digits=digits, negative=negative)
    names: dict[str, float] = {}
    numbered = bool(_HAS_NUMBER.search(text))
    street, code = _street(text, words, country, numbered=numbered), _postcode(text, country)
    names |= _towns(text, words, country)
    ends_in_code = code and re.search(r"\d{4,}\W*$", text)
    if street > 0.7 or (street and not ends_in_code and not city_countries(plain(re.sub(r"\d", "", text)))):
        names["street"] = street
    if code:
        names["postcode"] = code
    if set(words) & _words()["extra"] or re.search(r"\bof\.?\s?\d", text, re.IGNORECASE):
        names["extra"] = 0.9 if digits or (len(words) <= 5 and set(words) & _BUILDINGS) else 0.3
    shaped = 0.5 if digits and "," in text and len(words) > 2 else 0.3 if digits and len(words) > 1 else 0.0
    weight = sum(names.values()) + (shaped if names or "," in text else 0.0) - 2.5 * negative
    return Signs(frozenset(names), weight, numbered, digits, negative, text.endswith((",", "-")))


def _street(text: str, words: list[str], country: str, *, numbered: bool) -> float:  # noqa: PLR0911 - a list of shapes
    """Street words where they stand in the languages of the world: before, after or at the end of the name."""
    if not words:
        return 0.0
    if set(words) & _words()["box"] and re.search(
        r"\b(?:p\.?\s?o\.?\s?box|apartado|apdo|postfach|casilla|postbus|bo[iî]te postale|bp|caixa postal)\b\.?\s*\d",
        text,
        re.IGNORECASE,
    ):
        return 1.2
    first, last, ending = _words()["first"], _words()["last"], _words()["ending"]
    if re.match(r"c/|(?:v\.?le|c\.?so|p\.?zza|p\.le|l\.?go|u\.?l\.)\s", text.lower()) or (
        words[0] in first
        and len(words) > 1
        and (len(words[0]) > 1 or re.match(r"\w[./]\s?(?:[^\W\d]{3,}|\d+\s+de\b)", text))
    ):
        return 2.4 if numbered else 1.5
    if (
        numbered
        and re.match(r"\d", words[0])
        and len(words) > 2
        and any(len(word) > 2 for word in words[1:3])
        and set(words[1:3]) & first
    ):
        return 2.4
    if any(
        len(word) > 5 and word.endswith(tuple(ending)) and len(word) - 3 > 2 and _ends_street(word) for word in words
    ):
        return 2.4 if numbered else 0.9
    if len(words) > 1 and set(words[1:]) & ending - {"park", "hof", "berg", "tal", "markt"} and numbered:
        return 2.2
    after = [at for at, word in enumerate(words) if word in last and at > 0 and not _is_saint(words, at)]
    if after and numbered:
        return 2.4 if re.match(r"#?\d", words[0]) or re.search(r"\d", text) else 1.2
    if after and words[after[0]] not in _ALSO_WORDS:
        return 0.9
    if country in _NUMBER_FIRST and _ENGLISH.match(text):
        return 1.3
    return 0.7 if len(words) <= 9 and _WORD_AND_NUMBER.match(text) else 0.0


def _is_saint(words: list[str], at: int) -> bool:
    """The st of St. Gallen is no street."""
    return words[at] == "st" and at + 1 < len(words) and len(words[at + 1]) > 2 and words[at + 1].isalpha()


def _ends_street(word: str) -> bool:
    return bool(
        re.search(
            r"(?:strasse|str|weg|platz|gasse|allee|damm|ufer|ring|steig|chaussee|promenade|graben|straat|laan|plein|kade|gracht|singel|vagen|gatan|vej|gade|gaten|veien|katu)$",
            word,
        )
    )


def _postcode(text: str, country: str) -> float:
    best = 0.0
    for own, weight, shape in SHAPES:
        if own != "CO" and weight > 1.7 and shape.search(text):
            best = max(best, 2.4 if weight >= 2.5 else 1.8 if own == country else 1.0)
    national = postcode_shape(country)
    match = national.search(text) if national else None
    if match and not (re.match(r"\d{5}\s", text) and country in ("US", "MX") and match.start() == 0):
        best = max(best, 1.6 if len(text) - len(match.group()) > 3 else 0.8)
    town = _TOWN_SHAPE.search(text) if not best else None
    if town and (not country or national is None or city_countries(plain(re.sub(r"[\d-]", " ", text)))):
        best = 0.8
    if not best and re.search(r"\b(?:C\.?P|CEP|PIN|Zip)\b\.?:?\s*\d{4,6}", text, re.IGNORECASE):
        best = 1.6
    return best


def _towns(text: str, words: list[str], country: str) -> dict[str, float]:
    """Known towns, states and countries among the parts of a stretch."""
    names: dict[str, float] = {}
    parts = [part.strip() for part in re.split(r"[,;()/]|\s-\s|-(?=[A-Z]{2}\b)|\d{3,}[-\d]*", text) if part.strip()]
    for at, part in enumerate(parts):
        name = re.sub(r"\s\d{1,2}$", "", plain(part))  # Dublin 2, Praha 1
        if name in countries() and len(name) > 2:
            names["country"] = 1.0
        if (name in regions(country) and country) or (
            part.strip(". ").upper() in region_codes(country) and (at or len(parts) > 1)
        ):
            names["region"] = 0.8
        towns = city_countries(name) if len(name) > 3 else []
        home = next((size for own, size in towns if own == country), 0)
        if home or (towns and towns[0][1] > 300 and (len(parts) > 1 or not country)):
            names["city"] = 1.3 if home else 0.7
    if "city" not in names and parts and any(len(words) > 1 and city_countries(" ".join(words[-n:])) for n in (2, 1)):
        tail = next((" ".join(words[-n:]) for n in (2, 1) if city_countries(" ".join(words[-n:]))), "")
        if len(tail) > 3 and any(own == country for own, _ in city_countries(tail)) and re.search(r"\d|,", text):
            names["city"] = 0.8
    return names


def _eastern(text: str, *, digits: bool, negative: bool) -> Signs:
    names: dict[str, float] = {}
    japan, korea, china = len(_JAPAN.findall(text)), len(_KOREA.findall(text)), len(set(_CHINA.findall(text)))
    if "〒" in text:
        names["postcode"] = 2.0
    if (japan and re.search(r"[都道府県市区町村]", text)) or japan > 1:
        names |= {"city": 1.2, "street": 1.4 if digits else 0.6}
    elif korea > 1 or (korea and digits):
        names |= {"city": 1.0, "street": 1.4 if digits else 0.6}
    elif china > 1 and (digits or china > 2):
        names |= {"city": 1.0, "street": 1.4 if digits else 0.8}
    elif digits and re.search(r"[ァ-ヶ]{3}.*\d|\d.*[ァ-ヶ]{3}", text):
        names["extra"] = 0.5
    elif re.search(r"ビル|タワー|マンション|階|座|\d+[FfＦ](?!\w)|빌딩|층|호|大厦|大廈|广场|楼|室", text):
        names["extra"] = 1.0
    return Signs(frozenset(names), sum(names.values()) - 2.5 * negative, digits, digits, negative, False)

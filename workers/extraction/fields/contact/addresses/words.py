"""What a stretch of print says of a place: street, number, postcode, town, state, country, floor."""

import re
from dataclasses import dataclass
from functools import lru_cache

from workers.extraction.fields.contact.addresses.streets import street_weight, word_lists
from workers.extraction.fields.words import lexicon
from workers.extraction.fields.words.glyphs import ascii_letters, plain
from workers.extraction.fields.world.gazetteer import city_countries, countries
from workers.extraction.fields.world.states import SHAPES, postcode_shape, region_codes, regions

_NEGATIVE = re.compile(
    r"\b(?:tel|telf|tfno|telefono|phone|fax|mobile|movil|e-?mail|www|cif|nif|cnpj|vat|gstin|rfc|ruc|nit|cuit|p\.?\s?iva|siret|c\.?m\.?p\.?|matr|t\.p|lic|colegiad[oa]|crea|tva|btw|mwst|hrb|사업자\w*|등록번호|登録番号|税号|免許|許可|reg\.? no|horario|horarios|open|lunes|lun|mon|monday|sabado|"
    r"desde|since|seit|est\.|amtsgericht|iso|banco|bank|iban)\b|\best\.?\s*(?:1[89]|20)\d\d|\bregistered in\b|\bcompany (?:no|of)\b|知事|大臣|\b(?:affiliated|recogni[sz]ed|approved|certified|accredited|member)\b|\bmember of\b|^CHE-|^km\b|^(?:ref|dot|mc|permit|acct|nmls|uin|id)\b[.#:]?\s*[\d#]|^no\b[.#:]?\s*[\d#][\d\s./-]*$|^(?:suc|sucursal|matriz|filial|loja|headquarters|hq|branch)\b[^\d,]*$|^[a-z]+ (?:office|branch|showroom)$|\b(?:nmls|licen[cs]e|lic)\b|\b(?:vp|head|director|manager|chief|officer|engineer|president) of\b|\b(?:vp|ceo|cfo|cto)\b|\b(?:aceitamos|aceptamos|we accept|all major|credit cards?|cartoes|tarjetas|cartes? bancaires?|vale[- ]refeicao)\b|[@©]|www\.|\.com\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:S\.?L\.?U?\.?|S\.?A\.?S?\.?|S\.?A\.? de C\.?V\.?|Ltda\.?|Ltd\.?|Limited|LLC|Inc\.?|Corp\.?|GmbH|AG|S\.?r\.?l\.?|S\.?p\.?A\.?|SARL|SAS|B\.?V\.?|Pty|Lda\.?|PLC|LLP|株式会社|有限会社|有限公司|주식회사)\s*$"
)
_JAPAN = re.compile(r"[都道府県].{1,8}[市区町村郡]|[市区].{1,10}\d|丁目|番地|\d+番\d*号?|\d+[-ー]\d+[-ー]\d+")
_CHINA = re.compile(r"[省市区區县縣镇鎮路街道巷弄号號楼樓层層室座幢栋]")
_KOREA = re.compile(r"[가-힣]+(?:특별시|광역시|시|도|구|군|읍|면|동|로|길|가|층|호)(?=[\s\d,)]|$)")
_REGISTERED = re.compile(r"등록번호|登[録記]番号|登记号|信用代码|許可番号|許可第")
_HAS_NUMBER = re.compile(
    r"(?<![\w.])(?:n[ro]?[.º°]*\s?|#\s?)?\d{1,5}(?:\s?[-/]\s?\d{1,4})?[A-Za-z]?(?![\w@])|\bs/n\b", re.IGNORECASE
)
_HOUSES_OF_FIVE = ("US", "CA", "")
"""Where five digits at a line's beginning may be a house."""
_LANDMARK = re.compile(
    r"\b(?:em frente|frente|ao lado|junto|proximo|prox|next|near|opp|opposite|behind|beside)\b\.?\s(?:[ad]?[aeo]s? |de |to |the )*(?:the )?(?:banco|bank)\b",
    re.IGNORECASE,
)
"""A bank that only tells the way."""
_BUILDINGS = frozenset(
    "edificio edif building bldg tower torre park parque poligono campus centre center centro haus house plaza floor "
    "immeuble palazzo residencial residence bairro jardim vila colonia fracc fraccionamiento urb urbanizacion barrio nagar "
    "col jd urb fracc estate mall complex chambers proximo prox next beside near opp opposite behind frente junto cedex district zona za zi zac "
    "chateau domaine finca masia cortijo hacienda fazenda quinta cottage farm farmhouse barn lodge manor".split()
)
"""Words that name a building or a quarter even without a number."""
_HOURS = re.compile(
    r"\d\s?h\b.*\d\s?h\b|\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\s\d{1,2}\b|\b\d{1,2}[:.]\d\d\s?[-a~]\s?\d{1,2}[:.]\d\d\b",
    re.IGNORECASE,
)
_STATE_AND_ZIP = re.compile(r"\b(?:[A-Z][A-Za-z]\.?|[A-Z][a-z]+)\s+\d{5}(?:-\d{4})?$")
_NUMBERED_ROOM = re.compile(r"\b(?:pmb|box|suite|ste|unit|apt|bldg)\b[.\s#]*\d+|#\s?\d+", re.IGNORECASE)
_IRISH_COUNTY = re.compile(
    r"(?:co|county) (?:carlow|cavan|clare|cork|donegal|dublin|galway|kerry|kildare|kilkenny|laois|leitrim|limerick|longford|louth|mayo|meath|monaghan|offaly|roscommon|sligo|tipperary|waterford|westmeath|wexford|wicklow)$"
)
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


def label_length(text: str) -> int:
    """How long a label like "Dirección:" or "Head Office:" at the start of `text` is."""
    match = re.match(r"((?:[^\W\d_]+\.?[ /&]{0,2}){1,3})\s?[:：]\s*", text)
    if match and plain(match[1]).split() and plain(match[1]).split()[0] in word_lists()["label"]:
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
    match = re.match(
        r"(?:(?:公司|单位|办公|聯絡|联系|總公司|总部|工厂|회사|본사)?(?:住所|地址|주소)|本社|본사|所在地)\s*[:：]?\s*",
        text,
    )
    return match.end() if match else 0


def _ends_in_company(word: str) -> bool:
    """Whether a line so ended names a company, whatever place it is called after: Highland Park Dental Group."""
    return lexicon.in_list("company-words", word) and word not in word_lists()["extra"] | word_lists()["last"]


def _is_a_company(text: str, words: list[str]) -> bool:
    """Whether a line without digits names a company: by its form, by what it goes on from, by its last word."""
    form = lexicon.legal_form(text)
    if text.startswith("&") or len(lexicon.letters(form)) > 2 or any(map(str.islower, form)):
        return True
    return bool(words) and words[0] not in word_lists()["first"] and _ends_in_company(words[-1])


def _is_a_title(words: list[str]) -> bool:
    """Whether a line without digits says what somebody is: "Real Estate Agent"."""
    plain_title = len(words) > 1 and lexicon.in_list("titles", words[-1]) and not lexicon.surname(words[-1])
    return bool(plain_title) and words[0] not in word_lists()["first"]


def _a_house_with_a_number(text: str, words: list[str]) -> bool:
    """Whether a number belongs to what a house is called: "Notaría Pública No. 48"."""
    house = "," not in text and words[:1] and lexicon.in_list("company-words", words[0])
    return bool(house) and words[0] not in word_lists()["extra"]


@lru_cache(maxsize=1024)
def signs_of(text: str, country: str) -> Signs:
    words = re.findall(r"[^\W_]+", plain(text))
    digits = bool(re.search(r"\d", text))
    bare = ascii_letters(text)
    bare = _LANDMARK.sub("", bare)
    negative = bool(_NEGATIVE.search(bare) or _COMPANY.search(text) or _HOURS.search(bare)) or len(words) > 18
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", text):
        return _eastern(text, digits=digits, negative=negative or bool(_REGISTERED.search(text.replace(" ", ""))))
    negative = negative or (not digits and (_is_a_company(text, words) or _is_a_title(words)))
    names: dict[str, float] = {}
    code = _postcode(text, country)
    inner = _STATE_AND_ZIP.sub("", text) if code else text
    if code and country not in _HOUSES_OF_FIVE:
        inner = re.sub(r"^\d{5}\s", "", inner)
    numbered = bool(_HAS_NUMBER.search(inner))
    street = street_weight(inner, re.findall(r"[^\W_]+", plain(inner)), country, numbered=numbered)
    if inner != text and not numbered:  # "St. Louis Park, MN 55416" names no street
        street = 0.0
    names |= _towns(text, country)
    if (
        not street
        and "city" in names
        and re.match(r"(?:no\.?\s?|#\s?)?\d{1,5}[A-Za-z]?[, ]\s*[^\W\d][^\d]*,\s?[^\W\d]", text, re.IGNORECASE)
    ):
        street = 1.0  # "123 global, Erode"
    if street < 1.0 and _a_house_with_a_number(text, words):
        street = 0.0
    ends_in_code = code and re.search(r"\d{4,}\W*$", text)
    if street > 0.7 or (street and not ends_in_code and not city_countries(plain(re.sub(r"\d", "", text)))):
        names["street"] = street
    if code:
        names["postcode"] = code
    if (
        set(words) - (set() if country in _HOUSES_OF_FIVE or country in ("GB", "IE", "AU", "NZ", "ZA") else {"barn"})
    ) & word_lists()["extra"] or re.search(r"\bof\.?\s?\d", text, re.IGNORECASE):
        names["extra"] = 0.9 if digits or (len(words) <= 5 and set(words) & _BUILDINGS) else 0.3
    shaped = 0.5 if digits and "," in text and len(words) > 2 else 0.3 if digits and len(words) > 1 else 0.0
    weight = sum(names.values()) + (shaped if names or "," in text else 0.0) - 2.5 * negative
    return Signs(frozenset(names), weight, numbered, digits, negative, text.endswith((",", "-")))


def _postcode(text: str, country: str) -> float:
    best, text = 0.0, _NUMBERED_ROOM.sub("", text)
    for own, weight, shape in SHAPES:
        if own != "CO" and weight > 1.7 and shape.search(text):
            best = max(best, 2.4 if weight >= 2.5 else 1.8 if own == country else 1.0)
    national = postcode_shape(country)
    match = national.search(text) if national else None
    if match and not (re.match(r"\d{5}\s", text) and country == "US" and match.start() == 0):
        best = max(best, 1.6 if len(text) - len(match.group()) > 3 else 0.8)
    town = _TOWN_SHAPE.search(text) if not best else None
    if town and (not country or national is None or city_countries(plain(re.sub(r"[\d-]", " ", text)))):
        best = 0.8
    if not best and re.search(r"\b(?:C\.?P|CEP|PIN|Zip)\b\.?:?\s*\d{4,6}", text, re.IGNORECASE):
        best = 1.6
    return best


def _towns(text: str, country: str) -> dict[str, float]:
    """Known towns, states and countries among the parts of a stretch."""
    names: dict[str, float] = {}
    parts = [
        part.strip()
        for part in re.split(r"[,;()/]|(?<=[^\W\d]{4})\.\s|\s-\s|-(?=[A-Z]{2}\b)|\d{3,}[-\d]*", text)
        if part.strip()
    ]
    for at, part in enumerate(parts):
        name = re.sub(r"\s\d{1,2}$", "", plain(part))  # Dublin 2, Praha 1
        if name in countries() and len(name) > 2:
            names["country"] = 1.0
        if (name in regions(country) and country) or (
            part.strip(". ").upper() in region_codes(country) and (at or len(parts) > 1)
        ):
            names["region"] = 0.8
        if _IRISH_COUNTY.match(name):
            names["region"] = 1.3
        towns = city_countries(name) if len(name) > 3 else []
        home = next((size for own, size in towns if own == country), 0)
        if home or (towns and towns[0][1] > 300 and (len(parts) > 1 or not country)):
            names["city"] = 1.3 if home else 0.7
    if "city" not in names and country and re.search(r"\d|,", text):
        tails = (" ".join(plain(part).split()[-length:]) for part in parts for length in (2, 1))
        if any(len(tail) > 3 and any(own == country for own, _ in city_countries(tail)) for tail in tails):
            names["city"] = 0.8
    return names


def _eastern(text: str, *, digits: bool, negative: bool) -> Signs:
    names: dict[str, float] = {}
    japan, korea, china = len(_JAPAN.findall(text)), len(_KOREA.findall(text)), len(set(_CHINA.findall(text)))
    if "〒" in text:
        names["postcode"] = 2.0
    if len(text) < 12 and re.match(r"[A-Z]\s?[座棟栋幢]|\d{1,2}\s?[层層楼樓]", text):
        names["extra"] = 1.0  # the tower and the floor, on a line of their own
    elif (japan and re.search(r"[都道府県市区町村]", text)) or japan > 1:
        names |= {"city": 1.2, "street": 1.4 if digits else 0.6}
    elif korea > 1 or (korea and digits):
        names |= {"city": 1.0, "street": 1.4 if digits else 0.6}
    elif china > 1 and (digits or china > 2):
        names |= {"city": 1.0, "street": 1.4 if digits else 0.8}
    elif digits and re.search(r"[ァ-ヶ]{3}.*\d|\d.*[ァ-ヶ]{3}", text):
        names["extra"] = 0.5
    elif re.search(r"ビル|タワー|マンション|\d\s?[階座楼樓层層室號号층호]|\d[FfＦ](?!\w)|빌딩|大厦|大廈|广场", text):
        names["extra"] = 1.0
    return Signs(frozenset(names), sum(names.values()) - 2.5 * negative, digits, digits, negative, False)

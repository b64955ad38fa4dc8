"""How much a piece of print is like a company's name."""

import re
from collections.abc import Sequence

from workers.extraction.fields.candidate import Candidate
from workers.extraction.fields.roles import divisions, logos, titles
from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.roles.surroundings import Surroundings
from workers.extraction.fields.words import lexicon, scripts

_SENTENCE = re.compile(r"[!?…]|\.\s*$|[,;].*[,;]|^[\"“'‘«].*[\"”'’»]$")
_HOST = re.compile(
    r"\w{3}\.\s?(?:com|net|org|info|biz|es|mx|ar|co|cl|pe|br|pt|fr|de|it|uk|jp|kr|cn|nl|be|ch|at|eu|se|pl|in)\b",
    re.IGNORECASE,
)
_MAKERS_OF = re.compile(
    r"(?:[^\W\d]+\.?(?:,|\s&|\sand|\sy|\se|\set|\sund)\s)*(?:manufacturers?|mfrs?\.?|makers?|dealers?|exporters?|importers?|suppliers?|purveyors?|wholesalers?|stockists?|specialists?|"
    r"fabricantes?|distribuidor(?:es)?|importador(?:es)?|venta|vendas?|comércio|comercio|fabricants?|vente|produttori|vendita|lavorazione|herstellung|vertrieb|handel|verkoop|sprzedaż|produkcja)"
    r"\.?(?:\s(?:&|and|y|e|et|und)\s[^\W\d]+)?\s(?:of|in|for|to|de|di|von|mit|van)\b",
    re.IGNORECASE,
)
"""What a house deals in: "Manufacturers of Harness and Saddlery", "Venta de repuestos"."""
_ACTION = re.compile(
    r"([^\W\d_]+(?:ção|ções|ción|ciones|tion|tions|ung|ungen|zione|zioni|agem|aje|age)) (?:de|do|da|dos|des|du|di|del|of|von|d['’])",
    re.IGNORECASE,
)
"""What is done for a customer: "Criação de", "Réparation de"."""
_REGISTERED = re.compile(
    r"(?:OAB|CRM|CRO|CREA|CRECI|CRC|CRP|CAU|CNPJ|CPF|CUIT|RUC|NIT|RFC|GST(?:IN)?|NMLS|ABN|ACN|(?:Cal)?DRE|CCB|ROC|Lic(?:en[cs]e)?|Reg|Matr?|Badge|ORIAS|RPPS|ADELI|SIRET|SIREN|C[eé]d(?:ula)?|Col(?:eg)?|Albo|Ordine|BIG|KvK|MC|HIC)\b.*\d",
    re.IGNORECASE,
)
"""A number under which somebody is registered."""
_BOX_OF_A_POST = re.compile(
    r"(?:P\.?\s?[O0]\.?\s?Box|Postfach|Box|Apartado|Caixa Postal|C\.?P\.?|B\.?P\.?)\s*\d", re.IGNORECASE
)
OF_A_PLACE = re.compile(
    r"(?:ville|mairie|commune|pref[ae]itura(?: municipal)?|c[aâ]mara municipal|ayuntamiento|alcald[ií]a|municipalidad|municipio|comune|citt[aà]|stadt|gemeinde|kreis|landkreis|city|town|county|village|borough|township|state|parish|diocese|embassy|consulate|embajada|consulado|ambassade|botschaft|ministry|department)"
    r"(?:\s(?:of|de|d['’]|du|des|do|da|di|del|della)\b|\s(?=[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
"""A town, a county or an office as whoever somebody works for: "Ville de Lyon", "County of Marin"."""
_COUNTRY = re.compile(
    r"(?:r[eé]publi(?:que|ca|c)\b.*|bundesrepublik deutschland|united states of america|reino de \w+|estados unidos.*|kingdom of \w+)$",
    re.IGNORECASE,
)
"""What stands at the head of an official's card, over the office itself."""
_OF_ALL_KINDS = ("各種", "各种", "出張", "無料", "무료", "출장", "각종")
"""What begins a service and no name: 各種印刷."""
_HOUSE_CJK = re.compile("(?:[庵亭堂軒楼荘館屋房処苑舎]|本舗|酒場)$")
"""How names of shops and inns end."""
_PERMITS = frozenset(
    "licensed licenced bonded insured certified accredited registered authorized authorised approved"
    " autorizado autorizada certificado certificada asegurado asegurada homologado homologada acreditado acreditada habilitado habilitada matriculado matriculada"
    " licenciado licenciada credenciado credenciada segurado segurada registrado registrada"
    " agree agreee certifie certifiee assure assuree habilite habilitee"
    " zertifiziert gepruft versichert zugelassen anerkannt"
    " autorizzato autorizzata certificato certificata assicurato assicurata abilitato abilitata accreditato accreditata"
    " gecertificeerd verzekerd erkend".split()
)
_NATIVE_ORDER = re.compile(r"^[A-Z][a-z]+(?:-[a-z]+)? [A-Z]{2,}$")
"""How a Latin name is set in East Asia and France: "Taeyoung CHO"."""


def weigh(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """The piece as a company with its log-odds, or None where it can be none."""
    if len(piece.words) > 12 or "@" in piece.text or _BOX_OF_A_POST.match(piece.text):
        return None
    if lexicon.ends_form(piece.text):
        return Candidate(piece, frozenset(), -5.5, piece.claims)
    if logos.is_form(piece):
        return Candidate(piece, frozenset(), -2.2, piece.claims, ("legal form",))
    if sum(map(str.isalpha, piece.text)) < 2 and not scripts.form_in(piece.text):
        return _number(piece, around)
    passed: list[str] = []
    score = -2.0 + 1.2 * around.size(piece)
    spelled = how_spelled(piece, around)
    if spelled:
        score += 3.4 * spelled
        passed.append("domain" if spelled >= 0.8 else "domain nearly")
    score -= 2.0 * (piece.listed and spelled < 0.8) + 4.0 * bool(_REGISTERED.match(piece.text))
    if around.size(piece) < 0.1 and not spelled and not lexicon.legal_form(piece.text):
        score -= 0.9
    score += _weigh_cjk(piece, passed) if scripts.is_cjk(piece.text) else _weigh_latin(piece, around, passed)
    return Candidate(piece, frozenset(), score, piece.claims, tuple(passed), (), "spelled" if spelled else "")


def _number(piece: Piece, around: Surroundings) -> Candidate[Piece] | None:
    """A short number in large print may be part of a drawn name: "1000", "24"."""
    small = around.size(piece) < 0.4 and piece.size_px < 0.12 * around.height
    if len(piece.text) > 4 or not piece.text.isalnum() or small:
        return None
    return Candidate(piece, frozenset(), -3.5, piece.claims, (), (), "")


def how_spelled(piece: Piece, around: Surroundings) -> float:
    """How well the card's domains spell it, with its legal form ("& Partners") or without."""
    return max(around.company(_company_words(piece)), around.company(piece.words))


def _company_words(piece: Piece) -> tuple[str, ...]:
    """The words without the legal form, which no domain spells; with it where nothing else is left."""
    form = lexicon.legal_form(piece.text)
    bare = piece.text[: piece.text.rfind(form)].split() if form else list(piece.words)
    words = tuple(word for word in bare if any(map(str.isalnum, word)))
    return words or piece.words


def _weigh_latin(piece: Piece, around: Surroundings, passed: list[str]) -> float:
    keys = [key for key in piece.keys if key]
    score = 0.0
    if titles.SAYS_NO_NAME.match(piece.text) or says_permitted(piece):
        return -4.0
    if lexicon.legal_form(piece.text) or lexicon.leading_form(piece.text):
        score += 3.2
        passed.append("legal form")
    trades = sum(lexicon.in_list("company-words", key) for key in keys)
    if trades:
        score += 1.6 + 0.2 * min(2, trades - 1)
        passed.append("trade word")
    elif OF_A_PLACE.match(piece.text) and len(keys) > 1:
        score += 1.6
        passed.append("trade word")
    score -= 1.5 * bool(_COUNTRY.match(piece.text))
    small = trades and piece.text.islower() and len(keys) <= 4
    score -= 1.2 * bool(small and around.size(piece) < 0.4 and not around.company(piece.words))
    if trades and logos.generic(piece):
        score -= 2.2 if not piece.whole else 1.8 if "legal form" in passed and not around.company(piece.words) else 1.0
    score -= 2.5 * bool(_MAKERS_OF.match(piece.text))
    if len(lexicon.letters(piece.text)) <= 3 and not around.company(piece.words):
        score -= 1.5
    return score + _shape(piece, keys) + _other_roles(piece, keys, around)


def _shape(piece: Piece, keys: Sequence[str]) -> float:
    score = 0.5 if len(keys) <= 6 else -2.0
    slogan = sum(lexicon.in_list("slogan-words", key) and not lexicon.in_list("company-words", key) for key in keys)
    score -= 0.9 * min(4, slogan)
    if _SENTENCE.search(piece.text) and not lexicon.legal_form(piece.text):
        score -= 1.2
    if piece.text[:1].islower() and len(keys) > 1:
        score -= 0.6
    if piece.words[0].lower() in logos.CONNECTORS or piece.words[-1].lower() in logos.CONNECTORS:
        score -= 1.5
    digits = sum(map(str.isdigit, piece.text))
    action = _ACTION.match(piece.text)
    score -= 1.0 * bool(action and not lexicon.in_list("company-words", action[1]))
    score -= 1.5 if digits > sum(map(str.isalpha, piece.text)) else 0.3 if digits else 0.0
    score += 0.3 if piece.text.isupper() else 0.0
    score += 0.8 * _invented(piece)
    if piece.text[:1].isupper() and len(keys) > 1 and not logos.capitals(piece) and not lexicon.legal_form(piece.text):
        score -= 0.6
    return score - (0.8 if any(lexicon.in_list("labels", key) for key in keys) else 0.0) - _many_things(piece)


def _invented(piece: Piece) -> bool:
    """One or two capitalised words that no list knows: what brands are made of."""
    words = [word for word in piece.words if word.lower() not in logos.CONNECTORS]
    if len(words) not in (1, 2) or not all(word[:1].isupper() and word.isalpha() and len(word) > 3 for word in words):
        return False
    return not any(lexicon.spelled_in_lists(word) or lexicon.in_any_role(word) for word in words)


def _many_things(piece: Piece) -> float:
    """A list of services: several commas, or "a, b and c"."""
    commas = piece.text.count(",") + len(re.findall(r"[·•|/]", piece.text))
    return 0.0 if not commas or lexicon.legal_form(piece.text) else 0.5 * commas


def _other_roles(piece: Piece, keys: Sequence[str], around: Surroundings) -> float:
    form = bool(lexicon.legal_form(piece.text))
    score = 0.0
    strong = sum(
        titles.strength(key) == 1.0
        and not lexicon.in_list("company-words", key)
        and not (len(keys) <= 2 and lexicon.surname(key) >= 0.9)
        for key in keys
    )
    if strong and not form:
        score -= 1.6 if strong < len(keys) else 2.6
    if lexicon.given(piece.words[0]) and 2 <= len(keys) <= 4 and not form and not _of_two_families(piece):
        family = max(lexicon.surname(key) for key in keys[1:])
        trade = any(lexicon.in_list("company-words", key) for key in keys)
        score -= (0.7 + 0.7 * family) * (0.4 if trade else 1.0)
    if lexicon.honorific(piece.words[0]) and len(keys) > 1:
        score -= 1.2
    if all(lexicon.credential(word.strip(",")) for word in piece.words) and around.company(piece.words) < 0.8:
        score -= 2.0
    if _NATIVE_ORDER.match(piece.text):
        score -= 1.5
    score -= 2.5 * bool(not form and around.owner(piece.words) and lexicon.given(piece.words[0]))
    if around.person(piece.words) >= 0.85 and not form and (len(keys) == 1 or lexicon.given(piece.words[0])):
        score -= 2.0 if len(keys) > 1 else 1.0
    if (
        keys
        and not form
        and all(titles.strength(key) == 0.4 or key in lexicon.PARTICLES or len(key) < 2 for key in keys)
    ):
        score -= 0.8
    score -= 3.0 * bool(_HOST.search(piece.text))
    if divisions.opens_department(piece) and not form:
        score -= 2.3
    score -= 2.3 * divisions.names_a_field(piece) - 1.8 * _of_two_families(piece)
    eastern = around.lang in ("ja", "zh", "ko") and 2 <= len(keys) <= 3 and logos.capitals(piece)
    score -= 2.0 * bool(eastern and not form and max(lexicon.surname(keys[0]), lexicon.surname(keys[-1])) > 0)
    return score


def _of_two_families(piece: Piece) -> bool:
    """Whether two surnames are joined, and no couple's given names: "Clark & Roberts"."""
    if not piece.whole or len(piece.words) != 3 or piece.words[1] not in ("&", "+") or not logos.capitals(piece):
        return False
    first, last = piece.words[0], piece.words[2]
    couple = min(lexicon.given(first), lexicon.given(last)) >= 0.9
    return min(lexicon.surname(first), lexicon.surname(last)) >= 0.9 and not couple


def says_permitted(piece: Piece) -> bool:
    """Whether a piece says nothing but that a house may work, and answers for it: "Licensed & insured"."""
    words = [word for word in piece.keys if word not in logos.CONNECTORS and word not in ("fully", "totalmente")]
    return bool(words) and all(word in _PERMITS for word in words)


def _weigh_cjk(piece: Piece, passed: list[str]) -> float:
    text = piece.text
    score = 0.6
    if scripts.form_in(text) and scripts.title_in(text) != text:  # 책임연구원 ends as an institute does
        score += 3.6
        passed.append("legal form")
    elif scripts.trade_in(text):
        score += 1.6
        passed.append("trade word")
    score -= 1.4 * bool(scripts.service_in(text) and not scripts.form_in(text))
    score -= 1.4 * text.startswith(_OF_ALL_KINDS)
    if scripts.ends_as_title(text) and not scripts.form_in(text):
        score -= 2.0
    if re.search(r"[,、，·・|｜/]", text) and not scripts.form_in(text):
        score -= 1.2
    bare = re.sub(r"\s", "", text)
    score += 0.8 if len(bare) <= 4 and not scripts.title_in(bare) else 0.0
    score += 1.6 * bool(re.search("(?<![社総大集])会$", bare) and len(bare) > 3 and not scripts.trade_in(bare))
    score += 1.0 * bool(_HOUSE_CJK.search(bare) and 2 <= len(bare) <= 6)
    score -= 1.0 if len(bare) in (3, 4) and scripts.family_of(bare) and not scripts.trade_in(bare) else 0.0
    score -= 3.0 if scripts.is_department(text) else 0.0
    score -= 2.5 * bool(re.search(r"\d\s?[層层樓楼階階座室号號층호]|[A-Z]座", text))
    return score - (1.5 if len(bare) > 20 else 0.0)

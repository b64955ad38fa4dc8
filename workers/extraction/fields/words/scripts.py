"""Which writing a text is in, and what Han, kana and Hangul words say."""

import re
from functools import cache

from workers.extraction.fields.words.lexicon import words_of_list

HAN_RANGE = r"㐀-䶿一-鿿豈-﫿々〆"
_KANA = r"぀-ヿ㇀-ㇿｦ-ﾟ"
_HANGUL = r"가-힣"
HAN = re.compile(f"[{HAN_RANGE}]")
KANA = re.compile(f"[{_KANA}]")
HANGUL = re.compile(f"[{_HANGUL}]")
CJK = re.compile(f"[{HAN_RANGE}{_KANA}{_HANGUL}]")
_CJK_ONLY = re.compile(f"^[{HAN_RANGE}{_KANA}{_HANGUL}\\s・･.]+$")


def is_cjk(text: str) -> bool:
    """Whether most letters are Han, kana or Hangul."""
    count = len(CJK.findall(text))
    return count > 0 and count * 2 >= sum(letter.isalpha() for letter in text)


def only_cjk(text: str) -> bool:
    return bool(_CJK_ONLY.match(text)) and bool(CJK.search(text))


@cache
def _either(name: str) -> re.Pattern[str]:
    words = sorted({word for word in words_of_list(name) if CJK.search(word) or word == "㈜"}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def title_in(text: str) -> str:
    """The longest title that stands in a text, or ""."""
    return max((m.group() for m in _either("titles-cjk").finditer(text)), key=len, default="")


def title_letters(text: str) -> int:
    """How many letters of a text belong to titles."""
    return sum(len(m.group()) for m in _either("titles-cjk").finditer(text))


def ends_as_title(text: str) -> bool:
    return any(m.end() == len(text) for m in _either("titles-cjk").finditer(text))


def form_in(text: str) -> str:
    """The legal form or kind of institution in a text, or ""."""
    found = _either("company-forms-cjk").search(text)
    return found.group() if found else ""


def trade_in(text: str) -> str:
    """The trade in a text, or the one that ends it, or its first word, as a company's name ends; else ""."""
    found = _either("company-words-cjk").search(text) or _endings().search(text)
    return found.group() if found else ""


@cache
def _endings() -> re.Pattern[str]:
    words = _either("company-endings-cjk").pattern
    return re.compile(f"(?<={CJK.pattern})(?:{words})(?=$|[\\s(（])")


def service_in(text: str) -> str:
    """What is done or promised in a text, or ""."""
    found = _either("services-cjk").search(re.sub(r"\s", "", text))
    return found.group() if found else ""


@cache
def _departments() -> tuple[str, ...]:
    return tuple(words_of_list("departments-cjk"))


def is_department(text: str) -> bool:
    """Whether the text, or its first word, ends as a department does."""
    word = text.replace(" ", "")
    return len(word) >= 3 and word.endswith(_departments()) and not form_in(text)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words_of_list("cjk-surnames"))


def is_family(text: str) -> bool:
    """Whether a text is a known surname and nothing else."""
    return text in _surnames()


_ENDS_OF_FAMILIES = frozenset(
    "田谷川山本村井野原崎﨑島嶋木藤沢澤口橋岡坂森林尾塚内上下中瀬浦戸倉部辺邊池津宮松見水石金場地江越葉賀城河根浜濱桑柳垣町条"
)
_ENDS_OF_GIVEN = frozenset(
    "郎子美太男雄夫一二三司志樹介助彦哉也奈香恵江代緒織花菜希紀輝翔斗人仁博浩弘宏和正隆誠健勇学修進茂実豊明光平治次史之行幸久文武信伸義孝哲悟聡徹亮涼凌蓮陸空海大拓真直紗彩里理梨衣絵佳穂帆乃音月陽葵結愛莉亜沙枝枝世生吾悠祐裕佑馬龍竜"
)


def built_family(name: str) -> str:
    """A surname in no list, told by its make: 丸谷 before 栄一郎."""
    bare = re.sub(r"\s", "", name)
    if not 3 <= len(bare) <= 5 or not all(map(HAN.match, bare)):
        return ""
    return bare[:2] if bare[1] in _ENDS_OF_FAMILIES and bare[-1] in _ENDS_OF_GIVEN else ""


def parted_name(text: str) -> str:
    """The surname of a name printed in two parts, whether a list knows it or not: 志水 たかゆき."""
    parts = text.split()
    if len(parts) != 2 or not all(map(only_cjk, parts)) or HANGUL.search(text):
        return ""
    longest = 5 if KANA.search(parts[1]) else 3
    return parts[0] if 1 <= len(parts[0]) <= (4 if KANA.match(parts[0]) else 3) and len(parts[1]) <= longest else ""


def family_of(name: str) -> str:
    """The surname that begins a name without spaces, or ""; the longest known one that leaves a given name."""
    for length in (3, 2, 1):
        if len(name) > length and name[:length] in _surnames():
            return name[:length]
    return ""


def blank_misplaced(family: str) -> bool:
    """Whether what a blank parts off a Korean name is a surname and half of a given name: 박철 of 박철 수."""
    return (
        len(family) == 2
        and all(map(HANGUL.match, family))
        and family_of(f"{family} ") != family
        and bool(family_of(family))
    )

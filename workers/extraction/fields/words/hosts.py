"""Names of hosts: which exist by the public suffix list, and what a misread one was."""

import re
from dataclasses import dataclass
from functools import cache

from publicsuffixlist import PublicSuffixList

from workers.extraction.fields.words.glyphs import ascii_letters, looks, other_stroke

COMMON = (
    "com net org info biz edu gov eu es mx ar co cl pe br pt fr de it uk us ca in jp kr cn tw hk sg au nz ch at be nl "
    "lu ie se no dk fi pl cz ro gr tr ru za io ai app dev me tv cat gal eus ec uy py bo ve cr pa gt hn sv ni do cu pr "
    "id my th vn ph ae sa il eg ma online shop store tech pro group agency law design studio works consulting"
).split()
_MISREAD = {
    **dict.fromkeys("corn con eom oom ccm corm comn com1 cоm coml conm comm cor c0m cqm сom".split(), "com"),
    **dict.fromkeys("nel nct ne1 net1".split(), "net"),
    **dict.fromkeys("orq 0rg org1 crg".split(), "org"),
    **dict.fromkeys("e5 e8 es1 cs".split(), "es"),
}
_FREE = (
    "gmail hotmail yahoo outlook live icloud msn aol gmx googlemail ymail protonmail proton rocketmail terra uol bol ig "
    "telefonica wanadoo orange laposte free web t-online libero tiscali virgilio naver daum hanmail qq 163 126 sina "
    "yandex mail rediffmail comcast verizon att sbcglobal bellsouth btinternet sapo r7 globo prodigy movistar me mac"
).split()
_GLUED = re.compile(r"(?<=[a-z]{2})(?=www[.,]|https?:|[A-Z][a-z]+[.:]?$|\.(?:Tel|Fax|Mob|Cel|M[oó]v|Web|[TMFW])\b)")


@dataclass(frozen=True, slots=True)
class Host:
    """A host with an existing suffix; `mended` tells whether the print had to be corrected for that."""

    name: str
    mended: bool = False
    used: int = 0


@cache
def _list() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


@cache
def suffix_of(host: str) -> str:
    """The public suffix (`com.mx`) of a host that has a name before it, else nothing."""
    if not host.isascii() or ".." in host or not _list().privatesuffix(host):
        return ""
    return str(_list().publicsuffix(host) or "")


def label_of(host: str) -> str:
    """The registered word of a host: `acme` of `www.acme.com.mx`."""
    suffix = suffix_of(host)
    return host[: -len(suffix) - 1].rpartition(".")[2] if suffix else host.rpartition(".")[0].rpartition(".")[2]


def is_free_mail(host: str) -> bool:
    return label_of(host) in _FREE


@cache
def _common_looks() -> dict[str, str]:
    return {looks(word): word for word in reversed(COMMON)}


@cache
def _free_looks() -> dict[str, str]:
    """The longer names of free mail, by what they may be taken for: outiook."""
    return {looks(name): name for name in _FREE if len(name) > 4}


def mend(printed: str) -> Host | None:
    """The host that `printed` stands for, or None where no existing suffix can be seen in it.

    `used` counts the characters of `printed` that belong to it: what is glued behind ("acme.comwww.acme.com") does not.
    """
    bare = _GLUED.split(ascii_letters(printed), maxsplit=1)[0]
    name = _with_small_l(bare).lower().rstrip(".-_,")
    head, dot, last = name.rpartition(".")
    first, _, second = head.rpartition(".")
    if first and _MISREAD.get(second) == "com" and suffix_of(f"{first}.com.{last}") == f"com.{last}":
        return Host(f"{first}.com.{last}", mended=True, used=len(bare))
    if suffix_of(name):
        free = _free_looks().get(looks(label_of(name)), label_of(name))
        known = name.replace(label_of(name), free) if label_of(name) not in _FREE else name
        return Host(known, mended=known != name, used=len(bare))
    if not dot:
        return _without_dot(name, len(bare))
    for better in (_MISREAD.get(last), _common_looks().get(looks(last))):
        if better and better != last and suffix_of(f"{head}.{better}"):
            return Host(f"{head}.{better}", mended=True, used=len(bare))
    return None


def _with_small_l(printed: str) -> str:
    """A capital I at the end of a host in small letters is the l of `.nl` where such an ending exists."""
    mended = re.sub(r"(?<=\.[a-z])I$", "l", printed)
    return mended if suffix_of(mended.lower()) else printed


def _without_dot(name: str, used: int) -> Host | None:
    """A host whose dot was lost: `gmailcom`, `acmepumpscom`."""
    for ending in ("com.br", "com.mx", "co.uk", "com.au", "com", "net", "org"):
        tight = ending.replace(".", "")
        if name.endswith(tight) and len(name) > len(tight) + 5:
            return Host(f"{name[: -len(tight)]}.{ending}", mended=True, used=used)
    for ending in ("com", "net", "es", "com.br", "com.mx"):
        if name.endswith(ending) and name[: -len(ending)] in _FREE:
            return Host(f"{name[: -len(ending)]}.{ending}", mended=True, used=used)
    return None


def agreed(host: str, others: set[str], *, words: str) -> str:
    """The spelling of `host` that another host of the card has, where the two could be misread for one another.

    `words` are the other letters of the card, in lower case without spaces: the spelling they hold is believed.
    """
    host = with_its_l(host, words)
    if host in others:
        return host
    for other in sorted(others):
        base, mine = _registered(other), _registered(host)
        if base != mine and looks(base) == looks(mine) and suffix_of(other):
            spelled = _letters(other) in words and _letters(host) not in words
            return host.removesuffix(mine) + base if spelled or not suffix_of(host) else host
        if base.replace(".", "") == mine:
            return base
    return host


def with_its_l(host: str, words: str) -> str:
    """The host that begins with the other letter a stroke may be, or has o for 0 or m for rn, where only so the card spells it.

    Itflogistics.com, far0.eu, postrna.be.
    """
    long = len(_letters(host)) > 3
    others = (other_stroke(host), *((host.replace("0", "o"), host.replace("rn", "m")) if long else ()))
    spelled = (other for other in others if _letters(other) in words and _letters(host) not in words)
    return next(spelled, host)


def _letters(host: str) -> str:
    return label_of(host).replace("-", "")


def _registered(host: str) -> str:
    return str(_list().privatesuffix(host) or host) if host.isascii() else host

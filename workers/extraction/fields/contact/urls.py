"""Sites printed on a card: by their scheme, by www, or bare where the suffix leaves no doubt."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from service.domain.reading.card import Doubt, Line
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.contact.emails import words_of
from workers.extraction.fields.rows import next_below, rest_of
from workers.extraction.fields.words import hosts
from workers.extraction.fields.words.glyphs import even

_SCHEME = r"(?P<scheme>h[tl1]{2}ps?\s?[:;.]?\s?/{1,2}\s?/?\s?)"
_WWW = r"(?:(?<![A-Za-z0-9])[A-Za-z0-9]?(?:[wW]{2,5}|[vV]{2}[wW]{1,3}|[wW][vV]{2}[wW]|[wW]{1,2}[vV][wW]))(?:\s?[.,:]\s?|\s(?=[\w-]+[.,]))"
_HOST = r"[\w-]+(?:\s?[.,]\s?[\w-]+)*"
_PATH = r"(?:\s?/(?![^\x00-\u024f])[A-Za-z0-9À-ɏ_.~%&=?#+@:!$'*/-]*)?"
_SURE = re.compile(rf"(?:{_SCHEME}(?:{_WWW})?|(?P<www>{_WWW}))(?P<host>{_HOST})(?P<path>{_PATH})")
_GLUED_LABEL = re.compile(r"\b(?:URL|Web|Site|HP|H|W)(?=www[.,])")
_GLUED_WWW = re.compile(r"(?<![\w@.])[wW]{3}(?=[a-z][\w-]{3,}\.)")
_BARE = re.compile(rf"(?<![\w@./])(?P<host>[A-Za-z0-9][\w-]*(?:\.[\w-]+)+)(?P<path>{_PATH})")
_LABEL = re.compile(
    r"(?:\b(?:web(?:\s?site|\s?page|seite|\s?sitio|\s?adresse)?|site|sitio(?:\s+web)?|p[aá]gina(?:\s+web)?|internet|homepage|home\s?page|url|visit|"
    r"visite|visita|besuchen|hp)|(?<![\w.])[WwIiUu]|网址|網址|ホームページ|홈페이지)\s*[.:;|)]*\s*$",
    re.IGNORECASE,
)
_NETWORKS = ("facebook.com", "instagram.com", "twitter.com", "x.com", "youtube.com", "tiktok.com", "linkedin.com")
_NOT_HOSTS = re.compile(
    r"^(?:dipl|dr|mr|mrs|ms|st|sr|sra|srta|prof|ing|lic|av|avda|c|nr|no|tel|fax|mob|cel|ext|inc|ltd|ph|mag|univ|jr|ltda|cia|co|apto|urb|col|dott|avv|geom|rag)\.",
    re.IGNORECASE,
)


def propose(lines: Sequence[Line], emails: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    """Every site that is printed as one, the same one once; the domain of a mailbox alone is none.

    A LinkedIn address is a profile and no site; other networks' addresses are both.
    """
    texts = [_GLUED_WWW.sub("ww.", _GLUED_LABEL.sub(_blank, even(text))) for text in left_of(lines, emails)]
    known = {mail.value.rpartition("@")[2] for mail in emails}
    found: dict[str, Candidate[str]] = {}
    for candidate in chain.from_iterable(_of_line(lines, texts, index, known) for index in range(len(lines))):
        found.setdefault(_key(candidate.value), candidate)
    found = {key: candidate for key, candidate in found.items() if key not in _NETWORKS and "linkedin.com" not in key}
    joined = {claim[0] for candidate in found.values() for claim in candidate.claims[1:]}
    return [candidate for candidate in found.values() if candidate.claims[0][0] not in joined]


def _blank(label: re.Match[str]) -> str:
    return " " * len(label.group())


def _key(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).rstrip("/")


def _of_line(lines: Sequence[Line], texts: list[str], index: int, known: set[str]) -> Iterator[Candidate[str]]:
    text, floor = texts[index], 0
    for match in _SURE.finditer(text):
        candidate = _sure(lines, texts, index, match, known)
        if candidate:
            floor = match.end()
            yield candidate
    for host in known:  # "acme. es"
        spaced = re.search(r"(?<![\w@])" + re.escape(host).replace(r"\.", r"\s?\.\s?") + r"(?!\w)", text[floor:])
        if spaced and " " in spaced.group():
            claims = [(index, floor + spaced.start(), floor + spaced.end())]
            yield _candidate([text] * len(lines), host, claims, host=hosts.Host(host), name=host, known=known)
    for match in _BARE.finditer(text, floor):
        candidate = _bare(lines, text, index, match, known)
        if candidate:
            yield candidate


def _sure(
    lines: Sequence[Line], texts: list[str], index: int, match: re.Match[str], known: set[str]
) -> Candidate[str] | None:
    printed, path, end = match["host"], match["path"], match.end()
    host, used = _host(printed)
    claims = []
    if host is None or texts[index][:end].endswith(("-", "/")):
        tail = _tail(lines, texts, index)
        joined = tail and (f"{path}{tail[1]}" if path else f"{printed.replace(',', '.')}{tail[1]}")
        if tail and path:
            path, claims = str(joined), [(tail[0], 0, len(texts[tail[0]]))]
        elif tail and (better := hosts.mend(str(joined).split("/")[0])):
            host, claims = better, [(tail[0], 0, len(texts[tail[0]]))]
    if host is None and (whole := hosts.agreed(printed.lower(), known, words="")) in known:
        host = hosts.Host(whole, mended=True)
    if host is None:
        return None
    if used < len(printed) and not claims:
        path, end = "", match.start("host") + used
    words = words_of([line.text for line in lines])
    name = hosts.agreed(host.name, known, words=words)
    scheme = "https://" if "s" in (match["scheme"] or "").lower() else "http://" if match["scheme"] else ""
    www = (
        "www." if match["www"] or re.match(_WWW, texts[index][match.end("scheme") :] if match["scheme"] else "") else ""
    )
    value = f"{scheme}{www}{name}{_path(path)}"
    start = match.start() + (match["www"] is not None and match["www"][0] not in "wWvV")
    return _candidate(
        texts, value, [(index, min(start, match.start()), end), *claims], host=host, name=name, known=known
    )


def _host(printed: str) -> tuple[hosts.Host | None, int]:
    """The host that a run of words and dots begins with, and how much of the run it takes."""
    words = re.split(r"(\s?[.,]\s?)", printed)
    for count in range(len(words), 2, -2):
        run = "".join(words[:count])
        tight = re.sub(r"\s", "", run).replace(",", ".")
        spaced = any(" " in gap for gap in words[count - 2 : count - 1])
        host = hosts.mend(tight)
        if host and (count == 3 or not spaced or len(words[count - 1]) <= 3):
            return host, len(run) if host.used == len(tight) else min(host.used, len(run))
    return None, len(printed)


def _tail(lines: Sequence[Line], texts: list[str], index: int) -> tuple[int, str] | None:
    """The one word on the line below, which may end a long address."""
    other = next_below(lines, index)
    if other is None or not re.fullmatch(r"\s*[.\w/-]+\s*", texts[other], re.ASCII) or "@" in lines[other].text:
        return None
    return other, texts[other].strip()


def _path(path: str) -> str:
    return path.strip().rstrip(".,;:)") if path.strip() != "/" else "/"


def _bare(lines: Sequence[Line], text: str, index: int, match: re.Match[str], known: set[str]) -> Candidate[str] | None:
    host = hosts.mend(match["host"])
    label = hosts.label_of(host.name) if host else ""
    spelled = words_of([line.text for line in lines])
    if host and host.name[1:2] == "." and host.name[2:] in known:  # "w.acme.com" is the label W and acme.com
        host = hosts.Host(host.name[2:], used=host.used)
    if host and (
        host.name[1:] in known or (len(label) > 5 and label not in spelled and label[1:] in spelled)
    ):  # an icon or the label W read as the first letter
        host = hosts.Host(host.name[1:], used=host.used)
    if host is None or not _reads_as_site(match["host"], host, text, known):
        return None
    words = words_of([line.text for line in lines])
    value = f"{hosts.agreed(host.name, known, words=words)}{_path(match['path'])}"
    return _candidate(
        [text] * len(lines), value, [(index, match.start(), match.end())], host=host, name=host.name, known=known
    )


def _reads_as_site(printed: str, host: hosts.Host, text: str, known: set[str]) -> bool:
    """Whether a host without www is a site and no abbreviation: "S.L.", "St.John", "No.me" are none."""
    if host.name in known or any(hosts.suffix_of(site) and host.name == site for site in known):
        return True
    if host.mended or _NOT_HOSTS.match(printed) or len(hosts.label_of(host.name)) < 3:
        return False
    last = host.name.rpartition(".")[2]
    alone = printed.strip() == text.strip(" .:|·-")
    if last in ("com", "net", "org", "es", "info", "eu", "biz"):
        return printed.islower() or alone or not re.search(r"[a-z][A-Z]", printed.rpartition(".")[2])
    return (printed.islower() or (alone and printed.isupper() and "." in hosts.suffix_of(host.name))) and (
        last in hosts.COMMON or alone or bool(_LABEL.search(text[: text.find(printed)]))
    )


def _candidate(
    texts: list[str],
    value: str,
    claims: list[tuple[int, int, int]],
    *,
    host: hosts.Host,
    name: str,
    known: set[str],
) -> Candidate[str]:
    index, start, end = claims[0]
    label = _LABEL.search(texts[index][:start])
    claims[0] = (index, label.start() if label else start, end)
    doubtful = host.mended and name not in known
    return Candidate(
        value=value,
        lines=frozenset(line for line, first, last in claims if len(rest_of(texts[line], first, last)) < 2),
        score=5.0 - 1.5 * host.mended + (name in known),
        claims=tuple(claims),
        passed=("suffix",) + (("mailbox",) if name in known else ()),
        failed=(Doubt.DOMAIN_UNKNOWN.value,) if doubtful else (),
    )

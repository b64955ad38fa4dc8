"""E-mail addresses: found by their sign, mended by suffixes that exist, joined over two lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.reading.card import Doubt, Line
from workers.extraction.fields.candidate import Candidate, Claim
from workers.extraction.fields.contact import boxes
from workers.extraction.fields.rows import next_below, next_beside, rest_of
from workers.extraction.fields.words import hosts
from workers.extraction.fields.words.glyphs import ascii_letters, even, plain

_SIGN = re.compile(r"\s?(?:@+|©|®|\((?:a|at|@|AT)\)|\[(?:a|at|AT)\]|\{at\})(?:[.,]\s|\s)?")
_SIGN_AS_Q = re.compile(r"(?<=[a-z0-9])Q(?=[a-z0-9-]+[.,][a-z]{2})")
_BOX = re.compile(r"[\w.+%&'-]+$")
_COMMA_FOR_DOT = re.compile(r"(?<![^\s:])([a-z]{2,}),(?=[a-z]{2,}$)")
"""A comma between two words of a mailbox: "wei,huang" before the sign."""
_BOX_BEFORE = re.compile(r"(?<![A-Za-z0-9])([a-z0-9]{2,})(?:\s?(_)\s?|\s?(\.)\s|\s(\.)|(-)\s)$")
_HOST = re.compile(r"[\w-]+(?:[.,][\w-]+)*")
_SITE_BEHIND = re.compile(r"[-_]?www[.,]", re.IGNORECASE)
"""A site read as one word with the mailbox before it: "info@taller.es-www.taller.es"."""
_LABEL_WORD = r"(?:e[\s-]?mails?|mails?|mailto|correos?(?:\s+electr[oó]nico)?|courriel|posta|courrier|電子メール|メール|邮箱|电邮|電郵|이메일|메일)"
_LABEL = re.compile(rf"(?:\b{_LABEL_WORD}|(?<![\w.])[EeMm@])\s*[.:;|)\]]*\s*$", re.IGNORECASE)
_GLUED_LABEL = re.compile(r"^(?:e-?mails?|mails?|mailto|correo)(?:[.:;-]+|(?<=mail)(?=[a-z]+[._]))", re.IGNORECASE)
_SMALL_L_AMID = re.compile(r"(?<=[a-z])I(?=[a-z]\S*@|[a-z][\w-]*\.[a-z]{2})")
"""A small l of a mailbox or a host, read as a capital I: "ferreirasiIva.com"."""
_DASHED_LABEL = re.compile(r"(?<=^\w)[—–](?=[\w.+-]+@)")
_AN_ADDRESS = re.compile(r"@|www|https?:|^\s*[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\s*$", re.IGNORECASE)
_LABEL_BEFORE = re.compile(rf"^(?:{_LABEL_WORD}|tel|tlf|fax|web|mob|cel|[emtw])$", re.IGNORECASE)
_LETTER_STYLE = re.compile(r"^\s*([TMFPCWtmfpcw])\.\s?(?:\+|\(|\d|www)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One mailbox as it stands on a line: both halves, and the characters they take."""

    box: str
    host: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Card:
    """What the rest of the card says: labels are single letters, the sites it prints, its other words."""

    by_letter: str
    sites: set[str]
    words: str


def words_of(texts: Sequence[str]) -> str:
    """The letters of all lines that hold neither mailbox nor site, without spaces."""
    return re.sub(r"\W", "", plain("".join(text for text in texts if not _AN_ADDRESS.search(text))))


def propose(lines: Sequence[Line]) -> list[Candidate[str]]:
    """Every address on the card, the same one once."""
    texts = [even(_SMALL_L_AMID.sub("l", _DASHED_LABEL.sub(" ", line.text))) for line in lines]
    letters = "".join(match[1] for text in texts if (match := _LETTER_STYLE.match(text)))
    card = _Card(letters, _printed_hosts(texts), words_of(texts))
    found: dict[str, Candidate[str]] = {}
    for index in range(len(lines)):
        for candidate in _of_line(lines, texts, index, card=card):
            rival = found.get(candidate.value)
            if rival is None or rival.score < candidate.score:
                found[candidate.value] = candidate
    return list(found.values())


def _of_line(lines: Sequence[Line], texts: list[str], index: int, *, card: _Card) -> Iterator[Candidate[str]]:
    for piece in _pieces(texts[index]):
        candidate = _mailbox(lines, texts, index, piece, card=card)
        if candidate:
            yield candidate


def _pieces(text: str) -> Iterator[_Piece]:
    signs = list(_SIGN.finditer(text)) or list(_SIGN_AS_Q.finditer(text))
    floor = 0
    for sign in signs:
        start, box = _box_of(text[floor : sign.start()])
        host, length = _host_of(text[sign.end() :])
        if not box and _SIGN.match(text, sign.end() + length):  # an icon @ before the address
            floor = sign.end()
            continue
        end = sign.end() + length
        if sign.group().strip() in ("@", "Q", "@@") or (box and hosts.mend(host)):
            yield _Piece(box, host, floor + start, end)
            floor = end


def _box_of(text: str) -> tuple[int, str]:
    """The mailbox that ends `text`, spaces around its dots and underscores taken out."""
    match = _BOX.search(_COMMA_FOR_DOT.sub(r"\1.", text))
    if not match:
        return len(text), ""
    start, box = match.start(), match.group()
    if box[0] in "._" and (head := re.search(r"(?<!\w)([a-z0-9]{2,})\s$", text[:start])):
        start, box = head.start(), head[1] + box
    while (more := _BOX_BEFORE.search(text[:start])) and not _LABEL_BEFORE.match(more[1]):
        start, box = more.start(), more[1] + (more[2] or more[3] or more[4] or more[5]) + box
        head = _BOX.search(text[:start])
        if head and head.end() == start:
            start, box = head.start(), head.group() + box
    return start, box


def _host_of(text: str) -> tuple[str, int]:
    """The host that begins `text`, and how many characters it takes; spaces around dots are taken out."""
    match = _HOST.match(text)
    if not match:
        return "", 0
    host, end = match.group().replace(",", "."), match.end()
    if (site := _SITE_BEHIND.search(host, 1)) and hosts.mend(host[: site.start()]):
        return host[: site.start()], site.start()
    while more := re.match(r"(?:\s[.,]\s?|[.,]\s)([\w-]+(?:[.,][\w-]+)*)", text[end:]):
        longer = f"{host.rstrip('.')}.{more[1].replace(',', '.')}"
        better = hosts.suffix_of(longer.lower())
        if not better or (hosts.suffix_of(host.lower()) and "." not in better):
            break
        host, end = longer, end + more.end()
    if not hosts.mend(host) and (more := re.match(r"[.,]?\s(com|net|org|es|mx|br|de|fr|it|pt)\b", text[end:])):
        return f"{host}.{more[1]}", end + more.end()
    return host, end


def _mailbox(
    lines: Sequence[Line], texts: list[str], index: int, piece: _Piece, *, card: _Card
) -> Candidate[str] | None:
    box, start = _without_label(piece.box, piece.start, by_letter=card.by_letter)
    claims: list[Claim] = []
    host = hosts.mend(piece.host) or _of_a_site(piece.host, card.sites)
    if host and len(box) <= 1:
        box, claims = _box_from_above(lines, texts, index, box, start)
    elif (box and not host) or _ends_open(piece, texts[index]):
        host, claims = _host_from_below(lines, texts, index, piece.host, host)
    elif len(box) > 1 and not texts[index][:start].strip():
        box, claims = _box_continued(lines, texts, index, box)
    if not host or not box:
        return None
    box = boxes.mended(box, texts)
    end = piece.end - (len(piece.host) - host.used if host.used and host.used < len(piece.host) else 0)
    label = _LABEL.search(texts[index][:start])
    claims.append((index, label.start() if label else start, end))
    return _candidate(texts, box, host, claims, card=card)


def _of_a_site(printed: str, sites: set[str]) -> hosts.Host | None:
    """The host whose dots were lost, where the card prints it as a site too."""
    letters = printed.lower().replace(".", "")
    whole = next((site for site in sorted(sites) if site.replace(".", "") == letters), "")
    return hosts.Host(whole, mended=True, used=len(printed)) if whole else None


def _candidate(texts: list[str], box: str, host: hosts.Host, claims: list[Claim], *, card: _Card) -> Candidate[str]:
    name, known = hosts.agreed(host.name, card.sites, words=card.words), card.sites
    mended = host.mended or name != host.name
    failed = (Doubt.DOMAIN_UNKNOWN.value,) if host.mended and name not in known and not hosts.is_free_mail(name) else ()
    whole = {line for line, start, end in claims if len(rest_of(texts[line], start, end)) < 2}
    return Candidate(
        value=f"{box}@{name}",
        lines=frozenset(whole),
        score=6.0 - 1.5 * mended - 0.5 * (len(claims) > 1),
        claims=tuple(sorted(claims)),
        passed=("suffix",) + (("site",) if name in known else ()),
        failed=failed,
        kind="free mail" if hosts.is_free_mail(name) else "",
    )


def _without_label(box: str, start: int, *, by_letter: str) -> tuple[str, int]:
    """The mailbox in lower ASCII letters without a label or an icon's rest glued before it."""
    cases = {letter.isupper() for letter in by_letter}
    label = _GLUED_LABEL.match(box) or (re.match(r"[eEmM]\.(?=\w{2})", box) if box[:1].isupper() in cases else None)
    cut = label.end() if label else 0
    cut += len(box[cut:]) - len(box[cut:].lstrip(".'-_&%+"))
    box = re.sub(r"(?<=\d)[ıI](?=\d|$)|(?<!\w)[ıI](?=\d)|(?<=[a-z]{3}\d)l$", "1", box)
    box = re.sub(r"(?<=[a-z]{3}\d)[oO]$", "0", box)
    return ascii_letters(box[cut:]).lower().rstrip(".'-"), start + cut


def _ends_open(piece: _Piece, text: str) -> bool:
    """Whether the line breaks off inside the host, as `ana@acme-` does."""
    return text[piece.end :].strip() in ("-", ".") or piece.host.endswith("-")


def _host_from_below(
    lines: Sequence[Line], texts: list[str], index: int, printed: str, short: hosts.Host | None
) -> tuple[hosts.Host | None, list[Claim]]:
    """The host whose end stands on the line below, or in the next box of the row."""
    for other in (next_below(lines, index), next_beside(lines, index)):
        token = re.match(r"\s*[.,]?[\w-]+(?:[.,][\w-]+)*\s*$", texts[other]) if other is not None else None
        if other is None or token is None:
            continue
        tail = token.group().strip().replace(",", ".")
        if tail.lower().startswith(("www.", "http")):
            continue
        if hosts.suffix_of(tail.lower()) and printed.lower().startswith(tail.lower()):
            return hosts.Host(tail.lower(), used=len(tail)), []  # a site; what follows the host was glued to it
        if short and not printed.endswith("-") and not re.fullmatch(r"\.?[a-z]{2,3}", tail):
            continue
        glue = "" if printed.endswith(("-", ".")) or tail.startswith(".") or not printed else "."
        for joined in (printed + tail, printed + glue + tail):
            host = hosts.mend(joined)
            if host and not host.mended:
                return host, [(other, 0, len(texts[other]))]
    return short, []


def _box_from_above(
    lines: Sequence[Line], texts: list[str], index: int, box: str, start: int
) -> tuple[str, list[Claim]]:
    """The mailbox that stands on the line above when the line begins with its sign."""
    if texts[index][:start].strip(" :.-|"):
        return box, []
    for other, line in enumerate(lines):
        if other != index and index in (next_below(lines, other), next_beside(lines, other)):
            token = re.search(r"(?:^|[\s:])([\w.+-]{2,})\s*$", texts[other])
            if token and not line.text.strip().isdigit():
                return ascii_letters(token[1]).lower() + box, [(other, 0, len(texts[other]))]
    return box, []


def _box_continued(lines: Sequence[Line], texts: list[str], index: int, box: str) -> tuple[str, list[Claim]]:
    """A long mailbox whose first part ends the line above with `.`, `-` or `_`."""
    for other in range(len(lines)):
        token = re.search(r"(?:^|[\s:])([a-z0-9][a-z0-9._-]*[._-])\s*$", texts[other])
        if token and other != index and len(token[1]) > 3 and next_below(lines, other) == index:
            return token[1] + box, [(other, token.start(), len(texts[other]))]
    return box, []


def _printed_hosts(texts: Sequence[str]) -> set[str]:
    """Hosts that the card prints as sites, to compare mail hosts with."""
    found = (match[1] for text in texts for match in re.finditer(r"www[.,]\s?([\w-]+(?:[.,][\w-]+)+)", text.lower()))
    mended = (hosts.mend(host.replace(",", ".")) for host in found)
    return {host.name for host in mended if host}

"""Accounts on social networks: by address, by a label before a handle, or a lone @handle."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from service.domain.reading.card import Line, Profile
from workers.extraction.fields.candidate import Candidate, left_of
from workers.extraction.fields.rows import rest_of
from workers.extraction.fields.words.glyphs import even

_NETWORKS = {
    "linkedin": ("linkedin.com", r"linked\s?in", "https://www.linkedin.com/in/{}"),
    "instagram": ("instagram.com", r"instagram|insta|ig", "https://www.instagram.com/{}"),
    "facebook": ("facebook.com facebook.com.br fb.com fb.me", r"facebook|fb|face", "https://www.facebook.com/{}"),
    "x": ("x.com twitter.com", r"twitter|x\s?/\s?twitter|twitter\s?/\s?x", "https://x.com/{}"),
    "tiktok": ("tiktok.com", r"tik\s?tok", "https://www.tiktok.com/@{}"),
    "youtube": ("youtube.com youtu.be", r"you\s?tube", "https://www.youtube.com/@{}"),
    "github": ("github.com", r"git\s?hub", "https://github.com/{}"),
    "xing": ("xing.com", r"xing", "https://www.xing.com/profile/{}"),
    "behance": ("behance.net", r"behance", "https://www.behance.net/{}"),
    "pinterest": ("pinterest.com", r"pinterest", "https://www.pinterest.com/{}"),
    "telegram": ("t.me telegram.me", r"telegram", "https://t.me/{}"),
    "skype": ("", r"skype", "skype:{}"),
    "line": ("line.me", r"line(?:\s?id)?", "https://line.me/ti/p/~{}"),
    "wechat": ("", r"we\s?chat(?:\s?id)?|weixin|微信(?:号|號)?", "weixin://dl/chat?{}"),
    "kakao": ("", r"kakao\s?(?:talk)?(?:\s?id)?|카카오톡?(?:\s?ID)?|카톡", ""),
}
_HOST_TO_NETWORK = {host: name for name, (hosts, _, _) in _NETWORKS.items() for host in hosts.split()}
_ADDRESS = re.compile(
    rf"(?:h[tl]{{2}}ps?:?/{{1,2}})?(?:\w{{1,4}}\.)?(?P<host>{'|'.join(map(re.escape, sorted(_HOST_TO_NETWORK, key=len, reverse=True)))})"
    r"\s?/\s?(?P<path>[@\w./%~-]*[\w%-])",
    re.IGNORECASE,
)
_BY_LABEL = re.compile(
    rf"(?<![\w@.])(?:{'|'.join(f'(?P<{name}>{words})' for name, (_, words, _) in _NETWORKS.items())})"
    r"(?:\s*[:：|]\s*@?|\s+@|\s*/\s*@?)(?P<handle>[\w][\w.-]{1,39})(?![\w@]|\s[^\W\d_]{2,}$)",
    re.IGNORECASE,
)
_LONE = re.compile(r"(?<![\w.@])@\s?(?P<handle>[A-Za-z_][\w.]{2,29})(?![\w@])")
_SECTIONS = ("in", "company", "profile", "channel", "c", "user", "pages", "pub", "people", "school", "ti", "p", "add")


def propose(lines: Sequence[Line], taken: Sequence[Candidate[Any]] = ()) -> list[Candidate[Profile]]:
    """Accounts as printed; `taken` are the mailboxes, whose @ is none of ours."""
    found: dict[tuple[str, str], Candidate[Profile]] = {}
    for index, text in enumerate(left_of(lines, taken)):
        for profile, start, end in _of_text(even(text)):
            whole = len(rest_of(text, start, end)) < 2
            found.setdefault(
                (profile.network, profile.handle.lower()),
                Candidate(
                    profile, frozenset({index} if whole else ()), 4.0, ((index, start, end),), kind=profile.network
                ),
            )
    return list(found.values())


def of_address(url: str) -> Profile | None:
    """The account that a web address names."""
    match = _ADDRESS.match(url.strip())
    return Profile(_HOST_TO_NETWORK[match["host"].lower()], _handle(match["path"]), _url(match)) if match else None


def _of_text(text: str) -> Iterator[tuple[Profile, int, int]]:
    for match in _ADDRESS.finditer(text):
        if match.start() and re.match(r"[\w-]", text[match.start() - 1]):
            continue
        network = _HOST_TO_NETWORK[match["host"].lower()]
        yield Profile(network, _handle(match["path"]), _url(match)), match.start(), match.end()
    rest = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    for match in _BY_LABEL.finditer(rest):
        network = next(name for name in _NETWORKS if match[name])
        handle = match["handle"].rstrip(".")
        if any(sign.isalpha() for sign in handle) and not re.match(r"(?:www|https?)\b", handle):
            yield Profile(network, handle, _made(network, handle)), match.start(), match.end()
    rest = _BY_LABEL.sub(lambda match: " " * len(match.group()), rest)
    for match in _LONE.finditer(rest):
        yield Profile("", match["handle"].rstrip("."), ""), match.start(), match.end()


def _handle(path: str) -> str:
    parts = [part for part in path.replace(" ", "").split("/") if part]
    kept = [part for part in parts if part.lower() not in _SECTIONS] or parts
    return kept[0].lstrip("@~")


def _url(match: re.Match[str]) -> str:
    return f"https://{match['host'].lower()}/{match['path'].replace(' ', '')}"


def _made(network: str, handle: str) -> str:
    return _NETWORKS[network][2].format(handle)

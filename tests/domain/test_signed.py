from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.entering.signed import LONGEST, read, sign
from service.domain.errors import LinkRefused

KEYS = ("a key of this installation",)
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def test_a_link_says_what_was_signed() -> None:
    text = sign(KEYS, "touch.done", {"owner": "o", "touch": "t"}, TOMORROW)
    link = read(KEYS, "touch.done", text, now=NOW)
    assert (link.purpose, dict(link.values), link.expires) == ("touch.done", {"owner": "o", "touch": "t"}, TOMORROW)


def test_every_link_is_a_link_of_its_own_unless_it_is_named() -> None:
    one, other = (read(KEYS, "p", sign(KEYS, "p", {}, TOMORROW), now=NOW).id for _ in range(2))
    assert one != other
    assert sign(KEYS, "p", {}, TOMORROW, id="x") == sign(KEYS, "p", {}, TOMORROW, id="x")


def refused(text: str, *, purpose: str = "touch.done", now: datetime = NOW) -> str:
    with pytest.raises(LinkRefused) as error:
        read(KEYS, purpose, text, now=now)
    return error.value.code


def test_a_link_ends() -> None:
    text = sign(KEYS, "touch.done", {}, TOMORROW)
    assert read(KEYS, "touch.done", text, now=TOMORROW - timedelta(seconds=1))
    assert refused(text, now=TOMORROW) == "link_expired"


def test_a_link_is_good_for_nothing_else() -> None:
    assert refused(sign(KEYS, "digest.stop", {"owner": "o"}, TOMORROW)) == "link_other"


ALTERED: list[Callable[[str], str]] = [
    lambda text: text[:-4],
    lambda text: text[:10] + ("A" if text[10] != "A" else "B") + text[11:],
    lambda text: "",
    lambda text: "ñ" + text,
    lambda text: text.rpartition(".")[0],
    lambda text: text.replace(".", ""),
    lambda text: text + "x" * LONGEST,
    lambda text: ".eJw" + text,
]


@pytest.mark.parametrize("alter", ALTERED)
def test_an_altered_link_is_none(alter: Callable[[str], str]) -> None:
    assert refused(alter(sign(KEYS, "touch.done", {"owner": "o"}, TOMORROW))) == "link_altered"


@given(st.text(max_size=200))
def test_no_text_that_we_did_not_sign_is_a_link(text: str) -> None:
    assert refused(text) == "link_altered"


def test_another_installation_signs_other_links() -> None:
    assert refused(sign(("another key",), "touch.done", {}, TOMORROW)) == "link_altered"


def test_a_link_of_a_key_before_the_last_still_opens() -> None:
    text = sign(KEYS, "touch.done", {"owner": "o"}, TOMORROW)
    assert read(("a new key", *KEYS), "touch.done", text, now=NOW).values == {"owner": "o"}
    with pytest.raises(LinkRefused):
        read(("a new key",), "touch.done", text, now=NOW)


def test_a_link_written_otherwise_is_the_same_link() -> None:
    """The last letter of a signature has bits that say nothing; what is spent is therefore not the text."""
    text = sign(KEYS, "touch.done", {}, TOMORROW)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same = [text[:-1] + letter for letter in alphabet if letter != text[-1]]
    ids = set()
    for other in same:
        try:
            ids.add(read(KEYS, "touch.done", other, now=NOW).id)
        except LinkRefused:
            continue
    assert ids <= {read(KEYS, "touch.done", text, now=NOW).id}

"""Passkeys: where they are offered, what a challenge is good for, and that nonsense is refused and nothing else."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.entering import passkey
from service.domain.entering.passkey import Purpose, Site, site_of
from service.domain.errors import BadValue

KEYS = ("a key",)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = Site("localhost", "http://localhost:8000")


def test_passkeys_want_a_name_and_https() -> None:
    assert site_of("https://cards.example.org") == Site("cards.example.org", "https://cards.example.org")
    assert site_of("https://cellar.local:8443") == Site("cellar.local", "https://cellar.local:8443")
    assert site_of("http://localhost:8000") == HERE
    for address in ("http://cards.example.org", "https://192.168.1.20:8443", "https://[2001:db8::1]", ""):
        assert site_of(address) is None


def test_a_challenge_is_for_one_thing_one_person_and_five_minutes() -> None:
    challenge = passkey.new_challenge(KEYS, Purpose.ADD, owner="ana", now=NOW)
    soon = NOW + timedelta(minutes=4)
    passkey.read_challenge(KEYS, Purpose.ADD, challenge, owner="ana", now=soon)
    for purpose, owner, at in (
        (Purpose.SIGN_IN, "ana", soon),
        (Purpose.ADD, "bruno", soon),
        (Purpose.ADD, "ana", NOW + timedelta(minutes=5)),
    ):
        with pytest.raises(BadValue):
            passkey.read_challenge(KEYS, purpose, challenge, owner=owner, now=at)
    with pytest.raises(BadValue):
        passkey.read_challenge(KEYS, Purpose.SIGN_IN, "", owner="", now=NOW)


def test_a_browser_is_asked_for_a_key_that_finds_itself_and_knows_its_owner() -> None:
    asked = passkey.adding(HERE, "challenge", owner="ana", name="ana@example.com", known=["eA"])
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert [one["id"] for one in asked["excludeCredentials"]] == ["eA"]
    shown = passkey.asking(HERE, "challenge")
    assert shown["userVerification"] == "required"
    assert not shown.get("allowCredentials")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=10), below, max_size=3),
    max_leaves=8,
)
FIELDS = ("id", "rawId", "type", "response")
PARTS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **dict.fromkeys(FIELDS, anything),
            "response": st.fixed_dictionaries(dict.fromkeys(PARTS, st.text(max_size=40))),
        },
    )
    | anything
)
def test_nonsense_is_refused(said: object) -> None:
    answer = json.dumps(said)
    with pytest.raises(BadValue):
        passkey.added(HERE, "challenge", answer)
    with pytest.raises(BadValue):
        passkey.shown(HERE, "challenge", answer, public_key="eA", sign_count=0)
    assert isinstance(passkey.named(answer), str)


@pytest.mark.parametrize("answer", ["[" * 19_000, '{"a":' * 3_900])
def test_brackets_within_brackets_are_refused(answer: str) -> None:
    assert passkey.named(answer) == ""
    with pytest.raises(BadValue):
        passkey.added(HERE, "challenge", answer)
    with pytest.raises(BadValue):
        passkey.shown(HERE, "challenge", answer, public_key="eA", sign_count=0)

"""Where a notice may go: the address comes from a browser, and could be any."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.domain.errors import BadValue
from service.domain.notices import LANGUAGES, Due, notice, what
from service.domain.reaching import vapid
from service.domain.reaching.push import checked, is_public
from service.domain.ties.touch import Kind
from tests.push_service import Browser

KEYS = {"p256dh": Browser().p256dh, "auth": "c2l4dGVlbiBvY3RldHMuLg"}


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QaBC-_d?x=1",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d",
        "https://93.184.216.34/x",
    ],
)
def test_the_services_of_the_browsers_may_be_written_to(endpoint: str) -> None:
    assert checked(endpoint=endpoint, **KEYS, at_home=False).endpoint == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/x",
        "ftp://push.example.com/x",
        "https://127.0.0.1/x",
        "https://10.0.0.7/x",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f.1/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://localhost/x",
        "https://printer.local/x",
        "https://redis/x",
        "https://redis./x",
        "https://push.example.com:8443/x",
        "https://push.example.com:0/x",
        "https://user:word@push.example.com/x",
        "https://push.example.com/x#y",
        "https://push.example.com/x\r\nHost: other",
        "https://push.example.com/ñ",
        "https://push.example.com/" + "x" * 1000,
        "https://",
        "",
        "javascript:alert(1)",
    ],
)
def test_no_other_address_may(endpoint: str) -> None:
    with pytest.raises(BadValue):
        checked(endpoint=endpoint, **KEYS, at_home=False)


def test_at_home_a_service_may_be_in_the_house() -> None:
    assert checked(endpoint="http://192.168.1.7:8080/x", **KEYS, at_home=True)
    with pytest.raises(BadValue):
        checked(endpoint="ftp://192.168.1.7/x", **KEYS, at_home=True)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", KEYS["auth"]),
        (KEYS["p256dh"][:-4], KEYS["auth"]),
        (KEYS["p256dh"], "YQ"),
        ("BP" + "A" * 85, KEYS["auth"]),
        ("ñ", "ñ"),
    ],
    ids=["no point", "a short point", "a short secret", "no point of the curve", "no base64"],
)
def test_keys_that_nobody_could_read_with_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(BadValue):
        checked(endpoint="https://push.example.com/x", p256dh=p256dh, auth=auth, at_home=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:1::1", False),
    ],
)
def test_an_address_is_public_or_not(address: str, public: bool) -> None:  # noqa: FBT001
    assert is_public(address) is public


def test_a_key_is_made_and_read_in_both_ways_of_writing_it() -> None:
    key = vapid.new_key()
    assert vapid.check(key) == key
    assert len(vapid.public_key(key)) == 87
    assert vapid.new_key() != key
    pem = vapid._private(key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()  # noqa: SLF001
    assert vapid.public_key(pem) == vapid.public_key(key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "abc",
        "A" * 43,
        "ñ" * 43,
        generate_private_key(SECP384R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
    ],
)
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(BadValue):
        vapid.check(key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_its_words_and_none_names_anybody_unasked(lang: str) -> None:
    nameless = what(Due(Kind.HELLO, "Nuria"), lang=lang, names=False)
    for kind in Kind:
        due = Due(kind, "Nuria Vidal", "el catálogo")
        assert "Nuria" in what(due, lang=lang, names=True)
        hidden = notice([due, due], due, lang=lang, names=False)
        assert hidden
        assert "Nuria" not in hidden.title + hidden.body
        assert "catálogo" not in hidden.title + hidden.body
        assert kind is Kind.HELLO or what(due, lang=lang, names=False) != nameless


def test_a_long_promise_is_cut() -> None:
    told = notice([Due(Kind.PROMISE, "Nuria", "x " * 500)], None, lang="es", names=True)
    assert told
    assert len(told.body) < 150

import pytest

from service.domain.reading.card import Profile
from tests.extraction.printed import card
from workers.extraction.fields.contact import emails, profiles


def found(*texts: str) -> list[Profile]:
    lines = card(*texts)
    return [account.value for account in profiles.propose(lines, emails.propose(lines))]


@pytest.mark.parametrize(
    ("printed", "network", "handle"),
    [
        ("linkedin.com/in/ana-garcia", "linkedin", "ana-garcia"),
        ("in linkedin.com/in/ana", "linkedin", "ana"),
        ("www.facebook.com.br/sonao", "facebook", "sonao"),
        ("https://www.youtube.com/@acme", "youtube", "acme"),
        ("x.com/ana", "x", "ana"),
        ("Instagram: @cafe.lola", "instagram", "cafe.lola"),
        ("IG @foo", "instagram", "foo"),
        ("WeChat: ana123", "wechat", "ana123"),
        ("微信：ana_88", "wechat", "ana_88"),
        ("LINE ID: hana", "line", "hana"),
        ("xing.com/profile/Ana_Diaz", "xing", "Ana_Diaz"),
        ("github.com/ana", "github", "ana"),
    ],
)
def test_an_account_is_read_by_address_or_label(printed: str, network: str, handle: str) -> None:
    assert [(each.network, each.handle) for each in found(printed)] == [(network, handle)]


def test_a_lone_handle_is_an_account_of_no_known_network() -> None:
    assert found("@cafelola") == [Profile("", "cafelola", "")]


@pytest.mark.parametrize("text", ["max.com/ana", "ana@acme.com", "Online: everything", "Face: Acme Cars"])
def test_what_only_looks_like_an_account_is_none(text: str) -> None:
    assert found(text) == []


def test_an_account_has_an_address_to_open() -> None:
    assert found("Instagram: @cafe.lola")[0].url == "https://www.instagram.com/cafe.lola"

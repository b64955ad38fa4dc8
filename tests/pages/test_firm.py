"""A firm's own sign-in, with a real server of it on loopback: who gets in by it, who does not, and what is not believed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.config import Config
from service.domain.entering.provider import Admits, Provider
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import identities
from service.storage.entering.identities import Claims
from service.storage.entering.record import What
from service.web.parts import Parts
from tests.pages.another_sign_in import CLIENT, SECRET, Firm, running
from tests.pages.coming_in import browser, let_time_pass, lines, post, signed_in

PAGE = "/settings/access"
CARLA = {"sub": "77", "email": "carla@example.com", "email_verified": True, "name": "Carla Ríos"}


@pytest.fixture
def firm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Firm]:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the server's own rule; it is on loopback here
    with running(Firm(person=dict(CARLA))) as made:
        yield made


@pytest.fixture(params=[Admits.KNOWN])
def config(config: Config, firm: Firm, request: pytest.FixtureRequest) -> Config:
    there = {"issuer": firm.issuer, "client_id": CLIENT, "client_secret": SECRET}
    return replace(config, provider=Provider(**there, name="Nortek", admits=request.param))


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def there_and_back(client: FlaskClient, path: str = "/sign-in/firm") -> str:
    """Go there, be signed in there, and come back; give where that leads."""
    away = client.get(path)
    assert away.status_code == 302, away.status
    back = urlsplit(requests.get(away.location, allow_redirects=False, timeout=20).headers["Location"])
    answer = client.get(f"{back.path}?{back.query}", buffered=True)
    return str(answer.location or answer.status_code)


def begun(client: FlaskClient) -> str:
    """Press the button that connects; give where its page leads on to."""
    page = post(client, f"{PAGE}/firm/link", form=PAGE)
    on = re.search(rf'content="0;url=({PAGE}/firm/link[?]nonce=[\w-]+)"', page.text)
    assert on, page.location or page.text
    assert f'href="{on[1]}"' in page.text
    return on[1]


def known(found: Parts, *, proved: bool) -> Account:
    with found.db.transaction() as tx:
        return accounts.create(tx, name="Carla Ríos", email="carla@example.com", email_proved=proved)


def test_whose_address_both_sides_have_checked_gets_in_and_is_known_from_then_on(
    app: APIFlask, found: Parts, ana: Account, firm: Firm
) -> None:
    carla, client = known(found, proved=True), browser(app)
    assert there_and_back(client, "/sign-in/firm?next=/contacts") == "/contacts"
    assert client.get("/contacts").status_code == 200
    assert {"state", "nonce", "code_challenge"} <= set(firm.asked[0])
    firm.person["email"] = "another@example.com"  # known by subject, whatever the address says
    assert there_and_back(browser(app)) == "/"
    with found.db.reading() as tx:
        (identity,) = identities.of(tx, owner=carla.id)
    assert (identity.issuer, identity.email) == (firm.issuer, "carla@example.com")
    assert What.PROVIDER_LINKED in lines(found, carla)


@pytest.mark.parametrize("config", [Admits.KNOWN, Admits.ALL], indirect=True)
def test_whoever_is_given_the_address_of_somebody_who_left_is_not_taken_for_him(
    app: APIFlask, found: Parts, ana: Account, firm: Firm
) -> None:
    carla = known(found, proved=True)
    assert there_and_back(browser(app)) == "/"
    firm.person.update(sub="78", name="Otra Carla")
    assert there_and_back(browser(app)) == "/sign-in"
    with found.db.reading() as tx:
        assert len(identities.of(tx, owner=carla.id)) == 1


@pytest.mark.parametrize("verified", [False, None, "yes"])
def test_an_address_that_the_firm_did_not_check_opens_nothing(
    app: APIFlask, found: Parts, ana: Account, firm: Firm, verified: object
) -> None:
    known(found, proved=True)
    firm.person["email_verified"] = verified
    client = browser(app)
    assert there_and_back(client) == "/sign-in"
    assert client.get("/contacts").status_code == 302


@pytest.mark.parametrize("config", [Admits.KNOWN, Admits.ALL], indirect=True)
def test_an_address_that_somebody_only_typed_here_opens_nothing(
    app: APIFlask, found: Parts, ana: Account, firm: Firm
) -> None:
    carla = known(found, proved=False)
    assert there_and_back(browser(app)) == "/sign-in"
    with found.db.reading() as tx:
        assert identities.of(tx, owner=carla.id) == []


def test_a_stranger_gets_no_account(app: APIFlask, found: Parts, ana: Account, firm: Firm) -> None:
    client = browser(app)
    assert there_and_back(client) == "/sign-in"
    assert "You have no account here yet" in client.get("/sign-in").text
    with found.db.reading() as tx:
        assert accounts.by_email(tx, "carla@example.com") is None


@pytest.mark.parametrize("config", [Admits.ALL], indirect=True)
def test_where_all_are_let_in_a_stranger_gets_an_account(app: APIFlask, found: Parts, ana: Account, firm: Firm) -> None:
    assert there_and_back(browser(app)) == "/"
    with found.db.reading() as tx:
        made = accounts.by_email(tx, "carla@example.com")
    assert made
    assert made.name == "Carla Ríos"


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"aud": "somebody-else"},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
        {"sub": ""},
    ],
)
def test_a_token_that_is_not_all_right_opens_nothing(
    app: APIFlask, found: Parts, ana: Account, firm: Firm, lies: dict[str, object]
) -> None:
    known(found, proved=True)
    firm.lies = lies
    client = browser(app)
    assert there_and_back(client) == "422"
    assert client.get("/contacts").status_code == 302


def test_a_token_that_somebody_else_signed_opens_nothing(app: APIFlask, found: Parts, ana: Account, firm: Firm) -> None:
    known(found, proved=True)
    firm.forges = True
    assert there_and_back(browser(app)) == "422"


def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(
    app: APIFlask, found: Parts, ana: Account, firm: Firm
) -> None:
    known(found, proved=True)
    away = browser(app).get("/sign-in/firm").location
    back = urlsplit(requests.get(away, allow_redirects=False, timeout=20).headers["Location"])
    victim = browser(app)
    assert victim.get(f"{back.path}?{back.query}").status_code == 422
    assert victim.get("/sign-in/firm/back?error=access_denied&state=x").status_code == 422


def test_nonsense_from_a_network_locks_nobody_out(app: APIFlask, found: Parts, ana: Account, firm: Firm) -> None:
    known(found, proved=True)
    client = browser(app)
    tried = [client.get("/sign-in/firm/back?state=x&code=y").status_code for _ in range(62)]
    assert tried == [422] * 60 + [429] * 2
    assert there_and_back(browser(app)) == "/"


def test_an_account_is_connected_and_disconnected_by_who_is_signed_in(
    app: APIFlask, found: Parts, ana: Account, firm: Firm
) -> None:
    client = signed_in(app, found, ana)
    assert there_and_back(client, begun(client)) == PAGE
    assert there_and_back(browser(app)) == "/"
    with found.db.reading() as tx:
        (identity,) = identities.of(tx, owner=ana.id)
    with found.db.transaction() as tx:
        identities.unlink(tx, owner=ana.id, id=identity.id)
    connecting = begun(client)  # in one window, and it was done in another one meanwhile
    with found.db.transaction() as tx:
        identities.link(tx, Claims(firm.issuer, "77"), owner=ana.id)
        (identity,) = identities.of(tx, owner=ana.id)
    firm.person["sub"] = "78"  # somebody else, signed in there in the same browser
    assert "Connect Nortek" not in client.get(PAGE).text  # an account is one person there
    assert there_and_back(client, connecting) == "409"
    firm.person["sub"] = "77"
    with found.db.transaction() as tx:
        bruno = accounts.create(tx, name="Bruno Lima")
    his = signed_in(app, found, bruno)
    assert there_and_back(his, begun(his)) == "409"
    let_time_pass(found, minutes=16)
    assert his.get(f"{PAGE}/firm/link").location.startswith(f"{PAGE}/prove")
    assert post(his, f"{PAGE}/firm/link", form=PAGE).location.startswith(f"{PAGE}/prove")
    firm.lies = {"auth_time": 1_700_000_000}  # signed in there long ago, and not asked again
    assert there_and_back(client, f"{PAGE}/firm/prove?next={PAGE}").startswith(f"{PAGE}/prove")
    firm.lies = {}
    assert there_and_back(client, f"{PAGE}/firm/prove?next={PAGE}") == PAGE
    assert firm.asked[-1]["prompt"] == "login"
    assert post(client, f"{PAGE}/firm/{identity.id}/unlink", form=PAGE).location == PAGE
    assert there_and_back(browser(app)) == "/sign-in"


def test_nobody_is_sent_to_be_connected_by_another_site(app: APIFlask, found: Parts, ana: Account, firm: Firm) -> None:
    client = signed_in(app, found, ana)
    assert client.post(f"{PAGE}/firm/link").status_code == 400  # without the token of our own form
    for path in (f"{PAGE}/firm/link", f"{PAGE}/firm/link?nonce=", f"{PAGE}/firm/link?nonce=guessed"):
        assert client.get(path).location == PAGE
        begun(client)
        assert client.get(path).location == PAGE
    once = begun(client)
    assert client.get(once).location.startswith(firm.issuer)
    assert client.get(once).location == PAGE
    assert firm.asked == []
    with found.db.reading() as tx:
        assert identities.of(tx, owner=ana.id) == []


@pytest.mark.parametrize("said", [None, 1_700_000_000, 10**13])
def test_a_sign_in_that_the_firm_did_not_see_lately_makes_no_keys(
    app: APIFlask, found: Parts, ana: Account, firm: Firm, said: int | None
) -> None:
    """Whoever holds an unlocked phone is let in by the firm without a question."""
    known(found, proved=True)
    for lies, answer in (({"auth_time": said}, 303), ({}, 200)):
        firm.lies, client = lies, browser(app)
        assert there_and_back(client) == "/"
        assert post(client, f"{PAGE}/keys", form=PAGE, name="script").status_code == answer


def test_a_provider_that_does_not_answer_is_told(
    app: APIFlask, found: Parts, ana: Account, firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.extensions["undrawer.provider"].create_client("provider")
    monkeypatch.setattr(client, "_server_metadata_url", "http://127.0.0.1:9/.well-known/openid-configuration")
    answer = browser(app).get("/sign-in/firm")
    assert answer.status_code == 422
    assert "does not answer" in answer.text

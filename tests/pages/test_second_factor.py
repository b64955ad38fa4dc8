"""The second factor on its pages: switched on by a right code, asked for after a password, with codes on paper."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from service.domain.entering.second_factor import STEP_SECONDS
from service.storage import accounts
from service.storage.accounts import Account, By
from service.storage.entering import second_factors
from service.storage.entering.entering_tables import recovery_codes
from service.storage.entering.entering_tables import second_factors as rows
from service.storage.entering.record import What
from service.throttle import AT_ONE_NAME_IN_A_DAY, FROM_ONE_PLACE
from service.web.pages.entering.second_factor import DOOR
from service.web.parts import Parts
from tests.pages.coming_in import browser, lines, post, signed_in

PAGE = "/settings/access"
CREDENTIALS = {"email": "ana@example.com", "password": "cien tarjetas"}


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def switch_on(client: FlaskClient) -> tuple[pyotp.TOTP, list[str]]:
    post(client, f"{PAGE}/second", form=PAGE)
    shown = client.get(f"{PAGE}/second")
    assert "no-store" in shown.headers["Cache-Control"]
    secret = re.search(r'class="secret">([A-Z2-7]{32})<', shown.text)
    assert secret
    assert "<svg" in shown.text
    app = pyotp.TOTP(secret[1])
    codes = post(client, f"{PAGE}/second/confirm", form=f"{PAGE}/second", code=app.now())
    return app, re.findall(r'class="secret">([a-z0-9-]{19})<', codes.text)


def next_code(app: pyotp.TOTP) -> str:
    """The code of the step after this one, which is good already (a phone's clock may be ahead) and was not used yet."""
    return app.at(datetime.now(UTC) + timedelta(seconds=STEP_SECONDS))


def test_a_password_alone_does_not_sign_in(app: APIFlask, found: Parts, ana: Account) -> None:
    totp, codes = switch_on(signed_in(app, found, ana))
    assert len(set(codes)) == 10
    client = browser(app)
    half = post(client, "/sign-in", form="/sign-in", **CREDENTIALS, next="/contacts")
    assert half.location == "/sign-in/code"
    assert client.get("/contacts").status_code == 302
    assert post(client, "/sign-in/code", form="/sign-in/code", code="000000").status_code == 401
    assert post(client, "/sign-in/code", form="/sign-in/code", code=next_code(totp)).location == "/contacts"
    assert client.get("/contacts").status_code == 200
    assert {What.SECOND_ON, What.REFUSED, What.SIGNED_IN} <= set(lines(found, ana))


def test_a_code_is_good_once(app: APIFlask, found: Parts, ana: Account) -> None:
    totp, _codes = switch_on(signed_in(app, found, ana))
    at = datetime.now(UTC)
    code, before = totp.at(at + timedelta(seconds=STEP_SECONDS)), totp.at(at)
    keys = found.config.signing_keys
    with found.db.transaction() as tx:
        assert second_factors.right(tx, owner=ana.id, keys=keys, code=code)
        assert not second_factors.right(tx, owner=ana.id, keys=keys, code=code)
        assert not second_factors.right(tx, owner=ana.id, keys=keys, code=before)


def test_a_recovery_code_stands_in_for_the_phone_once(app: APIFlask, found: Parts, ana: Account) -> None:
    _totp, codes = switch_on(signed_in(app, found, ana))
    for status, typed in ((303, codes[0].upper().replace("-", " ")), (401, codes[0])):
        client = browser(app)
        post(client, "/sign-in", form="/sign-in", **CREDENTIALS)
        assert post(client, "/sign-in/code", form="/sign-in/code", code=typed).status_code == status
    with found.db.reading() as tx:
        second = second_factors.of(tx, owner=ana.id)
        assert second
        assert second.codes_left == 9
    assert What.CODE_USED in lines(found, ana)


def test_guessing_ends_soon(app: APIFlask, found: Parts, ana: Account) -> None:
    switch_on(signed_in(app, found, ana))
    client = browser(app)
    post(client, "/sign-in", form="/sign-in", **CREDENTIALS)
    tried = [post(client, "/sign-in/code", form="/sign-in/code", code=f"{n:06}").status_code for n in range(12)]
    assert tried == [401] * 10 + [429] * 2


def test_who_guesses_codes_bars_nobodys_recovery_codes(app: APIFlask, found: Parts, ana: Account) -> None:
    totp, codes = switch_on(signed_in(app, found, ana))
    for at in range(AT_ONE_NAME_IN_A_DAY.amount):
        found.throttle.demand(DOOR, place=f"198.51.100.{at}", name=ana.id)
    guesser = browser(app)
    post(guesser, "/sign-in", form="/sign-in", **CREDENTIALS)
    assert post(guesser, "/sign-in/code", form="/sign-in/code", code=next_code(totp)).status_code == 429
    wrong = [post(guesser, "/sign-in/code", form="/sign-in/code", code="a" * 16) for _ in range(FROM_ONE_PLACE.amount)]
    assert {answer.status_code for answer in wrong} == {401}
    assert post(guesser, "/sign-in/code", form="/sign-in/code", code="a" * 16).status_code == 429
    assert post(guesser, "/sign-in/code", form="/sign-in/code", code=codes[0]).location == "/"


def test_a_link_by_mail_wants_it_too_and_the_machines_own_does_not(app: APIFlask, found: Parts, ana: Account) -> None:
    switch_on(signed_in(app, found, ana))
    with found.db.transaction() as tx:
        by_mail = f"/sign-in/{accounts.new_sign_in_link(tx, owner=ana.id, by=By.MAIL)}"
    client = browser(app)
    assert post(client, by_mail, form=by_mail).location == "/sign-in/code"
    assert signed_in(app, found, ana).get("/contacts").status_code == 200


def test_a_mail_ends_nothing_before_the_code_was_shown(app: APIFlask, found: Parts, ana: Account) -> None:
    totp, _codes = switch_on(signed_in(app, found, ana))
    with found.db.transaction() as tx:
        by_mail = f"/sign-in/{accounts.new_sign_in_link(tx, owner=ana.id, by=By.MAIL, sent_to=ana.email)}"
    client = browser(app)
    post(client, by_mail, form=by_mail)
    with found.db.reading() as tx:
        assert accounts.has_password(tx, owner=ana.id)
        assert not accounts.email_proved(tx, owner=ana.id)
    assert post(client, "/sign-in/code", form="/sign-in/code", code=next_code(totp)).location == "/"
    assert lines(found, ana)[:2] == [What.SIGNED_IN, What.ADDRESS_PROVED]
    with found.db.reading() as tx:
        assert accounts.email_proved(tx, owner=ana.id)
        assert second_factors.of(tx, owner=ana.id)


def test_nothing_of_it_can_be_read_in_the_database(app: APIFlask, found: Parts, ana: Account) -> None:
    totp, codes = switch_on(signed_in(app, found, ana))
    with found.db.reading() as tx:
        kept = str(tx.execute(select(rows)).all()) + str(tx.execute(select(recovery_codes)).all())
    assert totp.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_it_is_switched_off_and_its_codes_with_it(app: APIFlask, found: Parts, ana: Account) -> None:
    client = signed_in(app, found, ana)
    _totp, codes = switch_on(client)
    fresh = re.findall(r'class="secret">([a-z0-9-]{19})<', post(client, f"{PAGE}/second/codes", form=PAGE).text)
    assert len(fresh) == 10
    assert not set(codes) & set(fresh)
    post(client, f"{PAGE}/second/off", form=PAGE)
    with found.db.reading() as tx:
        assert tx.execute(select(recovery_codes)).all() == []
    assert post(browser(app), "/sign-in", form="/sign-in", **CREDENTIALS).location == "/"


def test_who_waits_for_the_code_waits_ten_minutes(
    app: APIFlask, found: Parts, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_on(signed_in(app, found, ana))
    client = browser(app)
    post(client, "/sign-in", form="/sign-in", **CREDENTIALS)
    later = datetime.now(UTC).timestamp() + 601
    monkeypatch.setattr("service.web.entering.time", lambda: later)
    assert client.get("/sign-in/code").location == "/sign-in"


def test_a_secret_that_was_never_confirmed_asks_nobody_for_a_code(app: APIFlask, found: Parts, ana: Account) -> None:
    post(signed_in(app, found, ana), f"{PAGE}/second", form=PAGE)
    assert post(browser(app), "/sign-in", form="/sign-in", **CREDENTIALS).location == "/"
    with found.db.transaction() as tx:
        tx.execute(update(rows).values(confirmed_at=datetime.now(UTC)))
    assert post(browser(app), "/sign-in", form="/sign-in", **CREDENTIALS).location == "/sign-in/code"

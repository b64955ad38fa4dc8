"""The cookie of a session: for us alone, by HTTPS where there is some, for as long as the settings say."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import update

from service.config import Config
from service.storage import accounts
from service.storage.moment import now
from service.storage.tables import sessions
from service.web import create_app
from tests.pages.coming_in import signed_in


@pytest.mark.parametrize(
    ("address", "secure"), [("https://cards.example.org", True), ("", False)], ids=["by HTTPS", "by HTTP"]
)
def test_it_is_for_us_alone(config: Config, address: str, *, secure: bool) -> None:
    app = create_app(replace(config, public_url=address, session_days=7))
    with closing(app.extensions["undrawer"].db):
        answer = app.test_client().get("/sign-in", base_url=address or "http://localhost")
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["undrawer"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) == secure


def test_a_session_ends_when_it_is_idle(config: Config) -> None:
    app = create_app(replace(config, session_idle_days=2))
    found = app.extensions["undrawer"]
    with closing(found.db):
        with found.db.transaction() as tx:
            ana = accounts.create(tx, name="Ana Torres Vidal")
        client = signed_in(app, found, ana)
        assert client.get("/contacts").status_code == 200
        with found.db.transaction() as tx:
            long_ago = now() - timedelta(days=3)
            tx.execute(update(sessions).values(created_at=long_ago, seen_at=long_ago))
        assert client.get("/contacts").status_code == 302

"""What tests of coming in have in common: a browser without a page, signed in or not, and time that has passed."""

import re
from datetime import timedelta
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import update

from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import record
from service.storage.entering.record import What
from service.storage.moment import now
from service.storage.tables import sessions
from service.web.parts import Parts

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser(app: APIFlask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    return client


def post(client: FlaskClient, path: str, *, form: str, **data: Any) -> Any:
    """Send a form with the token of the page on which it stands; all of the answer is there, and what follows it done."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(form).text)
    assert token, form
    return client.post(path, data={"csrf_token": token[1], **data}, buffered=True)


def signed_in(app: APIFlask, found: Parts, who: Account) -> FlaskClient:
    with found.db.transaction() as tx:
        link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=who.id)}"
    client = browser(app)
    assert post(client, link, form=link).status_code == 303
    return client


def let_time_pass(found: Parts, **passed: float) -> None:
    """As if all had signed in so long before."""
    with found.db.transaction() as tx:
        tx.execute(update(sessions).values(proved_at=now() - timedelta(**passed)))


def lines(found: Parts, who: Account) -> list[What]:
    with found.db.reading() as tx:
        return [line.what for line in record.page(tx, owner=who.id).rows]

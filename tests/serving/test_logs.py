"""What the logs say after a whole path: enough to see what went wrong, and nothing of anybody."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from service.config import Config
from service.logs import JsonLines
from service.storage import accounts, tokens
from service.storage.database import Database
from service.web import create_app
from service.web.serving.door import Door
from tests.api.asking import picture
from tests.loops import finished
from tests.serving.asking import Client


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Give what a process writes whose logs are ours."""
    out, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_after_a_whole_path_the_log_names_nobody(
    config: Config, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(config)
    found = app.extensions["undrawer"]
    door = Door(app, folder=config.data, most_heard_out=1000)
    with closing(Database(config.database_url)) as db, db.transaction() as tx:
        ana = accounts.create(tx, name="Ana Torres", email="ana@example.com")
        link, token = accounts.new_sign_in_link(tx, owner=ana.id), tokens.create(tx, owner=ana.id, name="phone")
    photo_id, proof = str(uuid4()), (b"authorization", f"Bearer {token}".encode())
    content = picture()

    def ask(method: str, path: str, body: bytes = b"", query: bytes = b"") -> int:
        headers = [proof, (b"content-length", str(len(body)).encode())]
        client = Client([body], method=method, path=path, headers=headers, query=query)
        finished(client.ask(door))
        return client.status

    said = b"name=Lucia.jpg&gathering=Feria+Secreta&note=le+debo+un+libro"
    assert ask("GET", f"/sign-in/{link}") == 200
    assert ask("PUT", f"/api/v1/photos/{photo_id}", content, said) == 201
    assert ask("GET", "/api/v1/contacts", query=b"q=Lucia") == 200
    assert ask("GET", "/dav/", query=b"q=Lucia") in (303, 401)

    def fails(*_: object, **__: object) -> None:
        raise ValueError("Lucia Ferrer, 600 000 000")

    monkeypatch.setattr(type(found.queue), "waiting", fails)
    assert ask("GET", "/api/v1/status") == 500
    found.db.close()
    text = written.getvalue()
    for secret in (link, token, photo_id, ana.id, "Ana", "Torres", "example.com", "Lucia", "Feria", "libro", "600 000"):
        assert secret not in text, secret
    routes = [line["route"] for line in lines(written) if line.get("status")]
    assert "/sign-in/<token>" in routes or any(route.startswith("/sign-in/<") for route in routes)
    assert "/api/v1/photos/<uuid:photo_id>" in routes
    failed = next(line for line in lines(written) if line.get("error") == "ValueError")
    assert any("fails" in place for place in failed["places"])
    assert failed["request"] == next(line for line in lines(written) if line.get("status") == 500)["request"]
    accounts_said = {line["account"] for line in lines(written) if "account" in line}
    assert len(accounts_said) == 1

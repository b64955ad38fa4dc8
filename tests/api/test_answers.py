"""What every answer carries, and what becomes of what goes wrong."""

import errno
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from redis import Redis
from rq import Queue, Worker

from service.config import Config
from service.web import create_app
from service.web.parts import Parts
from tests.api.asking import Person


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


def test_an_unknown_address_of_the_api_is_a_problem_document(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    told = answer.get_json()
    assert (told["status"], told["code"]) == (404, "not_found")
    assert told["type"].startswith("/api/docs#")
    assert told["detail"]


def test_an_unknown_page_is_a_friendly_page(client: FlaskClient) -> None:
    answer = client.get("/nothing/<b>")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "<h1" in answer.text
    assert "<b>" not in answer.text


def test_a_verb_that_is_not_taken_names_those_that_are(client: FlaskClient) -> None:
    answer = client.post("/api/v1/contacts")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_every_answer_protects_its_reader(client: FlaskClient) -> None:
    for path in ("/api/v1/cards", "/api/docs", "/sign-in", "/nothing"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "camera=(self)" in headers["Permissions-Policy"]
        assert headers["Referrer-Policy"]
        assert "private" in headers["Cache-Control"]
        assert "Strict-Transport-Security" not in headers


def test_behind_https_cookies_are_secure_and_browsers_stay_with_it(config: Config) -> None:
    app = create_app(replace(config, public_url="https://cards.example.com"))
    assert app.config["SESSION_COOKIE_SECURE"]
    assert "max-age" in app.test_client().get("/sign-in").headers["Strict-Transport-Security"]


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "ana@example.com", "password": "x"})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")


def fail_with(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise error

    return fail


def test_a_mistake_of_ours_tells_nothing_of_it(ana: Person, app: APIFlask) -> None:
    app.testing = False
    app.view_functions["api_cards.list_cards"] = fail_with(RuntimeError("secret of a card"))
    answer = ana.ask("GET", "/cards")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_a_full_disk_is_said_to_be_full(ana: Person, app: APIFlask) -> None:
    app.view_functions["api_photos.send_photos"] = fail_with(OSError(errno.ENOSPC, "full"))
    answer = ana.ask("POST", "/photos")
    assert (answer.status_code, answer.json["code"]) == (507, "disk_full")


def test_the_service_is_alive_without_any_part(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_service_is_not_ready_without_a_worker(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["missing"] == ["worker"]


def test_the_service_is_ready_once_a_worker_was_heard_from(client: FlaskClient, found: Parts) -> None:
    redis = Redis.from_url(found.config.redis_url)
    worker = Worker([Queue("undrawer", connection=redis)], connection=redis)
    worker.register_birth()  # type: ignore[no-untyped-call]
    assert client.get("/readyz").get_json() == {
        "status": "ready",
        "checks": {"database": True, "redis": True, "worker": True},
        "missing": [],
    }
    worker.register_death()  # type: ignore[no-untyped-call]
    redis.close()


def test_the_service_names_all_that_is_missing(config: Config) -> None:
    nowhere = replace(config, redis_url="unix:///nowhere/redis.sock", database_url="sqlite:////nowhere/undrawer.db")
    answer = create_app(nowhere).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["missing"] == ["database", "redis", "worker"]

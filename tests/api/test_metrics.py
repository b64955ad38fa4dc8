"""`/metrics` counts all accounts together, for whoever may ask, and says nothing of anybody."""

from dataclasses import replace
from typing import Any

import pytest
from apiflask import APIFlask
from prometheus_client.parser import text_string_to_metric_families

from service.tally import Watch
from service.web.parts import Parts
from tests.api.asking import Person, picture
from tests.api.test_photos_sent import send


def told(app: APIFlask, **asking: Any) -> dict[str, float]:
    """Each sample by its name and labels, as Prometheus reads them."""
    answer = app.test_client().get("/metrics", **asking)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {"|".join([one.name, *one.labels.values()]): one.value for family in families for one in family.samples}


def test_photos_of_all_accounts_are_counted_by_their_state(app: APIFlask, ana: Person, bruno: Person) -> None:
    send(ana, picture())
    send(bruno, picture())
    found = told(app)
    assert (found["undrawer_photos|received"], found["undrawer_photos|unreadable"]) == (2, 0)
    assert (found["undrawer_touches|planned"], found["undrawer_mails|failed"]) == (0, 0)
    assert found["undrawer_oldest_photo_waits_seconds"] >= 0
    assert found["undrawer_jobs_waiting|undrawer"] == 2
    assert (found["undrawer_up|database"], found["undrawer_up|redis"], found["undrawer_up|worker"]) == (1, 1, 0)


def test_what_workers_took_and_doubted_is_there_whichever_process_is_asked(app: APIFlask, found: Parts) -> None:
    for _ in range(2):
        watch = Watch()
        watch.took("locate", 0.5)
        watch.count("doubts", 3)
        found.tally.add(watch.counts)
    said = told(app)
    assert said["undrawer_stage_seconds_total|locate"] == 1
    assert said["undrawer_stage_times_total|locate"] == 2
    assert said["undrawer_doubts_total"] == 6


def test_it_says_nothing_of_anybody(app: APIFlask, ana: Person) -> None:
    send(ana, picture())
    text = app.test_client().get("/metrics").text
    assert ana.account.id not in text
    assert ana.account.name not in text


@pytest.mark.parametrize(
    "asking",
    [
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"Forwarded": "for=192.0.2.7"}},
    ],
)
def test_who_comes_from_elsewhere_finds_nothing(app: APIFlask, asking: dict[str, Any]) -> None:
    assert app.test_client().get("/metrics", **asking).status_code == 404


def test_with_a_token_only_the_token_counts(app: APIFlask, found: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    config = replace(found.config, metrics_token="let me count")
    monkeypatch.setitem(app.extensions, "undrawer", replace(found, config=config))
    client, elsewhere = app.test_client(), {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer let me coun"}).status_code == 404
    right = {"Authorization": "Bearer let me count"}
    assert client.get("/metrics", headers=right, environ_overrides=elsewhere).status_code == 200

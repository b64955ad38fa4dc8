"""compose.yaml says what is true: settings that exist, programs that exist, and services that may be many."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
OURS = ("web", "worker", "schedule", "upgrade")


@pytest.fixture
def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def settings(name: str) -> set[str]:
    return set(re.findall(r"^(UNDRAWER_\w+)", name, re.MULTILINE))


def test_every_setting_that_is_named_exists(compose: Any) -> None:
    documented = set(
        re.findall(r"^\| `(UNDRAWER_\w+)`", (ROOT / "docs" / "configuration.md").read_text(), re.MULTILINE)
    )
    for service in OURS:
        named = settings("\n".join(compose["services"][service]["environment"]))
        assert named <= documented


def test_what_is_asked_of_the_owner_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    told = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert told <= asked
    assert {name for name in asked if f"${{{name}:?" in (ROOT / "compose.yaml").read_text()} <= told


@pytest.mark.parametrize("service", ["web", "worker", "schedule"])
def test_a_service_may_be_several(compose: Any, service: str) -> None:
    said = compose["services"][service]
    assert not {"container_name", "hostname", "ports", "network_mode"} & set(said)
    assert not [name for name in said["environment"] if name in {"UNDRAWER_HOST", "UNDRAWER_PORT"}]


def test_the_programs_exist(compose: Any) -> None:
    for service in ("worker", "schedule"):
        python, module, name = compose["services"][service]["command"].split()
        assert (python, module) == ("python", "-m")
        assert importlib.util.find_spec(name)
    assert "python:service.web.gunicorn_settings" in (ROOT / "Dockerfile").read_text()
    assert importlib.util.find_spec("service.web.gunicorn_settings")


def test_a_worker_may_end_its_photo_before_it_is_killed(compose: Any) -> None:
    job = re.search(r"`UNDRAWER_JOB_TIMEOUT_SECONDS` \| `(\d+)`", (ROOT / "docs" / "configuration.md").read_text())
    assert job
    assert int(compose["services"]["worker"]["stop_grace_period"].removesuffix("s")) > int(job[1]) + 60
    assert "reverse_proxy" in (ROOT / "Caddyfile").read_text()
    assert [line for line in compose["services"]["caddy"]["volumes"] if line.startswith("./Caddyfile:")]

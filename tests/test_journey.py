"""The whole path on real parts: a photo goes in, a contact comes out that an address book understands."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import vobject

from service.config import Config
from service.queue import Queue
from service.web import create_app
from tests.api.asking import Person, person
from tests.real_parts import PATIENCE_SECONDS, wait_until

ROOT = Path(__file__).parent.parent
PHOTOS = ROOT / "fixtures" / "cards"

pytestmark = [pytest.mark.ocr, pytest.mark.xdist_group("ocr")]


@pytest.fixture
def config(config: Config) -> Config:
    """Real readers may take their time on a machine that has much else to do."""
    return replace(config, job_timeout_seconds=PATIENCE_SECONDS)


@pytest.fixture
def ana(config: Config) -> Iterator[Person]:
    app = create_app(config)
    with closing(app.extensions["undrawer"].db):
        yield person(app, "Ana Torres Vidal")


@pytest.fixture
def worker(config: Config, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    env = {
        **os.environ,
        "UNDRAWER_DATA": str(config.data),
        "UNDRAWER_REDIS_URL": config.redis_url,
        "UNDRAWER_DATABASE_URL": config.database_url,
        "UNDRAWER_JOB_TIMEOUT_SECONDS": str(config.job_timeout_seconds),
    }
    with (data / "worker.log").open("wb") as log:
        worker = subprocess.Popen([sys.executable, "-m", "workers"], cwd=ROOT, env=env, stdout=log, stderr=log)
    yield worker
    worker.terminate()
    assert worker.wait(timeout=PATIENCE_SECONDS) == 0
    print((data / "worker.log").read_text())  # noqa: T201  # pytest shows it where the test failed


def test_a_photo_becomes_a_contact_that_an_address_book_imports(
    ana: Person, worker: subprocess.Popen[bytes], config: Config, data: Path
) -> None:
    sent = ana.ask("POST", "/photos", data={"photo": upload("two-phones.jpg"), "gathering": "Feria del Mueble"})
    assert sent.status_code == 202
    bad = ana.ask("POST", "/photos", data={"photo": (BytesIO(cut_short("fax.jpg")), "cut.jpg")})
    assert bad.status_code == 202

    wait_until(lambda: states(ana) == {"read", "unreadable"}, seconds=PATIENCE_SECONDS)
    [card] = ana.ask("GET", "/cards?state=to%20review").json["cards"]
    made = ana.ask("POST", f"/cards/{card['id']}/confirm")
    vcf = ana.ask("GET", f"/contacts/{made.json['id']}.vcf").get_data(as_text=True)

    contact, expected = vobject.readOne(vcf), vobject.readOne((PHOTOS / "two-phones.vcf").read_text(encoding="utf-8"))
    for field in ("fn", "n", "org", "title", "email", "url"):
        assert getattr(contact, field).value == getattr(expected, field).value, field
    assert {tel.value for tel in contact.tel_list} == {tel.value for tel in expected.tel_list}
    assert "Feria del Mueble" in contact.note.value
    assert Queue(config).worker_heard_from()
    assert nothing_told(data / "worker.log", "Emiliano", "barroylumbre", "5014")


def upload(name: str) -> tuple[BytesIO, str]:
    return BytesIO((PHOTOS / name).read_bytes()), name


def cut_short(name: str) -> bytes:
    whole = (PHOTOS / name).read_bytes()
    return whole[: len(whole) // 3]


def states(ana: Person) -> set[str]:
    return {photo["state"] for photo in ana.ask("GET", "/photos").json["photos"]}


def nothing_told(log: Path, *words: str) -> bool:
    text = log.read_text()
    return not [word for word in words if word in text]

"""Two machines that share nothing but PostgreSQL, Redis and a bucket, and are one service to people."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
import requests

from bench.several.machine import Machine, in_bucket, settings
from service.config import Config
from service.domain.bucket import Bucket
from service.domain.reaching import vapid
from service.queue import Queue
from service.storage import accounts, tokens
from service.storage.accounts import Account
from service.storage.database import Database, upgrade
from service.storage.files import Files, name_of
from service.throttle import AT_ONE_NAME_FROM_ONE_PLACE
from tests.api.asking import picture
from tests.conftest import PASSWORD, on_server
from tests.real_parts import PATIENCE_SECONDS, wait_until
from tests.s3_server import WHO, S3Server

TOY = ["tests/toy_worker.py"]


@pytest.fixture(scope="module")
def bucket(s3_server: S3Server) -> Bucket:
    return s3_server.new_bucket()


@pytest.fixture(scope="module")
def machines(
    bucket: Bucket, postgres: str, redis_socket: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Machine, Machine]]:
    """Two web servers; only the second machine has a worker."""
    on_server(postgres.format(name="postgres"), "CREATE DATABASE machines")
    alike = settings(
        database_url=postgres.format(name="machines"),
        redis_url=redis_socket,
        files=in_bucket(str(bucket), endpoint=bucket.endpoint, **WHO),
        push_key=vapid.new_key(),
    )
    upgrade(alike["UNDRAWER_DATABASE_URL"])
    one, other = (Machine(tmp_path_factory.mktemp(name), alike, worker=TOY) for name in ("one", "other"))
    one.start("web")
    other.start("web", "worker")
    try:
        one.wait_until_ready()
        other.wait_until_ready()
        yield one, other
    finally:
        for machine in (one, other):
            machine.close()
            print(*(machine.said(path.stem) for path in machine.folder.glob("*.log")))  # noqa: T201  # for a failure


@pytest.fixture
def db(machines: tuple[Machine, Machine]) -> Iterator[Database]:
    config = Config.from_env(machines[0].env)
    with closing(Database(config.database_url, keys=config.signing_keys)) as db:
        yield db


@pytest.fixture
def ana(db: Database) -> Account:
    name = f"ana-{uuid4().hex}"
    with db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal", email=f"{name}@example.com", password=PASSWORD)


def form_token(client: requests.Session, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address, timeout=PATIENCE_SECONDS).text)
    assert found, address
    return found[1]


def signed_in(machine: Machine, account: Account) -> requests.Session:
    client = requests.Session()
    at = f"{machine.address}/sign-in"
    said = {"csrf_token": form_token(client, at), "email": account.email, "password": PASSWORD}
    assert client.post(at, data=said, timeout=PATIENCE_SECONDS, allow_redirects=False).status_code in {302, 303}
    return client


def test_what_one_machine_takes_in_another_reads_and_any_of_them_shows(
    machines: tuple[Machine, Machine], db: Database, ana: Account, bucket: Bucket, s3_server: S3Server
) -> None:
    one, other = machines
    with db.transaction() as tx:
        headers = {"Authorization": f"Bearer {tokens.create(tx, owner=ana.id, name='phone')}"}
    photo, id_ = picture(7), uuid4()
    api = f"/api/v1/photos/{id_}"
    sent = requests.put(
        one.address + api, data=photo, headers={**headers, "Content-Type": "image/jpeg"}, timeout=PATIENCE_SECONDS
    )
    assert sent.status_code == 201, sent.text
    assert f"{bucket.prefix}/{name_of(hashlib.sha256(photo).hexdigest())}" in s3_server.names(bucket)

    wait_until(
        lambda: requests.get(other.address + api, headers=headers, timeout=PATIENCE_SECONDS).json()["state"] == "read",
        seconds=PATIENCE_SECONDS,
    )
    [card] = requests.get(f"{other.address}/api/v1/photos/{id_}", headers=headers, timeout=PATIENCE_SECONDS).json()[
        "cards"
    ]
    shown = requests.get(f"{one.address}/api/v1/cards/{card}/thumbnail", headers=headers, timeout=PATIENCE_SECONDS)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    for machine in machines:
        page = signed_in(machine, ana).get(f"{machine.address}/cards/{card}", timeout=PATIENCE_SECONDS)
        assert page.status_code == 200
        assert "Ana Torres" in page.text
        left = [path for path in machine.folder.rglob("*") if path.is_file() and path.suffix != ".log"]
        assert left == [], "nothing that anybody needs lies on a machine"


def test_sessions_forms_and_links_hold_on_every_machine(
    machines: tuple[Machine, Machine], db: Database, ana: Account
) -> None:
    one, other = machines
    client = signed_in(one, ana)
    assert client.get(f"{other.address}/settings", timeout=PATIENCE_SECONDS).url == f"{other.address}/settings"
    token = form_token(client, f"{one.address}/settings")
    with db.transaction() as tx:
        link = accounts.new_sign_in_link(tx, owner=ana.id)
    phone = requests.Session()
    said = {"csrf_token": form_token(phone, f"{one.address}/sign-in/{link}")}
    assert phone.post(f"{other.address}/sign-in/{link}", data=said, timeout=PATIENCE_SECONDS).status_code == 200
    assert phone.get(f"{one.address}/", timeout=PATIENCE_SECONDS, allow_redirects=False).status_code in {200, 302, 303}
    again = requests.Session()
    said = {"csrf_token": form_token(again, f"{one.address}/sign-in/{link}")}
    assert again.post(f"{one.address}/sign-in/{link}", data=said, timeout=PATIENCE_SECONDS).status_code == 401
    # A form of one machine is taken by the other, and ends the session on both.
    out = client.post(
        f"{other.address}/sign-out", data={"csrf_token": token}, timeout=PATIENCE_SECONDS, allow_redirects=False
    )
    assert out.status_code == 303
    assert "/sign-in" in client.get(f"{one.address}/settings", timeout=PATIENCE_SECONDS).url


def test_guesses_are_counted_across_machines(machines: tuple[Machine, Machine], ana: Account) -> None:
    answers = []
    for guess in range(AT_ONE_NAME_FROM_ONE_PLACE.amount + 1):
        at = f"{machines[guess % 2].address}/sign-in"
        client = requests.Session()
        said = {"csrf_token": form_token(client, at), "email": ana.email, "password": "a wrong guess"}
        answers.append(client.post(at, data=said, timeout=PATIENCE_SECONDS).status_code)
    assert set(answers[:-1]) == {401}
    assert answers[-1] == 429


def test_a_file_that_one_machine_deletes_is_cleared_away_by_whichever_sweeps(
    machines: tuple[Machine, Machine], bucket: Bucket
) -> None:
    files = Files(bucket)
    sha256 = files.put(b"nobody's")
    files.delete(sha256)
    config = Config.from_env(machines[1].env)
    Queue(config).ring("sweep")
    wait_until(lambda: Queue(config).waiting() == 0, seconds=PATIENCE_SECONDS)
    assert files.set_aside() == [sha256], "for an hour it may still come back"

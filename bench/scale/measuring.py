"""What one photo, one page, one contact and one job cost: CPU of everybody who works at it, and bytes."""

import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count as count_from
from itertools import islice
from pathlib import Path
from uuid import uuid4

import psutil
from flask.testing import FlaskClient
from PIL import Image
from redis import Redis
from sqlalchemy import text

from bench import keeping
from bench.faults.cluster import Cluster
from bench.seen.photos import Photo, photo
from service.config import Config
from service.queue import Queue
from service.storage import accounts, tokens
from service.storage.database import Database
from service.web import create_app
from workers import extraction, jobs

SEED = 800
CONTACTS = 1000
PAGES_EACH = 30
SWEPT = (1000, 50_000)
LARGE_MEGAPIXELS = 7.5
RINGS = 2000
FIRST_RINGS = 500  # of the digest, which one sweep finds at the most


@dataclass
class Costs:
    """Seconds of a core, and bytes."""

    photo_cpu: float = 0
    upload_cpu: float = 0
    photo_megapixels: float = 0
    original_bytes: float = 0
    made_bytes: float = 0
    photo_row_bytes: float = 0
    contact_row_bytes: float = 0
    job_bytes: float = 0
    sweep_cpu: dict[int, float] = field(default_factory=dict)
    pages_cpu: dict[str, float] = field(default_factory=dict)


def measured(config: Config, cluster: Cluster, *, photos: int) -> Costs:
    costs = Costs(job_bytes=_a_job(config))
    db = Database(config.database_url, keys=config.signing_keys)
    app = create_app(config)
    app.testing = True
    before = _size(db)
    owner = keeping.filled(db, CONTACTS)
    costs.contact_row_bytes = (_size(db) - before) / CONTACTS
    _photos(db, config, cluster, app.test_client(), owner, costs, photos)
    client = keeping.signed_in(db, app, owner)
    with db.reading() as tx:
        known = str(tx.execute(text("SELECT id FROM contacts LIMIT 1")).scalar_one())
    pages = ("/today", "/contacts", "/contacts?q=sensores", f"/contacts/{known}", "/api/v1/photos?limit=20")
    for path in pages:
        keeping.opened(client, path)
        name = path.replace(known, "ID")
        costs.pages_cpu[name] = _cpu(cluster, lambda path=path: keeping.opened(client, path), PAGES_EACH)  # type: ignore[misc]
    for more in SWEPT:
        _add_accounts(db, more)
        for _ in range(2 + more // FIRST_RINGS):  # until each new account has its first ring of the digest
            jobs.sweep()
        costs.sweep_cpu[more] = _cpu(cluster, jobs.sweep, 5)
    db.close()
    app.extensions["undrawer"].db.close()
    return costs


def _photos(
    db: Database, config: Config, cluster: Cluster, client: FlaskClient, owner: str, costs: Costs, count: int
) -> None:
    """Send photos as a phone does, and read each as a worker does."""
    with db.transaction() as tx:
        headers = {
            "Authorization": f"Bearer {tokens.create(tx, owner=owner, name='phone')}",
            "Content-Type": "image/jpeg",
        }
    made = [one.jpeg for one in islice(_large(), count + 1)]
    extraction.load(config.reader)
    ids = [str(uuid4()) for _ in made]
    for number, (id_, one) in enumerate(zip(ids, made, strict=True)):
        if number == 1:  # the first is for the engines to warm up
            files = _folder_bytes(config)
        sending = lambda id_=id_, one=one: _sent(client, id_, one, headers)  # noqa: E731
        upload = _cpu(cluster, sending, 1)
        reading = _cpu(cluster, lambda id_=id_: jobs.read_photo(id_), 1)  # type: ignore[misc]
        if number:
            costs.upload_cpu += upload / count
            costs.photo_cpu += reading / count
            costs.original_bytes += len(one) / count
            costs.photo_megapixels += _megapixels(one) / count
    costs.photo_row_bytes = _row_bytes(db, ids)
    costs.made_bytes = (_folder_bytes(config) - files) / count - costs.original_bytes


def _large() -> Iterator[Photo]:
    """Photos of one card, the largest that the bench makes."""
    for number in count_from(0):
        one = photo(SEED * 1_000_000 + number, kind="single")
        if _megapixels(one.jpeg) >= LARGE_MEGAPIXELS:
            yield one


def _row_bytes(db: Database, ids: Sequence[str]) -> float:
    """What the rows of a photo and its cards hold, without indexes."""
    query = "SELECT sum(pg_column_size(t.*)) FROM {} t WHERE {} = ANY(:ids)"
    with db.reading() as tx:
        sizes = [
            int(tx.execute(text(query.format(*of)), {"ids": list(ids)}).scalar_one() or 0)
            for of in (("photos", "id"), ("cards", "photo_id"))
        ]
    return sum(sizes) / len(ids)


def _megapixels(jpeg: bytes) -> float:
    with Image.open(BytesIO(jpeg)) as picture:
        return picture.width * picture.height / 1e6


def _sent(client: FlaskClient, id_: str, content: bytes, headers: dict[str, str]) -> None:
    answer = client.put(f"/api/v1/photos/{id_}", data=content, headers=headers)
    if answer.status_code != 201:
        raise RuntimeError(answer.text)


def _cpu(cluster: Cluster, work: Callable[[], object], times: int) -> float:
    """Seconds of a core that this process, its children and PostgreSQL took for it."""
    before = _spent(cluster)
    for _ in range(times):
        work()
    return (_spent(cluster) - before) / times


def _spent(cluster: Cluster) -> float:
    ours = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    theirs = 0.0
    for server in cluster.server():
        for one in [server, *server.children()]:  # who ended meanwhile counts with the server
            with suppress(psutil.Error):
                times = one.cpu_times()
                theirs += times.user + times.system + times.children_user + times.children_system
    return ours + theirs


def _a_job(config: Config) -> float:
    with Redis.from_url(config.redis_url) as redis:
        redis.flushall()
        before = int(redis.info("memory")["used_memory"])
        for _ in range(RINGS):
            Queue(config).ring("read_photo", str(uuid4()))
        taken = (int(redis.info("memory")["used_memory"]) - before) / RINGS
        redis.flushall()
    return taken


def _add_accounts(db: Database, up_to: int) -> None:
    with db.transaction() as tx:
        there = int(tx.execute(text("SELECT count(*) FROM accounts")).scalar_one())
        for number in range(there, up_to):
            accounts.create(tx, name=f"Ana {number}", email=f"ana{number}@example.com")


def _size(db: Database) -> int:
    with db.reading() as tx:
        return int(tx.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _folder_bytes(config: Config) -> int:
    assert isinstance(config.files, Path)  # noqa: S101  # a bench measures the folder
    return sum(path.stat().st_size for path in config.files.rglob("*") if path.is_file())

"""Photos in a bucket: they come in, are shown in parts, go for good, and are refused while nobody keeps them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest

from service.config import Config
from service.domain.bucket import Bucket
from service.domain.reaching import vapid
from service.storage import files as files_module
from service.storage.files import Files
from service.web import create_app
from tests.api.asking import Person, person, picture
from tests.s3_server import WHO, S3Server, unreachable
from workers import jobs

SOUND = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 600


@pytest.fixture
def bucket(s3_server: S3Server) -> Bucket:
    return s3_server.new_bucket()


@pytest.fixture
def config(config: Config, bucket: Bucket) -> Config:
    return replace(config, files=bucket)


def sent(ana: Person, id_: str) -> int:
    answer = ana.ask("PUT", f"/photos/{id_}", data=picture(3), headers={"Content-Type": "image/jpeg"})
    return int(answer.status_code)


def test_a_recording_is_given_in_the_parts_that_are_asked_for(ana: Person, photo_id: str) -> None:
    path = f"/photos/{photo_id}/spoken-note"
    assert ana.ask("PUT", path, data=SOUND, headers={"Content-Type": "audio/webm"}).status_code == 200
    whole = ana.ask("GET", path)
    assert (whole.status_code, whole.data) == (200, SOUND)
    part = ana.ask("GET", path, headers={"Range": "bytes=1000-70999"})
    assert (part.status_code, part.data) == (206, SOUND[1000:71_000])
    assert part.headers["Content-Range"] == f"bytes 1000-70999/{len(SOUND)}"


def test_pictures_are_cut_out_of_it(ana: Person, card_id: str) -> None:
    for path in ("image", "thumbnail", "fields/name/image"):
        answer = ana.ask("GET", f"/cards/{card_id}/{path}")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg"), path
        assert answer.data.startswith(b"\xff\xd8")


def test_what_is_deleted_is_gone_for_good_after_an_hour(
    ana: Person, config: Config, bucket: Bucket, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = str(uuid4())
    assert sent(ana, id_) == 201
    assert s3_server.names(bucket)
    assert ana.ask("DELETE", f"/photos/{id_}").status_code == 204
    said = {
        "DATA": str(config.data),
        "DATABASE_URL": config.database_url,
        "REDIS_URL": config.redis_url,
        "FILES": str(bucket),
        "S3_ENDPOINT": bucket.endpoint,
        "S3_KEY_ID": WHO["key_id"],
        "S3_SECRET": WHO["secret"],
        "SECRET_KEY": "signs",
        "PUSH_KEY": vapid.new_key(),
    }
    for name, value in said.items():
        monkeypatch.setenv(f"UNDRAWER_{name}", value)
    jobs.sweep()
    assert len(Files(bucket).set_aside()) == 1
    monkeypatch.setattr(files_module, "ASIDE_SECONDS", -60)
    jobs.sweep()
    assert s3_server.names(bucket) == []


@pytest.fixture
def without_bucket(config: Config, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Somebody who asks while the bucket does not answer."""
    monkeypatch.setattr("service.storage.bucket_shelf.RETRIES", 0)
    app = create_app(replace(config, files=unreachable(bucket)))
    with closing(app.extensions["undrawer"].db):
        yield person(app, "Bea Soler")


def test_a_photo_that_nobody_keeps_is_not_acknowledged(without_bucket: Person) -> None:
    id_ = str(uuid4())
    answer = without_bucket.ask("PUT", f"/photos/{id_}", data=picture(3), headers={"Content-Type": "image/jpeg"})
    assert (answer.status_code, answer.json["code"]) == (503, "not_ready")
    assert int(answer.headers["Retry-After"]) > 0
    assert without_bucket.ask("GET", f"/photos/{id_}").status_code == 404

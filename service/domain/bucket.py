"""A bucket of an S3 server as a plain value: which one, where, and who we are there."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from service.domain.errors import BadValue

SCHEME: Final = "s3://"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX: Final = re.compile(r"([\w.-]+(/[\w.-]+)*)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Without an endpoint it is one of Amazon's. `prefix` is what the names begin with, as a folder in it."""

    name: str
    prefix: str
    endpoint: str
    region: str
    key_id: str = field(repr=False)
    secret: str = field(repr=False)

    def __str__(self) -> str:
        return f"{SCHEME}{self.name}/{self.prefix}".rstrip("/")


def bucket_of(url: str, *, endpoint: str, region: str, key_id: str, secret: str) -> Bucket:
    """Read `s3://BUCKET/PREFIX` with what else belongs to it. Raises BadValue."""
    parts = urlsplit(url)
    name, prefix = parts.netloc, parts.path.strip("/")
    if not (_NAME.fullmatch(name) and _PREFIX.fullmatch(prefix) and ".." not in prefix) or parts.query:
        raise BadValue("bucket", "s3://BUCKET or s3://BUCKET/PREFIX")
    if not (key_id and secret):
        raise BadValue("bucket", "s3:// together with UNDRAWER_S3_KEY_ID and UNDRAWER_S3_SECRET")
    return Bucket(name=name, prefix=prefix, endpoint=endpoint.rstrip("/"), region=region, key_id=key_id, secret=secret)

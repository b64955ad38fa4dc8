"""An S3 server on loopback, and buckets of it, for tests of files that lie in one."""

import secrets
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config as HowToAsk
from botocore.exceptions import BotoCoreError

from bench.standing import free_port
from service.domain.bucket import Bucket, bucket_of
from tests.real_parts import PATIENCE_SECONDS, wait_until

ROOT = Path(__file__).parent.parent
WHO = {"key_id": "AKUNDRAWERTESTS", "secret": "s3cret of the tests"}


class S3Server:
    """`bench.s3`, asked here through Amazon's own library."""

    def __init__(self, folder: Path) -> None:
        self._log = (folder / "s3.log").open("wb")
        self.start(port=free_port())
        wait_until(self._answers, seconds=PATIENCE_SECONDS)

    def start(self, *, port: int) -> None:
        self.endpoint = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "bench.s3", str(port)]
        self._server = subprocess.Popen(command, cwd=ROOT, stdout=self._log, stderr=self._log)

    def new_bucket(self, prefix: str = "photos") -> Bucket:
        name = f"cards-{secrets.token_hex(6)}"
        self._client().create_bucket(Bucket=name)
        return bucket_of(f"s3://{name}/{prefix}", endpoint=self.endpoint, region="us-east-1", **WHO)

    def names(self, bucket: Bucket) -> list[str]:
        """Everything in a bucket, as somebody else sees it."""
        found = self._client().list_objects_v2(Bucket=bucket.name).get("Contents", [])
        return sorted(one["Key"] for one in found)

    def spoil(self, bucket: Bucket, name: str, content: bytes | None) -> None:
        """Write other bytes behind the service's back, or take a file away."""
        where = {"Bucket": bucket.name, "Key": f"{bucket.prefix}/{name}"}
        if content is None:
            self._client().delete_object(**where)
        else:
            self._client().put_object(**where, Body=content)

    def end(self) -> None:
        self._server.kill()
        self._server.wait()
        self._log.close()

    def _answers(self) -> bool:
        try:
            self._client().list_buckets()
        except BotoCoreError:
            return False
        return True

    def _client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=WHO["key_id"],
            aws_secret_access_key=WHO["secret"],
            config=HowToAsk(retries={"max_attempts": 0}, connect_timeout=5),
        )


def unreachable(bucket: Bucket) -> Bucket:
    """The bucket at an address where nobody listens."""
    return replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}")

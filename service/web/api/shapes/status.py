"""The shapes of the installation's condition."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from service.web.api.shapes.text import Told
from service.web.condition import Condition


class FailedAnswer(Told):
    """A photo that could not be read, of any account; whose it is, is not told."""

    id: UUID
    received_at: datetime
    reason: str


class StatusAnswer(Told):
    """How the installation is, at one moment."""

    version: str
    parts: dict[str, bool] = Field(description="Whether `database`, `redis` and a `worker` answer.")
    photos: dict[str, int] = Field(description="Of all accounts, by state.")
    jobs_waiting: int
    oldest_photo_waits_seconds: float
    disk_free_bytes: int
    last_backup_at: datetime | None
    failed: list[FailedAnswer] = Field(description="The newest that trying again may mend.")

    @classmethod
    def of(cls, found: Condition) -> "StatusAnswer":
        return cls(
            version=found.version,
            parts=dict(found.parts),
            photos=dict(found.numbers.photos),
            jobs_waiting=found.jobs,
            oldest_photo_waits_seconds=found.waits_seconds,
            disk_free_bytes=found.free_bytes,
            last_backup_at=found.backup_at,
            failed=[
                FailedAnswer(id=UUID(one.id), received_at=one.received_at, reason=one.reason) for one in found.failed
            ],
        )


class AgainAnswer(Told):
    """How many photos are read again."""

    photos: int

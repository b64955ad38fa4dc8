"""The shapes of devices that want notices."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from service.domain.reaching.push import LONGEST_ENDPOINT
from service.storage.reaching.devices import Device
from service.web.api.shapes.text import Given, Told

Key = Annotated[str, StringConstraints(max_length=200)]


class DeviceKeys(Given):
    """With what to encrypt, as `PushSubscription.toJSON()` gives it."""

    p256dh: Key
    auth: Key


class DeviceGiven(Given):
    """A subscription, as `PushSubscription.toJSON()` gives it."""

    model_config = ConfigDict(extra="ignore")

    endpoint: Annotated[str, StringConstraints(max_length=LONGEST_ENDPOINT)]
    keys: DeviceKeys
    name: Annotated[str, StringConstraints(max_length=60)] = Field("", description="What the person calls it.")


class DeviceAnswer(Told):
    """A device. `trouble` says why the last notice did not arrive: a status of its service, or a word."""

    id: UUID
    name: str
    names: bool = Field(description="Whether people may be named on its locked screen.")
    created_at: datetime
    used_at: datetime | None
    trouble: str

    @classmethod
    def of(cls, device: Device) -> "DeviceAnswer":
        return cls(
            id=UUID(device.id),
            name=device.name,
            names=device.names,
            created_at=device.created_at,
            used_at=device.used_at,
            trouble=device.trouble,
        )


class DevicesAnswer(Told):
    """The devices of the account, and the key that a browser subscribes with."""

    key: str
    devices: list[DeviceAnswer]

"""Devices that want notices over HTTP: the key to subscribe with, the list, a new one, and away with one."""

from uuid import UUID

from flask import request

from service.domain.reaching import vapid
from service.domain.reaching.push import checked
from service.storage.reaching import devices, notices
from service.web.api.doors import noun, owner
from service.web.api.shapes.device import DeviceAnswer, DeviceGiven, DevicesAnswer
from service.web.device_names import device_name
from service.web.identity import session_hash
from service.web.pages.language import current
from service.web.parts import parts

bp = noun("devices", about="Devices that are told once a day what is due (Web Push).")


@bp.get("/devices")
@bp.output(DevicesAnswer)
def list_devices() -> DevicesAnswer:
    """List the devices, and give the key that a browser wants for `applicationServerKey`."""
    with parts().db.reading() as tx:
        found = devices.of(tx, owner=owner())
    return DevicesAnswer(
        key=vapid.public_key(parts().config.push_key), devices=[DeviceAnswer.of(device) for device in found]
    )


@bp.post("/devices")
@bp.input(DeviceGiven, arg_name="given")
@bp.output(DeviceAnswer, status_code=201)
def add_device(given: DeviceGiven) -> DeviceAnswer:
    """Tell this device from now on. Sending the same again changes nothing but its keys."""
    at_home = parts().config.push_at_home
    keys = given.keys.model_dump()
    subscription = checked(endpoint=given.endpoint, **keys, at_home=at_home)
    name = given.name or device_name(request.user_agent.string)
    with parts().db.transaction() as tx:
        device = devices.subscribe(
            tx, owner=owner(), subscription=subscription, name=name, locale=current(), session_hash=session_hash()
        )
        notices.wind(tx, owner=owner())
    return DeviceAnswer.of(device)


@bp.delete("/devices/<uuid:device_id>")
@bp.output({}, status_code=204, description="It is told nothing any more.")
def remove_device(device_id: UUID) -> str:
    """Forget a device."""
    with parts().db.transaction() as tx:
        devices.remove(tx, owner=owner(), id=str(device_id))
    return ""

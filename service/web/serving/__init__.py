"""What stands between the line and the application: a request is whole before it takes a thread."""

from service.config import Config
from service.web import create_app
from service.web.serving.door import SMALL_BYTES, Door
from service.web.trust import create_trust_app


def create_door(config: Config | None = None) -> Door:
    """Make the application with the door before it, as gunicorn serves both."""
    config = config or Config.from_env()
    return Door(
        create_app(config), folder=config.data, most_heard_out=2 * config.max_photo_bytes, proxies=config.proxies
    )


def create_trust_door(config: Config | None = None) -> Door:
    """Make the page of trust with the same door before it: it stands open to the same slow clients."""
    config = config or Config.from_env()
    return Door(create_trust_app(config), folder=config.data, most_heard_out=SMALL_BYTES)

"""Radicale beside the application, under /dav, with settings that leave it nothing to decide."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from radicale import config as radicale_config
from radicale.app import Application
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from service.dav.at_once import AtOnce
from service.dav.auth import Auth
from service.dav.guard import Guard
from service.dav.quiet import keep_quiet
from service.dav.rights import Rights
from service.dav.storage import Storage
from service.storage.database import Database
from service.throttle import Throttle

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PREFIX: Final = "/dav"


def mounted(app: "WSGIApplication", *, db: Database, throttle: Throttle) -> "WSGIApplication":
    """The application, and address book and calendar for other devices under /dav."""
    keep_quiet()
    return DispatcherMiddleware(app, {PREFIX: Guard(AtOnce(protocol(db), db=db), db=db, throttle=throttle)})


def protocol(db: Database) -> Application:
    settings = radicale_config.load()
    settings.update(_settings(db), "undrawer")
    return Application(settings)


def _settings(db: Database) -> dict[str, dict[str, Any]]:
    return {
        "auth": {"type": Auth, "delay": 0, "realm": "Undrawer"},
        "rights": {"type": Rights, "permit_delete_collection": False, "permit_overwrite_collection": False},
        "storage": {"type": partial(Storage, db=db)},
        "web": {"type": "none"},
        "hook": {"type": "none"},
        "sharing": {"type": "none"},
        # A name is a key in a table and never a file; "none" lets `UUID:ABPerson.vcf` in.
        "server": {"max_resource_size": 2_000_000, "delay_on_error": 0, "validate_path_value": "none"},
    }

"""Whoever keeps the installation running: may see how it is, and have photos read again that failed on its account."""

from service.domain.errors import NotFound
from service.storage import accounts, watching
from service.web.condition import MAY_SUCCEED, Condition, condition
from service.web.identity import account
from service.web.parts import parts
from service.web.upload import read_again_for

AT_ONCE = 500


def keeps_it_running() -> bool:
    """Whether who asks is the owner of the installation: its first account."""
    with parts().db.reading() as tx:
        first = accounts.first(tx)
    return first is not None and first.id == account().id


def how_it_is() -> Condition:
    """Raises NotFound for anybody else, as if there were no such thing."""
    _demand()
    return condition()


def try_all_again() -> int:
    """Have photos read once more that failed because the machine was too busy or stood still; says how many."""
    _demand()
    with parts().db.reading() as tx:
        failed = watching.failed(tx, reasons=MAY_SUCCEED, limit=AT_ONCE)
    return sum(_again(one.id) for one in failed)


def try_again(photo_id: str) -> None:
    """Have one read once more. Raises NotFound."""
    _demand()
    if not _again(photo_id):
        raise NotFound("photo", "There is no such photo.")


def _again(photo_id: str) -> bool:
    with parts().db.reading() as tx:
        owner = watching.owner_of(tx, photo_id=photo_id)
    if owner is None:
        return False
    read_again_for(owner, photo_id)
    return True


def _demand() -> None:
    if not keeps_it_running():
        raise NotFound("not_found", "There is nothing here under this address.")

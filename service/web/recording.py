"""What a request leaves in the record: from which browser it came, and from which network, never the whole address."""

from flask import Response, after_this_request, current_app, request

from service.domain.entering import place as places
from service.storage.database import DatabaseAway, Transaction
from service.storage.entering import record
from service.storage.entering.record import What
from service.web.device_names import device_name
from service.web.identity import account
from service.web.parts import parts


def write(tx: Transaction, what: What, *, detail: str = "", owner: str = "") -> None:
    """Write a line of this request into the record of whoever asks, or of `owner`."""
    device, place = device_name(request.user_agent.string), network_of(request.remote_addr or "")
    record.write(tx, what, owner=owner or account().id, detail=detail, device=device, place=place)


def note(what: What, *, detail: str = "", owner: str = "") -> None:
    """Write a line in a transaction of its own."""
    with parts().db.transaction() as tx:
        write(tx, what, detail=detail, owner=owner)


def note_afterwards(what: What, *, owner: str, detail: str = "") -> None:
    """Write a line once the answer is out; where the database is held up for long, the log says it in its place."""
    db, logger = parts().db, current_app.logger
    device, place = device_name(request.user_agent.string), network_of(request.remote_addr or "")

    def write_down() -> None:
        try:
            with db.transaction() as tx:
                record.write(tx, what, owner=owner, detail=detail, device=device, place=place)
        except DatabaseAway:
            logger.warning("The record missed a line (%s): the database was held up", what)

    @after_this_request
    def _then(response: Response) -> Response:
        response.call_on_close(write_down)
        return response


def network_of(address: str) -> str:
    """The network of an address, as much of it as is kept; "" for what is no address.

    A quarter of a town, or a line of one provider: enough to say "that was not me", too little to find a door.
    """
    return places.network_of(address, four=24, six=48)

"""All about one person, or of the account, over HTTP: taken away whole, and erased for good."""

from uuid import UUID

from flask import Response

from service.storage.entering.record import What
from service.storage.people import archives, contacts
from service.web import recording
from service.web.api.document import gives
from service.web.api.doors import noun, owner
from service.web.erasing import erase_person
from service.web.parts import parts
from service.web.zips import sent

ZIP = "application/zip"

bp = noun("privacy", about="Everything about a person, or of the account, in one file; and erasing for good.")


@bp.get("/account.zip")
@bp.doc(responses=gives("A ZIP file of JSON, vCards, photos and pictures, written as it is sent.", ZIP))
def get_everything() -> Response:
    """Take everything of the account away."""
    mine, files = owner(), parts().files
    recording.note(What.ALL_EXPORTED)
    return sent(lambda tx: archives.of_account(tx, files, owner=mine), "undrawer.zip")


@bp.get("/contacts/<uuid:contact_id>/everything.zip")
@bp.doc(responses=gives("A ZIP file of JSON, a vCard, photos and pictures.", ZIP))
def get_person(contact_id: UUID) -> Response:
    """Take away everything about one person."""
    mine, files = owner(), parts().files
    with parts().db.reading() as tx:
        contacts.get(tx, owner=mine, id=str(contact_id))
    recording.note(What.EXPORTED)
    return sent(lambda tx: archives.of_contact(tx, files, owner=mine, id=str(contact_id)), "person.zip")


@bp.post("/contacts/<uuid:contact_id>/erase")
@bp.output({}, status_code=204, description="Nothing of this person is kept any more, but marks.")
def erase_contact(contact_id: UUID) -> str:
    """Erase a person for good, with cards, photos, ties and mails. It cannot be undone; deleting can."""
    erase_person(owner=owner(), id=str(contact_id))
    return ""

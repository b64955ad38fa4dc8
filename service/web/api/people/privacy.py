"""All about one person, or of the account, over HTTP: taken away whole, and erased for good."""

from uuid import UUID

from flask import Response, request

from service.domain.errors import BadValue
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import second_factors
from service.storage.entering.record import What
from service.storage.people import archives, contacts
from service.web import identity, recording
from service.web.api.document import gives, refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.account import EraseGiven
from service.web.erasing import erase_account, erase_person
from service.web.identity import account, proved_lately
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


@bp.delete("/account")
@bp.input(EraseGiven, arg_name="given")
@bp.output({}, status_code=204, description="Nothing of this account is kept any more.")
@bp.doc(responses=refusals(_403="The password is wrong, or does not do; or a session cookie came without its header."))
def erase_everything(given: EraseGiven) -> str:
    """Erase the account with all that it holds. It cannot be undone.

    A key proves its owner with the password, which does not do where a second factor is on; a session by a sign-in, or
    by what the page *Is it you?* asks for, within 15 minutes. A key that only looks is refused.
    """
    whose = account()
    if given.whose != (whose.email or whose.name):
        raise BadValue("not_sure", "Say whose account: its address, or its name where it has none.")
    if not proved_lately() and not _is_password(whose, given.password):
        raise BadValue("not_proved", "Send the password. With a second factor, erase the account in the app.")
    identity.stop()
    erase_account(owner=whose.id)
    return ""


def _is_password(whose: Account, password: str) -> bool:
    """Whether it opens the account by itself. Raises TooMany."""
    who = {"place": request.remote_addr or "", "name": whose.id}
    parts().throttle.demand("prove", **who)
    with parts().db.reading() as tx:
        found = accounts.check_password(tx, email=whose.email, password=password)
        second = second_factors.of(tx, owner=whose.id)
    if found is None or found.id != whose.id or second is not None:
        return False
    parts().throttle.right("prove", **who)
    return True

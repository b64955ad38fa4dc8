"""What is kept of people, and of oneself: taken away whole, and erased for good."""

from typing import Final
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import format_date, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from service.domain.errors import BadValue
from service.domain.people.vcard import fields_of
from service.storage.entering.record import What
from service.storage.people import archives, contacts, erased, erasing
from service.storage.people.erased import ErasedPerson
from service.web import identity, recording
from service.web.erasing import erase_account, erase_person
from service.web.identity import account, proved, signed_in
from service.web.pages.telling import tell
from service.web.parts import parts
from service.web.zips import sent

privacy = Blueprint("privacy", __name__)

YES: Final = "yes"
ERRORS = (
    lazy_gettext("Tick the box first: what is erased does not come back."),
    lazy_gettext("There is nothing left of this any more."),
    lazy_gettext("You erased this person. Say whether you want them back."),
)
"""What errors about erasing say on a page, named here so that they are translated with the rest."""


@privacy.get("/privacy")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        gone = [_said(one) for one in erased.everybody(tx, owner=account().id)]
        returned = erased.returned(tx, owner=account().id)
    return render_template("people/privacy.html", gone=gone, returned=returned)


@privacy.get("/account.zip")
@signed_in
def everything() -> Response:
    """All of the account as a ZIP file, written as it is sent."""
    owner, files = account().id, parts().files
    recording.note(What.ALL_EXPORTED)
    return sent(lambda tx: archives.of_account(tx, files, owner=owner), "undrawer.zip")


@privacy.get("/contacts/<uuid:id>/everything.zip")
@signed_in
def person(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """All about one person as a ZIP file."""
    owner, files = account().id, parts().files
    with parts().db.reading() as tx:
        contacts.get(tx, owner=owner, id=str(id))
    recording.note(What.EXPORTED)
    return sent(lambda tx: archives.of_contact(tx, files, owner=owner, id=str(id)), "person.zip")


@privacy.get("/contacts/<uuid:id>/erase")
@signed_in
def ask(id: UUID) -> str:  # noqa: A002 - the name in the address
    """Say what would go, and ask."""
    with parts().db.reading() as tx:
        contact = contacts.get(tx, owner=account().id, id=str(id))
        found = erasing.traces(tx, owner=account().id, id=contact.id)
    who = fields_of(contact.vcard).shown_as
    numbers = {"cards": len(found.cards), "shared": len(found.shared), "joined": len(found.contact_ids) - 1}
    return render_template("people/erase.html", contact=contact, who=who, **numbers)


@privacy.post("/contacts/<uuid:id>/erase")
@signed_in
def erase(id: UUID) -> AnyResponse:  # noqa: A002 - the name in the address
    _sure()
    erase_person(owner=account().id, id=str(id))
    tell(_("Erased, with all that belonged to them."))
    return redirect(url_for("pages.contacts.listing"), 303)


@privacy.post("/contacts/<uuid:id>/stays")
@signed_in
def stays(id: UUID) -> AnyResponse:  # noqa: A002 - the name in the address
    """Let somebody stay who was erased and came back by another device."""
    with parts().db.transaction() as tx:
        contact = contacts.get(tx, owner=account().id, id=str(id))
        erased.let_back(tx, owner=account().id, fields=fields_of(contact.vcard))
    tell(_("They stay, like anybody else."))
    return redirect(url_for("pages.contacts.page", id=id), 303)


@privacy.post("/privacy/erased/<uuid:id>")
@signed_in
def forget(id: UUID) -> AnyResponse:  # noqa: A002 - the name in the address
    """Forget that somebody was erased, so that nothing asks when they come back."""
    with parts().db.transaction() as tx:
        erased.forget_person(tx, owner=account().id, id=str(id))
    tell(_("Forgotten. They may come back like anybody else."))
    return redirect(url_for("pages.privacy.page"), 303)


@privacy.post("/privacy/account")
@signed_in
@proved
def erase_all() -> AnyResponse:
    """Erase the account with everything that it holds, and sign out."""
    _sure()
    owner = account().id
    identity.stop()
    erase_account(owner=owner)
    tell(_("Your account is erased, with everything in it."))
    return redirect(url_for("pages.sign_in.form"), 303)


def _sure() -> None:
    if request.form.get("sure") != YES:
        raise BadValue("not_sure", "Tick the box first: what is erased does not come back.")


def _said(one: ErasedPerson) -> tuple[str, str]:
    return one.id, str(format_date(one.erased_at, "long", rebase=False))

"""Contacts over HTTP: list and search, look at, change, delete, and take away as vCards."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

from flask import Response, send_file
from flask.typing import ResponseReturnValue

from service.domain import vcard
from service.storage import contacts, ties
from service.storage.contacts import KeptContact
from service.web.api.document import gives, refusals
from service.web.api.doors import check_version, noun, now, owner
from service.web.api.shapes.card import Corrections
from service.web.api.shapes.contact import ContactAnswer, ContactsAnswer, ContactsQuery, ContactSummary, MatchHeaders
from service.web.parts import Parts, parts

bp = noun("contacts", about="People and companies in the address book, and their vCards.")

VCARD = "text/vcard"
_CHANGED = refusals(_412="The contact was changed since the version in `If-Match`.")
_CONTACTS_A_READ = 200


@bp.get("/contacts")
@bp.input(ContactsQuery, location="query", arg_name="query")
@bp.output(ContactsAnswer)
def list_contacts(query: ContactsQuery) -> ContactsAnswer:
    """List contacts, newest first; all, or those that `q` finds and that stand as asked."""
    with parts().db.reading() as tx:
        page = contacts.page(tx, owner=owner(), which=query.which, after=query.after or None, limit=query.limit)
    return ContactsAnswer(contacts=[ContactSummary.of(kept) for kept in page.rows], next=page.next)


@bp.get("/contacts/<uuid:contact_id>")
@bp.output(ContactAnswer)
def get_contact(contact_id: UUID) -> ResponseReturnValue:
    """Show a contact with all its values."""
    return _told(_contact(contact_id))


@bp.patch("/contacts/<uuid:contact_id>")
@bp.input(Corrections, arg_name="changes")
@bp.input(MatchHeaders, location="headers", arg_name="headers")
@bp.output(ContactAnswer)
@bp.doc(responses=_CHANGED)
def change_contact(contact_id: UUID, changes: Corrections, headers: MatchHeaders) -> ResponseReturnValue:
    """Change fields of a contact; all else that its vCard holds stays as it is."""
    with parts().db.transaction() as tx:
        before = contacts.get(tx, owner=owner(), id=str(contact_id))
        check_version(before.etag, headers.if_match)
        text = vcard.edit(before.vcard, changes.model_dump(exclude_unset=True), now=now())
        after = contacts.write(tx, owner=owner(), vcard=text, id=before.id)
        ties.follow_contact(tx, owner=owner(), contact_id=after.id)
        return _told(after)


@bp.delete("/contacts/<uuid:contact_id>")
@bp.input(MatchHeaders, location="headers", arg_name="headers")
@bp.output({}, status_code=204, description="It is gone.")
@bp.doc(responses=_CHANGED)
def delete_contact(contact_id: UUID, headers: MatchHeaders) -> str:
    """Delete a contact."""
    with parts().db.transaction() as tx:
        check_version(contacts.get(tx, owner=owner(), id=str(contact_id)).etag, headers.if_match)
        contacts.delete(tx, owner=owner(), id=str(contact_id))
    return ""


@bp.get("/contacts/<uuid:contact_id>.vcf")
@bp.doc(responses=gives("A vCard 3.0.", VCARD))
def get_vcard(contact_id: UUID) -> ResponseReturnValue:
    """Give a contact as a vCard."""
    kept = _contact(contact_id)
    return send_file(
        BytesIO(kept.vcard.encode()),
        mimetype=VCARD,
        as_attachment=True,
        download_name=_file_name(kept),
        etag=kept.etag,
        conditional=False,
    )


@bp.get("/contacts.vcf")
@bp.doc(responses=gives("vCards 3.0, one after the other.", VCARD))
def get_vcards() -> ResponseReturnValue:
    """Give all contacts as one file of vCards."""
    disposition = 'attachment; filename="contacts.vcf"'
    return Response(_vcards(parts(), owner()), mimetype=VCARD, headers={"Content-Disposition": disposition})


def _contact(contact_id: UUID) -> KeptContact:
    with parts().db.reading() as tx:
        return contacts.get(tx, owner=owner(), id=str(contact_id))


def _told(kept: KeptContact) -> ResponseReturnValue:
    return ContactAnswer.of(kept), 200, {"ETag": f'"{kept.etag}"'}  # type: ignore[return-value] # APIFlask writes it


def _file_name(kept: KeptContact) -> str:
    """A name that every file system takes."""
    shown = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in kept.name or kept.org)
    return (" ".join(shown.split())[:60] or "contact") + ".vcf"


def _vcards(found: Parts, account_id: str) -> Iterator[str]:
    """A page at a time, so that a slow reader holds neither memory nor a transaction."""
    after: str | None = None
    while True:
        with found.db.reading() as tx:
            page = contacts.page(tx, owner=account_id, after=after, limit=_CONTACTS_A_READ)
        yield "".join(kept.vcard for kept in page.rows)
        after = page.next
        if after is None:
            return

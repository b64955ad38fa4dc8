"""Contacts over HTTP: list and search, look at, change, delete, and take away as vCards."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from service.domain.exports.client import Client
from service.domain.people import vcard
from service.storage.following import ties
from service.storage.people import contacts, duplicates
from service.storage.people.contacts import KeptContact
from service.web.api.document import gives, refusals
from service.web.api.doors import check_version, noun, now, owner
from service.web.api.shapes.card import Corrections
from service.web.api.shapes.contact import (
    ClientQuery,
    ContactAnswer,
    ContactsAnswer,
    ContactsQuery,
    ContactSummary,
    LossesAnswer,
    MatchHeaders,
    TakingQuery,
)
from service.web.parts import parts
from service.web.taking_away import CSV, VCARD, ZIP, file_name, preview, sent, sent_alone

bp = noun("contacts", about="People and companies in the address book, and their vCards.")

_CHANGED = refusals(_412="The contact was changed since the version in `If-Match`.")


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
        before = contacts.to_change(tx, owner=owner(), id=str(contact_id))
        check_version(before.etag, headers.if_match)
        text = vcard.edit(before.vcard, changes.model_dump(exclude_unset=True), now=now())
        after = contacts.write(tx, owner=owner(), vcard=text, id=before.id)
        ties.follow_contact(tx, owner=owner(), contact_id=after.id)
        duplicates.look(tx, owner=owner(), contact_ids=[after.id])
        return _told(after)


@bp.delete("/contacts/<uuid:contact_id>")
@bp.input(MatchHeaders, location="headers", arg_name="headers")
@bp.output({}, status_code=204, description="It is gone.")
@bp.doc(responses=_CHANGED)
def delete_contact(contact_id: UUID, headers: MatchHeaders) -> str:
    """Delete a contact."""
    with parts().db.transaction() as tx:
        check_version(contacts.to_change(tx, owner=owner(), id=str(contact_id)).etag, headers.if_match)
        contacts.delete(tx, owner=owner(), id=str(contact_id))
    return ""


@bp.get("/contacts/<uuid:contact_id>.vcf")
@bp.input(ClientQuery, location="query", arg_name="query")
@bp.doc(responses=gives("A vCard.", VCARD))
def get_vcard(contact_id: UUID, query: ClientQuery) -> ResponseReturnValue:
    """Give a contact as a vCard: 3.0, or as the `client` takes it."""
    kept = _contact(contact_id)
    answer = sent_alone(kept, query.vcard_client)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(kept))
    return answer


@bp.get("/contacts.vcf")
@bp.input(TakingQuery, location="query", arg_name="query")
@bp.doc(responses=gives("vCards one after the other; for Outlook one each in a ZIP, or a table.", VCARD, ZIP, CSV))
def get_vcards(query: TakingQuery) -> ResponseReturnValue:
    """Give contacts as one file: all, those that the query finds, or those whose `id` is given."""
    return sent(owner(), query.which, query.client or Client.APPLE)


@bp.get("/contacts/losses")
@bp.input(TakingQuery, location="query", arg_name="query")
@bp.output(LossesAnswer)
def get_losses(query: TakingQuery) -> LossesAnswer:
    """Tell what the `client` would lose of the same contacts, the newest two thousand of them."""
    client = query.client or Client.APPLE
    return LossesAnswer(client=client, losses=preview(owner(), query.which, client))


def _contact(contact_id: UUID) -> KeptContact:
    with parts().db.reading() as tx:
        return contacts.get(tx, owner=owner(), id=str(contact_id))


def _told(kept: KeptContact) -> ResponseReturnValue:
    return ContactAnswer.of(kept), 200, {"ETag": f'"{kept.etag}"'}  # type: ignore[return-value] # APIFlask writes it

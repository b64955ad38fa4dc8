"""The drawer: all contacts with a search, and each contact's page; change, delete, and bring back."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.people.vcard import edit as edited
from service.domain.people.vcard import fields_of
from service.storage.following import ties
from service.storage.people import contacts as kept_contacts
from service.storage.people import duplicates, erased
from service.storage.people.drawer import COUNTED_TO
from service.storage.reading import cards as kept_cards
from service.web.identity import account, signed_in
from service.web.pages.following.tie_section import tie_of
from service.web.pages.meeting.meeting import meeting_of
from service.web.pages.people.drawer import asked, shown
from service.web.pages.people.filters import filters
from service.web.pages.people.known import alike, joined
from service.web.pages.reading.answers import changes_from
from service.web.pages.reading.cards import how_many
from service.web.pages.reading.review import entries_of, missing_of
from service.web.pages.telling import tell
from service.web.pages.ways import in_words, links_to, ways_to
from service.web.parts import parts

contacts = Blueprint("contacts", __name__)


@contacts.get("/contacts")
@signed_in
def listing() -> str:
    owner, which = account().id, asked()
    with parts().db.reading() as tx:
        drawer = shown(tx, owner=owner, which=which)
        chips = filters(tx, owner=owner, which=which)
        count = kept_contacts.count(tx, owner=owner, up_to=COUNTED_TO)
    many = format_decimal(COUNTED_TO) if count > COUNTED_TO else ""
    return render_template("people/contacts.html", drawer=drawer, chips=chips, which=which, count=count, many=many)


@contacts.get("/contacts/rows")
@signed_in
def rows() -> str:
    """The list alone, as one types and as one scrolls."""
    which = asked()
    with parts().db.reading() as tx:
        drawer = shown(tx, owner=account().id, which=which)
    return render_template("people/contacts_rows.html", drawer=drawer, which=which, count=drawer.number)


@contacts.get("/contacts/<uuid:id>")
@signed_in
def page(id: UUID) -> str:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        contact = kept_contacts.get(tx, owner=account().id, id=str(id))
        cards = kept_cards.of_contact(tx, owner=account().id, contact_id=contact.id)
        fields = fields_of(contact.vcard)
        meeting = meeting_of(tx, owner=account().id, contact=contact, fields=fields)
        tie = tie_of(tx, owner=account().id, contact_id=contact.id)
        same = alike(tx, owner=account().id, contact_id=contact.id)
        made_of = joined(tx, owner=account().id, contact_id=contact.id, fields=fields)
        gone = erased.before(tx, owner=account().id, fields=fields, made_at=contact.created_at)
    return render_template(
        "people/contact.html",
        alike=same,
        erased=format_date(gone, "long", rebase=False) if gone else "",
        joined=made_of,
        contact=contact,
        fields=fields,
        ways=ways_to(fields),
        links=links_to(fields),
        cards=cards,
        meeting=meeting,
        tie=tie,
        in_words=in_words(fields),
        just_confirmed="confirmed" in request.args,
        waiting=how_many(),
    )


@contacts.get("/contacts/<uuid:id>/edit")
@signed_in
def edit(id: UUID) -> str:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        contact = kept_contacts.get(tx, owner=account().id, id=str(id))
    fields = fields_of(contact.vcard)
    entries = entries_of(fields)
    missing = missing_of(fields, entries)
    return render_template("people/contact_edit.html", contact=contact, fields=fields, entries=entries, missing=missing)


@contacts.post("/contacts/<uuid:id>/edit")
@signed_in
def save(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        contact = kept_contacts.to_change(tx, owner=account().id, id=str(id))
        fields = fields_of(contact.vcard)
        changes = changes_from(request.form, entries_of(fields), note=fields.note)
        if changes:
            text = edited(contact.vcard, changes, now=datetime.now(tz=UTC))
            kept_contacts.write(tx, owner=account().id, vcard=text, id=contact.id)
            ties.follow_contact(tx, owner=account().id, contact_id=contact.id)
            duplicates.look(tx, owner=account().id, contact_ids=[contact.id])
    tell(_("Saved."))
    return redirect(url_for("pages.contacts.page", id=id), 303)


@contacts.post("/contacts/<uuid:id>/delete")
@signed_in
def delete(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        contact = kept_contacts.get(tx, owner=account().id, id=str(id))
        kept_contacts.delete(tx, owner=account().id, id=contact.id)
    text = _("%(who)s was deleted.", who=fields_of(contact.vcard).shown_as)
    tell(text, undo=url_for("pages.contacts.bring_back", id=id))
    return redirect(url_for("pages.contacts.listing"), 303)


@contacts.post("/contacts/<uuid:id>/back")
@signed_in
def bring_back(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        kept_contacts.restore(tx, owner=account().id, id=str(id))
    return redirect(url_for("pages.contacts.page", id=id), 303)

"""The guests of guests: people who came with somebody become contacts of the host's, with a tie and a first message."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, update

from service.domain.errors import BadValue, Conflict
from service.domain.people.contact import CardFields, contact_of
from service.domain.people.vcard import render
from service.domain.reading.correction import apply
from service.domain.ties.tie import Source
from service.storage.following import ties
from service.storage.following.tie_tables import ties as tie_rows
from service.storage.following.ties import Met
from service.storage.meeting import gatherings, guests
from service.storage.meeting.gathering_tables import guests as rows
from service.storage.moment import now
from service.storage.people import contacts


def keep(
    tx: Connection, *, owner: str, guest_id: str, note: str, name: str = "", phone: str = "", mail: str = ""
) -> str:
    """Make a contact of the guest of a guest; give its id, that of before if there is one.

    `note` says with whom they came, in the words of the host's language.
    """
    guest = guests.get(tx, owner=owner, id=guest_id)
    ties.locked(tx, owner=owner, id=guest.tie_id)
    guest = guests.get(tx, owner=owner, id=guest_id)
    if guest.guest_tie_id:
        return ties.contact_of(tx, owner=owner, id=guest.guest_tie_id)
    if not guest.guest_came:
        raise Conflict("guest_absent", "Tick first that they came.")
    gathering = gatherings.get(tx, owner=owner, id=guest.gathering_id)
    fields = _fields(guests.one_name(name or guest.brings), phone, mail)
    made = contact_of(fields, uid=str(uuid4()), gathering=gathering.name, note=note, met_on=gathering.day, now=now())
    contact = contacts.write(tx, owner=owner, vcard=render(made), gathering_id=gathering.id)
    met = Met(on=gathering.day, gathering=gathering.name, gathering_id=gathering.id, language=guest.language)
    tie_id = ties.begin(tx, owner=owner, contact_id=contact.id, source=Source.GUEST, met=met)
    tx.execute(update(tie_rows).where(tie_rows.c.id == tie_id).values(introduced_by=guest.tie_id))
    values = {"guest_tie_id": tie_id, "brings": fields.shown_as}
    tx.execute(update(rows).where(rows.c.account_id == owner, rows.c.id == guest.id).values(values))
    return contact.id


def _fields(name: str, phone: str, mail: str) -> CardFields:
    if not name:
        raise BadValue("guest_name", "Write their name.")
    changes: dict[str, Any] = {"name": name}
    if phone.strip():
        changes["phones"] = [phone]
    if mail.strip():
        changes["emails"] = [mail]
    return apply(CardFields(), changes)

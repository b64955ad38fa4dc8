"""Gatherings over HTTP: where contacts were met, the calendar, and evenings of one's own with their guests."""

from typing import Any
from uuid import UUID

from flask import Response

from service.domain.gatherings.event import event_of
from service.domain.reaching.calendar import calendar
from service.domain.ties.account import zone_of
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.meeting import answering, gathering_merges, gatherings, guests, inviting
from service.storage.meeting.guests import Guest
from service.storage.people import new_people
from service.web.api.document import media, refusals
from service.web.api.doors import made_file, noun, owner
from service.web.api.shapes.gathering import (
    CancelGiven,
    ContactMadeAnswer,
    GatheringAnswer,
    GatheringChanges,
    GatheringGiven,
    GatheringsAnswer,
    GatheringsQuery,
    GuestAnswer,
    GuestChanges,
    GuestsGiven,
    MergeAnswer,
    MergeGiven,
    NewPersonGiven,
    SentGiven,
    WholeGatheringAnswer,
)
from service.web.invitation_links import link_of
from service.web.parts import parts

_FILE: Any = {200: {"description": "A calendar file.", "content": media("text/calendar")}}

bp = noun("gatherings", about="Occasions with a day: where contacts were met, and evenings of one's own with guests.")


@bp.get("/gatherings")
@bp.input(GatheringsQuery, location="query", arg_name="query")
@bp.output(GatheringsAnswer)
def list_gatherings(query: GatheringsQuery) -> GatheringsAnswer:
    """List the last two hundred gatherings at which somebody was met, newest first; or what is to come."""
    with parts().db.reading() as tx:
        if not query.ahead:
            return GatheringsAnswer(
                gatherings=[GatheringAnswer.of(met) for met in gatherings.recent(tx, owner=owner(), limit=200)]
            )
        found = gatherings.ahead(tx, owner=owner(), today=policies.today(tx, owner=owner()), called_off=True)
        numbers = gatherings.numbers(tx, [one.id for one in found])
    return GatheringsAnswer(gatherings=[GatheringAnswer.told(one, numbers.get(one.id, 0)) for one in found])


@bp.post("/gatherings")
@bp.input(GatheringGiven, arg_name="given")
@bp.output(WholeGatheringAnswer, status_code=201)
@bp.doc(responses=refusals(_409="There is one of this name on this day."))
def add_gathering(given: GatheringGiven) -> WholeGatheringAnswer:
    """Put a gathering into the calendar; kinds `own` and `double date` have guests."""
    with parts().db.transaction() as tx:
        made = gatherings.add(tx, owner=owner(), **given.model_dump(exclude_unset=True))
        return _whole(tx, made)


@bp.get("/gatherings/<uuid:gathering_id>")
@bp.output(WholeGatheringAnswer)
def get_gathering(gathering_id: UUID) -> WholeGatheringAnswer:
    """Show a gathering with its guests."""
    with parts().db.reading() as tx:
        return _whole(tx, str(gathering_id))


@bp.patch("/gatherings/<uuid:gathering_id>")
@bp.input(GatheringChanges, arg_name="changes")
@bp.output(WholeGatheringAnswer)
@bp.doc(responses=refusals(_409="There is one of this name on this day."))
def change_gathering(gathering_id: UUID, changes: GatheringChanges) -> WholeGatheringAnswer:
    """Change what is said of it; `kind: null` says that nobody told."""
    said = changes.model_dump(exclude_unset=True)
    if "kind" in said:
        said["kind"] = said["kind"] or ""
    with parts().db.transaction() as tx:
        gatherings.change(tx, owner=owner(), id=str(gathering_id), **said)
        return _whole(tx, str(gathering_id))


@bp.get("/gatherings/<uuid:gathering_id>/event.ics")
@bp.doc(responses=_FILE)
def get_event(gathering_id: UUID) -> Response:
    """Download the event of a gathering."""
    with parts().db.reading() as tx:
        gathering = gatherings.get(tx, owner=owner(), id=str(gathering_id))
        zone = zone_of(policies.of(tx, owner=owner()).account.zone)
    return made_file(calendar([event_of(gathering, zone)]), media_type="text/calendar")


@bp.post("/gatherings/<uuid:gathering_id>/cancel")
@bp.input(CancelGiven, arg_name="given")
@bp.output(WholeGatheringAnswer)
def cancel_gathering(gathering_id: UUID, given: CancelGiven) -> WholeGatheringAnswer:
    """Call it off, or on again; nobody is told by itself."""
    with parts().db.transaction() as tx:
        gatherings.cancel(tx, owner=owner(), id=str(gathering_id), cancelled=given.cancelled)
        return _whole(tx, str(gathering_id))


@bp.post("/gatherings/<uuid:gathering_id>/merge")
@bp.input(MergeGiven, arg_name="given")
@bp.output(MergeAnswer)
@bp.doc(responses=refusals(_409="The other one has guests."))
def merge_gatherings(gathering_id: UUID, given: MergeGiven) -> MergeAnswer:
    """Take another gathering in: the two were one."""
    with parts().db.transaction() as tx:
        merged = gathering_merges.merge(tx, owner=owner(), keep=str(gathering_id), gone=given.other)
    return MergeAnswer(merge=UUID(merged))


@bp.post("/gathering-merges/<uuid:merge_id>/undo")
@bp.output(WholeGatheringAnswer, description="The one that is back.")
def undo_gathering_merge(merge_id: UUID) -> WholeGatheringAnswer:
    """Make two of them again."""
    with parts().db.transaction() as tx:
        return _whole(tx, gathering_merges.undo(tx, owner=owner(), id=str(merge_id)).id)


@bp.post("/gatherings/<uuid:gathering_id>/guests")
@bp.input(GuestsGiven, arg_name="given")
@bp.output(WholeGatheringAnswer)
@bp.doc(responses=refusals(_409="It is not one of your own, or has no seat left."))
def add_guests(gathering_id: UUID, given: GuestsGiven) -> WholeGatheringAnswer:
    """Put contacts on its list, each once; whoever rests is taken up again."""
    with parts().db.transaction() as tx:
        guests.add(tx, owner=owner(), gathering_id=str(gathering_id), contact_ids=given.contacts)
        return _whole(tx, str(gathering_id))


@bp.patch("/guests/<uuid:guest_id>")
@bp.input(GuestChanges, arg_name="changes")
@bp.output(GuestAnswer)
@bp.doc(responses=refusals(_409="The door is not open yet."))
def change_guest(guest_id: UUID, changes: GuestChanges) -> GuestAnswer:
    """Say what a guest told, or that they came, which is a talk; `came: false` takes it back."""
    said: dict[str, Any] = changes.model_dump(exclude_unset=True)
    with parts().db.transaction() as tx:
        known = guests.get(tx, owner=owner(), id=str(guest_id))
        if "answer" in said or "brings" in said:
            reply, brings = said.pop("answer", known.answer) or "", said.pop("brings", known.brings)
            answering.told(tx, owner=owner(), guest_id=known.id, reply=reply, brings=brings)
        if "came" in said:
            guests.tick(tx, owner=owner(), id=known.id, came=said.pop("came"))
        guests.put(tx, owner=owner(), id=known.id, **said)
        return _guest(tx, guests.get(tx, owner=owner(), id=known.id))


@bp.delete("/guests/<uuid:guest_id>")
@bp.output({}, status_code=204, description="They are off the list.")
@bp.doc(responses=refusals(_409="They came."))
def drop_guest(guest_id: UUID) -> str:
    """Take a guest off the list; their link opens nothing any more."""
    with parts().db.transaction() as tx:
        guests.drop(tx, owner=owner(), id=str(guest_id))
    return ""


@bp.post("/guests/<uuid:guest_id>/invited")
@bp.input(SentGiven, arg_name="given")
@bp.output(GuestAnswer)
def invite_guest(guest_id: UUID, given: SentGiven) -> GuestAnswer:
    """Write down that the invitation went out; twice is once."""
    with parts().db.transaction() as tx:
        inviting.invited(tx, owner=owner(), guest_id=str(guest_id), channel=given.channel, text=given.text)
        return _guest(tx, guests.get(tx, owner=owner(), id=str(guest_id)))


@bp.post("/guests/<uuid:guest_id>/thanked")
@bp.input(SentGiven, arg_name="given")
@bp.output(GuestAnswer)
@bp.doc(responses=refusals(_409="They did not come."))
def thank_guest(guest_id: UUID, given: SentGiven) -> GuestAnswer:
    """Write down that they were thanked for coming; twice is once."""
    with parts().db.transaction() as tx:
        inviting.thanked(tx, owner=owner(), guest_id=str(guest_id), channel=given.channel, text=given.text)
        return _guest(tx, guests.get(tx, owner=owner(), id=str(guest_id)))


@bp.post("/guests/<uuid:guest_id>/new-person")
@bp.input(NewPersonGiven, arg_name="given")
@bp.output(ContactMadeAnswer)
@bp.doc(responses=refusals(_409="They did not come."))
def keep_new_person(guest_id: UUID, given: NewPersonGiven) -> ContactMadeAnswer:
    """Make a contact of the guest whom a guest brought, with a tie and a first message; twice is once."""
    with parts().db.transaction() as tx:
        known = guests.get(tx, owner=owner(), id=str(guest_id))
        said = given.model_dump()
        made = new_people.keep(tx, owner=owner(), guest_id=known.id, note=f"Came with {known.name}", **said)
    return ContactMadeAnswer(contact=UUID(made))


def _whole(tx: Transaction, gathering_id: str) -> WholeGatheringAnswer:
    gathering = gatherings.get(tx, owner=owner(), id=gathering_id)
    met = gatherings.numbers(tx, [gathering.id]).get(gathering.id, 0)
    there = guests.of_gathering(tx, owner=owner(), gathering_id=gathering.id)
    return WholeGatheringAnswer(
        gathering=GatheringAnswer.told(gathering, met), guests=[_guest(tx, one) for one in there]
    )


def _guest(tx: Transaction, guest: Guest) -> GuestAnswer:
    gathering = gatherings.get(tx, owner=owner(), id=guest.gathering_id)
    return GuestAnswer.of(guest, link_of(tx, owner=owner(), guest=guest, gathering=gathering))

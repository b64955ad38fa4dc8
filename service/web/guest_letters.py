"""What one writes to the guests of a gathering: each letter in their own language, with their own link."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from service.domain.drafts import Draft, draft
from service.domain.drafts.facts import Facts
from service.domain.gatherings.gathering import Gathering
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.ties.act import ActType
from service.domain.ties.note import NoteKind
from service.domain.ties.touch import Channel
from service.drafting import FORMAL_UNASKED, first_name
from service.storage.accounts import Account
from service.storage.database import Transaction
from service.storage.following import ties
from service.storage.following.history import History
from service.storage.following.policies import Rules
from service.storage.meeting.guests import Guest
from service.web.invitation_links import link_of

LETTERS: Final = {"invitations": "invite", "reminders": "reminder", "thanks": "thank_for_coming"}
_GROUND: Final = (NoteKind.PASSION, NoteKind.COMMON_GROUND)


@dataclass(frozen=True, slots=True)
class GuestLetter:
    """A draft to one guest, and what is needed to send it."""

    draft: Draft
    language: str
    fields: CardFields
    channel: Channel | None


def letter_to(
    tx: Transaction,
    guest: Guest,
    gathering: Gathering,
    what: str,
    *,
    person: Account,
    rules: Rules,
    page: str,
    today: date,
    chat: bool = True,
) -> GuestLetter:
    """Write it. `what` is invitations, reminders or thanks; `page` the language of the page."""
    history = ties.get(tx, owner=person.id, id=guest.tie_id)
    fields = fields_of(guest.vcard)
    language = (history.language or person.locale or page).lower()
    formality = history.formality or rules.formality
    formal = formality == "formal" if formality else language.partition("-")[0] in FORMAL_UNASKED
    link = link_of(tx, owner=person.id, guest=guest, gathering=gathering) if what == "invitations" else ""
    written = draft(
        "double_date" if gathering.four and what == "invitations" else LETTERS[what],
        _facts(guest, gathering, history, fields, link=link),
        lang=language,
        formal=formal,
        sender=person.name.partition(" ")[0],
        on=today,
        chat=chat,
    )
    return GuestLetter(written, language, fields, history.tie.prefers or next(iter(history.tie.channels), None))


def _facts(guest: Guest, gathering: Gathering, history: History, fields: CardFields, *, link: str) -> Facts:
    ground = next((note.text for note in reversed(history.tie.notes) if note.kind in _GROUND), "")
    return Facts(
        name=first_name(fields),
        full_name=fields.name.printed if fields.name else fields.shown_as,
        day=gathering.day,
        hour=gathering.begins,
        place=gathering.place,
        activity=_small(gathering.activity or gathering.name),
        ground=ground,
        person=guest.brings.partition(" ")[0] if guest.guest_came else "",
        link=link,
        near=any(act.type is ActType.TALKED for act in history.acts),
    )


def _small(text: str) -> str:
    """As it stands within a sentence: "cata de vinos"; what is written in capitals stays so."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]

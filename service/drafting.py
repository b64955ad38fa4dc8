"""A planned touch with its words: why now, and a draft in the contact's language that nobody sends but the person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from service.domain.drafts import Draft, draft
from service.domain.drafts.facts import Facts
from service.domain.drafts.letters import letter_of
from service.domain.drafts.reasons import why
from service.domain.drafts.source import with_source
from service.domain.drafts.times import offered
from service.domain.introductions.course import Course, other
from service.domain.introductions.unnamed import unnamed
from service.domain.people.contact import CardFields
from service.domain.ties.act import ActType, Gift
from service.domain.ties.introduction import Said
from service.domain.ties.kind import stay_for
from service.domain.ties.note import NoteKind
from service.domain.ties.story import Story, read
from service.domain.ties.touch import Channel, Kind, Reason, Touch
from service.storage.accounts import Account as Person
from service.storage.following.history import History
from service.storage.following.policies import Rules
from service.storage.following.touches import KeptTouch
from service.storage.people.counterparts import Counterpart

FORMAL_UNASKED: Final = frozenset({"de", "fr"})
"""Where strangers in business are not called by their first names."""

_CHATS: Final = frozenset({Channel.WHATSAPP, Channel.SMS, Channel.LINKEDIN})
_LATELY_DAYS: Final = 6
_THANK_REFERRAL: Final = "thank_referral"
_NOTED: Final = {
    "line": (NoteKind.LINE,),
    "need": (NoteKind.NEED,),
    "ground": (NoteKind.COMMON_GROUND, NoteKind.PASSION),
    "title": (NoteKind.NEW_TITLE,),
}
NOTE_OF_GAP: Final = {"line": NoteKind.LINE, "need": NoteKind.NEED, "ground": NoteKind.COMMON_GROUND}
"""What a draft asks for and is worth noting for good; the rest is told for one touch alone."""

GIVEN: Final = frozenset(
    "by day offer promise received gift times title news person other seeking activity place".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """`why` is in the language of the page, the draft in the contact's."""

    why: str
    draft: Draft
    language: str


def words_for(  # noqa: PLR0913  # all that a letter may know
    kept: KeptTouch,
    history: History,
    fields: CardFields,
    *,
    person: Person,
    rules: Rules,
    page: str,
    today: date,
    times: Sequence[datetime] = (),
    counterpart: Counterpart | None = None,
    sent_by: str = "",
) -> Words:
    """Write the words of one touch. `page` is the language of the page, `times` are local ones offered for a call.

    `counterpart` is the other one of an introduction, `sent_by` the name of who sent them, where somebody did.
    """
    story = read(history.tie, history.acts, rules.account, today)
    language = (history.language or person.locale or page).lower()
    facts = _facts(kept, history, fields, story)
    if times and not facts.times:
        facts = replace(facts, times=offered(times, lang=language, on=today))
    facts = replace(facts, by=facts.by or sent_by)
    formality = history.formality or rules.formality
    formal = formality == "formal" if formality else language.partition("-")[0] in FORMAL_UNASKED
    if counterpart:
        facts = introduced(kept.touch, facts, counterpart, formal=formal)
    written = draft(
        _THANK_REFERRAL if facts.referred else letter_of(kept.touch),
        facts,
        lang=language,
        formal=formal,
        sender=person.name.partition(" ")[0],
        on=today,
        chat=kept.touch.channel in _CHATS,
    )
    if rules.says_source and kept.touch.kind is Kind.FIRST and kept.touch.channel not in _CHATS:
        written = with_source(written, where=facts.where, lang=language, formal=formal)
    return Words(why(_said_now(kept.touch, history, today), facts, lang=page, on=today), written, language)


def introduced(touch: Touch, facts: Facts, far: Counterpart, *, formal: bool) -> Facts:
    """What may be said of the other: to whom is asked no name and nothing that tells it, once both said yes all."""
    course, name, full_name = far.course, first_name(far.fields), far.fields.shown_as
    hidden = {"name": full_name, "company": far.fields.org}
    mine = course.needs == far.side
    facts = replace(facts, other=full_name if formal else name, answered=course.said[other(far.side)] is Said.YES)
    match touch.why.reason:
        case Reason.THEY_NEED | Reason.THEY_CAN_HELP:
            need = (course.need or facts.need) if mine else unnamed(course.need, **hidden)
            offer = unnamed(course.offer, **hidden) if mine else ""
            promised = full_name if course.agreed == other(far.side) else ""
            return replace(facts, need=need, offer=offer, promise=promised, first=not facts.answered)
        case Reason.BOTH_YES:
            facts = replace(facts, need=course.need, day=course.meets_on, place=_where(course))
            near = facts.full_name if formal else facts.name
            return facts if mine else replace(facts, name=name, full_name=full_name, other=near)
        case _:
            return replace(facts, answered=touch.why.reason is Reason.SAID_NO)


def _where(course: Course) -> str:
    """The place of a meeting of three, with its time where there is one."""
    if course.meets_on is None or not course.place:
        return ""
    return f"{course.place} ({course.meets_at})" if course.meets_at else course.place


def first_name(fields: CardFields) -> str:
    """How one calls them: by the first name, a company by its own."""
    name = fields.name
    return (name.given or name.printed.partition(" ")[0]) if name else fields.shown_as


def _facts(kept: KeptTouch, history: History, fields: CardFields, story: Story) -> Facts:
    talked = bool(story.of(ActType.TALKED))
    new = story.contact is None
    known: dict[str, Any] = {slot: _noted(history, kinds) for slot, kinds in _NOTED.items()}
    if kept.touch.kind is Kind.REFER:
        known["need"] = ""  # there it is somebody else who needs something
    if kept.touch.kind is Kind.RECONNECT and not known["line"]:
        known["line"] = story.noted[-1].text if story.noted else history.tie.shared_past
    if kept.touch.kind is Kind.VISIT and (stay := stay_for(story, kept.touch.day)):
        known |= {"day": max(stay.first, story.today), "place": stay.name}
    facts = Facts(
        name=first_name(fields),
        full_name=fields.name.printed if fields.name else fields.shown_as,
        where=history.tie.gathering if new else "",
        met=story.met.day if story.met and new else None,
        promise=_promised(kept, history),
        received=kept.touch.why.text if kept.touch.why.reason is Reason.RECEIVED else "",
        referred=_referred(kept, story),
        seeking=kept.touch.why.text if kept.touch.kind is Kind.ASK else "",
        channel=kept.touch.channel or "",
        answered=kept.touch.why.reason is Reason.ANSWERED_WARMLY,
        near=talked,
        **known,
    )
    given: dict[str, Any] = {slot: text for slot, text in kept.given.items() if slot in GIVEN}
    return replace(facts, **given)


def _referred(kept: KeptTouch, story: Story) -> str:
    """Whom they sent, where that is what they are thanked for."""
    act = next((one for one in story.acts if kept.touch.cause == f"received:{one.id}"), None)
    return act.text if act and act.gift is Gift.REFERRAL and kept.touch.kind is Kind.THANK else ""


def _said_now(touch: Touch, history: History, today: date) -> Touch:
    """A promise is told by the day for which it was made, as long as that is not long past."""
    due_on = next((one.due_on for one in history.tie.promises if one.cause == touch.cause), None)
    if due_on is None:
        return touch
    day = due_on if (today - due_on).days <= _LATELY_DAYS else None
    return replace(touch, why=replace(touch.why, day=day))


def _noted(history: History, kinds: Iterable[NoteKind]) -> str:
    return next((note.text for note in reversed(history.tie.notes) if note.kind in kinds), "")


def _promised(kept: KeptTouch, history: History) -> str:
    return next((one.text for one in history.tie.promises if one.cause == kept.touch.cause), "")

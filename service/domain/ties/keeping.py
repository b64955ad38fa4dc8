"""Keeping a tie with somebody known: when the next word is due, after an answer and after silence."""

from datetime import date

from service.domain.ties.act import Act, ActSource, ActType, Outcome
from service.domain.ties.days import plus
from service.domain.ties.kind import keep_kind, they_gave_last
from service.domain.ties.making import chain, make, thanks_owed
from service.domain.ties.note import NoteKind
from service.domain.ties.pause import free_from
from service.domain.ties.rest import reconnects, spent, waits_for_word
from service.domain.ties.stage import is_new
from service.domain.ties.story import Story, is_two_way
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why

_FROM_HERE = frozenset({ActType.DID, ActType.ASKED, ActType.MET})


def keep(story: Story) -> Touch | None:
    """The next word to somebody known; None for the dormant, for whom it is the week that chooses."""
    contact = story.contact
    if contact is None or is_dormant(story) or only_imported(story) or reconnects(story):
        return None
    if spent(story) or waits_for_word(story):
        return None
    kind, day = keep_kind(story, max(due(story, contact), free_from(story)))
    why = Why(_reason(story, kind), contact.day, _text(story, kind), len(story.silent), thanks_owed(story))
    return make(story, chain(story), kind, Lane.KEEP, day=day, why=why)


def due(story: Story, contact: Act) -> date:
    """After silence counted from the touch: from the last contact, somebody silent would be due again every day."""
    if story.silent:
        return plus(story.silent[-1].day, _after_silence(story, len(story.silent)))
    start = story.beginning or contact
    if start.type is ActType.REVIVED:
        return max(plus(contact.day, wait(story, contact)), plus(start.day, story.policy.first_after_days))
    return plus(start.day, wait(story, contact))


def wait(story: Story, contact: Act) -> int:
    """Days from a two-way contact to the next word: who is new, or gave last, does not wait for a wide circle."""
    policy = story.policy
    if contact.outcome is Outcome.COOL:
        return max(story.interval * policy.cool_waits, policy.dormant_again_days * _again(story, contact))
    soonest = [policy.new_tie_days] * is_new(story) + [policy.give_back_days] * (story.known and they_gave_last(story))
    return min([story.interval, *soonest])


def is_dormant(story: Story) -> bool:
    """Known once, without two-way contact for years, and nothing under way."""
    contact = story.contact
    if contact is None or story.silent:
        return False
    return story.today > plus(max(contact.day, _met_on(story)), story.policy.dormant_days)


def only_imported(story: Story) -> bool:
    """Somebody out of a list, of whom nothing happened here: ranked, never planned."""
    if story.tie.source is not Source.IMPORT:
        return False
    return not any(
        is_two_way(act) or act.type in _FROM_HERE for act in story.acts if act.source is not ActSource.IMPORT
    )


def _met_on(story: Story) -> date:
    return story.beginning.day if story.beginning else story.tie.begun_on


def _again(story: Story, contact: Act) -> bool:
    """Whether the contact was an answer to a reconnect."""
    touch = story.touch_by_id.get(contact.on)
    return touch is not None and touch.kind is Kind.RECONNECT


def _after_silence(story: Story, n: int) -> int:
    policy = story.policy
    days = max(story.interval, policy.silent_least_days) * (1 << (n - 1))
    return min(days, max(story.interval, policy.silent_most_days))


def _reason(story: Story, kind: Kind) -> Reason:
    if kind is Kind.FAVOUR and story.contact and story.contact.type is ActType.RECEIVED:
        return Reason.THEY_GAVE
    return Reason.SILENT if story.silent else Reason.TIME


def _text(story: Story, kind: Kind) -> str:
    """For a favour what they need, else the last thing noted."""
    needs = [note.text for note in story.noted if note.kind is NoteKind.NEED and kind is Kind.FAVOUR]
    texts = needs or [note.text for note in story.noted]
    return texts[-1] if texts else ""

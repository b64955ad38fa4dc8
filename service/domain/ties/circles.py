"""Moving between circles is proposed, never done: closer for those who come back, wider for those who do not."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.circle import Circle
from service.domain.ties.days import plus
from service.domain.ties.ledger import asks, gives, since
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.rest import is_let_go, is_resting
from service.domain.ties.story import Story, is_referral

_MOVES = frozenset({QuestionKind.CLOSER, QuestionKind.WIDER, QuestionKind.ASK_THEM})


class MoveReason(StrEnum):
    REFERRAL = "referral"
    RECEIVED = "received"
    TALKS = "talks"
    COOL = "cool"
    SKIPS = "skips"
    NOTHING_BACK = "nothing back"


@dataclass(frozen=True, slots=True)
class Move:
    """A question for the user; `to` is None where it is to ask them first."""

    question: QuestionKind
    reason: MoveReason
    to: Circle | None = None


def move(story: Story) -> Move | None:
    """One a tie a quarter; after a refusal a year of silence."""
    if is_let_go(story) or is_resting(story) or _asked_lately(story):
        return None
    found = _closer(story) or _wider(story)
    return found if found and not _refused(story, found.question) else None


def has_room(circle: Circle, others_in_it: int, inner_at_most: int) -> bool:
    """The inner circle holds three: more would be nobody."""
    return circle is not Circle.INNER or others_in_it < inner_at_most


def _closer(story: Story) -> Move | None:
    if story.circle.place <= Circle.CLOSE.place:
        return None
    to = Circle.CLOSE if story.circle is Circle.ACTIVE else Circle.ACTIVE
    reason = _came_closer(story)
    return Move(QuestionKind.CLOSER, reason, to) if reason else None


def _came_closer(story: Story) -> MoveReason | None:
    acts, policy = _here(story), story.policy
    if any(is_referral(act) for act in acts):
        return MoveReason.REFERRAL
    if len(_lately(story, acts, ActType.RECEIVED, policy.year_days)) >= policy.closer_received:
        return MoveReason.RECEIVED
    talks = _lately(story, acts, ActType.TALKED, policy.closer_talk_days)
    return MoveReason.TALKS if len(talks) >= policy.closer_talks else None


def _wider(story: Story) -> Move | None:
    if story.circle is Circle.DRAWER:
        return None
    if _cool(story):
        return Move(QuestionKind.WIDER, MoveReason.COOL, story.circle.wider)
    if _skipped(story):
        return Move(QuestionKind.WIDER, MoveReason.SKIPS, story.circle.wider)
    return _nothing_back(story) if _gave_for_nothing(story) else None


def _nothing_back(story: Story) -> Move:
    """Before giving up on somebody who never gives, ask once."""
    if since(story, asks(story), story.policy.year_days):
        return Move(QuestionKind.WIDER, MoveReason.NOTHING_BACK, story.circle.wider)
    return Move(QuestionKind.ASK_THEM, MoveReason.NOTHING_BACK)


def _gave_for_nothing(story: Story) -> bool:
    year = story.policy.year_days
    given = since(story, tuple(act for act in gives(story) if act in _here(story)), year)
    return len(given) >= story.policy.wider_gives and not since(story, story.of(ActType.RECEIVED), year)


def _cool(story: Story) -> bool:
    last = [act for act in _here(story) if act.outcome in (Outcome.WARM, Outcome.COOL)][-story.policy.wider_cool :]
    return len(last) == story.policy.wider_cool and all(act.outcome is Outcome.COOL for act in last)


def _skipped(story: Story) -> bool:
    acts = [act for act in _here(story) if act.type in (ActType.DID, ActType.SKIPPED)][-story.policy.wider_skips :]
    return len(acts) == story.policy.wider_skips and all(act.type is ActType.SKIPPED for act in acts)


def _here(story: Story) -> tuple[Act, ...]:
    """What happened since it moved to the circle it is in."""
    return story.after(story.last(*story.of(ActType.CIRCLE)))


def _lately(story: Story, acts: tuple[Act, ...], type_: ActType, days: int) -> tuple[Act, ...]:
    return since(story, tuple(act for act in acts if act.type is type_), days)


def _asked_lately(story: Story) -> bool:
    """Whether a move was answered in this quarter; a question still open goes on being asked."""
    return any(story.today < plus(one.asked_on, story.policy.circle_every_days) for one in _answered(story))


def _refused(story: Story, kind: QuestionKind) -> bool:
    silence = story.policy.circle_refused_days
    noes = (one for one in _answered(story) if one.kind is kind and one.reply is Reply.NO)
    return any(one.answered_on and story.today < plus(one.answered_on, silence) for one in noes)


def _answered(story: Story) -> list[Question]:
    return [one for one in story.tie.questions if one.kind in _MOVES and one.answered_on]

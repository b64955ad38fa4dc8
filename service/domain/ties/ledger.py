"""The ledger of a tie: what was given, asked, answered and received."""

from dataclasses import dataclass

from service.domain.ties.act import Act, ActType
from service.domain.ties.days import plus
from service.domain.ties.introduction import is_asking
from service.domain.ties.story import Story, is_two_way, kind_of
from service.domain.ties.touch import Kind, Sort


@dataclass(frozen=True, slots=True)
class Ledger:
    """Both sides of the page, each oldest first."""

    gave: tuple[Act, ...]
    asked: tuple[Act, ...]
    answered: tuple[Act, ...]
    received: tuple[Act, ...]

    @property
    def value_cents(self) -> int:
        """What came back in money, where it was told."""
        return sum(act.value_cents or 0 for act in self.received)


def ledger(story: Story) -> Ledger:
    answered = tuple(act for act in story.acts if is_two_way(act) and act.type is not ActType.RECEIVED)
    return Ledger(gives(story), asks(story), answered, story.of(ActType.RECEIVED))


def gives(story: Story) -> tuple[Act, ...]:
    """Promises kept, favours, introductions made (not the asking), referrals; an invitation only when taken up."""
    done = (
        act for act in story.of(ActType.DID) if act.kind and act.kind.sort is Sort.GIVE and not is_asking(act.cause)
    )
    return tuple(act for act in done if act.kind is not Kind.INVITE or _taken_up(story, act))


def asks(story: Story) -> tuple[Act, ...]:
    return tuple(act for act in story.touches if kind_of(act) is Kind.ASK)


def failed_ask(story: Story) -> Act | None:
    """The last ask, if nothing was received since."""
    last = story.last(*asks(story))
    if last is None or any(act.type is ActType.RECEIVED for act in story.after(last)):
        return None
    return last


def received_since(story: Story, days: int) -> tuple[Act, ...]:
    return since(story, story.of(ActType.RECEIVED), days)


def since(story: Story, acts: tuple[Act, ...], days: int) -> tuple[Act, ...]:
    """Those of the last so many days."""
    first = plus(story.today, -days)
    return tuple(act for act in acts if act.day >= first)


def always_answers(story: Story) -> bool:
    """Every touch whose outcome we know was answered, twice at least: an easy touch."""
    told = [act for act in story.touches if act.id in story.answers]
    return len(told) > 1 and all(is_two_way(story.answers[act.id]) for act in told)


def _taken_up(story: Story, invitation: Act) -> bool:
    told = story.answers.get(invitation.id)
    return told is not None and told.type is ActType.TALKED

"""All that is derived of a tie on a day, in one value that may be dropped and made again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.domain.ties.account import Account
from service.domain.ties.act import Act
from service.domain.ties.circle import Circle
from service.domain.ties.dormant import candidate_of
from service.domain.ties.gate import Missing, missing
from service.domain.ties.ledger import gives, received_since, since
from service.domain.ties.rest import unanswered
from service.domain.ties.stage import Stage, stage
from service.domain.ties.standing import Next, next_step
from service.domain.ties.story import Story, read
from service.domain.ties.tie import Tie
from service.domain.ties.wakes import wakes_on
from service.domain.ties.warmth import Warmth, warmth


@dataclass(frozen=True, slots=True)
class Outlook:
    """`next` says what comes, or why nothing does; `gate` what is missing for an ask, empty when the door is open.

    `dormant_score` is None for whom could not be chosen today; `wakes_on` is when all this must be made again without an act.
    """

    tie: str
    stage: Stage
    warmth: Warmth
    circle: Circle
    last_two_way: date | None
    unanswered: int
    next: Next
    dormant_score: int | None
    gate: tuple[Missing, ...]
    gives_24m: int
    received_365d: int
    known: bool
    computed_for: date
    wakes_on: date | None


def outlook(tie: Tie, history: Iterable[Act], account: Account, today: date, colleagues: int | None = None) -> Outlook:
    return outlook_of(read(tie, history, account, today), colleagues)


def outlook_of(story: Story, colleagues: int | None = None) -> Outlook:
    candidate = candidate_of(story, colleagues)
    return Outlook(
        tie=story.tie.id,
        stage=stage(story),
        warmth=warmth(story),
        circle=story.circle,
        last_two_way=story.contact.day if story.contact else None,
        unanswered=len(unanswered(story)),
        next=next_step(story),
        dormant_score=candidate.points if candidate else None,
        gate=missing(story),
        gives_24m=len(since(story, gives(story), story.policy.gate_gives_days)),
        received_365d=len(received_since(story, story.policy.year_days)),
        known=story.known,
        computed_for=story.today,
        wakes_on=wakes_on(story),
    )

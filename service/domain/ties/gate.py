"""The gate for an ask: give before you ask. What is missing is said; nothing is ever planned through it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.ties.act import ActType
from service.domain.ties.days import plus
from service.domain.ties.ledger import asks, gives, since
from service.domain.ties.rest import is_let_go, is_resting
from service.domain.ties.story import Story, is_two_way


class Lack(StrEnum):
    """What stands between the user and an ask."""

    GIVES = "gives"
    GIVE_SINCE_ASK = "give since ask"
    CONTACT = "contact"
    KNOWN_LONGER = "known longer"
    ASKED_LATELY = "asked lately"
    RESTING = "resting"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True)
class Missing:
    """`count` gives are missing, or days have to pass until `day`."""

    lack: Lack
    count: int = 0
    day: date | None = None


def missing(story: Story) -> tuple[Missing, ...]:
    """Empty when the door is open."""
    checks = (_gives(story), _give_since_ask(story), _contact(story), _known(story), _asked(story), _still(story))
    return tuple(one for one in checks if one)


def known_from(story: Story) -> date | None:
    """The meeting; of somebody dormant, the day on which they answered again."""
    met = [act.day for act in story.of(ActType.MET)][:1]
    start: date | None = met[0] if met else None
    before = start
    for act in (act for act in story.acts if is_two_way(act)):
        if before is None or act.day > plus(before, story.policy.dormant_days):
            start = act.day
        before = act.day
    return start


def _gives(story: Story) -> Missing | None:
    lately = since(story, gives(story), story.policy.gate_gives_days)
    lacking = story.policy.gate_gives - len(lately)
    return Missing(Lack.GIVES, lacking) if lacking > 0 else None


def _give_since_ask(story: Story) -> Missing | None:
    last = story.last(*asks(story))
    if last is None or any(act in story.after(last) for act in gives(story)):
        return None
    return Missing(Lack.GIVE_SINCE_ASK, 1)


def _contact(story: Story) -> Missing | None:
    contact = story.contact
    lately = contact and contact.day >= plus(story.today, -story.policy.gate_contact_days)
    return None if lately else Missing(Lack.CONTACT)


def _known(story: Story) -> Missing | None:
    start = known_from(story)
    if start is None:
        return None  # no contact is said already
    day = plus(start, story.policy.gate_known_days)
    return Missing(Lack.KNOWN_LONGER, day=day) if story.today < day else None


def _asked(story: Story) -> Missing | None:
    last = story.last(*asks(story))
    day = plus(last.day, story.policy.gate_asks_days) if last else None
    return Missing(Lack.ASKED_LATELY, day=day) if day and story.today < day else None


def _still(story: Story) -> Missing | None:
    if is_let_go(story):
        return Missing(Lack.LET_GO)
    return Missing(Lack.RESTING) if is_resting(story) else None

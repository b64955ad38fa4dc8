"""When a tie is left to rest, waits for a word of the user, or was let go; and what starts it again."""

from datetime import date

from service.domain.ties.act import Act, ActType
from service.domain.ties.days import plus, window_end
from service.domain.ties.story import Story, is_two_way
from service.domain.ties.touch import Channel, Kind

_STARTS_AGAIN = frozenset({ActType.MET, ActType.REVIVED})


def unanswered(story: Story) -> tuple[Act, ...]:
    """The silent touches of which the user told plainly that nothing came back."""
    return tuple(act for act in story.silent if story.said_no(act))


def untold(story: Story) -> tuple[Act, ...]:
    """The silent touches of which nobody told the outcome."""
    return tuple(act for act in story.silent if not story.said_no(act))


def rests_from(story: Story) -> date | None:
    """The day from which the tie rests, past or to come; None while there is something left to try."""
    nos, policy = unanswered(story), story.policy
    tried = len(nos) >= policy.rest_after and (_channels_tried(nos, story) or spent(story))
    if not nos or not (tried or (spent(story) and len(nos) == len(story.silent))):
        return None
    third = nos[min(policy.rest_after, len(nos)) - 1]
    return max(plus(nos[0].day, policy.rest_first_days), plus(third.day, policy.rest_last_days))


def is_resting(story: Story) -> bool:
    start = rests_from(story)
    return start is not None and start <= story.today


def waits_for_word(story: Story) -> bool:
    """Nothing more is proposed until the user tells whether they answered."""
    told_nothing = len(untold(story))
    return told_nothing >= story.policy.unknown_at_most or (told_nothing > 0 and spent(story))


def spent(story: Story) -> bool:
    """All that a silent person should get has been sent: three tries on a card, four touches on anyone else."""
    policy = story.policy
    return len(story.silent) >= (policy.touches_to_silence if story.contact else policy.tries_at_most)


def reconnects(story: Story) -> tuple[Act, ...]:
    """The reconnects done since the last two-way contact; one that was only planned by hand is none yet."""
    since = story.after(story.contact)
    return tuple(act for act in since if act.type is ActType.DID and act.kind is Kind.RECONNECT)


def is_let_go(story: Story) -> bool:
    """Let go by hand; any two-way contact, a new exchange or a tap brings it back."""
    for act in reversed(story.acts):
        if act.type is ActType.LET_GO:
            return True
        if act.type in _STARTS_AGAIN or is_two_way(act):
            return False
    return False


def window_closes(story: Story, touch: Act) -> date:
    """The last day on which an answer is waited for."""
    return window_end(touch.day, story.policy.answer_window_days, story.account)


def _channels_tried(nos: tuple[Act, ...], story: Story) -> bool:
    tried = {act.channel for act in nos}  # an unknown way is a way
    has = [channel for channel in story.tie.channels if channel is not Channel.IN_PERSON]
    return len(tried) >= min(story.policy.rest_channels, max(1, len(has)))

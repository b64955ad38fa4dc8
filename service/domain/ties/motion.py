"""A warm answer sets things in motion: a coffee a week later, a call three days after a reconnect."""

from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.days import next_open, plus, window_end
from service.domain.ties.kind import meeting_kind
from service.domain.ties.making import make, put_off
from service.domain.ties.pause import free_from
from service.domain.ties.story import Story, is_two_way
from service.domain.ties.touch import MEETINGS, Kind, Lane, Reason, Touch, Why

_LEADS_ELSEWHERE = frozenset({Kind.INVITE, Kind.INTRODUCE})
"""Who says yes to these has said yes to something else than a coffee."""


def in_motion(story: Story) -> Touch | None:
    """The meeting after a warm answer to a first word, a try, a kept promise or a reconnect; None when declined."""
    answer = _warm_answer(story)
    if answer is None or f"answer:{answer.id}" in story.closed:
        return None
    touch = _touch(story, answer)
    return touch if touch.until is None or max(touch.day, story.today) <= touch.until else None


def _touch(story: Story, answer: Act) -> Touch:
    policy, again = story.policy, _answered(story, answer).kind is Kind.RECONNECT
    cause = f"answer:{answer.id}"
    due = plus(answer.day, policy.reconnect_call_days if again else policy.meeting_after_days)
    day = next_open(max(due, free_from(story)), story.account)
    until = None if put_off(story, cause) else window_end(answer.day, policy.meeting_days, story.account)
    kind = Kind.CALL if again else meeting_kind(story, day)
    text = story.noted[-1].text if story.noted else ""
    why = Why(Reason.ANSWERED_WARMLY, answer.day, text)
    return make(story, cause, kind, Lane.IN_MOTION, day=day, until=until, why=why)


def _warm_answer(story: Story) -> Act | None:
    """The last one that asks for a meeting, if we have not talked since, nor did they cool down."""
    for act in reversed(story.acts):
        if act.type is ActType.TALKED or (is_two_way(act) and act.outcome is Outcome.COOL):
            return None
        if act.outcome is Outcome.WARM and act.id != _answered(story, act).id and _asks_for_one(story, act):
            return act
    return None


def _asks_for_one(story: Story, answer: Act) -> bool:
    touch = _answered(story, answer)
    if touch.kind is Kind.RECONNECT:
        return True
    if story.of(ActType.TALKED) or touch.kind in MEETINGS or touch.kind in _LEADS_ELSEWHERE:
        return False
    return touch.kind is Kind.PROMISE or not any(is_two_way(act) for act in story.acts[: story.acts.index(touch)])


def _answered(story: Story, answer: Act) -> Act:
    """The touch that was answered; of a message that they began, the message itself."""
    return story.touch_by_id.get(answer.on, answer)

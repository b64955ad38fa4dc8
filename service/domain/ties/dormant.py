"""Dormant ties: whom it would be worth hearing of again. They are ranked; only the one the week chooses is a touch."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from service.domain.ties.account import Account
from service.domain.ties.act import Act, ActType, Outcome
from service.domain.ties.by_hand import by_hand
from service.domain.ties.days import next_open, plus, sunday
from service.domain.ties.debts import promises, thanks
from service.domain.ties.first_words import begun_on, late_until
from service.domain.ties.keeping import is_dormant, only_imported
from service.domain.ties.making import chain, make, put_off
from service.domain.ties.occasions import congratulations
from service.domain.ties.pause import free_from
from service.domain.ties.question import QuestionKind, Reply
from service.domain.ties.rest import is_let_go, is_resting, reconnects, rests_from
from service.domain.ties.story import Story, is_two_way, read
from service.domain.ties.tie import Tie
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why
from service.domain.ties.tries import next_try

_SHARES = {None: 0.5, 0: 0.7, 1: 1.0, 2: 1.0, 3: 1.0}
_MORE_SHARED = 0.3


def candidate(
    tie: Tie, history: Iterable[Act], account: Account, today: date, colleagues: int | None = None
) -> Touch | None:
    """A reconnect with its score as points, if the tie is in the pool; `colleagues` are others I know at its company."""
    return candidate_of(read(tie, history, account, today), colleagues)


def candidate_of(story: Story, colleagues: int | None = None) -> Touch | None:
    if not may_reconnect(story) or free_from(story) > story.today or _expects(story):
        return None
    touch = _reconnect(story, story.today)
    return None if touch.lane is Lane.BY_HAND else replace(touch, points=score(story, colleagues))


def may_reconnect(story: Story) -> bool:
    """Whether it is in the pool, was not tried too lately or too often, and is still of interest."""
    return not is_let_go(story) and _in_pool(story) and not _tried_enough(story) and not _not_relevant(story)


def put_off_reconnect(story: Story) -> Touch | None:
    """A reconnect that the user put on a day of his own, which makes it by hand."""
    return _reconnect(story, story.today) if put_off(story, chain(story)) else None


@dataclass(frozen=True, slots=True)
class Parts:
    """What a score is made of, each in points; `answered` of `written` touches were."""

    shares: float
    seniority: float
    answers: float
    past: float
    noted: float
    colleagues: int | None
    answered: int
    written: int

    @property
    def score(self) -> int:
        return round(self.shares + self.seniority + self.answers + self.past + self.noted)


def score(story: Story, colleagues: int | None) -> int:
    """0 to 100: who knows others than I do, who could help, who answers, what we share, what there is to say."""
    return parts(story, colleagues).score


def parts(story: Story, colleagues: int | None) -> Parts:
    policy, tie = story.policy, story.tie
    known = colleagues if tie.company else None
    answered = sum(act.id in story.answers and is_two_way(story.answers[act.id]) for act in story.touches)
    past = bool(tie.shared_past or tie.gathering or tie.introduced_by)
    return Parts(
        shares=policy.dormant_shares * _SHARES.get(known, _MORE_SHARED),
        seniority=policy.dormant_seniority * tie.senior / 2,
        answers=policy.dormant_answers * (answered + 1) / (len(story.touches) + 2),
        past=policy.dormant_past * past,
        noted=policy.dormant_noted * bool(story.noted),
        colleagues=known,
        answered=answered,
        written=len(story.touches),
    )


def _expects(story: Story) -> bool:
    """Whether another touch is planned for it anyway."""
    return bool(promises(story) or thanks(story) or by_hand(story) or list(congratulations(story)))


def _in_pool(story: Story) -> bool:
    if is_resting(story):
        return _rested_long(story)
    if story.contact:
        return is_dormant(story) or _imported_long_ago(story) or bool(reconnects(story))
    if reconnects(story):
        return True
    if story.silent or next_try(story):
        return False
    return only_imported(story) or (_old_card(story) and _worth_it(story))


def _rested_long(story: Story) -> bool:
    """Once a person, a year of rest, and years without contact."""
    start, contact, policy = rests_from(story), story.contact, story.policy
    if start is None or contact is None:
        return False
    return story.today > max(plus(start, policy.rest_again_days), plus(contact.day, policy.dormant_days))


def _imported_long_ago(story: Story) -> bool:
    """Out of a list, and not spoken to for as long as its circle allows."""
    return only_imported(story) and story.contact is not None and story.today > plus(story.contact.day, story.interval)


def _old_card(story: Story) -> bool:
    since = begun_on(story)
    return since is None or story.today > late_until(story, since)


def _worth_it(story: Story) -> bool:
    return bool(story.noted or story.tie.starred)


def _tried_enough(story: Story) -> bool:
    """One try; cool or nothing: a year; twice nothing: never again by itself."""
    tried, policy = reconnects(story), story.policy
    if len(tried) >= policy.dormant_tries:
        return True
    cool = [act.day for act in story.of(ActType.ANSWERED) if act.outcome is Outcome.COOL]
    last = [act.day for act in tried[-1:]] + cool[-1:]
    return any(story.today < plus(day, policy.dormant_again_days) for day in last)


def _not_relevant(story: Story) -> bool:
    """No to "still relevant?" for good; nothing remembered, for a year."""
    told = [one for one in story.tie.questions if one.kind is QuestionKind.RELEVANT and one.answered_on]
    start = story.beginning.day if story.beginning else date.min
    no = any(one.reply is Reply.NO and one.answered_on and one.answered_on >= start for one in told)
    forgot = [one.answered_on for one in told if one.reply is Reply.NOTHING and one.answered_on]
    return no or any(story.today < plus(day, story.policy.dormant_again_days) for day in forgot)


def _reconnect(story: Story, today: date) -> Touch:
    day = next_open(today, story.account)
    since = story.contact.day if story.contact else story.tie.known_since
    text = story.noted[-1].text if story.noted else story.tie.shared_past
    why = Why(Reason.LONG_SILENCE, since, text, tries=len(reconnects(story)))
    return make(story, chain(story), Kind.RECONNECT, Lane.DORMANT, day=day, until=sunday(day), why=why)

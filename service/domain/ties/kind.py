"""Which kind of touch comes next: giving and saying hello alternate, and no kind comes twice running."""

from collections.abc import Iterator
from datetime import date

from service.domain.ties.account import Stay
from service.domain.ties.act import Act, ActType, Outcome, Talk
from service.domain.ties.circle import NEAR
from service.domain.ties.days import plus
from service.domain.ties.ledger import failed_ask, gives
from service.domain.ties.story import Story, kind_of
from service.domain.ties.touch import MEETINGS, Kind, Sort

_OWED = frozenset({Kind.PROMISE, Kind.THANK})
_SAID = MEETINGS | {Kind.HELLO}


def keep_kind(story: Story, day: date) -> tuple[Kind, date]:
    """The next kind for somebody known, and the day from which variety allows it."""
    return _first_allowed(story, day, [*_give(story, day), *_neutral(story, day), *_if_known(story)])


def try_kind(story: Story, day: date) -> tuple[Kind, date]:
    """For a silent card: something useful if anything is noted, then a hello, then an open door."""
    used = {act.kind for act in story.silent}
    kinds = [*([Kind.FAVOUR] if story.noted else []), Kind.HELLO, meeting_kind(story, day)]
    return _first_allowed(story, day, sorted(kinds, key=lambda kind: kind in used))


def meeting_kind(story: Story, day: date) -> Kind:
    """A coffee; a call from another town; a visit, to meet the team, where I shall be, or once we had our coffee here."""
    return next((kind for kind in _meetings(story, day) if is_varied(story, kind, day)), Kind.COFFEE)


def is_varied(story: Story, kind: Kind, day: date) -> bool:
    """Whether the last touch but debts was another kind, or is half a year old."""
    last = last_touch(story)
    return last is None or kind_of(last) is not kind or day >= plus(last.day, story.policy.same_kind_days)


def they_gave_last(story: Story) -> bool:
    """Whether something was received after the last give."""
    return any(act.type is ActType.RECEIVED for act in story.after(story.last(*gives(story))))


def last_touch(story: Story) -> Act | None:
    return story.last(*(act for act in story.touches if act.kind not in _OWED))


def _first_allowed(story: Story, day: date, kinds: list[Kind]) -> tuple[Kind, date]:
    allowed = next((kind for kind in kinds if is_varied(story, kind, day)), None)
    last = last_touch(story)
    if allowed or last is None:
        return allowed or kinds[0], day
    return kinds[0], max(day, plus(last.day, story.policy.same_kind_days))


def _give(story: Story, day: date) -> Iterator[Kind]:
    """A favour when it is the turn of giving: after an ask that brought nothing, when they gave last, or in turn."""
    if story.known and (_owes_a_give(story) or _turn_to_give(story, day)):
        yield Kind.FAVOUR


def _if_known(story: Story) -> list[Kind]:
    return [Kind.FAVOUR] if story.known else []


def _owes_a_give(story: Story) -> bool:
    ask = failed_ask(story)
    return they_gave_last(story) or (ask is not None and ask in story.after(story.last(*gives(story))))


def _turn_to_give(story: Story, day: date) -> bool:
    given, last = story.last(*gives(story)), last_touch(story)
    rested = given is None or day >= plus(given.day, story.policy.between_gives_days)
    return rested and (last is None or last.kind is None or last.kind.sort is not Sort.GIVE)


def _neutral(story: Story, day: date) -> list[Kind]:
    """A hello and a meeting in turn; after a cool answer no meeting, but for the nearest."""
    if story.contact and story.contact.outcome is Outcome.COOL and story.circle not in NEAR:
        return [Kind.HELLO]
    turn = [Kind.HELLO, meeting_kind(story, day)]
    last = story.last(*(act for act in story.acts if act.type is ActType.TALKED or _was_said(act)))
    return turn[::-1] if last and last.kind is Kind.HELLO else turn


def _was_said(act: Act) -> bool:
    return act.type is ActType.DID and act.kind in _SAID


def _meetings(story: Story, day: date) -> list[Kind]:
    town, towns = story.tie.town, story.account.towns
    if stay_for(story, day):
        return [Kind.VISIT, Kind.COFFEE, Kind.CALL]
    if town and towns and town not in towns:
        return [Kind.CALL, Kind.COFFEE]
    if town in towns and any(act.talk is Talk.COFFEE for act in story.acts):
        return [Kind.VISIT, Kind.COFFEE, Kind.CALL]
    return [Kind.COFFEE, Kind.CALL]


def stay_for(story: Story, day: date) -> Stay | None:
    """When I am in their town, soon enough after the day for a word about it to be answered; the first such time."""
    when = max(day, story.today)
    soon = plus(when, story.policy.answer_window_days)
    mine = (stay for stay in story.account.stays if stay.town == story.tie.town and when <= stay.last)
    return min((stay for stay in mine if stay.first <= soon), default=None)

"""Where a tie stands when it is asked what comes next: every tie has a next step, or a reason for none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.ties.days import plus
from service.domain.ties.dormant import may_reconnect
from service.domain.ties.first_words import begun_on
from service.domain.ties.keeping import only_imported
from service.domain.ties.pause import free_from
from service.domain.ties.plan import planned
from service.domain.ties.rest import (
    is_let_go,
    is_resting,
    reconnects,
    rests_from,
    unanswered,
    waits_for_word,
    window_closes,
)
from service.domain.ties.sorting import sorted_from, to_sort
from service.domain.ties.story import Story


class Standing(StrEnum):
    """`listening` waits for their answer, `waits for word` for the user to tell whether there was one.

    `enough` is a dormant whom the engine proposes no more, `paused` one whom the user skipped.
    """

    PLANNED = "planned"
    RESTING = "resting"
    LISTENING = "listening"
    WAITS_FOR_WORD = "waits for word"
    TO_SORT = "to sort"
    RANKED = "ranked"
    ENOUGH = "enough"
    PAUSED = "paused"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True)
class Next:
    """`day` is that of the next touch, or from when it stands so; a rest says how many messages since `since`."""

    standing: Standing
    day: date | None = None
    tries: int = 0
    since: date | None = None


def next_step(story: Story) -> Next:
    touches = planned(story)
    if touches:
        return Next(Standing.PLANNED, min(touch.day for touch in touches))
    if is_let_go(story):
        return Next(Standing.LET_GO)
    if rests_from(story) and not (is_resting(story) and may_reconnect(story)):
        return _rest(story)
    if waits_for_word(story) or (reconnects(story) and _may_answer(story)):
        return _wait(story)
    return _without_touch(story)


def _rest(story: Story) -> Next:
    nos = unanswered(story)
    return Next(Standing.RESTING, rests_from(story), len(nos), nos[0].day)


def _wait(story: Story) -> Next:
    """While an answer may still come there is nothing to tell."""
    if _may_answer(story):
        return Next(Standing.LISTENING, plus(window_closes(story, story.silent[-1]), 1), len(story.silent))
    return Next(Standing.WAITS_FOR_WORD, tries=len(story.silent))


def _may_answer(story: Story) -> bool:
    last = story.silent[-1] if story.silent else None
    return last is not None and story.today <= window_closes(story, last) and last.id not in story.answers


def _without_touch(story: Story) -> Next:
    if to_sort(story):
        return Next(Standing.TO_SORT)
    if may_reconnect(story):
        return Next(Standing.RANKED, free_from(story))
    if len(reconnects(story)) >= story.policy.dormant_tries:
        return Next(Standing.ENOUGH, tries=len(reconnects(story)))
    if begun_on(story) and not only_imported(story) and not story.silent:
        return _paused(story)
    return Next(Standing.RANKED)


def _paused(story: Story) -> Next:
    """A first word that was skipped, or comes too soon after an ask: nothing until the card is old enough to sort."""
    late = sorted_from(story)
    if late is None or story.today > late:
        return Next(Standing.RANKED)
    return Next(Standing.PAUSED, plus(late, 1))

"""The shapes of what events were worth."""

from datetime import date
from uuid import UUID

from service.domain.outcomes.worth import Caution, KindWorth, Sums, Worth, caution
from service.web.api.shapes.text import Told


class SumsAnswer(Told):
    """Counts of what came of events; persons are among the cards, ties among the persons."""

    cards: int
    persons: int
    ties: int
    referrals: int
    clients: int
    value_cents: int

    @classmethod
    def of(cls, one: Sums) -> "SumsAnswer":
        return cls(
            cards=one.cards,
            persons=one.persons,
            ties=one.ties,
            referrals=one.referrals,
            clients=one.clients,
            value_cents=one.value_cents,
        )


class EventWorthAnswer(Told):
    """An event; `gathering` is none for what came back from elsewhere. `caution` says how little the numbers can say."""

    gathering: UUID | None
    name: str
    kind: str
    day: date | None
    hours: float | None
    cost_cents: int | None
    sums: SumsAnswer
    caution: Caution

    @classmethod
    def of(cls, one: Worth) -> "EventWorthAnswer":
        return cls(
            gathering=UUID(one.id) if one.id else None,
            name=one.name,
            kind=one.kind,
            day=one.day,
            hours=one.hours,
            cost_cents=one.cost_cents,
            sums=SumsAnswer.of(one.sums),
            caution=caution(one.sums),
        )


class KindWorthAnswer(Told):
    """The events of a kind together; hours and cost are of those of which they were told."""

    kind: str
    events: int
    hours: float
    cost_cents: int
    told_hours: int
    told_cost: int
    sums: SumsAnswer
    caution: Caution

    @classmethod
    def of(cls, one: KindWorth) -> "KindWorthAnswer":
        return cls(
            kind=one.kind,
            events=one.events,
            hours=one.sums.hours,
            cost_cents=one.sums.cost_cents,
            told_hours=one.told_hours,
            told_cost=one.told_cost,
            sums=SumsAnswer.of(one.sums),
            caution=caution(one.sums, one.events),
        )


class WorthAnswer(Told):
    events: list[EventWorthAnswer]
    kinds: list[KindWorthAnswer]
    total: SumsAnswer

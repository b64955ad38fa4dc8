"""The shapes of the rules of an account, its quiet days and its towns."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from service.domain.ties.policy import NUMBERS
from service.storage.following.policies import Rules
from service.web.api.shapes.text import NO_CONTROL, Day, Given, Line, Told


class StayGiven(Given):
    """A town of one's own; with `first` (and `last`) the town where one will be on these days."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_CONTROL)]
    first: date | None = None
    last: date | None = None


class StretchGiven(Given):
    first: Day
    last: Day


class PolicyChanges(Given):
    """`numbers` by name; null gives our own value back."""

    zone: Line | None = None
    formality: Literal["", "informal", "formal"] | None = None
    quiet_weekdays: list[Annotated[int, Field(ge=0, le=6)]] | None = Field(None, max_length=7)
    numbers: dict[str, int | None] = Field(default_factory=dict, max_length=len(NUMBERS))


class NumberTold(Told):
    """A number of the policy: the account's, ours, where ours comes from, and what is allowed."""

    value: int
    default: int
    source: str
    low: int
    high: int


class StretchTold(Told):
    id: UUID
    first: date
    last: date


class TownTold(Told):
    """A town; without days it is the account's own."""

    id: UUID
    name: str
    first: date | None
    last: date | None

    @classmethod
    def all_of(cls, rules: Rules) -> list["TownTold"]:
        own = [cls(id=UUID(one.id), name=one.name, first=None, last=None) for one in rules.towns]
        return own + [cls(id=UUID(id_), name=one.name, first=one.first, last=one.last) for id_, one in rules.stays]


class PolicyAnswer(Told):
    zone: str
    formality: str
    quiet_weekdays: list[int] = Field(description="0 is Monday.")
    stretches: list[StretchTold]
    towns: list[TownTold]
    numbers: dict[str, NumberTold]

    @classmethod
    def of(cls, rules: Rules) -> "PolicyAnswer":
        policy = rules.account.policy
        return cls(
            zone=rules.account.zone,
            formality=rules.formality,
            quiet_weekdays=sorted(rules.account.quiet_weekdays),
            stretches=[StretchTold(id=UUID(id_), first=one.first, last=one.last) for id_, one in rules.stretches],
            towns=TownTold.all_of(rules),
            numbers={
                one.name: NumberTold(
                    value=getattr(policy, one.name),
                    default=one.default,
                    source=one.source,
                    low=one.low,
                    high=one.high,
                )
                for one in NUMBERS.values()
            },
        )

"""The shapes of duplicates: a pair that may be one person, and a merge."""

from datetime import datetime
from uuid import UUID

from service.domain.duplicates.likeness import Reason
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.storage.people.duplicates import Pair, PairState
from service.storage.people.merges import Merge
from service.web.api.shapes.text import Given, Id, Told


class PairGiven(Given):
    """Two contacts."""

    one: Id
    other: Id


class PairAnswer(Told):
    """Two contacts that may be one: surely or perhaps, and why."""

    one: UUID
    other: UUID
    sure: bool
    reason: Reason
    state: PairState

    @classmethod
    def of(cls, pair: Pair) -> "PairAnswer":
        return cls(
            one=UUID(pair.one_id),
            other=UUID(pair.other_id),
            sure=pair.likeness.sure,
            reason=pair.likeness.reason,
            state=pair.state,
        )


class PairsAnswer(Told):
    """Pairs that wait, two hundred at most; `count` is how many there are."""

    pairs: list[PairAnswer]
    count: int


class MergeAnswer(Told):
    """Two contacts made one: `kept` stays; what each said before tells where every value comes from."""

    id: UUID
    kept: UUID
    gone: UUID
    kept_before: CardFields
    gone_before: CardFields
    made_at: datetime
    undone_at: datetime | None

    @classmethod
    def of(cls, made: Merge) -> "MergeAnswer":
        return cls(
            id=UUID(made.id),
            kept=UUID(made.kept_id),
            gone=UUID(made.gone_id),
            kept_before=fields_of(made.kept_before),
            gone_before=fields_of(made.gone_before),
            made_at=made.made_at,
            undone_at=made.undone_at,
        )


class MergesAnswer(Told):
    """The last merges, newest first."""

    merges: list[MergeAnswer]

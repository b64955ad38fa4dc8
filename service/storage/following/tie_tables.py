"""The tables of ties: acts are only added; touches are claimed; what is derived may be dropped and made again."""

from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from service.storage.moment import Moment
from service.storage.tables import metadata


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _account(*, primary_key: bool = False) -> Column[str]:
    whose = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account_id", Text, whose, nullable=False, primary_key=primary_key)


def _tie(*, primary_key: bool = False) -> Column[str]:
    whose = ForeignKey("ties.id", ondelete="CASCADE")
    return Column("tie_id", Text, whose, nullable=False, primary_key=primary_key)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _true(name: str) -> dict[str, Any]:
    """As each database is asked for it: SQLite has no truth, only ones."""
    return {"sqlite_where": text(f"{name} = 1"), "postgresql_where": text(name)}


policies: Final = Table(
    "policies",
    metadata,
    _account(primary_key=True),
    _text("zone"),
    _text("formality"),
    Column("quiet_weekdays", JSON(none_as_null=True)),
    Column("numbers", JSON, nullable=False, server_default="{}"),  # only what differs from `Policy`
    _count("revision"),  # of all that a plan depends on; a tie planned under another one is planned again
)

quiet_stretches: Final = Table(
    "quiet_stretches",
    metadata,
    _id(),
    _account(),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Index(None, "account_id", "first_day"),
)

towns: Final = Table(
    "towns",
    metadata,
    _id(),
    _account(),
    Column("name", Text, nullable=False),
    Column("town", Text, nullable=False),  # folded: what the towns of ties are compared with
    Column("first_day", Date),  # none of a town that is the account's own
    Column("last_day", Date),
    Index(None, "account_id", "first_day"),
)

week_raises: Final = Table(
    "week_raises",
    metadata,
    _account(),
    Column("week", Date, nullable=False),
    _count("extra"),
    PrimaryKeyConstraint("account_id", "week"),
)

ties: Final = Table(
    "ties",
    metadata,
    _id(),
    _account(),
    Column("contact_id", Text, ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("circle", Text, nullable=False),  # in which it began; acts tell where it is now
    Column("channels", JSON, nullable=False, server_default="[]"),  # by which the contact can be reached at all
    Column("prefers", Text),
    _text("company"),  # folded: what the cap of one proposal a company counts by
    _text("town"),
    _flag("starred"),
    Column("senior", Integer, nullable=False, server_default="1"),
    _text("shared_past"),
    _text("gathering"),
    Column("gathering_id", Text),
    _text("introduced_by"),
    Column("known_since", Date),
    _text("language"),
    _text("formality"),
    _count("revision"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "contact_id"),
    Index(None, "account_id", "company"),
    Index(None, "contact_id"),
)

notes: Final = Table(
    "notes",
    metadata,
    _id(),
    _account(),
    _tie(),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("normal", Text, nullable=False),  # folded: by which the same thing said of two people is recognised
    Column("noted_on", Date, nullable=False),
    Column("day", Date),
    _text("act_id"),
    Column("dropped_at", Moment),
    Index(None, "tie_id"),
    Index(None, "account_id", "kind", "normal"),
)

promises: Final = Table(
    "promises",
    metadata,
    _id(),
    _account(),
    _tie(),
    Column("text", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    _text("introduces"),
    _text("act_id"),
    Index(None, "tie_id"),
)

acts: Final = Table(
    "acts",
    metadata,
    _id(),
    _account(),
    _tie(),
    Column("type", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text),
    Column("talk", Text),
    Column("gift", Text),
    Column("channel", Text),
    Column("outcome", Text),
    Column("circle", Text),
    _text("cause"),
    _text("on"),
    Column("until", Date),
    Column("value_cents", Integer),
    _text("reason"),
    _text("text"),
    Column("source", Text, nullable=False, server_default="app"),
    Column("undone_by", Text),
    Index(None, "tie_id", "at"),
    Index(None, "account_id", "day"),
    Index("ix_acts_received", "account_id", "tie_id", **_only("type = 'received'")),
    Index("ix_acts_reconnects", "account_id", "day", **_only("type = 'did' AND kind = 'reconnect'")),
    Index(
        "uq_acts_did",
        "account_id",
        "tie_id",
        "cause",
        unique=True,
        **_only("type = 'did' AND cause <> '' AND undone_by IS NULL"),
    ),
)

touches: Final = Table(
    "touches",
    metadata,
    _id(),
    _account(),
    _tie(),
    Column("cause", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("lane", Text, nullable=False),
    _flag("proposed"),
    Column("day", Date, nullable=False),
    Column("until", Date),
    Column("channel", Text),
    Column("why", JSON, nullable=False),
    Column("more", JSON, nullable=False),  # what the week needs to choose without looking at the tie
    _count("points"),
    _count("place"),  # its points with the sign turned: both databases walk an index upwards
    Column("state", Text, nullable=False),
    Column("opened_by", Text),  # the channel whose button was pressed: "sent?" is asked once
    Column("draft", Text),  # as the person left it
    Column("given", JSON, nullable=False, server_default="{}"),  # what the person told for this draft alone
    Column("claimed_at", Moment),
    _count("revision"),
    UniqueConstraint("account_id", "tie_id", "cause"),
    Index(None, "tie_id"),
    Index("ix_touches_planned", "account_id", "proposed", "day", **_only("state = 'planned'")),
    Index("ix_touches_places", "account_id", "lane", "place", "day", **_only("state = 'planned'")),
)

week_seats: Final = Table(
    "week_seats",
    metadata,
    _id(),
    _account(),
    _tie(),
    Column("week", Date, nullable=False),
    Column("cause", Text, nullable=False),
    Column("touch", JSON, nullable=False),  # as it was when it was chosen or done
    Column("chosen_on", Date, nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", Text, nullable=False),
    UniqueConstraint("account_id", "week", "tie_id", "cause"),
    Index(None, "tie_id"),
)

tie_states: Final = Table(
    "tie_states",
    metadata,
    _tie(primary_key=True),
    _account(),
    Column("stage", Text, nullable=False),
    Column("warmth", Text, nullable=False),
    Column("standing", Text, nullable=False),  # what comes next, or why nothing does
    Column("last_two_way", Date),
    _count("unanswered"),
    Column("next_due", Date),
    Column("circle", Text, nullable=False),
    Column("dormant_score", Integer),
    Column("dormant_place", Integer),  # the score with the sign turned: both databases walk an index upwards
    Column("gate", JSON, nullable=False, server_default="[]"),
    _flag("door_open"),
    _count("gives_24m"),
    _count("received_365d"),
    Column("asks_on", Date),  # from which day a question about it waits for the person
    _flag("moves"),  # another circle is proposed
    Column("computed_for", Date, nullable=False),
    Column("changes_on", Date),  # the day from which it may be otherwise with no act at all
    _count("history_revision"),
    _count("policy_revision"),
    Index(None, "account_id", "next_due"),
    Index(None, "account_id", "warmth", "circle"),
    Index(None, "account_id", "warmth", "received_365d", "tie_id"),
    Index(
        "ix_tie_states_ranked",
        "account_id",
        "dormant_place",
        "last_two_way",
        "tie_id",
        **_only("dormant_place IS NOT NULL"),
    ),
    Index(None, "account_id", "asks_on"),
    Index(None, "account_id", "standing"),
    Index(None, "account_id", "circle"),
    Index("ix_tie_states_moves", "account_id", **_true("moves")),
    Index("ix_tie_states_open_doors", "account_id", **_true("door_open")),
    Index(None, "account_id", "changes_on"),
    Index(None, "account_id", "policy_revision"),
    Index(None, "changes_on"),
)

questions: Final = Table(
    "questions",
    metadata,
    _id(),
    _account(),
    _tie(),
    Column("kind", Text, nullable=False),
    _text("on"),  # the act or the touch's cause that it is about
    Column("asked_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("reply", Text),
    UniqueConstraint("account_id", "tie_id", "kind", "on", "asked_on"),
    Index("ix_questions_open", "account_id", "asked_on", **_only("answered_on IS NULL")),
)

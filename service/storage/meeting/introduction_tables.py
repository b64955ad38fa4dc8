"""The tables of introductions: a pair once and never twice, and the words by which needs find offers."""

from typing import Final

from sqlalchemy import (
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

from service.storage.following.tie_tables import notes
from service.storage.moment import Moment
from service.storage.tables import metadata


def _tie(name: str) -> Column[str]:
    return Column(name, Text, ForeignKey("ties.id", ondelete="CASCADE"), nullable=False)


def _account() -> Column[str]:
    return Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


introductions: Final = Table(
    "introductions",
    metadata,
    Column("id", Text, primary_key=True),
    _account(),
    _tie("a"),
    _tie("b"),
    Column("first", Text, nullable=False),  # the side that is asked first: a or b
    _text("needs"),  # the side that needs something, "" where nobody said
    _text("need"),
    _text("offer"),
    Column("by_hand", Boolean, nullable=False, server_default=text("false")),
    _text("promise_id"),  # of the promise that it keeps, made to the side `agreed`
    _text("agreed"),  # the side that it was promised to, and so said yes
    Column("begun_on", Date, nullable=False),
    Column("asks_on", Date, nullable=False),
    Column("dropped_on", Date),
    # What follows is told by the acts of both ties, and kept here so that each tie can be planned alone.
    Column("asked_a", Date),
    Column("asked_b", Date),
    _text("said_a"),
    _text("said_b"),
    Column("said_a_on", Date),
    Column("said_b_on", Date),
    Column("skipped_on", Date),
    Column("told_on", Date),
    Column("made_on", Date),
    _text("outcome"),
    # The meeting of three.
    Column("meets_on", Date),
    _text("meets_at"),
    _text("place"),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "a", "b"),  # begun with the smaller id as a, so that no pair comes twice
    Index(None, "account_id", "begun_on"),
    Index(None, "a"),
    Index(None, "b"),
    Index(
        "ix_introductions_meetings",
        "account_id",
        "meets_on",
        sqlite_where=text("meets_on IS NOT NULL"),
        postgresql_where=text("meets_on IS NOT NULL"),
    ),
)

note_terms: Final = Table(
    "note_terms",
    metadata,
    Column("note_id", Text, ForeignKey("notes.id", ondelete="CASCADE"), nullable=False),
    _account(),
    Column("kind", Text, nullable=False),
    Column("term", Text, nullable=False),
    PrimaryKeyConstraint("note_id", "term"),
    Index(None, "account_id", "kind", "term"),
)

Index("ix_notes_account_id_kind_noted_on", notes.c.account_id, notes.c.kind, notes.c.noted_on)
"""The latest needs and offers are what proposals begin with."""

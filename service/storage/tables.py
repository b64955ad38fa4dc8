"""The tables. Every row belongs to an account; every index serves a query by account, or the sweep."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from service.storage.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _account() -> Column[str]:
    return Column("account_id", Text, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


accounts: Final = Table(
    "accounts",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("email", Text, unique=True),  # in lower case; none for who signs in by link only
    Column(
        "email_proved", Boolean, nullable=False, server_default=false()
    ),  # mail to it was answered, or its giver vouches
    _text("password_hash"),
    _text("locale"),
    Column("created_at", Moment, nullable=False),
    Column("letter_keys", Boolean, nullable=False, server_default=true()),  # single letters act on the review screen
    Column("confirms_sure", Boolean, nullable=False, server_default=false()),  # cards without a doubt, unasked
    Column("circle_books", Boolean, nullable=False, server_default=false()),  # for other devices, beside that of all
    Column("photo_days", Integer),  # so long a photo is kept once its cards are settled; none: for ever
    Column("says_source", Boolean, nullable=False, server_default=false()),  # a first mail says whence the address is
)

sign_in_links: Final = Table(
    "sign_in_links",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    _account(),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("way", Text, nullable=False, server_default="machine"),  # by whose hand: the machine's, mail, another device
    Column("proved_at", Moment),  # of another device: when its session was last proved
    Column("sent_to", Text),  # of a mail: the hash of its address
    Index(None, "account_id"),
)

sessions: Final = Table(
    "sessions",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    _account(),
    _text("user_agent"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("seen_at", Moment),  # true to the hour
    Column("proved_at", Moment),  # when its owner last showed that it is he
    Index(None, "account_id"),
)

tokens: Final = Table(
    "tokens",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    _account(),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("scope", Text, nullable=False, server_default="all"),
    Column("expires_at", Moment),  # none: until it is withdrawn
    Column("used_at", Moment),  # true to the hour
    Index(None, "account_id"),
)

photos: Final = Table(
    "photos",
    metadata,
    _id(),
    _account(),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    _text("reason"),
    Column("tries", Integer, nullable=False, server_default="0"),
    _text("gathering"),
    _text("place"),
    Column("met_on", Date),
    _text("note"),
    _text("promise"),
    Column("promise_on", Date),
    _text("side"),
    Column("pair", Text),  # of a back: the photo of its front, which may arrive later, or never
    _text("spoken"),  # the file of the spoken note
    _text("spoken_kind"),
    _text("name"),
    Column("received_at", Moment, nullable=False),
    Column("again_at", Moment),  # when it was last put back to be read once more
    Column("claimed_at", Moment),  # when a worker last began to read it; none while it waits
    Column("read_at", Moment),
    _text("shown"),  # the file of the copy for screens: made anew from its pixels, and nothing but pixels
    Column("shown_scale", Float, nullable=False, server_default="1"),  # pixels of the photo for one of it; 0: no copy
    Column("gone_at", Moment),  # when its bytes were let go of, by the account's wish
    UniqueConstraint("account_id", "sha256"),
    Index(None, "account_id", "received_at", "id"),
    Index(
        "ix_photos_waiting",
        "received_at",
        sqlite_where=text("state = 'received'"),
        postgresql_where=text("state = 'received'"),
    ),
    Index(
        "ix_photos_there",  # whose bytes may be due to go
        "account_id",
        "read_at",
        sqlite_where=text("gone_at IS NULL"),
        postgresql_where=text("gone_at IS NULL"),
    ),
    Index(
        "ix_photos_not_shown",
        "id",
        sqlite_where=text("shown = '' AND shown_scale > 0 AND state <> 'received'"),
        postgresql_where=text("shown = '' AND shown_scale > 0 AND state <> 'received'"),
    ),
    Index(None, "sha256"),  # whether a file is still anybody's
    Index(None, "shown"),  # the same
    Index(None, "spoken"),  # the same
    Index(None, "pair"),
)

cards: Final = Table(
    "cards",
    metadata,
    _id(),
    _account(),
    Column("photo_id", Text, ForeignKey("photos.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("corners", JSON, nullable=False),
    Column("picture", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("reading", JSON, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("contact_id", Text, ForeignKey("contacts.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("side_of", Text, ForeignKey("cards.id", ondelete="SET NULL")),  # of a back: its front
    Column("front_changes", JSON(none_as_null=True)),  # of a back: its front's corrections before they were joined
    Column("apart_from", JSON, nullable=False, server_default="[]"),  # cards that are not its other side
    Column("settled_at", Moment),  # when it was confirmed or discarded
    _text("settled_by"),  # "" by hand, "itself", or the id of the act that settled many at once
    UniqueConstraint("photo_id", "position"),
    Index("uq_cards_side_of", "side_of", unique=True),  # a card has one back
    Index(None, "account_id", "created_at", "id"),
    Index(None, "account_id", "state", "created_at", "id"),
    Index(None, "account_id", "settled_at"),
    Index(None, "contact_id"),
    Index(None, "picture"),
)

rereadings: Final = Table(
    "rereadings",
    metadata,
    _id(),
    _account(),
    Column("card_id", Text, ForeignKey("cards.id", ondelete="CASCADE"), nullable=False),
    Column("state", Text, nullable=False),
    _text("reason"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("corners", JSON, nullable=False),  # as the person drew them
    _text("picture"),  # the file of the squared card before
    Column("was", JSON(none_as_null=True)),  # what else of the card was otherwise before
    Column("asked_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("read_at", Moment),
    Index(None, "account_id", "card_id", "asked_at"),
    Index(None, "card_id"),
    Index(None, "picture"),
    Index(
        "ix_rereadings_waiting",
        "asked_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

gatherings: Final = Table(
    "gatherings",
    metadata,
    _id(),
    _account(),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the name without capitals and accents
    Column("day", Date, nullable=False),
    _text("place"),
    _text("kind"),  # "" while nobody said
    Column("own", Boolean, nullable=False, server_default=false()),
    Column("hours", Float),
    Column("cost_cents", Integer),
    _text("activity"),
    Column("seats_kept", Integer),  # of the week before it
    Column("last_day", Date),  # where it lasts more than one
    _text("begins"),  # the hour, as 20:00
    _text("details"),  # what guests are told beside day, hour and place
    Column("reply_by", Date),
    _text("with_me"),  # whom the host brings
    Column("sequence", Integer, nullable=False, server_default="0"),  # of its event in calendars
    Column("changed_at", Moment),  # with the sequence
    Column("reminds", Boolean, nullable=False, server_default=false()),  # by mail, the day before
    Column("cancelled_at", Moment),
    Column("merged_into", Text),  # the gathering that took over all of this one
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("account_id", "folded", "day"),
    Index(None, "account_id", "day", "id"),
)

contacts: Final = Table(
    "contacts",
    metadata,
    _id(),
    _account(),
    Column("uid", Text, nullable=False),
    Column("kind", Text, nullable=False),
    _text("name"),
    _text("org"),
    _text("title"),
    _text("town"),
    _text("found_by"),  # all that a search looks at, folded
    Column("found_row", Integer),  # its row in SQLite's index of words
    Column("vcard", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("gathering_id", Text, ForeignKey("gatherings.id", ondelete="SET NULL")),  # where we met
    UniqueConstraint("account_id", "uid"),
    Index(
        "ix_contacts_alive",  # those deleted are neither listed nor counted
        "account_id",
        "created_at",
        "id",
        "deleted_at",  # or SQLite looks at the row to count it
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    ),
    Index(None, "gathering_id", "created_at", "id"),
    Index("uq_contacts_found_row", "found_row", unique=True),
)

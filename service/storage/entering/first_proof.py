"""The first proof that an account's address is its owner's: what opened the account before may be somebody else's."""

from typing import Final

from sqlalchemy import Connection, Table, delete

from service.storage import accounts, sessions
from service.storage.accounts import hashed
from service.storage.dav.dav_tables import app_passwords
from service.storage.entering.entering_tables import identities, passkeys
from service.storage.reaching.feed_tables import feeds
from service.storage.tables import sign_in_links, tokens

WAYS_IN: Final[tuple[Table, ...]] = (passkeys, identities, tokens, app_passwords, feeds, sign_in_links)
"""Whoever knows the address of somebody else can make an account with it, wait for him, and share all that he keeps."""


def would_be(tx: Connection, token: str) -> bool:
    """Whether opening this link would be the first proof of an address."""
    account = accounts.whose(tx, sign_in_links, token, *accounts.still_good())
    if account is None or accounts.maker_of_link(tx, token).sent_to != hashed(account.email):
        return False
    return not accounts.email_proved(tx, owner=account.id)


def take(tx: Connection, *, owner: str, sent_to: str) -> int | None:
    """Remember that a mail to the address was answered, if it is still the account's.

    The first time all that opened the account before ends: give how much that was; None where it is not the first time.
    The second factor stays: who answers the mail has shown it beside.
    """
    email = accounts.get(tx, owner=owner).email
    if not sent_to or sent_to != hashed(email) or not accounts.prove_email(tx, owner=owner, email=email):
        return None
    ended = sum(tx.execute(delete(table).where(table.c.account_id == owner)).rowcount for table in WAYS_IN)
    return ended + sessions.end_all(tx, owner=owner) + accounts.take_password(tx, owner=owner)

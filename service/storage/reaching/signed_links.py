"""Signed links that work once: using one is writing it down, which only one of two can."""

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from service.domain.entering.signed import Signed
from service.domain.errors import LinkRefused
from service.storage.moment import now
from service.storage.reaching.mail_tables import signed_links


def spend(tx: Connection, *, owner: str, link: Signed) -> None:
    """Use a link up, in the transaction that does what it says. Raises LinkRefused where it was used before."""
    row = {"account_id": owner, "id": link.id, "purpose": link.purpose, "expires_at": link.expires}
    try:
        with tx.begin_nested():
            tx.execute(insert(signed_links).values(**row, used_at=now()))
    except IntegrityError:
        raise LinkRefused("link_used", "This link was used already. Open Undrawer to go on.") from None


def spent(tx: Connection, *, owner: str, link: Signed) -> bool:
    mine = (signed_links.c.account_id == owner, signed_links.c.id == link.id)
    return tx.execute(select(signed_links.c.id).where(*mine)).first() is not None


def forget_expired(tx: Connection) -> None:
    """Remove what is too old to be believed anyway. For the sweep."""
    tx.execute(delete(signed_links).where(signed_links.c.expires_at <= now()))

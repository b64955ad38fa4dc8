"""A referral as the page says it: who sent whom, how it was thanked for, what came of it, and where it all began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.outcomes.chain import chain
from service.storage.database import Transaction
from service.storage.following import referrals, ties, touches
from service.storage.following.referrals import Link, Referral
from service.web.identity import account
from service.web.pages.following.worth_view import money
from service.web.pages.language import soon


@dataclass(frozen=True, slots=True)
class People:
    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a chain: a contact or, at its end, the gathering where it began."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class ReferralShown:
    id: str
    name: str
    contact_id: str
    referred: str
    referred_contact_id: str
    day: str
    thanked: str
    thank_at: str
    client: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CameOf:
    """On a contact's page: the chain through which they came, and whom they sent."""

    steps: tuple[Step, ...]
    sent: tuple[Step, ...]


def shown(tx: Transaction, one: Referral, sent_by: Mapping[str, str], today: date) -> ReferralShown:
    links = referrals.links(tx, owner=account().id, tie_ids=chain(one.referred_id, sent_by))
    return ReferralShown(
        id=one.id,
        name=one.name,
        contact_id=one.contact_id,
        referred=one.referred_name,
        referred_contact_id=one.referred_contact_id,
        day=soon(one.day, today),
        thanked=_thanked(one),
        thank_at="" if one.thanked_on else _thank_at(tx, one),
        client=_client(one, today),
        steps=_steps(links),
    )


def chain_shown(tx: Transaction, *, owner: str, contact_id: str) -> CameOf | None:
    known = ties.of_contact(tx, owner=owner, contact_id=contact_id)
    if known is None:
        return None
    links = referrals.chain_of(tx, owner=owner, tie_id=known.tie.id)
    given = referrals.given_by(tx, owner=owner, tie_id=known.tie.id)
    sent = tuple(Step(one.referred_name, _at(one.referred_contact_id)) for one in given)
    if len(links) < 2:
        links = _brought(tx, owner, known.tie.introduced_by, links)
    return CameOf(_steps(links) if len(links) > 1 else (), sent)


def _brought(tx: Transaction, owner: str, by: str, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Who introduced them, or with whom they came to a gathering, where nobody sent them."""
    return (*links, *referrals.links(tx, owner=owner, tie_ids=[by])) if by else links


def _steps(links: tuple[Link, ...]) -> tuple[Step, ...]:
    """The contacts, and the gathering where the last of them was met."""
    found = [Step(link.name, _at(link.contact_id)) for link in links]
    last = links[-1] if links else None
    if last and last.gathering:
        found.append(Step(last.gathering, url_for("pages.contacts.listing", gathering=last.gathering_id)))
    return tuple(found)


def _thanked(one: Referral) -> str:
    if one.thanked_on is None:
        return ""
    days = (one.thanked_on - one.day).days
    if days <= 0:
        return str(_("Thanked the same day."))
    return str(ngettext("Thanked a day later.", "Thanked %(num)d days later.", days))


def _thank_at(tx: Transaction, one: Referral) -> str:
    """Where the thank-you that is owed is written; "" once its time is over."""
    key = (one.tie_id, f"received:{one.act_id}")
    known = touches.by_keys(tx, owner=account().id, keys=[key]).get(key)
    return url_for("pages.today.page", touch=known.id) if known and known.state == "planned" else ""


def _client(one: Referral, today: date) -> str:
    if one.client_on is None:
        return ""
    since = _("A client since %(when)s", when=soon(one.client_on, today))
    return f"{since} · {money(one.value_cents)}" if one.value_cents else str(since)


def _at(contact_id: str) -> str:
    return url_for("pages.contacts.page", id=contact_id)

"""Referrals over HTTP: who sent whom, and who became a client."""

from collections.abc import Mapping
from uuid import UUID

from service.domain.outcomes.chain import chain
from service.storage.database import Transaction
from service.storage.following import referrals, ties
from service.storage.following.referrals import Referral
from service.web.api.doors import noun, owner
from service.web.api.shapes.referral import ClientGiven, ReferralAnswer, ReferralGiven, ReferralsAnswer, ReferralsQuery
from service.web.parts import parts

bp = noun("referrals", about="Who sent whom, whether they were thanked, and what came of it.")


@bp.get("/referrals")
@bp.input(ReferralsQuery, location="query", arg_name="query")
@bp.output(ReferralsAnswer)
def list_referrals(query: ReferralsQuery) -> ReferralsAnswer:
    """List the referrals, newest first, with the sums of all."""
    with parts().db.reading() as tx:
        page = referrals.page(tx, owner=owner(), after=query.after or None, limit=query.limit)
        total = referrals.totals(tx, owner=owner())
        sent_by = referrals.sent_by(tx, owner=owner())
        return ReferralsAnswer(
            referrals=[_shown(tx, one, sent_by) for one in page.rows],
            next=page.next,
            count=total.referrals,
            clients=total.clients,
            value_cents=total.value_cents,
        )


@bp.post("/referrals")
@bp.input(ReferralGiven, arg_name="given")
@bp.output(ReferralAnswer)
def log_referral(given: ReferralGiven) -> ReferralAnswer:
    """Write down who sent whom; a thank-you is due the next open day."""
    with parts().db.transaction() as tx:
        giver = ties.begin(tx, owner=owner(), contact_id=str(given.by))
        named = {name: getattr(given, name) for name in ("name", "org", "phone", "mail")}
        person = str(given.person) if given.person else referrals.new_person(tx, owner=owner(), **named)
        made = referrals.log(tx, owner=owner(), tie_id=giver, contact_id=person, day=given.day)
        return _shown(tx, made, referrals.sent_by(tx, owner=owner()))


@bp.post("/referrals/<uuid:referral_id>/client")
@bp.input(ClientGiven, arg_name="given")
@bp.output(ReferralAnswer)
def became_client(referral_id: UUID, given: ClientGiven) -> ReferralAnswer:
    """Say that whom they sent became a client."""
    with parts().db.transaction() as tx:
        one = referrals.get(tx, owner=owner(), id=str(referral_id))
        referrals.became_client(tx, owner=owner(), tie_id=one.referred_id, value_cents=given.value_cents)
        return _shown(tx, referrals.get(tx, owner=owner(), id=one.id), referrals.sent_by(tx, owner=owner()))


def _shown(tx: Transaction, one: Referral, sent_by: Mapping[str, str]) -> ReferralAnswer:
    links = referrals.links(tx, owner=owner(), tie_ids=chain(one.referred_id, sent_by))
    began = links[-1].gathering if links else ""
    return ReferralAnswer.of(one, [*(link.name for link in links), *([began] if began else [])])

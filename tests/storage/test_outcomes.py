"""Referrals, clients and what events were worth, in both databases: undone without a trace, and no sum but agrees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.outcomes.worth import Sums, total
from service.domain.ties.circle import Circle
from service.domain.ties.touch import Kind, Reason
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.following import deeds, focus, outcomes, policies, referrals, sought, ties, touches
from service.storage.following.ties import Met
from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.storage.tables import gatherings as gathering_rows
from tests.storage.test_ties import Clock, contact

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(MONDAY)
    monkeypatch.setattr(policies, "now", clock)
    return clock


def met_at(tx: Transaction, owner: str, name: str, gathering: str | None = None) -> str:
    id_ = contact(tx, owner, name, f"Casa {name}")
    known = contacts.get(tx, owner=owner, id=id_)
    if gathering:
        contacts.write(tx, owner=owner, vcard=known.vcard, id=id_, gathering_id=gathering)
    return ties.begin(tx, owner=owner, contact_id=id_, met=Met(on=MONDAY, gathering_id=gathering))


def event(tx: Transaction, owner: str, name: str, kind: str, *, hours: float = 3, cost: int | None = 5000) -> str:
    id_ = gatherings.meet(tx, owner=owner, name=name, day=MONDAY)
    values = {"kind": kind, "hours": hours, "cost_cents": cost}
    tx.execute(update(gathering_rows).where(gathering_rows.c.id == id_).values(values))
    return id_


def test_a_referral_is_a_debt_of_thanks_and_undone_it_is_gone(db: Database, account: Account, clock: Clock) -> None:
    with db.transaction() as tx:
        nuria = met_at(tx, account.id, "Nuria Prat")
        teresa = referrals.new_person(tx, owner=account.id, name="Teresa Marín", phone="600 111 222")
        made = referrals.log(tx, owner=account.id, tie_id=nuria, contact_id=teresa)
        again = referrals.log(tx, owner=account.id, tie_id=nuria, contact_id=teresa)
        assert made == again
        thank = next(one for one in touches.of_tie(tx, owner=account.id, tie_id=nuria) if one.touch.kind is Kind.THANK)
        assert thank.touch.day == MONDAY + timedelta(days=1)
        assert ties.get(tx, owner=account.id, id=made.referred_id).tie.introduced_by == nuria
        [first] = touches.of_tie(tx, owner=account.id, tie_id=made.referred_id)
        assert (first.touch.why.reason, first.touch.day) == (Reason.SENT, MONDAY + timedelta(days=1))
    clock.forward(1)
    with db.transaction() as tx:
        touches.done(tx, owner=account.id, id=thank.id)
        [shown] = referrals.page(tx, owner=account.id).rows
        assert (shown.thanked_on, shown.client_on) == (MONDAY + timedelta(days=1), None)
        referrals.became_client(tx, owner=account.id, tie_id=shown.referred_id, value_cents=120_000)
        referrals.became_client(tx, owner=account.id, tie_id=shown.referred_id, value_cents=30_000)
        assert referrals.totals(tx, owner=account.id) == referrals.Totals(1, 1, 150_000)
        assert referrals.get(tx, owner=account.id, id=made.id).value_cents == 150_000
        touches.undo(tx, owner=account.id, act_id=made.act_id)
        assert referrals.page(tx, owner=account.id).rows == []
        assert not [
            one
            for one in touches.of_tie(tx, owner=account.id, tie_id=made.referred_id)
            if one.touch.why.reason is Reason.SENT
        ]
        assert referrals.sent_by(tx, owner=account.id) == {}
        assert referrals.totals(tx, owner=account.id).referrals == 0
        with pytest.raises(NotFound):
            referrals.get(tx, owner=account.id, id=made.id)


def test_nonsense_is_refused_and_a_stranger_sees_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        nuria = met_at(tx, account.id, "Nuria Prat")
        mine = ties.contact_of(tx, owner=account.id, id=nuria)
        with pytest.raises(BadValue):
            referrals.log(tx, owner=account.id, tie_id=nuria, contact_id=mine)
        with pytest.raises(BadValue):
            referrals.new_person(tx, owner=account.id, name=" ")
        with pytest.raises(BadValue):
            referrals.became_client(tx, owner=account.id, tie_id=nuria, value_cents=-1)
        other = accounts.create(tx, name="Otra", email="otra@example.com", password="cien tarjetas")
        with pytest.raises(NotFound):
            referrals.log(tx, owner=other.id, tie_id=nuria, contact_id=mine)
        deeds.received(tx, owner=account.id, tie_id=nuria, gift="referral")
        assert referrals.totals(tx, owner=other.id) == referrals.Totals(0, 0, 0)
        assert outcomes.worth(tx, owner=other.id)[-1].sums == Sums()
        assert focus.three(tx, owner=other.id) == []


def test_a_client_counts_where_the_first_of_the_chain_was_met_and_every_sum_agrees(
    db: Database, account: Account
) -> None:
    with db.transaction() as tx:
        fair = event(tx, account.id, "Feria de Bilbao", "trade fair")
        meal = event(tx, account.id, "Comida en Vigo", "chamber", cost=None)
        nuria, ana = (met_at(tx, account.id, name, fair) for name in ("Nuria Prat", "Ana Cobo"))
        luis = met_at(tx, account.id, "Luis Rey", meal)
        stray = met_at(tx, account.id, "Pau Roca")
        deeds.talked(tx, owner=account.id, tie_id=ana, talk="coffee")
        teresa = referrals.log(
            tx, owner=account.id, tie_id=nuria, contact_id=referrals.new_person(tx, owner=account.id, name="Teresa Gil")
        )
        at_the_meal = ties.contact_of(tx, owner=account.id, id=luis)
        referrals.log(tx, owner=account.id, tie_id=teresa.referred_id, contact_id=at_the_meal)
        referrals.became_client(tx, owner=account.id, tie_id=luis, value_cents=90_000)
        referrals.became_client(tx, owner=account.id, tie_id=stray)
        by_name = {row.name: row for row in outcomes.worth(tx, owner=account.id)}
        assert by_name["Feria de Bilbao"].sums == Sums(2, 2, 1, 2, 1, 90_000, 3, 5000)
        assert by_name["Comida en Vigo"].sums == Sums(cards=1, persons=1, ties=1, hours=3)
        assert by_name[""].sums == Sums(clients=1)
        whole, told = total(row.sums for row in by_name.values()), referrals.totals(tx, owner=account.id)
        assert (whole.referrals, whole.clients, whole.value_cents) == (told.referrals, told.clients, told.value_cents)
        names = [link.name for link in referrals.chain_of(tx, owner=account.id, tie_id=luis)]
        assert names == ["Luis Rey", "Teresa Gil", "Nuria Prat"]


def test_an_event_still_to_come_is_not_weighed(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        event(tx, account.id, "Feria de Bilbao", "trade fair")
        for name, days in (("Feria de Vigo", 1), ("Cena con Ana", 20)):
            id_ = gatherings.meet(tx, owner=account.id, name=name, day=MONDAY + timedelta(days=days))
            tx.execute(update(gathering_rows).where(gathering_rows.c.id == id_).values(hours=5, cost_cents=90_000))
        rows = outcomes.worth(tx, owner=account.id)
        assert [row.name for row in rows] == ["Feria de Bilbao", ""]
        assert total(row.sums for row in rows) == Sums(hours=3, cost_cents=5000)
        assert outcomes.events(tx, owner=account.id) == 1


def test_two_who_sent_each_other_are_no_endless_chain(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        nuria, luis = (met_at(tx, account.id, name) for name in ("Nuria Prat", "Luis Rey"))
        for giver, sent in ((nuria, luis), (luis, nuria)):
            there = ties.contact_of(tx, owner=account.id, id=sent)
            referrals.log(tx, owner=account.id, tie_id=giver, contact_id=there)
        assert len(referrals.chain_of(tx, owner=account.id, tie_id=nuria)) == 2
        assert total(row.sums for row in outcomes.worth(tx, owner=account.id)).referrals == 2


def test_the_three_are_three_and_one_makes_room_for_another(db: Database, account: Account, clock: Clock) -> None:
    with db.transaction() as tx:
        four = [met_at(tx, account.id, name) for name in ("Nuria Prat", "Ana Cobo", "Luis Rey", "Pau Roca")]
        for tie in four[:3]:
            focus.choose(tx, owner=account.id, tie_id=tie)
        with pytest.raises(Conflict):
            focus.choose(tx, owner=account.id, tie_id=four[3])
        with pytest.raises(Conflict):
            focus.choose(tx, owner=account.id, tie_id=four[0], instead_of=four[0])
        assert focus.count(tx, owner=account.id) == (0, 3)
        first = focus.see(tx, owner=account.id, tie_id=four[0])
        assert focus.see(tx, owner=account.id, tie_id=four[0]) == first
        assert focus.count(tx, owner=account.id) == (1, 3)
        focus.choose(tx, owner=account.id, tie_id=four[3], instead_of=four[1])
        assert {one.history.tie.id for one in focus.three(tx, owner=account.id)} == {four[0], four[2], four[3]}
        assert ties.count_in(tx, owner=account.id, circle=Circle.CLOSE) == 1
    clock.forward(7)
    with db.reading() as tx:
        assert focus.count(tx, owner=account.id) == (0, 3)


def test_whom_one_looked_for_is_offered_again_the_latest_first(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(100))
    monkeypatch.setattr(sought, "now", lambda: datetime(2026, 3, 2, 12, 0, next(seconds), tzinfo=UTC))
    with db.transaction() as tx:
        for text in ("una clínica", "un notario", " ", "una  clínica", *(f"oficio {number}" for number in range(7))):
            sought.remember(tx, owner=account.id, text=text)
        found = sought.latest(tx, owner=account.id)
    assert len(found) == sought.KEPT
    assert (found[0], found[-1]) == ("oficio 6", "una clínica")

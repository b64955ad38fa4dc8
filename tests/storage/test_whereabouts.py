"""Where the user is, in both databases: a day in somebody's town makes a visit of the coffee, and goes back."""

from datetime import date, timedelta

import pytest

from service.domain.errors import BadValue, NotFound
from service.domain.ties.act import Outcome
from service.domain.ties.touch import Kind
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import policies, ties, touches, weeks, whereabouts
from service.storage.following.ties import Met
from tests.storage.test_ties import MONDAY, Clock, contact

THURSDAY = MONDAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(MONDAY)
    monkeypatch.setattr(policies, "now", clock)
    return clock


@pytest.fixture
def tie(db: Database, account: Account) -> str:
    """Somebody in Bilbao who answered warmly to the first message."""
    with db.transaction() as tx:
        contact_id = contact(tx, account.id, address="Calle Ercilla 1;Bilbao;;48009;España")
        tie = ties.begin(tx, owner=account.id, contact_id=contact_id, met=Met(on=MONDAY))
        [first] = touches.of_tie(tx, owner=account.id, tie_id=tie)
        did = touches.done(tx, owner=account.id, id=first.id).act
        touches.answer(tx, owner=account.id, act_id=did.id, outcome=Outcome.WARM)
    return tie


def kind(db: Database, account: Account, tie: str) -> Kind:
    weeks.settled(db, owner=account.id)
    with db.reading() as tx:
        [touch] = touches.of_tie(tx, owner=account.id, tie_id=tie)
    return touch.touch.kind


def test_on_thursday_in_bilbao_makes_a_visit_of_the_coffee_until_it_is_taken_back(
    db: Database, account: Account, tie: str
) -> None:
    assert kind(db, account, tie) is Kind.COFFEE
    with db.transaction() as tx:
        stay = whereabouts.add_stay(tx, owner=account.id, name=" bilbao ", first=THURSDAY)
        assert whereabouts.add_stay(tx, owner=account.id, name="bilbao", first=THURSDAY) == stay
    assert kind(db, account, tie) is Kind.VISIT
    with db.transaction() as tx:
        whereabouts.drop(tx, owner=account.id, id=stay)
    assert kind(db, account, tie) is Kind.COFFEE


def test_who_lives_elsewhere_is_called(db: Database, account: Account, tie: str) -> None:
    with db.transaction() as tx:
        whereabouts.add_town(tx, owner=account.id, name="Madrid")
        whereabouts.add_town(tx, owner=account.id, name="MADRID")
        assert [one.name for one in policies.of(tx, owner=account.id).towns] == ["Madrid"]
    assert kind(db, account, tie) is Kind.CALL


def test_a_day_that_is_over_a_month_too_long_and_no_town_are_refused(db: Database, account: Account) -> None:
    wrong: tuple[tuple[str, date, date | None], ...] = (
        ("Bilbao", MONDAY - timedelta(days=1), None),
        ("Bilbao", THURSDAY, THURSDAY - timedelta(days=1)),
        ("Bilbao", THURSDAY, THURSDAY + timedelta(days=31)),
        (" ", THURSDAY, None),
    )
    for name, first, last in wrong:
        with db.transaction() as tx, pytest.raises(BadValue):
            whereabouts.add_stay(tx, owner=account.id, name=name, first=first, last=last)


def test_a_town_of_somebody_else_is_not_found(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        town = whereabouts.add_town(tx, owner=account.id, name="Madrid")
        with pytest.raises(NotFound):
            whereabouts.drop(tx, owner=stranger.id, id=town)

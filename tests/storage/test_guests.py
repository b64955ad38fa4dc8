"""Guests in both databases: invited as one task, answered by their own link, ticked at the door, thanked, kept."""

from datetime import date, timedelta
from typing import Any

import pytest

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.gatherings.passions import shared
from service.domain.people.vcard import fields_of
from service.domain.ties.act import ActSource, ActType, Outcome, Talk
from service.domain.ties.ledger import gives
from service.domain.ties.note import NoteKind
from service.domain.ties.story import read
from service.domain.ties.tie import Source
from service.domain.ties.touch import Kind, Lane
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.following import deeds, policies, ties, touches, weeks
from service.storage.meeting import answering, gatherings, guest_proposals, guests, inviting
from service.storage.meeting.answering import Invitation
from service.storage.meeting.guests import Guest
from service.storage.people import contacts, new_people
from tests.storage.test_ties import Clock, contact

TUESDAY = date(2026, 3, 3)
EVENING = date(2026, 3, 12)
"""A Thursday."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(TUESDAY)
    monkeypatch.setattr(policies, "now", clock)
    return clock


def people(tx: Transaction, owner: str, count: int) -> list[str]:
    return [contact(tx, owner, f"Persona {n}", f"Casa {n}{n}{n}") for n in range(count)]


def evening(tx: Transaction, owner: str, count: int = 3, **values: Any) -> tuple[str, list[Guest]]:
    made = gatherings.add(tx, owner=owner, name="Cata de vinos", day=EVENING, **{"kind": "own", **values})
    guests.add(tx, owner=owner, gathering_id=made, contact_ids=people(tx, owner, count))
    return made, guests.of_gathering(tx, owner=owner, gathering_id=made)


def reply(tx: Transaction, guest: Guest, answer: str, brings: str = "") -> Invitation:
    return answering.answer(tx, guest_id=guest.id, secret=guest.secret, reply=answer, brings=brings)


def test_twelve_invitations_are_one_task_with_one_seat(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        for n in range(9):
            given = ties.Met(on=TUESDAY - timedelta(days=1))
            ties.begin(
                tx, owner=account.id, contact_id=contact(tx, account.id, f"Otra {n}", f"Firma {n}{n}"), met=given
            )
        _, invited = evening(tx, account.id, 12)
    week = weeks.settled(db, owner=account.id)
    kinds = [one.touch.kind for one in week.chosen]
    assert (kinds.count(Kind.INVITE), kinds.count(Kind.FIRST)) == (12, 4)
    assert {one.touch.lane for one in week.chosen if one.touch.kind is Kind.INVITE} == {Lane.BY_HAND}
    with db.transaction() as tx:
        for guest in invited[:5]:
            assert inviting.invited(tx, owner=account.id, guest_id=guest.id)[1]
    assert len(weeks.settled(db, owner=account.id).chosen) == 11, "seven invitations, and still four first messages"


def test_sent_twice_is_sent_once_and_undone_it_waits_again(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        made, [guest, *_] = evening(tx, account.id)
        act, first = inviting.invited(tx, owner=account.id, guest_id=guest.id, text="¿Te vienes?")
        again, second = inviting.invited(tx, owner=account.id, guest_id=guest.id)
        assert (act, first, second) == (again, True, False)
        assert guests.get(tx, owner=account.id, id=guest.id).invited == act.id
        touches.undo(tx, owner=account.id, act_id=act.id)
        assert guests.get(tx, owner=account.id, id=guest.id).invited == ""
        assert inviting.invited(tx, owner=account.id, guest_id=guest.id)[1]
        assert len(guests.of_gathering(tx, owner=account.id, gathering_id=made)) == 3


def test_an_answer_by_the_link_is_kept_once_and_shows_that_the_invitation_was_sent(
    db: Database, account: Account
) -> None:
    with db.transaction() as tx:
        _, [guest, *_] = evening(tx, account.id)
        after = reply(tx, guest, "yes", " Marta  Rey\n")
        reply(tx, guest, "yes", "Marta Rey")
        history = ties.get(tx, owner=account.id, id=guest.tie_id)
    assert (after.guest.answer, after.guest.brings, after.guest.seats) == ("yes", "Marta Rey", 2)
    assert [(act.type, act.outcome) for act in history.acts] == [
        (ActType.DID, None),
        (ActType.ANSWERED, Outcome.WARM),
    ]
    assert history.acts[-1].source is ActSource.MAIL_LINK
    assert not touches_of(db, account, guest)


def touches_of(db: Database, account: Account, guest: Guest) -> list[Kind]:
    with db.reading() as tx:
        return [
            one.touch.kind
            for one in touches.of_tie(tx, owner=account.id, tie_id=guest.tie_id)
            if one.touch.day <= EVENING
        ]


def test_a_warm_yes_sets_no_coffee_going_before_the_evening(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        _, [guest, *_] = evening(tx, account.id)
        reply(tx, guest, "yes")
    assert Kind.COFFEE not in touches_of(db, account, guest)


def test_who_changes_their_mind_is_believed_but_not_for_ever(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        _, [guest, *_] = evening(tx, account.id)
        assert reply(tx, guest, "no", "Marta").guest.brings == ""
        assert reply(tx, guest, "maybe", "Marta").guest.brings == "Marta"
        with pytest.raises(BadValue):
            reply(tx, guest, "perhaps")
        for n in range(answering.ANSWERS_AT_MOST - 2):
            reply(tx, guest, "yes" if n % 2 else "no")
        with pytest.raises(Conflict, match="host"):
            reply(tx, guest, "no" if guest.answer != "no" else "yes", "x")


def test_a_link_opens_its_own_invitation_only(db: Database, account: Account, clock: Clock) -> None:
    with db.transaction() as tx:
        made, [guest, other, last] = evening(tx, account.id)
        for secret in ("", other.secret, guest.secret[:-1], guest.secret + "x"):
            with pytest.raises(NotFound):
                answering.opened(tx, guest_id=guest.id, secret=secret)
        renewed = guests.renew(tx, owner=account.id, id=guest.id)
        with pytest.raises(NotFound):
            answering.opened(tx, guest_id=guest.id, secret=guest.secret)
        assert answering.opened(tx, guest_id=guest.id, secret=renewed.secret).gathering.id == made
        guests.drop(tx, owner=account.id, id=other.id)
        with pytest.raises(NotFound):
            answering.opened(tx, guest_id=other.id, secret=other.secret)
        gatherings.cancel(tx, owner=account.id, id=made)
        with pytest.raises(Conflict):
            reply(tx, last, "yes")
        gatherings.cancel(tx, owner=account.id, id=made, cancelled=False)
    clock.day = EVENING + timedelta(days=1)
    with db.transaction() as tx:
        assert answering.opened(tx, guest_id=last.id, secret=last.secret).over
        with pytest.raises(Conflict):
            reply(tx, last, "yes")


def test_who_came_has_talked_and_was_given_to(db: Database, account: Account, clock: Clock) -> None:
    with db.transaction() as tx:
        _, [guest, *_] = evening(tx, account.id)
        inviting.invited(tx, owner=account.id, guest_id=guest.id)
        with pytest.raises(Conflict):
            guests.tick(tx, owner=account.id, id=guest.id, came=True)
    clock.day = EVENING
    with db.transaction() as tx:
        reply(tx, guest, "yes")
        guests.tick(tx, owner=account.id, id=guest.id, came=True)
        guests.tick(tx, owner=account.id, id=guest.id, came=True)
        history = ties.get(tx, owner=account.id, id=guest.tie_id)
        story = read(history.tie, history.acts, policies.of(tx, owner=account.id).account, EVENING)
        assert [act.talk for act in story.of(ActType.TALKED)] == [Talk.GATHERING]
        assert [act.kind for act in gives(story)] == [Kind.INVITE]
        assert not guests.tick(tx, owner=account.id, id=guest.id, came=False).came
        assert guests.tick(tx, owner=account.id, id=guest.id, came=True).came


def test_thank_yous_are_due_the_day_after_to_who_came(db: Database, account: Account, clock: Clock) -> None:
    with db.transaction() as tx:
        _, [guest, other, _] = evening(tx, account.id)
    clock.day = EVENING
    with db.transaction() as tx:
        for one in (guest, other):
            guests.tick(tx, owner=account.id, id=one.id, came=True)
    clock.day = EVENING + timedelta(days=1)
    week = weeks.settled(db, owner=account.id)
    due = [one for one in week.chosen if one.touch.kind is Kind.THANK]
    assert ({one.touch.tie for one in due}, {one.touch.lane for one in due}) == (
        {guest.tie_id, other.tie_id},
        {Lane.DEBT},
    )
    with db.transaction() as tx:
        assert inviting.thanked(tx, owner=account.id, guest_id=guest.id)[1]
        assert guests.get(tx, owner=account.id, id=guest.id).thanked
    clock.day = EVENING + timedelta(days=30)
    assert not [one for one in weeks.settled(db, owner=account.id).chosen if one.touch.kind is Kind.THANK]


def test_the_guest_of_a_guest_becomes_a_contact_who_came_with_them(
    db: Database, account: Account, clock: Clock
) -> None:
    with db.transaction() as tx:
        made, [guest, *_] = evening(tx, account.id)
        reply(tx, guest, "yes", "Marta Rey Soto")
        with pytest.raises(Conflict):
            new_people.keep(tx, owner=account.id, guest_id=guest.id, note="Vino con Persona 0")
    clock.day = EVENING
    with db.transaction() as tx:
        guests.put(tx, owner=account.id, id=guest.id, guest_came=True, guest_asked=True)
        keep = {"owner": account.id, "guest_id": guest.id, "note": "Vino con Persona 0"}
        new = new_people.keep(tx, **keep, phone="+34 600 111 222", mail="marta@rey.example")
        assert new_people.keep(tx, **keep) == new
        card = contacts.get(tx, owner=account.id, id=new)
        tie = ties.of_contact(tx, owner=account.id, contact_id=new)
    assert tie is not None
    assert (card.name, card.gathering_id) == ("Marta Rey Soto", made)
    assert "Vino con Persona 0" in fields_of(card.vcard).note
    assert (tie.tie.source, tie.tie.introduced_by, tie.tie.gathering) == (Source.GUEST, guest.tie_id, "Cata de vinos")
    with db.reading() as tx:
        [first] = touches.of_tie(tx, owner=account.id, tie_id=tie.tie.id)
    assert (first.touch.kind, first.touch.day) == (Kind.FIRST, EVENING + timedelta(days=1))


def test_a_double_date_has_four_seats_and_brings_nobody_else(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        made, [one, other] = evening(tx, account.id, 2, kind="double date")
        assert not one.with_guest
        assert not other.with_guest
        with pytest.raises(Conflict):
            guests.add(tx, owner=account.id, gathering_id=made, contact_ids=people(tx, account.id, 1))
        assert reply(tx, one, "yes", "Marta").guest.brings == ""


def test_who_rests_or_was_let_go_is_taken_up_again_by_an_invitation(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        there = contact(tx, account.id, "Pablo", "Casa")
        tie = ties.begin(tx, owner=account.id, contact_id=there, source=Source.HAND)
        deeds.let_go(tx, owner=account.id, tie_id=tie)
        made, _ = evening(tx, account.id, 0)
        assert guests.add(tx, owner=account.id, gathering_id=made, contact_ids=[there, there]) == 1
        assert guests.add(tx, owner=account.id, gathering_id=made, contact_ids=[there]) == 0
        assert [one.touch.kind for one in touches.of_tie(tx, owner=account.id, tie_id=tie)] == [Kind.INVITE]


def test_what_was_called_off_asks_for_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        made, [guest, *_] = evening(tx, account.id)
        gatherings.cancel(tx, owner=account.id, id=made)
    assert touches_of(db, account, guest) == []
    with db.transaction() as tx:
        gatherings.cancel(tx, owner=account.id, id=made, cancelled=False)
    assert touches_of(db, account, guest) == [Kind.INVITE]


def test_a_guest_is_nobody_elses(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        made, [guest, *_] = evening(tx, account.id)
        theirs = people(tx, stranger.id, 1)
        for act in (
            lambda: guests.of_gathering(tx, owner=stranger.id, gathering_id=made)[0],
            lambda: guests.get(tx, owner=stranger.id, id=guest.id),
            lambda: guests.tick(tx, owner=stranger.id, id=guest.id, came=True),
            lambda: inviting.invited(tx, owner=stranger.id, guest_id=guest.id),
            lambda: guests.add(tx, owner=account.id, gathering_id=made, contact_ids=theirs),
            lambda: guests.add(tx, owner=stranger.id, gathering_id=made, contact_ids=theirs),
        ):
            with pytest.raises((NotFound, IndexError)):
                act()


def test_only_an_own_gathering_has_guests(db: Database, account: Account) -> None:
    with db.transaction() as tx, pytest.raises(Conflict):
        evening(tx, account.id, 1, kind="trade fair")


def test_those_who_share_a_passion_are_found_and_those_at_rest_are_not(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        for n, text in enumerate(("el vino de Gredos", "Las catas de vino", "los vinos", "el pádel")):
            there = contact(tx, account.id, f"P {n}", f"Casa {n}{n}")
            tie = ties.begin(tx, owner=account.id, contact_id=there, source=Source.HAND)
            ties.add_note(tx, owner=account.id, id=tie, kind=NoteKind.PASSION, text=text)
            if n == 2:
                deeds.let_go(tx, owner=account.id, tie_id=tie)
        [wine] = shared(guest_proposals.loved(tx, owner=account.id))
        names = [one.name for one in guest_proposals.named(tx, owner=account.id, tie_ids=wine.ties).values()]
    assert sorted(names) == ["P 0", "P 1"]


def test_who_came_to_one_evening_knows_each_other_and_so_do_guest_and_host(
    db: Database, account: Account, clock: Clock
) -> None:
    with db.transaction() as tx:
        _, [one, other, third] = evening(tx, account.id)
    clock.day = EVENING
    with db.transaction() as tx:
        for guest in (one, other):
            guests.tick(tx, owner=account.id, id=guest.id, came=True)
        guests.put(tx, owner=account.id, id=third.id, guest_came=True, brings="Marta")
        new = new_people.keep(tx, owner=account.id, guest_id=third.id, note="")
        tie = ties.of_contact(tx, owner=account.id, contact_id=new)
        assert tie is not None
        known = guest_proposals.acquainted(tx, owner=account.id)
    assert known == {frozenset((one.tie_id, other.tie_id)), frozenset((tie.tie.id, third.tie_id))}

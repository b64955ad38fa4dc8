"""Two contacts made one and taken apart again, on both databases: vCards, cards, ties, and what came later."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.people.vcard import edit, fields_of
from service.domain.reading.card import Evidence, Found, PersonName, Phone, PhoneType, ReadCard, Reading
from service.domain.reading.stamp import Stamp
from service.domain.ties.act import ActType, Outcome
from service.domain.ties.note import NoteKind
from service.domain.ties.touch import Kind
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.following import acts, deeds, policies, ties, touches
from service.storage.following.tie_tables import touches as touch_rows
from service.storage.moment import now
from service.storage.people import contacts, duplicates, merges
from service.storage.people.contacts import KeptContact
from service.storage.people.duplicates import PairState
from service.storage.reading import cards, photos

LONG_AGO = now().date() - timedelta(days=300)
SURE = Evidence(("rapidocr",), 0.99)


def vcard(name: str = "Marta Ruiz", *, uid: str = "", org: str = "Faro Norte", title: str = "", **more: str) -> str:
    given, _, family = name.partition(" ")
    said = [("MAIL", "EMAIL;TYPE=INTERNET"), ("CELL", "TEL;TYPE=CELL"), ("NOTE", "NOTE"), ("REV", "REV")]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uid or uuid4()}",
        f"FN:{name}",
        f"N:{family};{given};;;",
        f"ORG:{org}",
        *([f"TITLE:{title}"] if title else []),
        *(f"{line}:{more[key.lower()]}" for key, line in said if key.lower() in more),
        "END:VCARD",
    ]
    return "".join(line + "\r\n" for line in lines)


def kept(tx: Transaction, account: Account, text: str) -> KeptContact:
    contact = contacts.write(tx, owner=account.id, vcard=text)
    ties.begin(tx, owner=account.id, contact_id=contact.id)
    return contact


def two(tx: Transaction, account: Account) -> tuple[KeptContact, KeptContact]:
    one = kept(
        tx, account, vcard(title="Comercial", mail="marta@faro.example", note="Feria", rev="2025-01-01T00:00:00Z")
    )
    other = kept(
        tx,
        account,
        vcard(
            "Marta Ruiz Gil", org="Sol", title="Directora", cell="+34600111222", note="Vigo", rev="2026-01-01T00:00:00Z"
        ),
    )
    return one, other


def tie_id(tx: Transaction, account: Account, contact: KeptContact) -> str:
    found = ties.of_contact(tx, owner=account.id, contact_id=contact.id)
    assert found
    return found.tie.id


def test_one_contact_is_left_with_every_value_and_the_uid_that_is_known(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        [left] = contacts.page(tx, owner=account.id).rows
    fields = fields_of(left.vcard)
    assert (left.id, left.uid) == (one.id, one.uid)
    assert fields.name
    assert (fields.name.printed, fields.org, fields.title) == ("Marta Ruiz Gil", "Sol", "Directora")
    assert (fields.emails, fields.phones[0].e164) == (("marta@faro.example",), "+34600111222")
    assert fields.note.splitlines() == ["Feria", "Vigo", "Comercial · Faro Norte (… 2026-01-01)"]


def test_undone_at_once_both_are_as_they_were_to_the_letter(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        merges.undo(tx, owner=account.id, id=made.id)
        again = [contacts.get(tx, owner=account.id, id=contact.id) for contact in (one, other)]
    assert [(contact.vcard, contact.etag, contact.uid) for contact in again] == [
        (contact.vcard, contact.etag, contact.uid) for contact in (one, other)
    ]


def test_what_was_changed_since_goes_with_whom_it_was_changed_of(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        changes = {"title": "Gerente", "emails": ["marta@faro.example", "m@faro.example"], "phones": []}
        contacts.write(tx, owner=account.id, vcard=edit(made.after, changes, now=now()), id=one.id)
        merges.undo(tx, owner=account.id, id=made.id)
        mine, theirs = (fields_of(contacts.get(tx, owner=account.id, id=contact.id).vcard) for contact in (one, other))
    assert mine.emails == ("marta@faro.example", "m@faro.example"), "what is new stays with the one that stayed"
    assert mine.title == "Comercial"
    assert theirs.title == "Gerente", "the title was the other's when it was changed"
    assert theirs.phones == (), "a number taken away is taken from whoever had it"
    assert (mine.note, theirs.note) == ("Feria", "Vigo")


def test_two_ties_become_one_history_and_part_again(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        mine, theirs = tie_id(tx, account, one), tie_id(tx, account, other)
        today = policies.today(tx, owner=account.id)
        deeds.talked(tx, owner=account.id, tie_id=mine, talk="call", day=today - timedelta(days=40))
        deeds.talked(tx, owner=account.id, tie_id=theirs, talk="coffee", day=today - timedelta(days=20))
        ties.add_note(tx, owner=account.id, id=theirs, kind=NoteKind.NEED, text="un local")
        ties.add_promise(tx, owner=account.id, id=theirs, text="las fotos", due_on=today)
        before = ties.of_contact(tx, owner=account.id, contact_id=other.id)
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        joined = ties.get(tx, owner=account.id, id=mine)
        promised = tx.execute(select(touch_rows.c.cause).where(touch_rows.c.tie_id == mine)).scalars().all()
        merges.undo(tx, owner=account.id, id=made.id)
        after = ties.of_contact(tx, owner=account.id, contact_id=other.id)
        alone = ties.get(tx, owner=account.id, id=mine)
    assert [act.talk for act in joined.acts if act.talk] == ["call", "coffee"]
    assert {note.text for note in joined.tie.notes} == {"un local", "Directora · Sol"}
    assert [one.text for one in joined.tie.promises] == ["las fotos"]
    assert any(cause.startswith("promise:") for cause in promised), "the touches are planned again"
    assert before
    assert after
    assert (after.tie, after.acts) == (before.tie, before.acts)
    assert [act.talk for act in alone.acts if act.talk] == ["call"]
    assert alone.tie.notes == ()


def test_what_happened_since_stays_but_for_what_answers_something_of_the_other(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        theirs = tie_id(tx, account, other)
        today = policies.today(tx, owner=account.id)
        promise = ties.add_promise(tx, owner=account.id, id=theirs, text="las fotos", due_on=today)
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        mine = tie_id(tx, account, one)
        deeds.talked(tx, owner=account.id, tie_id=mine, talk="call")
        [touch] = [
            row.id
            for row in tx.execute(select(touch_rows).where(touch_rows.c.tie_id == mine))
            if row.cause == f"promise:{promise}"
        ]
        touches.done(tx, owner=account.id, id=touch, channel=None)
        merges.undo(tx, owner=account.id, id=made.id)
        mine_acts, their_acts = (ties.get(tx, owner=account.id, id=id_).acts for id_ in (mine, theirs))
    assert ActType.TALKED in {act.type for act in mine_acts}
    assert ActType.DID not in {act.type for act in mine_acts}
    assert f"promise:{promise}" in {act.cause for act in their_acts}


def test_what_was_done_with_both_for_the_same_reason_is_each_ones_again(db: Database, account: Account) -> None:
    """Thanks after the same gathering: one history holds them once, and each keeps its own act and its answer."""
    with db.transaction() as tx:
        one, other = two(tx, account)
        both = {tie_id(tx, account, contact): contact for contact in (one, other)}
        today = policies.today(tx, owner=account.id)
        for id_ in both:
            thanked = acts.add(
                tx,
                owner=account.id,
                tie_id=id_,
                type=ActType.DID,
                day=today,
                cause="gathering:1:thank",
                kind=Kind.THANK,
            )
            touches.answer(tx, owner=account.id, act_id=thanked.id, outcome=Outcome.WARM)
        before = {id_: ties.get(tx, owner=account.id, id=id_).acts for id_ in both}
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        joined = ties.get(tx, owner=account.id, id=tie_id(tx, account, one)).acts
        merges.undo(tx, owner=account.id, id=made.id)
        after = {id_: ties.get(tx, owner=account.id, id=id_).acts for id_ in both}
    assert [act.cause for act in joined if act.type is ActType.DID] == ["gathering:1:thank"]
    assert after == before
    assert all({act.type for act in kept} >= {ActType.DID, ActType.ANSWERED} for kept in after.values())


def test_a_contact_without_a_tie_gets_that_of_the_other(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one = contacts.write(tx, owner=account.id, vcard=vcard())
        other = kept(tx, account, vcard())
        theirs = tie_id(tx, account, other)
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        assert tie_id(tx, account, one) == theirs
        merges.undo(tx, owner=account.id, id=made.id)
        assert ties.of_contact(tx, owner=account.id, contact_id=one.id) is None
        assert tie_id(tx, account, other) == theirs


def test_merges_one_upon_another_are_undone_in_either_order(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        third = kept(tx, account, vcard("Marta Ruiz", mail="m@luna.example"))
        first = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        second = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=third.id)
        merges.undo(tx, owner=account.id, id=first.id)
        merges.undo(tx, owner=account.id, id=second.id)
        again = [contacts.get(tx, owner=account.id, id=contact.id).vcard for contact in (other, third)]
        mine = fields_of(contacts.get(tx, owner=account.id, id=one.id).vcard)
    assert again == [other.vcard, third.vcard]
    assert mine == fields_of(one.vcard)


def test_a_merge_under_another_waits_for_that_one(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        third = kept(tx, account, vcard("Marta Ruiz", mail="m@luna.example"))
        first = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        merges.merge(tx, owner=account.id, kept_id=third.id, gone_id=one.id)
        with pytest.raises(Conflict, match="Undo that first"):
            merges.undo(tx, owner=account.id, id=first.id)


def test_it_is_undone_once_and_by_its_owner(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        one, other = two(tx, account)
        with pytest.raises(BadValue):
            merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=one.id)
        with pytest.raises(NotFound):
            merges.merge(tx, owner=stranger.id, kept_id=one.id, gone_id=other.id)
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        with pytest.raises(NotFound):
            merges.undo(tx, owner=stranger.id, id=made.id)
        merges.undo(tx, owner=account.id, id=made.id)
    with db.transaction() as tx, pytest.raises(Conflict):
        merges.undo(tx, owner=account.id, id=made.id)


def test_a_pair_taken_apart_is_not_proposed_again(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one = kept(tx, account, vcard(mail="marta@faro.example"))
        other = kept(tx, account, vcard(mail="marta@faro.example"))
        assert duplicates.look(tx, owner=account.id, contact_ids=[one.id, other.id]) == 1
        made = merges.merge(tx, owner=account.id, kept_id=one.id, gone_id=other.id)
        assert duplicates.count(tx, owner=account.id) == 0
        merges.undo(tx, owner=account.id, id=made.id)
        assert duplicates.look(tx, owner=account.id, contact_ids=[one.id, other.id]) == 0
        assert duplicates.count(tx, owner=account.id) == 0
        state = duplicates.get(tx, owner=account.id, one_id=one.id, other_id=other.id).state
    assert state is PairState.APART


def card_of(tx: Transaction, account: Account, **said: Any) -> str:
    reading = Reading(
        name=Found(PersonName("Marta Ruiz", "Marta", "Ruiz"), SURE),
        org=Found(said.get("org", "Faro Norte"), SURE),
        title=Found(said.get("title", "Comercial"), SURE),
        phones=(Found(Phone("600 111 222", "+34600111222", PhoneType.MOBILE), SURE),) if said.get("cell", True) else (),
    )
    return photographed(tx, account, reading, met_on=said.get("met_on"))


def photographed(tx: Transaction, account: Account, reading: Reading, *, met_on: date | None) -> str:
    photo, _ = photos.receive(
        tx,
        owner=account.id,
        id=str(uuid4()),
        sha256=uuid4().hex * 2,
        size=1,
        kind="image/jpeg",
        name="",
        stamp=Stamp(met_on=met_on),
    )
    found = ReadCard(((0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 5.0)), b"", 9, 5, reading)
    photos.finish(tx, photo=photo, cards=[found], pictures=["0" * 64])
    return cards.of_photo(tx, owner=account.id, photo_id=photo.id)[0].id


def test_a_new_card_of_somebody_known_is_history(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        first = cards.confirm(tx, owner=account.id, id=card_of(tx, account, met_on=LONG_AGO))
        known = ties.of_contact(tx, owner=account.id, contact_id=first)
        assert known
        deeds.talked(tx, owner=account.id, tie_id=known.tie.id, talk="coffee", day=LONG_AGO + timedelta(days=9))
        again = card_of(tx, account, org="Sol", title="Directora")
        assert cards.confirm(tx, owner=account.id, id=again) == first
        [left] = contacts.page(tx, owner=account.id).rows
        tie = ties.of_contact(tx, owner=account.id, contact_id=first)
        assert len(cards.of_contact(tx, owner=account.id, contact_id=first)) == 2
        assert tie
        kinds = set(tx.execute(select(touch_rows.c.kind).where(touch_rows.c.tie_id == tie.tie.id)).scalars())
    assert (left.title, left.org) == ("Directora", "Sol")
    assert [note.text for note in tie.tie.notes if note.kind is NoteKind.NEW_TITLE] == ["Directora · Sol"]
    assert Kind.CONGRATULATE in kinds


def test_taken_back_the_card_waits_again_and_the_contact_is_as_before(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        first = cards.confirm(tx, owner=account.id, id=card_of(tx, account))
        before = contacts.get(tx, owner=account.id, id=first)
        again = card_of(tx, account, org="Sol", title="Directora")
        cards.confirm(tx, owner=account.id, id=again)
        cards.take_back(tx, owner=account.id, id=again)
        assert [one.vcard for one in contacts.page(tx, owner=account.id).rows] == [before.vcard]
        assert cards.get(tx, owner=account.id, id=again).contact_id is None
        assert cards.confirm(tx, owner=account.id, id=again, known=cards.SOMEBODY_ELSE) != first
        assert duplicates.count(tx, owner=account.id) == 0


def test_a_card_that_only_may_be_of_somebody_known_is_asked_about(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        first = cards.confirm(tx, owner=account.id, id=card_of(tx, account))
        second = cards.confirm(tx, owner=account.id, id=card_of(tx, account, cell=False))
        assert second != first
        [pair] = duplicates.page(tx, owner=account.id)
        assert (pair.likeness.sure, {pair.one_id, pair.other_id}) == (False, {first, second})
        third = card_of(tx, account, org="Sol", cell=False)
        assert cards.confirm(tx, owner=account.id, id=third, known=first) == first

"""Pairs that may be one, found as contacts come in, on both databases: proposed, settled, and bounded."""

from service.domain.duplicates.likeness import Reason
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.storage.accounts import Account
from service.storage.database import Database, Transaction
from service.storage.people import contact_keys, contacts, duplicates
from service.storage.people.duplicate_tables import contact_keys as keys
from service.storage.people.duplicates import PairState
from tests.storage.test_merges import vcard


def add(tx: Transaction, account: Account, *texts: str) -> list[str]:
    return [contacts.write(tx, owner=account.id, vcard=text).id for text in texts]


def fields(text: str) -> CardFields:
    return fields_of(text)


def test_pairs_are_found_once_the_sure_ones_first(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        one, other = add(tx, account, vcard(mail="m@faro.example"), vcard("Marta Ruizz"))
        assert duplicates.look(tx, owner=account.id, contact_ids=[other]) == 1
        [third] = add(tx, account, vcard(mail="M@faro.example", org="Sol"))
        assert duplicates.look(tx, owner=account.id, contact_ids=[third]) == 1
        assert duplicates.look(tx, owner=account.id, contact_ids=[one, other, third]) == 0
        pairs = duplicates.page(tx, owner=account.id)
        assert [(pair.likeness.sure, pair.likeness.reason) for pair in pairs] == [
            (True, Reason.MAIL),
            (False, Reason.NAME_AND_COMPANY),
        ]
        assert duplicates.page(tx, owner=stranger.id) == []
        assert (duplicates.count(tx, owner=account.id), duplicates.count(tx, owner=account.id, sure=True)) == (2, 1)
        assert {pair.beside(one) for pair in duplicates.of_contact(tx, owner=account.id, contact_id=one)} == {
            other,
            third,
        }


def test_what_is_put_off_comes_last_and_what_is_apart_never(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other, third = add(
            tx, account, vcard(mail="m@faro.example"), vcard(mail="m@faro.example"), vcard("Marta Ruizz")
        )
        duplicates.look(tx, owner=account.id, contact_ids=[one, other, third])
        first = duplicates.page(tx, owner=account.id)[0]
        duplicates.settle(tx, owner=account.id, one_id=first.one_id, other_id=first.other_id, state=PairState.LATER)
        assert duplicates.page(tx, owner=account.id)[-1].state is PairState.LATER
        duplicates.settle(tx, owner=account.id, one_id=first.one_id, other_id=first.other_id, state=PairState.APART)
        assert all(pair.state is PairState.OPEN for pair in duplicates.page(tx, owner=account.id))
        assert duplicates.apart(tx, owner=account.id, one_id=one, others=[other, third]) == {other}


def test_a_deleted_contact_is_in_no_pair(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        one, other = add(tx, account, vcard(mail="m@faro.example"), vcard(mail="m@faro.example"))
        duplicates.look(tx, owner=account.id, contact_ids=[one])
        contacts.delete(tx, owner=account.id, id=other)
        assert duplicates.count(tx, owner=account.id) == 0
        assert duplicates.like(tx, owner=account.id, fields=fields(vcard(mail="m@faro.example")))[0].contact_id == one


def test_a_name_that_many_have_says_nothing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        same = vcard("María García López", org="")
        few = add(tx, account, *(same.replace("UID:", f"UID:{number}") for number in range(3)))
        assert duplicates.look(tx, owner=account.id, contact_ids=few[:1]) == 2
        more = add(tx, account, *(same.replace("UID:", f"UID:x{number}") for number in range(3)))
        assert duplicates.look(tx, owner=account.id, contact_ids=more[-1:]) == 0


def test_of_a_long_list_those_who_share_something_are_found(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        many = [vcard(f"Ana{n} Vega{n}", org=f"Firma{n}", mail=f"a{n}@vega.example") for n in range(20)]
        ids = add(tx, account, *many, many[7].replace("UID:", "UID:again"))
        assert duplicates.look(tx, owner=account.id, contact_ids=ids) == 1
        [pair] = duplicates.page(tx, owner=account.id)
    assert {pair.one_id, pair.other_id} == {ids[7], ids[20]}


def test_the_index_follows_the_contact_and_is_filled_where_it_is_missing(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        [one] = add(tx, account, vcard(mail="m@faro.example"))
        kept = contact_keys.kept_keys(tx, ids=[one])
        contacts.write(tx, owner=account.id, id=one, vcard=contacts.get(tx, owner=account.id, id=one).vcard)
        assert contact_keys.kept_keys(tx, ids=[one]) == kept
        tx.execute(keys.delete())
        contact_keys.fill(tx)
        assert {key.key for key in contact_keys.kept_keys(tx, ids=[one])[one]} == {key.key for key in kept[one]}

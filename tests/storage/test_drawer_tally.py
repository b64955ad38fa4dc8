"""The numbers beside the drawer's filters, as far as anybody counts."""

import pytest

from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.people import contacts, drawer
from tests.dav.conftest import card


def test_of_very_many_contacts_nobody_counts(db: Database, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawer, "COUNTED_TO", 2)
    with db.transaction() as tx:
        for number in range(2):
            contacts.write(tx, owner=account.id, vcard=card(f"Ana {number}", uid=str(number)))
        few = drawer.tally(tx, owner=account.id)
        contacts.write(tx, owner=account.id, vcard=card("Ana 3", uid="3"))
        many = drawer.tally(tx, owner=account.id)
    assert (few.counted, few.undecided) == (True, 2)
    assert (many.counted, many.undecided) == (False, 0)

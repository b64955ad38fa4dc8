"""Six devices that change one contact at once, each with the etag that it read: nobody's change is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from apiflask import APIFlask

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.web import create_app
from tests.dav.conftest import Device, card, device

WRITERS, CHANGES = 6, 3


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, config: Config) -> Iterator[APIFlask]:
    url = config.database_url if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    made = create_app(replace(config, database_url=url))
    yield made
    made.extensions["undrawer"].db.close()


@pytest.fixture
def ana(app: APIFlask) -> Account:
    with app.extensions["undrawer"].db.transaction() as tx:
        return accounts.create(tx, name="Ana")


def test_of_six_writers_none_loses_a_change(app: APIFlask, ana: Account) -> None:
    devices = [device(app, ana, f"phone {number}") for number in range(WRITERS)]
    assert devices[0].put("a.vcf", card(uid="u", lines=("NOTE:0",))).status_code == 201

    def count_up(phone: Device) -> int:
        """Add one as often as wanted, looking anew whenever somebody was quicker."""
        tries = won = 0
        while won < CHANGES:
            tries += 1
            assert tries < 500
            got = phone.ask("GET", "contacts/a.vcf")
            number = int(got.text.partition("NOTE:")[2].partition("\r\n")[0])
            text = card(uid="u", lines=(f"NOTE:{number + 1}",))
            status = phone.put("a.vcf", text, If_Match=got.headers["ETag"]).status_code
            assert status in (204, 412)
            won += status == 204
        return won

    with ThreadPoolExecutor(WRITERS) as threads:
        assert sum(threads.map(count_up, devices)) == WRITERS * CHANGES
    assert f"NOTE:{WRITERS * CHANGES}\r\n" in devices[0].ask("GET", "contacts/a.vcf").text
    changed, token = devices[0].changes("")
    assert changed == {"a.vcf": True}
    assert int(token.rpartition(":")[2]) == WRITERS * CHANGES + 1


def test_two_that_make_the_same_contact_make_one(app: APIFlask, ana: Account) -> None:
    devices = [device(app, ana, f"phone {number}") for number in range(4)]

    def make(phone: Device) -> int:
        return phone.put("a.vcf", card(uid="u"), If_None_Match="*").status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(make, devices)) == [201, 412, 412, 412]

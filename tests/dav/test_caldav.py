"""The caldav library and caldav-server-tester, which nobody here wrote, against the running service.

They live in tests/caldav_client with libraries of their own, for they bring another urllib3.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from service.config import Config
from service.storage import accounts
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.storage.following import policies, ties
from service.storage.following.ties import Met
from service.storage.people import contacts
from tests.dav.conftest import card
from tests.dav.serving import served

CLIENT: Final = Path(__file__).parent.parent / "caldav_client"
USER: Final = "ana@example.com"
TOLD: Final = {
    "auth.www-authenticate": "full",
    "auth.www-authenticate.usable-scheme": "full",
    # The collections are those of the account, with the names that it gives them.
    "create-calendar": "unsupported",
    "calendar-color": "unsupported",
    "calendar-color.name": "unsupported",
    "calendar-order": "unsupported",
    # Radicale knows neither.
    "principal-search": "unsupported",
    "scheduling": "unsupported",
}
"""Where we differ from what it expects of a server, of what can be asked where no calendar can be made."""

CHECKS: Final = (
    "CheckWWWAuthenticate",
    "CheckGetCurrentUserPrincipal",
    "CheckMakeDeleteCalendar",
    "CheckPropfindAllprop",
    "CheckNonExistingResource",
    "CheckScheduling",
    "CheckPrincipalSearch",
    "CheckCalendarProperties",
)


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    with closing(Database(config.database_url)) as database:
        yield database


@pytest.fixture
def secret(db: Database) -> str:
    """Of an account with five promises, each a task."""
    with db.transaction() as tx:
        ana = accounts.create(tx, name="Ana Torres Vidal", email=USER)
        policies.set_quiet_weekdays(tx, owner=ana.id, weekdays=frozenset())
        today = policies.today(tx, owner=ana.id)
        for number in range(5):
            who = contacts.write(tx, owner=ana.id, vcard=card(f"Ana {number}"))
            met = Met(on=today, promise="algo", promise_on=today + timedelta(days=number + 1))
            ties.begin(tx, owner=ana.id, contact_id=who.id, met=met)
        return app_passwords.make(tx, owner=ana.id, name="computer")[1]


def client(program: str, *words: str) -> str:
    done = subprocess.run([CLIENT / ".venv" / "bin" / program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_caldav_does_the_tasks_and_its_tester_finds_us_as_we_say(config: Config, secret: str, tmp_path: Path) -> None:
    with served(config, tmp_path) as address:
        seen = json.loads(client("python", str(CLIENT / "asks.py"), f"{address}/dav/", USER, secret))
        who = ("--caldav-url", f"{address}/dav/", "--caldav-username", USER, "--caldav-password", secret)
        of_ours = ("--caldav-calendar", "Undrawer · Toques", "--format", "json")
        wanted = [word for check in CHECKS for word in ("--run-checks", check)]
        found = json.loads(client("caldav-server-tester", *who, *of_ours, *wanted))["features"]
    books = ["Undrawer · Encuentros", "Undrawer · Toques"]
    assert seen == {"books": books, "open": [5, 4], "all": 5, "synced": 5, "changed": 1, "event": "refused"}
    told = {name: said["support"] for name, said in found.items() if said["support"] != "unknown"}
    assert told == TOLD
    assert "Undrawer" in found["auth.www-authenticate"]["behaviour"]

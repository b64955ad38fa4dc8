"""A process that is told to use the test's own data, a server that takes mail, and somebody to write to."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from service.config import Config
from service.domain.entering.sealed import seal
from service.domain.reaching.mail import Outcome, Security
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following import policies, ties, touches
from service.storage.following.ties import Met
from service.storage.following.touches import KeptTouch
from service.storage.moment import now
from service.storage.people import contacts
from service.storage.reaching import mail_settings, outgoing
from service.storage.reaching.mail_settings import SEALED_FOR
from service.storage.reaching.mail_tables import outgoing as rows
from service.storage.reaching.outgoing import Outgoing
from tests.mail.servers import Postbox, listening
from workers import jobs
from workers.delivery import smtp

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def environment(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say to this process, and those that it starts, what `config` says."""
    monkeypatch.setenv("UNDRAWER_DATA", str(config.data))
    monkeypatch.setenv("UNDRAWER_REDIS_URL", config.redis_url)
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", config.database_url)
    monkeypatch.setattr(smtp, "PATIENCE_SECONDS", 20)


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    with closing(Database(config.database_url)) as db:
        yield db


class Clock:
    """The account's day, which the test turns; a Tuesday to begin with."""

    def __init__(self) -> None:
        self.day = MONDAY + timedelta(days=1)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(policies, "now", clock)
    return clock


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """The service's own mail server."""
    with listening(Postbox()) as made:
        serve_by(made, monkeypatch)
        yield made


def serve_by(box: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDRAWER_SMTP_URL", box.url())
    monkeypatch.setenv("UNDRAWER_MAIL_FROM", "undrawer@cards.example")


@dataclass
class Post:
    """Writes mails of one account and looks at them."""

    db: Database
    config: Config
    owner: str

    def put(self, key: str = "one", **more: str) -> str:
        said = {"kind": "digest", "to": "ana@example.com", "to_name": "Ana", "subject": "Tu semana", "text": "Hola\n"}
        with self.db.transaction() as tx:
            return outgoing.put(tx, owner=self.owner, key=key, **{**said, **more})

    def mail(self, id_: str) -> Outgoing:
        with self.db.reading() as tx:
            return outgoing.get(tx, owner=self.owner, id=id_)

    def told(self, id_: str) -> tuple[str, str]:
        mail = self.mail(id_)
        return mail.state.value, mail.reason

    def all(self) -> list[Outgoing]:
        with self.db.reading() as tx:
            return outgoing.page(tx, owner=self.owner).rows

    def send(self, id_: str) -> tuple[str, str]:
        jobs.send_mail(id_)
        return self.told(id_)

    def come(self, id_: str) -> None:
        """Let the hour of the next try come."""
        with self.db.transaction() as tx:
            tx.execute(update(rows).where(rows.c.id == id_).values(due_at=now() - timedelta(seconds=90)))

    def age_claim(self, id_: str) -> None:
        """Let a claim be as old as one of a worker that is dead."""
        with self.db.transaction() as tx:
            tx.execute(update(rows).where(rows.c.id == id_).values(claimed_at=now() - timedelta(hours=1)))

    def settle(self, id_: str, outcome: Outcome) -> bool:
        with self.db.transaction() as tx:
            return outgoing.settle(tx, id=id_, outcome=outcome)

    def own_server(self, box: Postbox, *, password: str = "") -> None:
        with self.db.transaction() as tx:
            mail_settings.set_server(
                tx,
                owner=self.owner,
                host="127.0.0.1",
                port=str(box.port),
                security=Security.NONE,
                username="",
                password=seal(self.config.signing_keys, SEALED_FOR, password) if password else "",
                from_address="ana@casa.example",
            )


@pytest.fixture
def post(db: Database, config: Config, account: Account) -> Post:
    return Post(db, config, account.id)


@pytest.fixture
def first_message(db: Database, account: Account, clock: Clock) -> Callable[..., KeptTouch]:
    """Meet somebody yesterday; give the first message that is due."""

    def meet(name: str = "Nuria Prat", **met: str) -> KeptTouch:
        given, _, family = name.partition(" ")
        lines = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uuid4()}", f"FN:{name}", f"N:{family};{given};;;")
        vcard = "\r\n".join((*lines, f"EMAIL:{given.lower()}@faro.example", f"ORG:{family} SL", "END:VCARD", ""))
        with db.transaction() as tx:
            contact = contacts.write(tx, owner=account.id, vcard=vcard).id
            known = Met(on=clock.day - timedelta(days=1), **{"gathering": "la Cámara", "language": "es", **met})  # type: ignore[arg-type]
            tie = ties.begin(tx, owner=account.id, contact_id=contact, met=known)
            return touches.of_tie(tx, owner=account.id, tie_id=tie)[0]

    return meet


def account_of(db: Database, owner: str) -> Account:
    with db.reading() as tx:
        return accounts.get(tx, owner=owner)

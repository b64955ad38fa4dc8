"""Passkeys, second factors, invitations, sign-ins elsewhere, knocks, the record and idle sessions, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from service.domain.entering.passkey import NewPasskey
from service.domain.errors import BadValue, Conflict, NotFound
from service.storage import accounts, sessions, tokens
from service.storage.accounts import Account, By, hashed
from service.storage.database import Database
from service.storage.dav import app_passwords
from service.storage.entering import (
    first_proof,
    identities,
    invitations,
    knocks,
    passkeys,
    record,
    resealing,
    second_factors,
)
from service.storage.entering.entering_tables import knocks as knock_rows
from service.storage.entering.identities import Claims
from service.storage.entering.knocks import Purpose
from service.storage.entering.record import What
from service.storage.moment import now
from service.storage.reaching import feeds
from service.storage.tables import sessions as session_rows

KEYS = ("a key of the installation",)
NEW = NewPasskey(credential_id="one", public_key="two", sign_count=2**32 - 1, synced=False)


def test_an_invitation_is_taken_up_by_one_of_many_at_once(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        secret = invitations.make(tx, owner=account.id, name="Carla")

    def take(_number: int) -> bool:
        with db.transaction() as tx:
            return invitations.use(tx, secret) is not None

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(take, range(6))) == 1


def test_an_invitation_for_somebody_who_is_here_is_refused(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx, pytest.raises(Conflict, match="already"):
        invitations.make(tx, owner=account.id, email="Bruno@Example.com ")
    with db.transaction() as tx:
        invitations.make(tx, owner=account.id)
        (mine,) = invitations.of(tx, owner=account.id)
        with pytest.raises(NotFound):
            invitations.take_back(tx, owner=stranger.id, id=mine.id)


def test_a_passkey_is_one_accounts_and_its_count_moves_once(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        passkeys.add(tx, owner=account.id, name="  Móvil \n de Ana ", new=NEW)
        with pytest.raises(Conflict):
            passkeys.add(tx, owner=stranger.id, name="the same", new=NEW)
        kept = passkeys.find(tx, "one")
        assert kept
        assert (kept.owner, kept.name, kept.sign_count) == (account.id, "Móvil de Ana", 2**32 - 1)
        assert passkeys.used(tx, kept, sign_count=5)
        assert not passkeys.used(tx, kept, sign_count=6)  # somebody else was there since it was read
        with pytest.raises(NotFound):
            passkeys.remove(tx, owner=stranger.id, id=kept.id)
        assert passkeys.remove(tx, owner=account.id, id=kept.id) == "Móvil de Ana"


def test_of_two_who_send_one_code_one_gets_in(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        app = pyotp.TOTP(second_factors.begin(tx, owner=account.id, keys=KEYS))
        at = now()
        assert second_factors.confirm(tx, owner=account.id, keys=KEYS, code=app.at(at))
    code = app.at(at + timedelta(seconds=30))  # a phone's clock may be ahead

    def send(_number: int) -> bool:
        with db.transaction() as tx:
            return second_factors.right(tx, owner=account.id, keys=KEYS, code=code)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, range(6))) == 1


def test_codes_are_good_for_their_owner_alone(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        app = pyotp.TOTP(second_factors.begin(tx, owner=account.id, keys=KEYS))
        assert second_factors.confirm(tx, owner=account.id, keys=KEYS, code="12345x") == []
        codes = second_factors.confirm(tx, owner=account.id, keys=KEYS, code=app.now())
        assert not second_factors.use_code(tx, owner=stranger.id, code=codes[0])
        assert not second_factors.right(tx, owner=stranger.id, keys=KEYS, code=app.now())
        assert second_factors.use_code(tx, owner=account.id, code=codes[0])
        assert not second_factors.use_code(tx, owner=account.id, code=codes[0])


def test_somebody_elsewhere_is_one_account_here(db: Database, account: Account, stranger: Account) -> None:
    who = Claims("https://id.example.org", "77", email="ana@example.com")
    with db.transaction() as tx:
        assert identities.account_by_address(tx, who) is None  # nobody has checked this address here
        assert accounts.prove_email(tx, owner=account.id, email=account.email)
        assert identities.account_by_address(tx, who) == account
        identities.link(tx, who, owner=account.id)
        with pytest.raises(Conflict):
            identities.link(tx, who, owner=stranger.id)
        assert identities.account_of(tx, who) == account
        another = Claims("https://id.example.org", "78", email="ana@example.com")  # who was given her address there
        assert identities.account_by_address(tx, another) is None
        with pytest.raises(Conflict, match="connected there already"):
            identities.link(tx, another, owner=account.id)
        assert identities.account_of(tx, Claims("https://other.example.org", "77")) is None
        accounts.set_email(tx, owner=account.id, email="new@example.com")
        assert not accounts.email_proved(tx, owner=account.id)


def test_of_two_from_one_place_one_is_linked(db: Database, account: Account) -> None:
    def link(subject: str) -> bool:
        try:
            with db.transaction() as tx:
                identities.link(tx, Claims("https://id.example.org", subject), owner=account.id)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(link, "123456")) == 1


def test_a_knock_says_nothing_to_who_reads_the_database_and_is_forgotten(db: Database) -> None:
    with db.transaction() as tx:
        first = knocks.put(tx, purpose=Purpose.SIGN_IN, email=" Ana@Example.com", locale="es", keys=KEYS)
        with pytest.raises(BadValue):
            knocks.put(tx, purpose=Purpose.SIGN_UP, email="no address", locale="es", keys=KEYS)
        assert "example.com" not in str(tx.execute(select(knock_rows)).all())
        knock = knocks.claim(tx, first, held_seconds=60, keys=KEYS)
        assert knock
        assert (knock.email, knock.locale) == ("ana@example.com", "es")
        assert knocks.claim(tx, first, held_seconds=60, keys=KEYS) is None
        knocks.later(tx, id=first)
        tx.execute(update(knock_rows).values(asked_at=now() - timedelta(minutes=31)))
        assert knocks.claim(tx, first, held_seconds=60, keys=KEYS) is None
        knocks.forget_old(tx)
        assert tx.execute(select(knock_rows)).all() == []


def test_the_record_counts_what_repeats_and_is_its_owners(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        for place in ("203.0.113.0/24", "203.0.113.0/24", "198.51.100.0/24"):
            record.write(tx, What.REFUSED, owner=account.id, detail="password", place=place)
        assert sorted(line.times for line in record.page(tx, owner=account.id).rows) == [1, 2]
        assert record.page(tx, owner=stranger.id).rows == []


def test_a_session_that_nobody_uses_ends(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        idle = sessions.start(tx, owner=account.id, user_agent="idle")
        used = sessions.start(tx, owner=account.id, user_agent="used")
        long_ago = now() - timedelta(days=31)
        tx.execute(update(session_rows).values(created_at=long_ago))
        sessions.seen(tx, used)
        assert sessions.account_of(tx, idle) is None
        assert sessions.account_of(tx, idle, idle_days=40) == account
        assert sessions.account_of(tx, used) == account
        assert [one.user_agent for one in sessions.of(tx, owner=account.id)] == ["used"]
        sessions.forget_expired(tx)
        assert sessions.account_of(tx, idle, idle_days=400) is None
        assert sessions.account_of(tx, used) == account


def test_a_link_knows_by_whose_hand_it_was_made(db: Database, account: Account) -> None:
    at = now()
    with db.transaction() as tx:
        link = accounts.new_sign_in_link(tx, owner=account.id, by=By.DEVICE, proved_at=at)
        assert accounts.maker_of_link(tx, link) == (By.DEVICE, at, "")
        assert accounts.maker_of_link(tx, accounts.new_sign_in_link(tx, owner=account.id)) == (By.MACHINE, None, "")


def test_a_link_proves_the_address_that_it_was_mailed_to(db: Database, account: Account, stranger: Account) -> None:
    with db.transaction() as tx:
        link = accounts.new_sign_in_link(tx, owner=account.id, by=By.MAIL, sent_to="Ana@Example.com")
        sent_to = accounts.maker_of_link(tx, link).sent_to
        other = accounts.new_sign_in_link(tx, owner=stranger.id)
        accounts.set_email(tx, owner=account.id, email="ana@example.com")  # which she has
        assert first_proof.would_be(tx, link)
        accounts.set_email(tx, owner=account.id, email="carla@example.com")
        assert accounts.use_sign_in_link(tx, link) is None
        late = accounts.new_sign_in_link(tx, owner=account.id, by=By.MAIL, sent_to="ana@example.com")
        assert not first_proof.would_be(tx, late)
        assert accounts.use_sign_in_link(tx, late) is None
        assert first_proof.take(tx, owner=account.id, sent_to=sent_to) is None
        assert not accounts.email_proved(tx, owner=account.id)
        assert accounts.use_sign_in_link(tx, other) == stranger


def test_a_new_password_ends_the_links_from_before(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        link = accounts.new_sign_in_link(tx, owner=account.id)
        accounts.set_password(tx, owner=account.id, password="mil tarjetas")
        assert accounts.use_sign_in_link(tx, link) is None


def test_the_first_proof_ends_what_opened_the_account(db: Database, account: Account, stranger: Account) -> None:
    address = hashed(account.email)
    with db.transaction() as tx:
        for who in (account, stranger):
            identities.link(tx, Claims("https://id.example.org", who.id), owner=who.id)
            passkeys.add(tx, owner=who.id, name="key", new=replace(NEW, credential_id=who.id))
            tokens.create(tx, owner=who.id, name="script")
            app_passwords.make(tx, owner=who.id, name="phone")
            feeds.make(tx, owner=who.id, locale="es")
            sessions.start(tx, owner=who.id, user_agent="browser")
            accounts.new_sign_in_link(tx, owner=who.id)
        assert first_proof.take(tx, owner=account.id, sent_to=address) == 8
        assert not accounts.has_password(tx, owner=account.id)
        for table in (*first_proof.WAYS_IN, session_rows):
            assert tx.execute(select(table.c.account_id)).scalars().all() == [stranger.id], table.name
        tokens.create(tx, owner=account.id, name="mine")
        assert first_proof.take(tx, owner=account.id, sent_to=address) is None  # the second time ends nothing
        assert len(tokens.of(tx, owner=account.id)) == 1


def test_what_is_sealed_is_sealed_anew(db: Database, account: Account) -> None:
    with db.transaction() as tx:
        secret = second_factors.begin(tx, owner=account.id, keys=KEYS)
        assert resealing.reseal(tx, ("new", *KEYS)) == (1, 0)
        assert second_factors.begun(tx, owner=account.id, keys=("new",)) == secret

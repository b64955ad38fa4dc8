"""A mail from its row to its server, whatever becomes of the server, the worker and the machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.config import Config
from service.domain.errors import Conflict, NotFound
from service.domain.reaching.mail import MailState, Outcome
from service.queue import Queue
from service.storage.accounts import Account
from service.storage.database import Database
from service.storage.following.touches import KeptTouch
from service.storage.moment import now
from service.storage.reaching import outgoing
from service.storage.reaching.mail_tables import mail_settings as settings_table
from service.storage.reaching.outgoing import WAITS_MINUTES
from tests.mail.conftest import Post, serve_by
from tests.mail.servers import PASSWORD, Postbox, Silent, listening, serving
from tests.real_parts import PATIENCE_SECONDS
from workers import jobs, tries
from workers.delivery import smtp

ROOT = Path(__file__).parents[2]

on_both = pytest.mark.parametrize("config", ["sqlite_url", "postgres_url"], indirect=True)


@pytest.fixture
def config(request: pytest.FixtureRequest, data: Path, redis_server: str) -> Config:
    url = request.getfixturevalue(getattr(request, "param", "sqlite_url"))
    env = {"UNDRAWER_DATA": str(data), "UNDRAWER_REDIS_URL": redis_server, "UNDRAWER_DATABASE_URL": url}
    return Config.from_env(env)


@on_both
def test_a_mail_is_sent_once_however_often_it_is_rung_for(post: Post, box: Postbox) -> None:
    id_ = post.put()
    assert post.put() == id_, "the same key is the same mail"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(jobs.send_mail, [id_] * 8))
    assert post.told(id_) == ("sent", "")
    (taken,) = box.taken
    assert taken["From"].addresses[0].addr_spec == "undrawer@cards.example"
    assert taken["Message-ID"] == post.mail(id_).message_id == f"<{id_}@cards.example>"


def test_others_neither_see_it_nor_touch_it(post: Post, stranger: Account, db: Database) -> None:
    id_ = post.put()
    with db.transaction() as tx:
        for do in (outgoing.get, outgoing.again, outgoing.withdraw, outgoing.was_sent):
            with pytest.raises(NotFound):
                do(tx, owner=stranger.id, id=id_)
        assert outgoing.page(tx, owner=stranger.id).rows == []
        assert outgoing.put(tx, owner=stranger.id, kind="digest", key="one", to="", subject="", text="") != id_


@on_both
def test_refused_for_now_it_is_tried_again_later_and_later_and_then_given_up(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = post.put()
    with listening(Postbox(rcpt="450 4.2.0 greylisted")) as box:
        serve_by(box, monkeypatch)
        for minutes in WAITS_MINUTES:
            assert post.send(id_) == ("waiting", "refused_for_now")
            mail = post.mail(id_)
            assert mail.reply == "450 4.2.0 greylisted"
            # From the moment of the answer, which came somewhat later than the claim.
            waited = mail.due_at - now()
            assert timedelta(minutes=minutes - 2) < waited <= timedelta(minutes=minutes)
            assert post.send(id_) == ("waiting", "refused_for_now"), "its time has not come: nothing is tried"
            assert post.mail(id_).tries == mail.tries
            post.come(id_)
        assert post.send(id_) == ("failed", "refused_for_now")
    assert list(WAITS_MINUTES) == sorted(WAITS_MINUTES)


def test_after_a_while_the_sweep_rings_for_it_and_it_arrives(post: Post, config: Config, box: Postbox) -> None:
    box.rcpt = "451 4.3.0 later"
    id_ = post.put()
    assert post.send(id_) == ("waiting", "refused_for_now")
    box.rcpt = ""
    jobs.sweep()
    assert Queue(config).asked_for("send_mail") == set(), "not before its time"
    post.come(id_)
    jobs.sweep()
    jobs.sweep()
    assert Queue(config).asked_for("send_mail") == {id_}
    assert post.send(id_) == ("sent", "")
    assert len(box.taken) == 1


def test_refused_for_ever_it_is_not_tried_again_unless_a_person_says_so(post: Post, box: Postbox) -> None:
    box.rcpt = "550 5.1.1 nobody of that name"
    id_ = post.put()
    assert post.send(id_) == ("failed", "refused")
    jobs.sweep()
    assert post.send(id_) == ("failed", "refused")
    assert post.mail(id_).tries == 1
    box.rcpt = ""
    with post.db.transaction() as tx:
        assert outgoing.troubled(tx, owner=post.owner) == 1
        outgoing.again(tx, owner=post.owner, id=id_)
    assert post.send(id_) == ("sent", "")


def test_a_stall_at_the_end_leaves_it_to_a_person(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.5)
    id_ = post.put()
    with listening(Postbox(stall="data")) as box:
        serve_by(box, monkeypatch)
        assert post.send(id_) == ("perhaps", "no_answer")
        post.come(id_)
        jobs.sweep()
        assert post.send(id_) == ("perhaps", "no_answer")
        assert len(box.taken) <= 1
    with post.db.transaction() as tx:
        outgoing.was_sent(tx, owner=post.owner, id=id_)
    assert post.told(id_) == ("sent", "")


def test_a_stall_at_the_start_costs_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "PATIENCE_SECONDS", 0.3)
    id_ = post.put()
    with serving(Silent) as port:
        monkeypatch.setenv("UNDRAWER_SMTP_URL", f"smtp://127.0.0.1:{port}?starttls=no")
        monkeypatch.setenv("UNDRAWER_MAIL_FROM", "undrawer@cards.example")
        assert post.send(id_) == ("waiting", "unreachable")


SENDER = """
import sys
from contextlib import closing
from service.config import Config
from service.storage.reaching import outgoing
from service.storage.database import Database
from workers import mailing

config = Config.from_env()
with closing(Database(config.database_url)) as db:
    with db.transaction() as tx:
        mail = outgoing.claim(tx, sys.argv[1])
    mailing.send(db, config, mail)
"""
"""What the job does, without the reading models that come with it."""


@contextmanager
def sending_elsewhere(id_: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own that sends the mail, as a work-horse does."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", SENDER, id_], cwd=ROOT, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("where", "after", "config"),
    [("rcpt", "waiting", "sqlite_url"), ("data", "perhaps", "sqlite_url"), ("data", "perhaps", "postgres_url")],
    indirect=["config"],
)
def test_a_worker_killed_in_the_middle_never_makes_it_go_twice(
    post: Post, monkeypatch: pytest.MonkeyPatch, where: str, after: str
) -> None:
    id_ = post.put()
    with listening(Postbox(stall=where)) as box:
        serve_by(box, monkeypatch)
        with sending_elsewhere(id_) as process:
            assert box.reached.wait(PATIENCE_SECONDS)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert post.mail(id_).state == (MailState.HANDED if where == "data" else MailState.SENDING)
        box.stall = ""
        jobs.send_mail(id_)
        assert len(box.taken) == (where == "data"), "it is in somebody's hands, as far as anybody knows"
        post.age_claim(id_)
        jobs.sweep()
        assert post.told(id_) == (after, "broken_off")
        post.come(id_)
        jobs.sweep()
        jobs.send_mail(id_)
        assert len(box.taken) == 1
    assert post.mail(id_).state == (MailState.PERHAPS if where == "data" else MailState.SENT)


def test_a_work_horse_that_died_is_told_to_the_row_at_once(post: Post) -> None:
    for key, hand_over, after in (("a", False, "waiting"), ("b", True, "perhaps")):
        id_ = post.put(key)
        with post.db.transaction() as tx:
            outgoing.claim(tx, id_)
            assert not hand_over or outgoing.hand_over(tx, id=id_)
        tries.try_failed("send_mail", id_, took_too_long=True)
        assert post.told(id_) == (after, "broken_off")


def test_who_comes_too_late_with_its_outcome_changes_nothing(post: Post) -> None:
    id_ = post.put()
    with post.db.transaction() as tx:
        outgoing.claim(tx, id_)
    assert post.settle(id_, Outcome(MailState.SENT))
    assert not post.settle(id_, Outcome(MailState.FAILED, "refused"))
    with post.db.transaction() as tx:
        assert not outgoing.hand_over(tx, id=id_)
        for do in (outgoing.again, outgoing.withdraw, outgoing.was_sent):
            with pytest.raises(Conflict):
                do(tx, owner=post.owner, id=id_)
    assert post.told(id_) == ("sent", "")


@on_both
def test_a_worker_that_was_thought_dead_and_wakes_neither_sends_it_again_nor_has_it_sent_again(post: Post) -> None:
    id_ = post.put()
    with post.db.transaction() as tx:
        slow = outgoing.claim(tx, id_)
        outgoing.CLAIMS.let_go(tx, id=id_, tries=3, reason="")
    post.come(id_)
    with post.db.transaction() as tx:
        quick = outgoing.claim(tx, id_)
        assert slow
        assert quick
        assert not outgoing.hand_over(tx, id=id_, claimed_at=slow.claimed_at)
        assert outgoing.hand_over(tx, id=id_, claimed_at=quick.claimed_at)
        again = Outcome(MailState.WAITING, "broken_off")
        assert not outgoing.settle(tx, id=id_, outcome=again, claimed_at=slow.claimed_at)
        assert outgoing.settle(tx, id=id_, outcome=Outcome(MailState.SENT), claimed_at=quick.claimed_at)
    assert post.told(id_) == ("sent", "")


def test_without_a_server_it_is_kept_to_be_looked_at(post: Post) -> None:
    assert post.send(post.put()) == ("kept", "no_server")
    assert post.send(post.put("two", to="")) == ("kept", "no_address")


def test_a_message_in_a_persons_own_name_goes_by_that_persons_server_alone(post: Post, box: Postbox) -> None:
    alone = post.put("first", kind="touch", route="own", to="nuria@faro.example")
    assert post.send(alone) == ("failed", "no_server")
    with listening(Postbox()) as own:
        post.own_server(own)
        assert post.send(post.put("second", kind="touch", route="own", to="nuria@faro.example")) == ("sent", "")
    assert box.taken == []
    (taken,) = own.taken
    (sender,) = taken["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Ana Torres Vidal", "ana@casa.example")
    assert taken["Reply-To"].addresses[0].addr_spec == "ana@example.com"
    assert "List-Unsubscribe" not in taken


def test_the_service_writes_by_a_persons_own_server_where_it_has_none(post: Post) -> None:
    with listening(Postbox()) as own:
        post.own_server(own)
        assert post.send(post.put()) == ("sent", "")
    assert own.taken[0]["From"].addresses[0].addr_spec == "ana@casa.example"


def test_a_password_lies_encrypted_and_a_changed_key_is_told(
    post: Post, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(Postbox()) as own:
        post.own_server(own, password=PASSWORD)
        with db.reading() as tx:
            kept = tx.execute(select(settings_table.c.password)).scalar_one()
        assert PASSWORD not in kept
        monkeypatch.setenv("UNDRAWER_SECRET_KEY", "another key")
        assert post.send(post.put("one", route="own")) == ("failed", "sealed_elsewhere")


def test_an_address_that_is_none_fails_at_once(post: Post, box: Postbox) -> None:
    assert post.send(post.put(to="ana@example.com, todos@example.com")) == ("failed", "mail_address")
    assert box.taken == []


def test_a_mail_called_back_is_not_sent(post: Post, box: Postbox) -> None:
    id_ = post.put()
    with post.db.transaction() as tx:
        outgoing.withdraw(tx, owner=post.owner, id=id_)
    assert post.send(id_)[0] == "withdrawn"
    assert box.taken == []


def test_whoever_is_erased_is_erased_from_what_went_out(
    post: Post, stranger: Account, first_message: Callable[..., KeptTouch]
) -> None:
    kept = first_message()
    post.put("to", to="NURIA@faro.example")
    post.put("touch", kind="touch", touch_id=kept.id, to="otra@faro.example")
    post.put("text", text="Escribe a Nuria Prat\n")
    post.put("html", html="<h2>Nuria Prat</h2>")
    stays = post.put("other", text="Escribe a Pau Roca\n")
    with post.db.transaction() as tx:
        said = {"kind": "digest", "key": "k", "to": "nuria@faro.example", "subject": "", "text": "Nuria Prat"}
        theirs = outgoing.put(tx, owner=stranger.id, **said)
        about = {"tie_ids": [kept.touch.tie], "addresses": ["nuria@faro.example"], "names": ["Nuria Prat", ""]}
        outgoing.forget(tx, owner=post.owner, **about)
        assert outgoing.get(tx, owner=stranger.id, id=theirs)
    assert [mail.id for mail in post.all()] == [stays]

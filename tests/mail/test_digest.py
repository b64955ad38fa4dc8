"""The digest at its hour: what it says, in which language, and that it comes once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from service.config import Config
from service.domain.entering.signed import read
from service.domain.reaching.mail_links import Act
from service.queue import Queue
from service.storage import accounts
from service.storage.following import policies, touches
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts
from service.storage.reaching import mail_settings
from service.storage.reaching.mail_settings import MailSettings
from tests.mail.conftest import MONDAY, Clock, Post
from tests.mail.servers import Postbox
from workers import jobs, mailing
from workers.delivery.digest import Digest, Due, write

BASE = "https://cards.example.org"


@pytest.fixture(autouse=True)
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDRAWER_PUBLIC_URL", BASE)


class Said(HTMLParser):
    """The links and the pictures of a page, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(known["href"])
        self.fetched += [known[name] for name in ("src", "background") if name in known]
        if tag in {"link", "img", "script", "iframe"}:
            self.fetched.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def set_digest(post: Post, **how: object) -> None:
    known: dict[str, object] = {"weekly": True, "daily": False, "weekday": 0, "hour": 8, "to": ""}
    with post.db.transaction() as tx:
        mail_settings.set_digest(tx, owner=post.owner, **{**known, **how})  # type: ignore[arg-type]


def ring(post: Post, at: datetime) -> str:
    """Let the clock find the next ring before `at`, and let it come."""
    with post.db.transaction() as tx:
        mail_settings.find_rings(tx, at=at - timedelta(minutes=5))
    return mailing.write_digest(post.db, Config.from_env(), post.owner, now=at)


def at_eight(day: date) -> datetime:
    """Eight o'clock of a winter's day in Madrid."""
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_the_week_comes_on_monday_with_what_is_due_and_why(
    post: Post, box: Postbox, clock: Clock, first_message: Callable[..., KeptTouch]
) -> None:
    clock.day = MONDAY
    kept = first_message("Nuria Prat", note="la mudanza del almacén")
    with post.db.transaction() as tx:
        mail_settings.speak(tx, owner=post.owner, locale="es")
    id_ = ring(post, at_eight(MONDAY))
    assert post.send(id_) == ("sent", "")
    (mail,) = box.taken
    assert mail["To"].addresses[0].addr_spec == "ana@example.com"
    assert mail["From"].addresses[0].display_name == "Undrawer"
    assert mail["Subject"] == "Tu semana: una persona", "it names nobody: it stands on locked screens"
    text, html = part(mail, "plain"), part(mail, "html")
    assert "Escribe a Nuria Prat" in text
    assert "todavía se acuerda de ti." in text
    assert f"{BASE}/today?touch={kept.id}" in text
    said = Said(html)
    assert "Escribe a Nuria Prat" in said.words
    assert said.fetched == [], "nothing is fetched when it is opened"
    for link in said.links:
        assert link in text, "both forms lead to the same places"
    assert mail["List-Unsubscribe"] == f"<{next(one for one in said.links if '/links/stop/' in one)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_each_link_is_signed_for_one_act_on_one_touch(
    post: Post, clock: Clock, first_message: Callable[..., KeptTouch]
) -> None:
    kept, at = first_message(), at_eight(MONDAY)
    links = Said(post.mail(ring(post, at)).html).links
    for act in (Act.DONE, Act.LATER, Act.SKIP):
        (link,) = [one for one in links if f"/links/{act.value}/" in one]
        token = urlsplit(link).path.rpartition("/")[2]
        signed = read(post.config.signing_keys, act.purpose, token, now=at)
        assert signed.values == {"owner": post.owner, "touch": kept.id}
        assert signed.expires == at + timedelta(days=14)


def test_a_promise_is_not_offered_to_be_skipped(
    post: Post, clock: Clock, first_message: Callable[..., KeptTouch]
) -> None:
    first_message(promise="el contacto de Carmen", promise_on=clock.day)
    html = post.mail(ring(post, at_eight(MONDAY))).html
    assert "/links/done/" in html
    assert "/links/skip/" not in html


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("es", "Esta semana no le debes nada a nadie", "Disfrútala."),
        ("en", "You owe nobody anything this week", "Enjoy it."),
        ("fr", "You owe nobody anything this week", "Enjoy it."),
    ],
)
def test_a_week_without_anything_says_so(post: Post, clock: Clock, language: str, subject: str, line: str) -> None:
    with post.db.transaction() as tx:
        mail_settings.speak(tx, owner=post.owner, locale=language)
    mail = post.mail(ring(post, at_eight(MONDAY)))
    assert mail.subject == subject
    assert line in mail.text
    assert line in mail.html


def test_a_day_without_anything_is_silent(post: Post, clock: Clock, first_message: Callable[..., KeptTouch]) -> None:
    set_digest(post, daily=True)
    assert ring(post, at_eight(clock.day)) == ""
    assert post.all() == []
    clock.day += timedelta(days=1)
    first_message()
    assert post.mail(ring(post, at_eight(clock.day))).subject == "Today: one person"


def test_on_its_day_the_week_takes_the_place_of_the_day(post: Post, clock: Clock) -> None:
    set_digest(post, daily=True, weekday=clock.day.weekday())
    assert post.mail(ring(post, at_eight(clock.day))).subject == "You owe nobody anything this week"


def test_it_rings_once(post: Post, config: Config, clock: Clock) -> None:
    at = at_eight(MONDAY)
    with post.db.transaction() as tx:
        mail_settings.find_rings(tx, at=at - timedelta(hours=1))
        assert mail_settings.due(tx, at=at - timedelta(minutes=1)) == []
        assert mail_settings.due(tx, at=at) == [post.owner]
    ids = [mailing.write_digest(post.db, Config.from_env(), post.owner, now=at) for _ in range(3)]
    assert [bool(id_) for id_ in ids] == [True, False, False]
    with post.db.reading() as tx:
        assert mail_settings.of(tx, owner=post.owner).next_at == at + timedelta(days=7)


def test_a_machine_that_was_off_writes_one_when_it_is_back(post: Post, clock: Clock) -> None:
    with post.db.transaction() as tx:
        mail_settings.find_rings(tx, at=at_eight(MONDAY) - timedelta(hours=1))
    late = at_eight(MONDAY) + timedelta(days=16)
    assert mailing.write_digest(post.db, Config.from_env(), post.owner, now=late)
    assert len(post.all()) == 1
    with post.db.reading() as tx:
        assert mail_settings.of(tx, owner=post.owner).next_at == at_eight(MONDAY) + timedelta(days=21)


def rings(hour: int, after: datetime, zone: str = "Europe/Madrid") -> datetime:
    return mail_settings.rings_after(MailSettings(daily=True, hour=hour), after, zone=zone)


def test_the_nights_in_which_the_clocks_change_ring_once() -> None:
    spring = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert rings(2, spring) == datetime(2026, 3, 29, 1, tzinfo=UTC), "there is no two o'clock: it is three"
    autumn = rings(2, datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert autumn == datetime(2026, 10, 25, 0, tzinfo=UTC), "the first of the two"
    assert rings(2, autumn) == datetime(2026, 10, 26, 1, tzinfo=UTC)


def test_another_zone_is_another_hour(post: Post, clock: Clock) -> None:
    with post.db.transaction() as tx:
        mail_settings.find_rings(tx, at=at_eight(MONDAY) - timedelta(hours=1))
        policies.set_zone(tx, owner=post.owner, zone="America/Bogota")
        mail_settings.find_rings(tx, at=at_eight(MONDAY) - timedelta(hours=1))
        assert mail_settings.of(tx, owner=post.owner).next_at == datetime(2026, 3, 2, 13, tzinfo=UTC)


def test_whoever_turned_it_off_hears_nothing(post: Post, clock: Clock) -> None:
    with post.db.transaction() as tx:
        mail_settings.find_rings(tx, at=at_eight(MONDAY) - timedelta(hours=1))
        mail_settings.stop_digest(tx, owner=post.owner)
        assert mail_settings.due(tx, at=at_eight(MONDAY)) == []
    assert mailing.write_digest(post.db, Config.from_env(), post.owner, now=at_eight(MONDAY)) == ""


def test_the_sweep_rings_for_it_and_the_job_sends_it(post: Post, config: Config, box: Postbox) -> None:
    with post.db.transaction() as tx:
        mail_settings.ring_next(tx, owner=post.owner, before=None, at=datetime.now(UTC) - timedelta(minutes=1))
    jobs.sweep()
    jobs.sweep()
    assert Queue(config).asked_for("write_digest") == {post.owner}
    jobs.write_digest(post.owner)
    (mail,) = post.all()
    assert Queue(config).asked_for("send_mail") == {mail.id}
    assert post.send(mail.id) == ("sent", "")


def test_nobody_is_written_of_who_was_removed_or_is_done(
    post: Post, clock: Clock, first_message: Callable[..., KeptTouch]
) -> None:
    gone, done, there = first_message("Irene Sol"), first_message("Luis Mar"), first_message("Pau Roca")
    with post.db.transaction() as tx:
        contacts.delete(tx, owner=post.owner, id=gone.contact_id)
        touches.done(tx, owner=post.owner, id=done.id)
    text = post.mail(ring(post, at_eight(MONDAY))).text
    assert "Pau Roca" in text
    assert "Irene Sol" not in text
    assert "Luis Mar" not in text
    assert there.id in text


def test_an_account_without_an_address_finds_it_in_the_outbox(post: Post, clock: Clock, box: Postbox) -> None:
    with post.db.transaction() as tx:
        accounts.set_email(tx, owner=post.owner, email="")
    assert post.send(ring(post, at_eight(MONDAY))) == ("kept", "no_address")


def test_names_cannot_write_html() -> None:
    due = Due(name="<b>Nuria</b>", kind="first", why="<img src=x>", draft=BASE, done=BASE, later=BASE)
    digest = Digest(when="weekly", language="es", dues=(due,), today=BASE, settings=BASE, stop=BASE)
    said = Said(write(digest).html)
    assert said.fetched == []
    assert "<b>Nuria</b>" in said.words
    assert "<b>Nuria</b>" in write(digest).text


def test_the_letters_of_a_gathering_are_one_thing_to_do() -> None:
    due = Due(name="Cata de vinos", kind="invite all", draft=BASE)
    digest = Digest(when="weekly", language="es", dues=(due,), today=BASE, settings=BASE, stop=BASE)
    written = write(digest)
    assert "Las invitaciones: Cata de vinos" in written.text
    assert "Otro día" not in written.text
    assert "Otro día" not in written.html


def test_many_are_counted_and_a_dozen_named() -> None:
    due = Due(name="Nuria", kind="a kind of tomorrow", why="Hoy.", draft=BASE, done=BASE, later=BASE, skip=BASE)
    digest = Digest(when="daily", language="es", dues=(due,) * 12, more=3, today=BASE, settings=BASE, stop=BASE)
    written = write(digest)
    assert written.subject == "Hoy: 15 personas"
    assert "Y 3 más en Undrawer." in written.text
    assert "Unas palabras a Nuria" in written.text

"""The links of a digest: each does one thing once, after a press of its button, and for nobody else."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from service.config import Config
from service.domain.entering.signed import sign
from service.domain.reaching.mail_links import Act, link
from service.domain.ties.act import ActSource, ActType
from service.storage.following import ties, touches
from service.storage.following.touches import KeptTouch
from service.storage.reaching import mail_settings
from service.web import create_app
from tests.mail.conftest import Clock, Post

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser(config: Config) -> Iterator[FlaskClient]:
    """A browser in which nobody is signed in."""
    app = create_app(config)
    yield app.test_client()
    app.extensions["undrawer"].db.close()


@pytest.fixture
def kept(first_message: Callable[..., KeptTouch]) -> KeptTouch:
    return first_message()


def address(post: Post, act: Act, kept: KeptTouch | None = None, *, at: datetime | None = None) -> str:
    values = {"owner": post.owner, **({"touch": kept.id} if kept else {})}
    return link("", post.config.signing_keys, act, values, at=at or datetime.now(UTC))


def state(post: Post, kept: KeptTouch) -> str:
    with post.db.reading() as tx:
        return touches.get(tx, owner=post.owner, id=kept.id).state


def acts(post: Post, kept: KeptTouch) -> list[tuple[str, str]]:
    with post.db.reading() as tx:
        history = ties.get(tx, owner=post.owner, id=kept.touch.tie).acts
    return [(act.type, act.source) for act in history if act.type is not ActType.MET]


def weekly(post: Post) -> bool:
    with post.db.reading() as tx:
        return mail_settings.of(tx, owner=post.owner).weekly


def test_a_mail_scanner_opens_every_link_and_changes_nothing(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    before = acts(post, kept)
    for act in Act:
        for _ in range(3):
            shown = browser.get(address(post, act, kept))
            assert shown.status_code == 200
            assert browser.head(address(post, act, kept)).status_code == 200
            assert "<form" in shown.text
    assert (state(post, kept), acts(post, kept), weekly(post)) == ("planned", before, True)


@pytest.mark.parametrize(
    ("act", "after", "kind"),
    [
        (Act.DONE, "done", ActType.DID),
        (Act.SKIP, "skipped", ActType.SKIPPED),
        (Act.LATER, "planned", ActType.POSTPONED),
    ],
)
def test_a_press_does_what_the_link_says_and_tells_where_it_came_from(
    post: Post, kept: KeptTouch, browser: FlaskClient, act: Act, after: str, kind: ActType
) -> None:
    answer = browser.post(address(post, act, kept))
    assert answer.status_code == 200
    assert state(post, kept) == after
    assert acts(post, kept)[-1] == (kind, ActSource.MAIL_LINK)


def test_another_day_is_the_day_that_was_chosen(
    post: Post, kept: KeptTouch, browser: FlaskClient, clock: Clock
) -> None:
    day = clock.day + timedelta(days=8)
    link_ = address(post, Act.LATER, kept)
    assert browser.post(link_, data={"day": "mañana"}).status_code == 422
    assert browser.post(link_, data={"day": "2031-01-01"}).status_code == 422
    assert browser.post(link_, data={"day": day.isoformat()}).status_code == 200
    with post.db.reading() as tx:
        assert touches.get(tx, owner=post.owner, id=kept.id).touch.day == day


def test_a_link_works_once(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    used = address(post, Act.DONE, kept)
    assert browser.post(used).status_code == 200
    with post.db.transaction() as tx:
        done = next(one for one in ties.get(tx, owner=post.owner, id=kept.touch.tie).acts if one.type is ActType.DID)
        touches.undo(tx, owner=post.owner, act_id=done.id)
    again = browser.post(used)
    assert again.status_code == 410
    assert state(post, kept) == "planned", "an old mail does not do again what was undone"
    assert "Nuria" not in again.text
    assert "Nuria" not in browser.get(used).text
    assert '<form method="post"' not in browser.get(used).text


def test_what_was_settled_meanwhile_is_told_kindly(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    with post.db.transaction() as tx:
        touches.skip(tx, owner=post.owner, id=kept.id)
    assert "This is settled already" in browser.get(address(post, Act.DONE, kept)).text
    assert browser.post(address(post, Act.DONE, kept)).status_code == 409
    assert state(post, kept) == "skipped"


def test_an_expired_link_does_nothing(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    old = address(post, Act.DONE, kept, at=datetime.now(UTC) - timedelta(days=15))
    assert (browser.get(old).status_code, browser.post(old).status_code) == (410, 410)
    assert state(post, kept) == "planned"


def test_an_altered_link_does_nothing(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    good = address(post, Act.DONE, kept)
    for bad in (
        good[:-6],
        good + "x",
        good.replace("/done/", "/done/a"),
        "/links/done/abc",
        "/links/done/" + "a" * 5000,
    ):
        assert (browser.get(bad).status_code, browser.post(bad).status_code) == (404, 404)
    assert state(post, kept) == "planned"


def test_a_link_is_good_for_nothing_else(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    later = address(post, Act.LATER, kept)
    for other in ("done", "skip", "stop"):
        wrong = later.replace("/later/", f"/{other}/")
        assert (browser.get(wrong).status_code, browser.post(wrong).status_code) == (404, 404)
    assert (state(post, kept), weekly(post)) == ("planned", True)
    foreign = sign(
        post.config.signing_keys, "gathering.answer", {"owner": post.owner}, datetime(2099, 1, 1, tzinfo=UTC)
    )
    assert browser.post(f"/links/stop/{foreign}").status_code == 404


def test_a_link_reaches_no_other_account(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    forged = {"owner": "somebody-else", "touch": kept.id}
    text = link("", post.config.signing_keys, Act.DONE, forged, at=datetime.now(UTC))
    assert browser.get(text).status_code == 404
    assert browser.post(text).status_code == 404
    assert state(post, kept) == "planned"


def test_one_click_stops_the_digest_as_often_as_a_mailbox_presses(post: Post, browser: FlaskClient) -> None:
    stop = address(post, Act.STOP)
    for _ in range(2):
        answer = browser.post(stop, data=ONE_CLICK)
        assert answer.status_code == 200, "no redirect, no sign-in, no token of a page (RFC 8058, 3.2)"
        assert not weekly(post)
    with post.db.transaction() as tx:
        mail_settings.set_digest(tx, owner=post.owner, weekly=True, daily=False, weekday=0, hour=8, to="")
    assert browser.post(stop, data=ONE_CLICK).status_code == 200
    assert weekly(post), "an old mail stops nothing anew"


def test_the_page_of_a_link_is_kept_by_nobody(post: Post, kept: KeptTouch, browser: FlaskClient) -> None:
    answer = browser.get(address(post, Act.DONE, kept))
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "noindex" in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r'(src|href)="https?://', answer.text)

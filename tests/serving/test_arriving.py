"""What is on its way in: strangers fill neither disk nor memory, bar nobody who is known, and the slow are given up."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from apiflask import APIFlask

from service.config import Config
from service.dav.body import LIMIT_BYTES
from service.storage import accounts
from service.storage.dav import app_passwords
from service.throttle import FROM_ONE_PLACE
from service.web import create_app
from service.web.serving import arriving, door
from service.web.serving.arriving import Body, GaveUp, heard_out
from service.web.serving.door import Door
from service.web.serving.environ import environ_of, place_of
from service.web.serving.room import Room
from tests.loops import finished
from tests.serving.asking import Client, Message, sending
from tests.serving.test_door import Toy, door_to

LONG = 9_000_000
HERE = "192.0.2.7/32"


@pytest.fixture
def app(config: Config) -> Iterator[APIFlask]:
    made = create_app(config)
    yield made
    made.extensions["undrawer"].db.close()


def to_dav(*parts: bytes, length: int, secret: str = "", name: str = "ana@example.com") -> Client:
    client = sending(*parts, length=length, more=True, path="/dav/x/contacts/a.vcf")
    if secret:
        said = base64.b64encode(f"{name}:{secret}".encode())
        client.headers = [*client.headers, (b"authorization", b"Basic " + said), (b"expect", b"100-continue")]
    return client


def asked(app: APIFlask, client: Client, folder: Path) -> Client:
    """Have the door answer; the body of who is let in never ends, so he is left once he was asked for more."""

    async def until_answered() -> None:
        it = asyncio.create_task(client.ask(Door(app, folder=folder, most_heard_out=LONG)))
        while not client.events:
            await asyncio.sleep(0)
            await asyncio.wait([it], timeout=0.01)
        if client.events[0] == "answered":
            await it
        it.cancel()

    finished(until_answered())
    return client


@pytest.mark.parametrize("secret", ["", "aaaaa-bbbbb"])
def test_an_address_book_takes_nothing_long_in_of_who_is_not_known(app: APIFlask, tmp_path: Path, secret: str) -> None:
    client = asked(app, to_dav(b"x" * 1000, length=LONG, secret=secret), tmp_path)
    assert client.events[0] == "answered"
    assert client.status == (401 if secret else 413)


def test_the_right_password_of_a_device_may_send_long_bodies(app: APIFlask, config: Config, tmp_path: Path) -> None:
    with closing(app.extensions["undrawer"].db) as db, db.transaction() as tx:
        ana = accounts.create(tx, name="Ana", email="ana@example.com")
        _id, secret = app_passwords.make(tx, owner=ana.id, name="phone")
    assert asked(app, to_dav(b"x", length=LONG, secret=secret), tmp_path).events[0] == "asked for more"
    assert asked(app, to_dav(b"x", length=LIMIT_BYTES + 1, secret=secret), tmp_path).status == 413
    assert asked(app, to_dav(b"x", length=LONG, secret=secret, name="bruno"), tmp_path).status == 401


def test_a_wrong_password_before_a_long_body_counts_once(app: APIFlask, tmp_path: Path) -> None:
    found = [asked(app, to_dav(length=LONG, secret="aaaaa"), tmp_path).status for _ in range(FROM_ONE_PLACE.amount + 1)]
    assert found == [401] * FROM_ONE_PLACE.amount + [429]


@pytest.mark.parametrize("path", ["/sign-in", "/answer/x", "/nowhere"])
def test_no_other_address_takes_much_in_of_a_stranger(app: APIFlask, tmp_path: Path, path: str) -> None:
    client = sending(b"x" * 1000, length=100_000, more=True, path=path)
    client.method = "POST"
    client.headers = [*client.headers, (b"expect", b"100-continue")]
    assert asked(app, client, tmp_path).events == ["answered"] * len(client.events)
    assert client.status in (400, 404, 413)


def test_what_a_stranger_sends_never_comes_to_the_disk(tmp_path: Path) -> None:
    strangers, client = Room(whole=10**9, each=10**9), sending(*[b"x" * 60_000] * 4)
    body = Body(tmp_path, room=strangers, place=HERE)
    finished(body.arrive(client.receive, limit=door.SMALL_BYTES))
    assert body.size > door.SMALL_BYTES
    assert not body.file._rolled  # type: ignore[attr-defined] # noqa: SLF001 - nothing else tells
    body.close()


def test_one_place_holds_its_share_and_no_more_until_it_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "STRANGERS_SHARE_BYTES", 100_000)
    toy, elsewhere, again = Toy(known=False), sending(b"x", length=1), sending(b"x" * 40_000, length=40_000)
    elsewhere.place = "198.51.100.1"

    async def all_at_once() -> tuple[list[Client], Client]:
        it = door_to(toy, tmp_path)
        slow = [sending(b"x" * 40_000, length=50_000, more=True) for _ in range(2)]
        held = [asyncio.create_task(one.ask(it)) for one in slow]
        while not all(one.events.count("asked for more") == 2 for one in slow):  # noqa: ASYNC110 - it is theirs to say
            await asyncio.sleep(0)
        late = sending(b"x" * 40_000, length=40_000, path="/api/v1/photos/1")
        await late.ask(it)
        await elsewhere.ask(it)
        for one in held:
            one.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        await again.ask(it)
        return slow, late

    _slow, late = finished(all_at_once())
    assert (late.status, elsewhere.status, again.status) == (401, 401, 401)
    assert late.events[0] == "answered"
    assert again.events[0] == "asked for more"


def test_who_is_known_is_let_in_where_strangers_took_their_room_and_who_is_not_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "STRANGERS_ROOM_BYTES", 0)
    known, stranger = sending(b"x", length=1), sending(b"x", length=1, path="/api/v1/sign-in")
    finished(known.ask(door_to(Toy(), tmp_path)))
    assert known.status == 200
    monkeypatch.setattr("tests.serving.test_door.LONGEST", door.SMALL_BYTES)
    finished(stranger.ask(door_to(Toy(), tmp_path)))
    assert stranger.status == 429
    assert 5 <= int(stranger.said[b"retry-after"]) <= 15
    assert stranger.events[0] == "answered"


def test_who_goes_over_the_room_in_the_middle_is_asked_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "SHARE", 0.2)
    chunked = sending(*[b"x" * 30_000] * 6)
    finished(chunked.ask(door_to(Toy(), tmp_path)))
    assert chunked.status == 429


def test_a_place_is_a_household_by_the_word_of_the_proxy_that_is_believed() -> None:
    asked_by = Client(headers=[(b"x-forwarded-for", b"198.51.100.9, 2001:db8:0:1::7")])
    environ = environ_of(asked_by.scope)
    assert place_of(environ, proxies=0) == HERE
    assert place_of(environ, proxies=1) == "2001:db8:0:1::/64"
    assert environ["REMOTE_ADDR"] == "192.0.2.7"
    mapped = environ | {"REMOTE_ADDR": "::ffff:192.0.2.7"}
    assert place_of(mapped, proxies=0) == HERE


async def _arrive(folder: Path, receive: Callable[[], Awaitable[Message]]) -> None:
    with closing(Body(folder, room=Room(whole=10**9, each=10**9), place=HERE)) as body:
        await body.arrive(receive, limit=10**9)
    raise GaveUp


async def _hear_out(_folder: Path, receive: Callable[[], Awaitable[Message]]) -> None:
    await heard_out(receive, most=10**9)
    raise GaveUp


@pytest.mark.parametrize("how", [_arrive, _hear_out])
def test_who_was_quick_once_and_then_sends_a_letter_now_and_then_is_given_up(
    how: Callable[[Path, Callable[[], Awaitable[Message]]], Coroutine[None, None, None]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, sent = [0.0], [0]
    monkeypatch.setattr(arriving, "_now", lambda: clock[0])

    async def receive() -> Message:
        sent[0] += 1
        if sent[0] > 1:
            clock[0] += 29
        return {"type": "http.request", "body": b"x" * (10_000_000 if sent[0] == 1 else 1), "more_body": sent[0] < 99}

    with pytest.raises(GaveUp):
        finished(how(tmp_path, receive))
    assert clock[0] < 4 * arriving.WINDOW_SECONDS

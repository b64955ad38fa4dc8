"""The door: who is slow, in whatever way, holds nobody up; who sends too much hears so before he has sent it."""

import asyncio
import errno
import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from service.dav.body import LIMIT
from service.web.serving import arriving, door, seats
from service.web.serving.door import Door
from service.web.serving.environ import environ_of
from service.web.serving.seats import Full, Lane
from tests.loops import finished
from tests.serving.asking import Client, sending

LONGEST = 200_000
Start = Callable[..., Any]


class Toy:
    """An application that says how much it got, and counts how often it was asked to do something."""

    def __init__(self, *, known: bool = True, parts: Iterable[bytes] = ()) -> None:
        self.known, self.parts, self.runs = known, list(parts), 0
        self.got = b""

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if LIMIT in environ and self.known:
            environ[LIMIT] = LONGEST
            start("204 NO CONTENT", [])
            return []
        self.runs += LIMIT not in environ
        too_long = int(environ.get("CONTENT_LENGTH") or 0) > LONGEST
        self.got = b"" if too_long else environ["wsgi.input"].read()
        status = "413 TOO LARGE" if too_long else "200 OK" if self.known else "401 UNAUTHORIZED"
        start(status, [("Content-Type", "text/plain"), ("X-Length", environ.get("CONTENT_LENGTH") or "0")])
        return iter(self.parts or [b"ok"])


def door_to(toy: Toy, folder: Path) -> Door:
    return Door(toy, folder=folder, most_heard_out=2 * LONGEST)


def test_a_thousand_slow_bodies_hold_nobody_up(tmp_path: Path) -> None:
    toy, quick = Toy(), Client()

    async def all_at_once() -> None:
        door = door_to(toy, tmp_path)
        slow = [asyncio.create_task(sending(b"x", length=100_000, more=True).ask(door)) for _ in range(1000)]
        await quick.ask(door)
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    finished(all_at_once())
    assert (quick.status, quick.body) == (200, b"ok")
    assert toy.runs == 1


def test_who_takes_nothing_of_the_answer_holds_no_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "OTHERS_AT_ONCE", 1)
    quick = Client()

    async def both() -> None:
        it, reads = door_to(Toy(parts=[b"x" * 300_000] * 3), tmp_path), asyncio.Event()
        slow = Client(reads=reads)
        asked = asyncio.create_task(slow.ask(it))
        await slow.answered.wait()
        await quick.ask(it)
        reads.set()
        await asked
        assert slow.body == quick.body

    finished(both())
    assert len(quick.body) == 900_000


def test_what_is_too_long_is_answered_before_it_is_read(tmp_path: Path) -> None:
    toy, client = Toy(), sending(b"x" * 1000, length=LONGEST + 1, more=False)
    finished(client.ask(door_to(toy, tmp_path)))
    assert client.status == 413
    assert client.events.index("answered") < client.events.index("asked for more")
    assert client.said[b"x-length"] == str(LONGEST + 1).encode()


def test_a_stranger_is_refused_before_the_body_is_read(tmp_path: Path) -> None:
    client = sending(b"x" * 1000, length=100_000)
    finished(client.ask(door_to(Toy(known=False), tmp_path)))
    assert client.status == 401
    assert client.events.index("answered") < client.events.index("asked for more")


def test_who_asked_beforehand_is_not_waited_for(tmp_path: Path) -> None:
    client = sending(more=True, length=LONGEST + 1)
    client.headers = [*client.headers, (b"expect", b"100-continue")]
    finished(client.ask(door_to(Toy(), tmp_path)))
    assert client.status == 413
    assert "asked for more" not in client.events


def test_who_says_two_lengths_is_refused_and_hung_up_on(tmp_path: Path) -> None:
    toy, client = Toy(), sending(b"x" * 10, length=10, path="/api/v1/photos/1")
    client.headers = [*client.headers, (b"transfer-encoding", b"chunked")]
    finished(client.ask(door_to(toy, tmp_path)))
    assert client.status == 400
    assert client.said[b"connection"] == b"close"
    assert json.loads(client.body)["code"] == "bad_request"
    assert "asked for more" not in client.events
    assert toy.runs == 0


def test_a_body_without_a_length_is_bounded_while_it_comes(tmp_path: Path) -> None:
    toy, client = Toy(), sending(*[b"x" * 50_000] * 20)
    finished(client.ask(door_to(toy, tmp_path)))
    assert client.status == 413
    assert toy.got == b""


def test_a_long_body_arrives_as_it_was_sent(tmp_path: Path) -> None:
    toy, parts = Toy(), [bytes([number]) * 9000 for number in range(20)]
    client = sending(*parts, length=180_000)
    finished(client.ask(door_to(toy, tmp_path)))
    assert client.status == 200
    assert toy.got == b"".join(parts)
    assert list(tmp_path.iterdir()) == []


def test_who_falls_silent_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "SILENCE_SECONDS", 0.01)
    toy, client = Toy(), sending(b"x", length=100_000, more=True)
    finished(client.ask(door_to(toy, tmp_path)))
    assert (client.status, toy.runs) == (0, 0)


def test_who_would_need_a_month_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "WINDOW_SECONDS", 0)
    monkeypatch.setattr(arriving, "LEAST_BYTES_A_SECOND", 1e12)
    toy, client = Toy(), sending(b"x", b"x", length=100_000, more=True)
    finished(client.ask(door_to(toy, tmp_path)))
    assert (client.status, toy.runs) == (0, 0)


def test_a_full_disk_is_said_and_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _part: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None: ...

    monkeypatch.setattr(arriving, "SpooledTemporaryFile", lambda **_: Full())
    client = sending(b"x" * 100_000, length=100_000, path="/api/v1/photos/1")
    finished(client.ask(door_to(Toy(), tmp_path)))
    assert client.status == 507
    assert json.loads(client.body)["code"] == "disk_full"


def test_more_than_can_be_done_in_time_is_asked_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "LONGEST_WAIT_SECONDS", 0)
    monkeypatch.setattr(door, "UPLOADS_AT_ONCE", 1)
    go, clients = threading.Event(), [sending(b"x" * 70_000, length=70_000, path="/api/v1/photos/1") for _ in range(5)]

    class Slow(Toy):
        def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
            if LIMIT not in environ:
                go.wait(30)
            return super().__call__(environ, start)

    async def all_at_once() -> None:
        it = door_to(Slow(), tmp_path)
        asked = [asyncio.create_task(one.ask(it)) for one in clients]
        refusals = asyncio.as_completed([asyncio.create_task(one.answered.wait()) for one in clients])
        for _ in range(3):
            await next(refusals)
        page = Client()
        go.set()
        await asyncio.gather(page.ask(it), *asked)
        assert page.status == 200

    finished(all_at_once())
    assert sorted(one.status for one in clients) == [200, 200, 429, 429, 429]
    refused = next(one for one in clients if one.status == 429)
    assert int(refused.said[b"retry-after"]) >= 1
    assert json.loads(refused.body)["code"] == "too_busy"


def test_the_time_to_come_back_grows_with_the_line_and_is_not_the_same_for_all() -> None:
    async def told(inside: int) -> set[int]:
        lane, found = Lane(4), set[int]()
        lane.inside = inside
        for _ in range(50):
            with pytest.raises(Full) as full:
                lane.demand()
            found.add(full.value.seconds)
        return found

    short, long = finished(told(1000)), finished(told(10_000))
    assert len(short) > 3
    assert max(short) < max(long)


def test_headers_that_feign_others_are_dropped_and_cookies_joined() -> None:
    client = Client(
        path="/api/%C3%B1?x", headers=[(b"x_forwarded_for", b"1"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]
    )
    environ = environ_of(client.scope)
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/api/ñ"


@pytest.mark.parametrize(("client", "scheme"), [("127.0.0.1", "https"), ("192.0.2.7", "http")])
def test_only_a_proxy_on_this_machine_may_say_that_it_was_asked_by_https(client: str, scheme: str) -> None:
    asked = Client(headers=[(b"x-forwarded-proto", b"https")]).scope | {"client": (client, 5)}
    assert environ_of(asked)["wsgi.url_scheme"] == scheme

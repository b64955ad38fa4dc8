"""The bench of load counts what it should: refusals honoured, ratios to what is idle, pages by size."""

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.load import sizes
from bench.load.parts import told_of_uploads
from bench.load.phones import Sent, send_all, unlike
from bench.load.tables import Told, by_size, row, worst_size
from tests.loops import finished


class Busy(http.server.BaseHTTPRequestHandler):
    """Sends every second one back."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        Busy.asked += 1
        self.send_response(429 if Busy.asked % 2 else 201)
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def busy() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_phone_that_is_sent_back_comes_again_until_all_is_acknowledged() -> None:
    with busy() as address:
        until = time.monotonic() + 60
        sent = finished(send_all(address, ["a", "b"], photos_each=2, picture=b"\xff\xd8\xff\xd9", until=until))
    assert len(sent.acknowledged) == 4
    assert sent.sent_back
    assert set(sent.sent_back) == {1}
    assert (sent.late, sent.failed) == (0, [])


def test_photos_differ_in_bytes_and_not_in_what_they_show() -> None:
    one, other = unlike(b"\xff\xd8\xff\xd9"), unlike(b"\xff\xd8\xff\xd9")
    assert one != other
    assert one.startswith(b"\xff\xd8\xff\xfe")
    assert one.endswith(b"\xff\xd9")


def test_a_row_says_percentiles_beside_the_idle_one() -> None:
    assert row("x", [0.1, 0.1, 0.4], 0.1).startswith("| x | 100 ms · 1.0 × |")
    assert row("x", [], 0.1).startswith("| x | none answered |")


def test_a_photo_late_or_lost_and_a_refusal_without_a_time_are_told() -> None:
    assert [one.met for one in told_of_uploads(Sent(acknowledged=[0.1, 0.2], sent_back=[3]), 2)] == [True, True, True]
    bad = told_of_uploads(Sent(acknowledged=[0.1], late=1, sent_back=[3, 0], failed=[0]), 2)
    assert [one.met for one in bad] == [False, False, False]
    assert str(Told("", bad)).count("| **no** |") == 3


def test_the_dearest_page_is_found_wherever_it_is() -> None:
    found = {"Today": {"alone": 10.0, "among": 12.0}, "search": {"alone": 2.0, "among": 2.2, "beside": 3.1}}
    assert worst_size(found) == ("search", 1.55)


def test_each_page_is_timed_alone_and_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "REPEATS", 1)
    table = by_size(sizes.measured(small=10, large=30, accounts=3, others=10))
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) == 10
    assert all(line.count("|") == 7 for line in rows)

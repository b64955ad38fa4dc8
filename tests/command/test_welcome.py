"""What is said at the start: where it is, once it answers, however long that takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.real_parts import PATIENCE_SECONDS, wait_until
from workers.command.running import welcome


@contextmanager
def starting(ready: Event) -> Iterator[str]:
    """A server that is not ready before it is told so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            self.send_response(200 if ready.is_set() else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_slow_start_is_told_with_where_to_look_and_welcomed_when_it_is_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ready, said = Event(), list[str]()
    monkeypatch.setattr(welcome, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr("click.echo", said.append)
    with starting(ready) as address:
        welcome.say_when_ready("Undrawer is running.", address=address, log=tmp_path)
        wait_until(lambda: said, seconds=PATIENCE_SECONDS)
        assert said == [f"Undrawer is not ready yet. What holds it up: {tmp_path}"]
        ready.set()
        wait_until(lambda: said[1:], seconds=PATIENCE_SECONDS)
    assert said[1:] == ["Undrawer is running."]

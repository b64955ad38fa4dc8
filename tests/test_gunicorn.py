"""The web server's settings where they do more than name a number."""

import importlib
import socket
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest


def test_a_client_that_falls_silent_does_not_hold_its_thread(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDRAWER_DATA", str(data))
    settings = importlib.import_module("service.web.gunicorn_settings")
    monkeypatch.setattr(settings, "SILENCE_SECONDS", 1)
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        settings.post_worker_init(SimpleNamespace(sockets=[listener]))
        with (
            closing(socket.create_connection(listener.getsockname())) as client,
            closing(listener.accept()[0]) as served,
        ):
            served.setblocking(True)  # as gunicorn does, which takes Python's own time-out away
            client.sendall(b"PUT /api/v1/ph")
            assert served.recv(100)
            with pytest.raises(BlockingIOError):
                served.recv(100)

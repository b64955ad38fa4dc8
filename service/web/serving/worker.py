"""uvicorn under gunicorn, which also hangs up on who never asks anything, and takes up a renewed certificate."""

import asyncio
import os
import resource
import signal
from asyncio import TimerHandle, Transport
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn_worker import UvicornWorker

HEAD_SECONDS: Final = 20
"""Who asked nothing whole between two looks, so far apart, is hung up on."""

FILES_AT_MOST: Final = 65_536


class Line(H11Protocol):
    """A connection; uvicorn itself would keep one for ever that says nothing, or a letter at a time."""

    look: TimerHandle
    seen: RequestResponseCycle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn does
        super().connection_made(transport)
        self.look = self.loop.call_later(HEAD_SECONDS, self.look_again)

    def connection_lost(self, exc: Exception | None) -> None:
        self.look.cancel()
        super().connection_lost(exc)

    def look_again(self) -> None:
        """Hang up where nothing was asked since the last look, and nothing is being answered."""
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self.seen is self.cycle:
            self.transport.close()
            return
        self.seen = self.cycle
        self.look = self.loop.call_later(HEAD_SECONDS, self.look_again)


class LineWorker(UvicornWorker):  # type: ignore[misc] # it has no types
    """One process of the web server."""

    CONFIG_KWARGS: dict[str, Any] = {  # noqa: RUF012 - it is uvicorn's
        "http": Line,
        "ws": "none",
        "lifespan": "off",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,  # whom to believe is ours to say: UNDRAWER_PROXIES
        "timeout_notify": 1,
    }
    renewed_at = 0.0
    orphaned = False

    def init_process(self) -> None:
        _allow_many_files()
        super().init_process()

    def handle_exit(self, sig: int, frame: object) -> None:  # noqa: ARG002 - gunicorn's signature
        """End at once, as gunicorn means SIGQUIT; uvicorn would not hear of it. The other end, SIGTERM, is its own."""
        os._exit(0)

    async def callback_notify(self) -> None:
        """Once a second: give a sign of life, and look at the certificate and for the parent."""
        await super().callback_notify()
        if os.getppid() != self.ppid and not self.orphaned:
            self.end_alone()
        if self.cfg.is_ssl:
            self.renew()

    def end_alone(self) -> None:
        """End as asked to, since the parent was killed; nobody else would, and whoever starts next needs the port."""
        self.orphaned = True
        asyncio.get_running_loop().call_later(self.cfg.graceful_timeout, os._exit, 0)
        os.kill(os.getpid(), signal.SIGTERM)

    def renew(self) -> None:
        """Have new lines get the certificate that lies there now."""
        with suppress(OSError):
            written_at = Path(self.cfg.certfile).stat().st_mtime
            if self.renewed_at and written_at != self.renewed_at:
                self.config.ssl.load_cert_chain(self.cfg.certfile, self.cfg.keyfile)
            self.renewed_at = written_at


def _allow_many_files() -> None:
    """Each line is a file, and many systems allow a process a thousand unless it asks for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_AT_MOST if most == resource.RLIM_INFINITY else min(FILES_AT_MOST, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))

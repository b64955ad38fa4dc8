"""Real mail servers on loopback, of every temper: they take mail, stall, refuse for now, refuse for ever."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.domain.reaching.mail import Security, Server
from tests.real_parts import PATIENCE_SECONDS

USER, PASSWORD = "ana@example.com", "contraseña del correo"


@dataclass
class Postbox:
    """A server's behaviour and what it took. An answer of "" is what a good server says; `stall` keeps it waiting."""

    rcpt: str = ""
    data: str = ""
    stall: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    reached: Event = field(default_factory=Event)
    port: int = 0

    def url(self, *, user: str = "") -> str:
        return f"smtp://{user}127.0.0.1:{self.port}?starttls=no"

    def server(self, security: Security = Security.NONE, username: str = "", password: str = "") -> Server:
        return Server("127.0.0.1", self.port, security, username, password)

    async def handle_RCPT(self, _server: Any, _session: Session, envelope: Envelope, address: str, _o: Any) -> str:  # noqa: N802
        await self._perhaps_stall("rcpt")
        envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if not self.data:
            self.raw.append(content)
            self.taken.append(message_from_bytes(content, policy=policy.default))
        await self._perhaps_stall("data")
        return self.data or "250 2.0.0 taken"

    async def _perhaps_stall(self, where: str) -> None:
        if self.stall == where:
            self.reached.set()
            await asyncio.sleep(3600)


def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
    right = isinstance(login, LoginPassword) and (login.login, login.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def listening(box: Postbox, *, tls: ssl.SSLContext | None = None, **how: Any) -> Iterator[Postbox]:
    """Have the server listen on a free port of loopback; `tls` speaks it from the first byte."""
    with serving(lambda: SMTP(box, hostname="mail.example.com", **how), tls=tls) as port:
        box.port = port
        yield box


@contextmanager
def serving(protocol: Callable[[], Any], *, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    loop, ready = asyncio.new_event_loop(), Event()
    servers: list[asyncio.Server] = []
    spoken_to: list[Any] = []

    def answer() -> Any:
        spoken_to.append(protocol())
        return spoken_to[-1]

    async def serve() -> None:
        servers.append(await loop.create_server(answer, "127.0.0.1", 0, ssl=tls))
        ready.set()

    async def end() -> None:
        servers[0].close()
        others = asyncio.all_tasks(loop) - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for one in spoken_to:
            if one.transport is not None:
                one.transport.abort()
        for _ in range(20):  # the transports close in the next turns of the loop
            await asyncio.sleep(0)

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = Thread(target=run)
    thread.start()
    assert ready.wait(PATIENCE_SECONDS)
    try:
        yield servers[0].sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(PATIENCE_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Silent(asyncio.Protocol):
    """Somebody answers, and never says a word."""

    transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate for 127.0.0.1, and what a server needs to show it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(at - timedelta(1))
        .not_valid_after(at + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return path, context

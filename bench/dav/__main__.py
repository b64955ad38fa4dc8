"""`python -m bench.dav`: first sync, sync with ten changes and PUT, ours beside plain Radicale with its own files.

--size N      contacts in the book (10000)
--rounds N    of the short requests (15)
--write       puts the table into docs/benchmarks.md

Both are served by gunicorn, one worker and four threads, on a Unix socket of the loopback, and asked in turns by one
client. Cold is plain Radicale without its cache; ours has none.
"""

import argparse
import base64
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import report
from bench.dav import books
from service.config import Config

BATCH = 100
CHANGED = 10
BOUNDS = {"first sync, cold": 0.12, "first sync, warm": 0.6, "sync with 10 changes": 0.02, "PUT": 0.05}
_PROP = '<propfind xmlns="DAV:" xmlns:CS="http://calendarserver.org/ns/"><prop>{}</prop></propfind>'
_HREF = re.compile(rb"<href>([^<]+\.vcf)</href>")


@dataclass
class Client:
    """Asks one server for one book."""

    port: int
    book: str
    secret: str

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> bytes:
        pair = base64.b64encode(f"{self.book.split('/')[2]}:{self.secret}".encode()).decode()
        sent = {"Authorization": f"Basic {pair}", "Content-Type": "application/xml", **headers}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=3600)) as line:
            line.request(method, path, body.encode(), {name.replace("_", "-"): said for name, said in sent.items()})
            answer = line.getresponse()
            got = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path} answered {answer.status}")
        return got

    def names(self) -> list[str]:
        return [
            one.decode()
            for one in _HREF.findall(self.ask("PROPFIND", self.book, _PROP.format("<getetag/>"), Depth="1"))
        ]

    def fetch(self, names: list[str]) -> int:
        """Fetch the cards of these names, a batch at a time; give how many came."""
        came = 0
        for first in range(0, len(names), BATCH):
            hrefs = "".join(f"<D:href>{name}</D:href>" for name in names[first : first + BATCH])
            body = (
                '<CR:addressbook-multiget xmlns:D="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/>'
                f"<CR:address-data/></D:prop>{hrefs}</CR:addressbook-multiget>"
            )
            came += self.ask("REPORT", self.book, body).count(b"BEGIN:VCARD")
        return came

    def token(self) -> str:
        got = self.ask("PROPFIND", self.book, _PROP.format("<sync-token/><CS:getctag/>"), Depth="0")
        found: bytes = re.findall(rb"<sync-token>([^<]+)</sync-token>", got)[0]
        return found.decode()

    def changed(self, token: str) -> list[str]:
        body = f'<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>'
        return [one.decode() for one in _HREF.findall(self.ask("REPORT", self.book, body))]

    def put(self, name: str, text: str) -> None:
        self.ask("PUT", self.book + name, text, Content_Type="text/vcard")

    def first_sync(self, size: int) -> None:
        names = self.names()
        if self.fetch(names) < size:
            raise SystemExit("Not everybody came.")

    def sync_of_few(self, token: str) -> None:
        self.token()
        names = self.changed(token)
        if self.fetch(names) != CHANGED:
            raise SystemExit(f"{len(names)} came instead of {CHANGED}.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="undrawer-dav-") as folder, ExitStack() as stack:
        taken = measured(Path(folder), stack, args.size, args.rounds)
    text = table(taken, args.size)
    print(text)
    if args.write:
        report.put("dav", text)
    if missed := [name for name, ratio, bound, *_ in ratios(taken) if ratio > bound]:
        raise SystemExit(f"Not reached: {', '.join(missed)}")


Times = dict[str, tuple[float, float]]
"""Seconds of ours and of plain Radicale, by what was asked for."""


def measured(folder: Path, stack: ExitStack, size: int, rounds: int) -> Times:
    (folder / "data").mkdir()
    config = Config.from_env({"UNDRAWER_DATA": str(folder / "data"), "UNDRAWER_REDIS_URL": "unix:///nowhere"})
    owner, secret = books.ours(config, size)
    settings = books.plain(folder, owner, size)
    ours = Client(
        stack.enter_context(served("service.web:create_app()", config, settings)), f"/dav/{owner}/contacts/", secret
    )
    plain = Client(stack.enter_context(served("bench.dav.plain:app", config, settings)), ours.book, "x")
    for one in (ours, plain):
        one.ask("OPTIONS", one.book)  # both have loaded what they need, and plain Radicale has read no card
    taken: Times = {}
    cold = timed(lambda: plain.first_sync(size))
    firsts = in_turns(3, lambda one: lambda: one.first_sync(size), ours, plain)
    taken["first sync, cold"] = (firsts[0], cold)
    taken["first sync, warm"] = firsts
    taken["sync with 10 changes"] = median_of_pairs([few(one_round, ours, plain, size) for one_round in range(rounds)])
    taken["PUT"] = median_of_pairs([puts(one_round, ours, plain, size) for one_round in range(rounds)])
    return taken


def few(one_round: int, ours: Client, plain: Client, size: int) -> tuple[float, float]:
    """Ten contacts changed by another device, and then a sync."""
    spent = []
    for client in (ours, plain):
        token = client.token()
        names = client_names(client, size)
        for number in range(CHANGED):
            client.put(names(number), books.card(number, note=f" {one_round}"))
        spent.append(timed(lambda client=client, token=token: client.sync_of_few(token)))  # type: ignore[misc]
    return spent[0], spent[1]


def puts(one_round: int, ours: Client, plain: Client, size: int) -> tuple[float, float]:
    number = size + one_round
    spent = [timed(lambda one=one: one.put(f"{books.uid(number)}.vcf", books.card(number))) for one in (ours, plain)]  # type: ignore[misc]
    return spent[0], spent[1]


_NAMES: dict[int, dict[str, str]] = {}


def client_names(client: Client, size: int) -> Callable[[int], str]:
    """How a server calls a contact: we by our own ids, files by theirs."""
    if client.port not in _NAMES:
        body = client.names()
        some = body[: min(len(body), size)]
        if books.uid(0) in " ".join(some):
            _NAMES[client.port] = {}
        else:
            found = {}
            for first in range(0, len(some), BATCH):
                hrefs = "".join(f"<D:href>{name}</D:href>" for name in some[first : first + BATCH])
                got = client.ask(
                    "REPORT",
                    client.book,
                    '<CR:addressbook-multiget xmlns:D="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav"><D:prop>'
                    f"<CR:address-data/></D:prop>{hrefs}</CR:addressbook-multiget>",
                ).decode()
                for href, uid in re.findall(r"<href>([^<]+\.vcf)</href>.*?UID:([^\s<&]+)", got, re.DOTALL):
                    found[uid] = href.rpartition("/")[2]
            _NAMES[client.port] = found
    return lambda number: _NAMES[client.port].get(books.uid(number), f"{books.uid(number)}.vcf")


def in_turns(
    times: int, what: Callable[[Client], Callable[[], None]], ours: Client, plain: Client
) -> tuple[float, float]:
    return median_of_pairs([(timed(what(ours)), timed(what(plain))) for _ in range(times)])


def median_of_pairs(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@contextmanager
def served(app: str, config: Config, settings: Path) -> Iterator[int]:
    """Give the port of gunicorn with one worker and four threads."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    env = {**os.environ, "UNDRAWER_DATA": str(config.data), "BENCH_RADICALE": str(settings)}
    words = [
        "--workers",
        "1",
        "--threads",
        "4",
        "--worker-class",
        "gthread",
        "--timeout",
        "300",
        "--log-level",
        "error",
    ]
    command = [sys.executable, "-m", "gunicorn", *words, "--bind", f"127.0.0.1:{port}", app]
    server = subprocess.Popen(command, env=env)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server does not listen.")


def ratios(taken: Times) -> list[tuple[str, float, float, float, float]]:
    return [(name, ours / other, BOUNDS[name], ours, other) for name, (ours, other) in taken.items()]


def table(taken: Times, size: int) -> str:
    rows = [
        (name, f"{ours:.4f}", f"{other:.3f}", f"{ratio:.3f}", f"≤ {bound:g}", "yes" if ratio <= bound else "**no**")
        for name, ratio, bound, ours, other in ratios(taken)
    ]
    head = (f"{size:,} contacts", "Undrawer, s", "plain Radicale, s", "ratio", "wanted", "met")
    return f"## Address books of other devices\n\n{ABOUT}\n\n{report.table(head, rows)}"


ABOUT = """`python -m bench.dav`, also part of `script/bench`: Radicale over our tables (SQLite) beside plain Radicale 3.9 with its own files, both served
alike in one run and asked in turns. A first sync is a listing of all etags and every card in batches of a hundred; a
sync is the poll, the report of changes and the cards that changed. *Cold* is plain Radicale without its cache."""


if __name__ == "__main__":
    main()

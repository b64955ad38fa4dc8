"""The parts of the bench that ask a running service: uploads at once, clients that hold lines, memory."""

import argparse
import asyncio
import time
from collections.abc import Sequence
from statistics import mean, median
from uuid import uuid4

from bench.load.holding import held
from bench.load.line import Line
from bench.load.phones import Sent, padded, send_all, unlike
from bench.load.running import Service
from bench.load.tables import Told, Wanted, head, row

REPEATS = 20
ASKED = ("/healthz", "/api/v1/photos?limit=10", "/api/v1/contacts?limit=10")
SAMPLE_SECONDS = 2
HELD_UP = 2.0
"""Times what it takes without the clients that hold lines; twice is what other programs of a machine may do to a median."""
GREW = 1.1


async def uploads(service: Service, picture: bytes, asked: argparse.Namespace, until: float) -> Told:
    """All phones at once: every photo acknowledged within a phone's patience, and a page meanwhile."""
    tokens, photo = service.phones(asked.phones), padded(picture, asked.bytes)
    idle = [await _put(service, tokens[0], photo) for _ in range(REPEATS)]
    page = [await _get(service, tokens[0], ASKED[1]) for _ in range(REPEATS)]
    sending = asyncio.create_task(send_all(service.address, tokens, photos_each=asked.each, picture=photo, until=until))
    meanwhile = [await _get(service, tokens[0], ASKED[1])]
    while not sending.done():
        meanwhile.append(await _get(service, tokens[0], ASKED[1]))
        await asyncio.sleep(0.2)
    sent = await sending
    rows = [
        head(f"{asked.phones} phones × {asked.each} photos of {len(photo) / 1e6:.1f} MB, in {sent.seconds:.0f} s"),
        row("acknowledged, idle", idle, median(idle)),
        row("acknowledged, all at once", sent.acknowledged, median(idle)),
        row("a list of photos, idle", page, median(page)),
        row("the same, meanwhile", meanwhile, median(page)),
    ]
    return Told("\n".join(rows), told_of_uploads(sent, asked.phones * asked.each))


def told_of_uploads(sent: Sent, count: int) -> list[Wanted]:
    kept, without = len(sent.acknowledged), sent.sent_back.count(0)
    back = f"{len(sent.sent_back)} sent back, {without} without a time"
    return [
        Wanted("every photo is acknowledged", f"{kept} of {count}, {len(sent.failed)} failed", kept == count),
        Wanted("each try is answered within the phone's patience", f"{sent.late} were not", not sent.late),
        Wanted("where there is too much to do: 429 and when to come back", back, not without),
    ]


async def slow(service: Service, picture: bytes, asked: argparse.Namespace, _until: float) -> Told:
    """Who sends a byte a second, and who says nothing, hold nobody up."""
    (token,) = service.phones(1)
    holders = {
        "idle": (0, 0, 0),
        f"{asked.slow} bodies, a byte a second": (asked.slow, 0, 0),
        f"{asked.slow} heads, a byte a second": (0, asked.slow, 0),
        f"{asked.idle} idle lines": (0, 0, asked.idle),
    }
    idle: dict[str, float] = {}
    rows, ratios = [head("what is asked, and beside it")], list[float]()
    for who, (bodies, heads, silent) in holders.items():
        async with held(service.address, token, bodies=bodies, heads=heads, idle=silent):
            for path in ("PUT a photo", *ASKED):
                times = []
                for _ in range(REPEATS):
                    put = path == "PUT a photo"
                    times.append(await (_put(service, token, picture) if put else _get(service, token, path)))
                rows.append(row(f"{path}: {who}", times, idle.setdefault(path, median(times))))
                ratios.append(median(times) / idle[path])
    most = f"the slowest {max(ratios):.1f} ×"
    return Told(
        "\n".join(rows), [Wanted(f"each median at most {HELD_UP:.0f} × the idle one", most, max(ratios) <= HELD_UP)]
    )


async def memory(service: Service, picture: bytes, asked: argparse.Namespace, until: float) -> Told:
    """Photos one after another until all are read; what web and workers hold meanwhile, in ten parts of the way."""
    (token,), samples, left = service.phones(1), list[dict[str, float]](), asked.photos
    line = Line(service.address, token)
    begun = time.monotonic()

    async def feed() -> None:
        nonlocal left
        while left and time.monotonic() < until:
            await line.ask("PUT", f"/api/v1/photos/{uuid4()}", body=unlike(picture))
            left -= 1
            while await _waiting(service, token) > asked.workers * 4 and time.monotonic() < until:  # noqa: ASYNC110 - it asks
                await asyncio.sleep(0.2)

    feeding = asyncio.create_task(feed())
    while not feeding.done() or (await _waiting(service, token) and time.monotonic() < until):
        samples.append(service.megabytes())
        await asyncio.sleep(SAMPLE_SECONDS)
    await feeding
    await line.close()
    done = asked.photos - left - await _waiting(service, token)
    rows = ["| MB held, all processes of a kind | " + " | ".join(f"{part}0 %" for part in range(1, 11)) + " |"]
    rows.append("|---|" + "---:|" * 10)
    tenths = {kind: _tenths([sample[kind] for sample in samples]) for kind in samples[0]}
    rows += [f"| {kind} | " + " | ".join(f"{one:.0f}" for one in held_) + " |" for kind, held_ in tenths.items()]
    grew = {kind: held_[-1] / held_[2] for kind, held_ in tenths.items()}
    took = f"{done} of {asked.photos} in {time.monotonic() - begun:.0f} s"
    return Told(
        "\n".join(rows),
        [
            Wanted("all photos are read", took, done == asked.photos),
            *(
                Wanted(f"{kind}: the last tenth holds at most {GREW} × the third", f"{by:.2f} ×", by <= GREW)
                for kind, by in grew.items()
            ),
        ],
    )


def _tenths(values: Sequence[float]) -> list[float]:
    """The mean of each tenth of the way; the first ones hold what is brought in once."""
    count = len(values)
    return [mean(values[part * count // 10 : (part + 1) * count // 10] or values[-1:]) for part in range(10)]


async def _waiting(service: Service, token: str) -> int:
    line = Line(service.address, token)
    answer = await line.ask("GET", "/api/v1/photos?state=received&limit=50")
    await line.close()
    return answer.body.count(b'"state":"received"') or answer.body.count(b'"state": "received"')


async def _put(service: Service, token: str, photo: bytes) -> float:
    line = Line(service.address, token)
    answer = await line.ask("PUT", f"/api/v1/photos/{uuid4()}", body=unlike(photo))
    await line.close()
    return _good(answer.status, answer.seconds)


async def _get(service: Service, token: str, path: str) -> float:
    line = Line(service.address, token)
    answer = await line.ask("GET", path)
    await line.close()
    return _good(answer.status, answer.seconds)


def _good(status: int, seconds: float) -> float:
    if status not in (200, 201, 202):
        raise SystemExit(f"The service answered {status}.")
    return seconds

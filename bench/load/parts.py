"""The parts of the bench that ask a running service: uploads at once, clients that hold lines, memory."""

import argparse
import asyncio
import time
from collections.abc import Sequence
from statistics import mean, median
from uuid import uuid4

from bench.load.holding import held
from bench.load.line import Line
from bench.load.phones import padded, send_all, unlike
from bench.load.running import Service
from bench.load.tables import head, row

REPEATS = 20
ASKED = ("/healthz", "/api/v1/photos?limit=10", "/api/v1/contacts?limit=10")
SAMPLE_SECONDS = 2


async def uploads(service: Service, picture: bytes, asked: argparse.Namespace, until: float) -> None:
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
    print(head(f"{asked.phones} phones × {asked.each} photos of {len(photo) / 1e6:.1f} MB"))
    print(row("acknowledged, idle", idle, median(idle)))
    print(row("acknowledged, all at once", sent.acknowledged, median(idle)))
    print(row("a list of photos, idle", page, median(page)))
    print(row("the same, meanwhile", meanwhile, median(page)))
    asked_back = f"{len(sent.sent_back)} times sent back, {sent.sent_back.count(0)} of them without a time"
    print(
        f"\n{len(sent.acknowledged)} acknowledged in {sent.seconds:.0f} s, {sent.late} late, {asked_back}, failed: {sent.failed}"
    )


async def slow(service: Service, picture: bytes, asked: argparse.Namespace, _until: float) -> None:
    """Who sends a byte a second, and who says nothing, hold nobody up."""
    (token,) = service.phones(1)
    holders = {
        "idle": (0, 0, 0),
        f"{asked.slow} bodies, a byte a second": (asked.slow, 0, 0),
        f"{asked.slow} heads, a byte a second": (0, asked.slow, 0),
        f"{asked.idle} idle lines": (0, 0, asked.idle),
    }
    idle: dict[str, float] = {}
    print(head("what is asked, and beside it"))
    for who, (bodies, heads, silent) in holders.items():
        async with held(service.address, token, bodies=bodies, heads=heads, idle=silent):
            for path in ("PUT a photo", *ASKED):
                times = []
                for _ in range(REPEATS):
                    put = path == "PUT a photo"
                    times.append(await (_put(service, token, picture) if put else _get(service, token, path)))
                print(row(f"{path}: {who}", times, idle.setdefault(path, median(times))), flush=True)


async def memory(service: Service, picture: bytes, asked: argparse.Namespace, until: float) -> None:
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
    print(
        f"{done} of {asked.photos} photos read in {time.monotonic() - begun:.0f} s. MB held, all processes of a kind:\n"
    )
    print("| | " + " | ".join(f"{part}0 %" for part in range(1, 11)) + " | last ÷ third |")
    print("|---|" + "---:|" * 11)
    for kind in samples[0]:
        held_ = _tenths([sample[kind] for sample in samples])
        print(f"| {kind} | " + " | ".join(f"{one:.0f}" for one in held_) + f" | {held_[-1] / held_[2]:.2f} |")


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

"""Awaits in a thread of its own: a browser driven in the same process leaves a loop running in the first one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Returned = TypeVar("Returned")


def finished(coroutine: Coroutine[Any, Any, Returned]) -> Returned:
    """What the coroutine returns, once it has."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()

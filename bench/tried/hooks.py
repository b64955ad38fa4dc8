"""What schemathesis cannot know of this API: how sound is sent, and ids of things that are there."""

import json
import os
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import schemathesis

THERE: Final = "UNDRAWER_TRIED"
"""In the environment: a file with the ids of what is in the drawer, by the name they have in a path."""

SOUND: Final = b"\x1a\x45\xdf\xa3" + bytes(60)
_there: Final[dict[str, list[str]]] = json.loads(Path(os.environ[THERE]).read_text(encoding="utf-8"))


@schemathesis.serializer("audio/webm", "audio/ogg", "audio/mp4")
def sound(ctx: schemathesis.SerializationContext, value: Any) -> Any:  # noqa: ARG001  # it is its signature
    """Send a recording by its first bytes, or whatever chance made."""
    return {"data": SOUND if value in (b"", "") else value if isinstance(value, bytes) else str(value).encode()}


@schemathesis.hook
def map_path_parameters(ctx: schemathesis.HookContext, path_parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Of three ids made by chance two become ids of something that is there; which, the id made by chance decides."""
    return {name: _known(name, value) for name, value in (path_parameters or {}).items()}


def _known(name: str, value: Any) -> Any:
    pool, drawn = _there.get(name, []), crc32(str(value).encode())
    return pool[drawn % len(pool)] if pool and drawn % 3 else value

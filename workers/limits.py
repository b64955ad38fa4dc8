"""What one job may take: limits that a work-horse sets on itself after the fork, and that its children inherit."""

import re
import resource
from pathlib import Path
from typing import Final

_STATUS: Final = Path("/proc/self/status")
_MEGABYTE: Final = 1024 * 1024


def limit_memory(megabytes: int) -> None:
    """Allow so much beyond what the worker held before the fork; more raises MemoryError in the job.

    RLIMIT_DATA counts private writable memory, which is what runs out. RLIMIT_AS would also count libraries, model
    files and address space that is only reserved, several gigabytes with ONNX Runtime, and differ by machine.
    Only Linux limits it for memory that is mapped; elsewhere there is no `/proc`, and no limit.
    """
    if _STATUS.exists():
        limit = _held_bytes() + megabytes * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def limit_cpu(seconds: int) -> None:
    """End the process after so much work, for one whose worker died and which nobody else would end."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _held_bytes() -> int:
    found = re.search(r"^VmData:\s+(\d+) kB$", _STATUS.read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0

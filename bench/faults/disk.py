"""A small disk of one's own that can be filled: a file system in memory, mounted where nobody else sees it."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

INSIDE = "UNDRAWER_BENCH_DISK"
WAYS = (
    ["unshare", "--mount"],
    ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"],
)
"""As root, and as anybody where the system allows namespaces. What is mounted in them ends with the last process."""
_BLOCK = b"\0" * (1 << 16)


def enter(module: str) -> None:
    """Start this program again where it may mount, if there is a way; it returns there, or where there is none."""
    if INSIDE in os.environ:
        return
    for way in WAYS:
        if shutil.which(way[0]) and not subprocess.run([*way, "true"], capture_output=True, check=False).returncode:
            os.environ[INSIDE] = "yes"
            os.execvp(way[0], [*way, sys.executable, "-m", module, *sys.argv[1:]])  # noqa: S606 - this very program, with its own arguments


class Disk:
    """A folder on a disk of so many megabytes; `small` says whether it really is one that can be filled."""

    def __init__(self, folder: Path, *, megabytes: int) -> None:
        self.folder = folder
        folder.mkdir()
        size = f"size={megabytes}m,mode=755"
        mount = ["mount", "-t", "tmpfs", "-o", size, "undrawer-bench", str(folder)]
        allowed = INSIDE in os.environ and shutil.which("mount")
        self.small = bool(allowed) and not subprocess.run(mount, capture_output=True, check=False).returncode
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Fill it to the last byte; called again, also what became free meanwhile."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for block in (_BLOCK, b"\0"):
                try:
                    while ballast.write(block):
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)

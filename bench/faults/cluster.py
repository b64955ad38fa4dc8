"""A PostgreSQL of one's own on a Unix socket, that may be killed and comes back."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import psutil

SETTINGS = "-c listen_addresses= -c unix_socket_directories={folder} -c max_wal_size=64MB -c shared_buffers=32MB"


class Cluster:
    """As safe as PostgreSQL is out of the box: nothing is made faster at the cost of what was committed."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        tools = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        found = shutil.which("initdb")
        self._tools = tools[-1] if tools else Path(found or "/nowhere/initdb").parent
        self._folder, self._env = folder, {**os.environ, **env}
        folder.mkdir()
        self._user = _unprivileged()
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "--username=undrawer", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.url = f"postgresql://undrawer@/postgres?host={folder}"
        self._server: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Start it, or start it again where it died; what is left of the one before keeps it waiting for a moment."""
        if self._server is None or self._server.poll() is not None:
            said = SETTINGS.format(folder=self._folder).split()
            command = [str(self._tools / "postgres"), "-D", str(self._folder / "cluster"), *said]
            self._server = subprocess.Popen(
                command, user=self._user, cwd=self._folder, env=self._env, stderr=subprocess.DEVNULL
            )

    def server(self) -> list[psutil.Process]:
        return [psutil.Process(self._server.pid)] if self._server and self._server.poll() is None else []

    def backends(self) -> list[psutil.Process]:
        """The processes that serve somebody now."""
        children = [child for server in self.server() for child in server.children()]
        return [child for child in children if "postgres: undrawer" in " ".join(child.cmdline())]

    def stop(self) -> None:
        if self._server and self._server.poll() is None:
            self._server.send_signal(2)
            self._server.wait(timeout=60)

    def _run(self, tool: str, *arguments: str) -> None:
        command = [str(self._tools / tool), "-D", str(self._folder / "cluster"), *arguments]
        where = {"user": self._user, "cwd": self._folder, "stdout": subprocess.DEVNULL}
        subprocess.run(command, check=True, **where)  # type: ignore[call-overload]  # its overloads know no such dict


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"

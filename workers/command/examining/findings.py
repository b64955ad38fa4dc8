"""What can be wrong with an installation, each looked at by itself, with how to mend it."""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

from service.config import MEGABYTE, Config
from service.domain.errors import BadValue
from service.queue import Queue
from service.storage import snapshot, soundness
from service.storage.database import Database, DatabaseAway, knows, newest_revision
from service.storage.files import Files
from service.storage.reading import photos
from workers.command.backup import LAST
from workers.command.examining import running_findings
from workers.command.examining.finding import Finding
from workers.command.running import certificates, own_redis
from workers.extraction.readers import tesseract

LEAST_FREE_MB: Final = 500
WELL_FREE_MB: Final = 5_000
BACKUP_DAYS: Final = 7
OLDEST_REDIS: Final = (6, 2)
RESTORE: Final = "Stop Undrawer, move the data folder away, then undrawer restore FILE (docs/running.md, Backup)."
LATE: Final = timedelta(minutes=10)


def findings(config: Config) -> Iterator[Finding]:
    """Look at everything; nothing is changed, and nothing that fails keeps the rest from being looked at."""
    for look in LOOKS:
        yield look(config)


def _folder(config: Config) -> Finding:
    about, path = "Data folder", config.data
    if not os.access(path, os.W_OK | os.X_OK):
        return Finding(about, "wrong", f"{path} cannot be written.", "Give it to the user who runs Undrawer.")
    for one in sorted(path.iterdir()):
        if not os.access(one, os.R_OK | os.W_OK):
            return Finding(about, "wrong", f"{one} belongs to another user.", f"chown -R the user's name {path}")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(about, "advice", f"{path} is open to other users of this machine.", f"chmod 700 {path}")
    return Finding(about, "well", f"{path}, for its owner alone.")


def _room(config: Config) -> Finding:
    free = shutil.disk_usage(config.data).free // MEGABYTE
    said = f"{free:,} MB free, room for about {free // 3:,} photos."
    if free < LEAST_FREE_MB:
        return Finding("Disk", "wrong", said, "Make room: photos are refused when the disk is full.")
    return Finding("Disk", "well" if free >= WELL_FREE_MB else "advice", said, "Watch it, or move the data folder.")


def _files(config: Config) -> Finding:
    """A bucket is asked what is in it; of a folder it is looked whether every part of it can be written."""
    about = "Files"
    if isinstance(config.files, Path):
        closed = [one for one in _folders(config.files) if not os.access(one, os.R_OK | os.W_OK | os.X_OK)]
        if closed:
            mend = f"chown -R the user's name {config.files}: somebody else ran a command here."
            return Finding(about, "wrong", f"{closed[0]} cannot be written.", mend)
        return Finding(about, "well", f"{config.files}.")
    try:
        next(Files(config.files).there(), None)
    except OSError as error:
        mend = "Is UNDRAWER_S3_ENDPOINT right, is there such a bucket, and do key and secret open it?"
        return Finding(about, "wrong", f"{config.files}: {error.strerror or 'There is no such bucket.'}", mend)
    return Finding(about, "well", f"{config.files} answers.")


def _folders(files: Path) -> list[Path]:
    if not files.is_dir() or not os.access(files, os.R_OK | os.X_OK):
        return [files] if files.exists() else []
    return [files, *sorted(one for one in files.iterdir() if one.is_dir())]


def _keys(config: Config) -> Finding:
    paths = [config.data / name for name in config.key_files]
    files = [path for one in paths for path in ([one] if one.is_file() else one.rglob("*.key")) if path.is_file()]
    open_ = [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_:
        return Finding("Keys", "wrong", f"{open_[0]} can be read by others.", f"chmod 600 {open_[0]}")
    return Finding("Keys", "well", f"{len(files)} in the data folder, for their owner alone.")


def _database(config: Config) -> Finding:
    about = "Database"
    with closing(Database(config.database_url)) as db:
        try:
            with db.reading() as tx:
                kind, now, unsound = tx.dialect.name, snapshot.revision(tx), soundness.troubles(tx, at_most=1)
        except DatabaseAway:
            return Finding(about, "wrong", "It does not answer.", "Is it running, and is UNDRAWER_DATABASE_URL right?")
        except BadValue as error:
            return Finding(about, "wrong", error.message, RESTORE)
    if unsound:
        return Finding(about, "wrong", f"It is damaged ({unsound[0]}).", RESTORE)
    return _of_tables(kind, now)


def _of_tables(kind: str, now: str) -> Finding:
    about, newest = "Database", newest_revision()
    if not now:
        mend = "Is UNDRAWER_DATA right? If so, script/run (or undrawer upgrade) begins an installation here."
        return Finding(about, "wrong", f"{kind}, with no tables: there is no installation here.", mend)
    if not knows(now):
        mend = "Install that version, or restore a backup of this one into an empty folder: there is no way back."
        return Finding(about, "wrong", f"{kind}, with the tables of a later version ({now}, not {newest}).", mend)
    if now != newest:
        said = f"{kind}, with the tables of {now}; this version wants {newest}."
        return Finding(about, "wrong", said, "undrawer backup FILE, then undrawer upgrade")
    return Finding(about, "well", f"{kind}, tables {now}.")


def _redis(config: Config) -> Finding:
    about = "Redis"
    try:
        with closing(Redis.from_url(_reached(config).redis_url, socket_connect_timeout=2, socket_timeout=5)) as client:
            version = str(client.info("server")["redis_version"])
    except RedisError:
        mend = "Start Undrawer (script/run), or your Redis. Until then photos are kept and wait to be read."
        return Finding(about, "wrong", "It does not answer.", mend)
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        return Finding(about, "wrong", f"It is {version}.", "Install Redis 6.2 or later.")
    return Finding(about, "well", f"Redis {version}.")


def _workers(config: Config) -> Finding:
    if Queue(_reached(config)).worker_heard_from():
        return Finding("Workers", "well", "At least one gave a sign of life within two minutes.")
    mend = "Start Undrawer (script/run), or `python -m workers`. Until then photos wait."
    return Finding("Workers", "wrong", "None was heard from within two minutes.", mend)


def _waiting(config: Config) -> Finding:
    about = "Photos"
    if _database(config).state != "well":
        return Finding(about, "advice", "Nobody knows, before the database is well.", "See Database.")
    with closing(Database(config.database_url)) as db, db.reading() as tx:
        waits, since = photos.waiting(tx)
    if since and datetime.now(UTC) - since > LATE:
        said = f"{waits} wait to be read, the first since {since:%Y-%m-%d %H:%M} UTC."
        return Finding(about, "wrong", said, "Are there enough workers? DATA/log says what they do.")
    return Finding(about, "well", f"{waits} wait to be read.")


def _readers(config: Config) -> Finding:
    about, wanted = "Readers", set(tesseract.LANGUAGES.values())
    missing = sorted(wanted - tesseract.installed())
    if not tesseract.installed():
        state = "wrong" if config.reader == "tesseract" else "advice"
        mend = "apt-get install tesseract-ocr, or run script/setup. Without it doubts are settled by one reader."
        return Finding(about, state, "Tesseract is not installed.", mend)
    if missing:
        packages = " ".join(f"tesseract-ocr-{name}" for name in missing)
        return Finding(about, "advice", f"Tesseract lacks {', '.join(missing)}.", f"apt-get install {packages}")
    return Finding(about, "well", f"{config.reader}; Tesseract with {len(wanted)} languages.")


def _reach(config: Config) -> Finding:
    about = "Address"
    if config.https_at_home:
        days = certificates.days_left(config.certificates)
        if days is not None and days < 0:
            return Finding(
                about, "wrong", "The certificate at home has run out.", "Start Undrawer again: it makes one."
            )
        return Finding(about, "well", "HTTPS at home.")
    if config.secure:
        return Finding(about, "well", config.public_url)
    mend = "script/run --https, or a domain (docs/running.md). Without it: no camera in the page, no notices."
    return Finding(about, "advice", "Phones come by plain HTTP.", mend)


def _backup(config: Config) -> Finding:
    about, mend = "Backup", "undrawer backup FILE, every night, to another machine."
    try:
        last = json.loads((config.data / LAST).read_text())
        at = datetime.fromisoformat(last["finished_at"])
    except (OSError, ValueError, KeyError):
        return Finding(about, "advice", "None was made yet.", mend)
    days = (datetime.now(UTC) - at).days
    return Finding(about, "well" if days <= BACKUP_DAYS else "advice", f"The last one was {days} days ago.", mend)


def _reached(config: Config) -> Config:
    """Where `run` has its own Redis, if the path of the data folder is too long for a socket."""
    socket = own_redis.socket_of(config)
    return replace(config, redis_url=f"unix://{socket}") if socket else config


LOOKS: Final[tuple[Callable[[Config], Finding], ...]] = (
    _folder,
    _room,
    _files,
    _keys,
    _database,
    _redis,
    _workers,
    lambda config: running_findings.timetable(_reached(config)),
    lambda config: running_findings.persistence(_reached(config)),
    lambda config: running_findings.clock(_reached(config)),
    running_findings.web_server,
    _waiting,
    running_findings.models,
    _readers,
    _reach,
    _backup,
)

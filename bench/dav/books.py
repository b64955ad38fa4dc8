"""The same address book twice: kept by us, and as plain Radicale keeps it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from service.config import Config
from service.storage import accounts
from service.storage.database import Database, upgrade
from service.storage.dav import app_passwords
from service.storage.people import contacts

USER = "ana@example.com"
SETTINGS = """
[auth]
type = none
[storage]
filesystem_folder = {folder}
[rights]
type = owner_only
[logging]
level = error
[web]
type = none
[server]
max_content_length = 100000000
"""


def uid(number: int) -> str:
    return str(uuid5(NAMESPACE_OID, str(number)))


def card(number: int, *, note: str = "") -> str:
    """A contact as phones write it; others are alike, so that no luck is in it."""
    said = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uid(number)}",
        f"FN:Núria Muñoz {number}",
        f"N:Muñoz {number};Núria;;;",
        "ORG:Taller Arce e Hijas;Compras",
        "TITLE:Directora de compras",
        f"EMAIL;TYPE=INTERNET:nuria{number}@arce.example",
        f"TEL;TYPE=CELL:+34600{number:06d}",
        "TEL;TYPE=WORK,VOICE:+34944231807",
        "ADR;TYPE=WORK:;;Gran Vía 12;Bilbao;Bizkaia;48001;España",
        "URL:https://arce.example",
        f"NOTE:Feria de Bilbao{note}",
        "REV:2026-11-01T10:00:00Z",
        "END:VCARD",
    )
    return "".join(line + "\r\n" for line in said)


def ours(config: Config, size: int) -> tuple[str, str]:
    """Fill a database; give the account and the secret of a device."""
    upgrade(config.database_url)
    db = Database(config.database_url)
    with db.transaction() as tx:
        owner = accounts.create(tx, name="Ana", email=USER).id
        _, secret = app_passwords.make(tx, owner=owner, name="bench")
    for numbers in batches(size):
        with db.transaction() as tx:
            for number in numbers:
                contacts.write(tx, owner=owner, vcard=card(number))
    db.close()
    return owner, secret


def plain(folder: Path, user: str, size: int) -> Path:
    """Fill a folder as Radicale has it; give the file of its settings."""
    book = folder / "storage" / "collection-root" / user / "contacts"
    book.mkdir(parents=True)
    (book / ".Radicale.props").write_text('{"tag": "VADDRESSBOOK", "D:displayname": "Contacts"}', encoding="utf-8")
    for number in range(size):
        (book / f"{uid(number)}.vcf").write_bytes(card(number).encode())
    settings = folder / "radicale.conf"
    settings.write_text(SETTINGS.format(folder=folder / "storage"), encoding="utf-8")
    return settings


def batches(size: int) -> Iterator[range]:
    for first in range(0, size, 500):
        yield range(first, min(first + 500, size))

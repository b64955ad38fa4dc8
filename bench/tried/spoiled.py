"""`python -m bench.tried.spoiled`: uploads and imports with mutated bytes, sent to the service; no 5xx, nothing half kept.

--requests N   how many (1000)
--seed N       of the chance (1)

Of each kind whole files are the ground: photos, spoken notes, tables, vCards, and forms of several parts. Bytes are
changed, cut, doubled and mixed; what is answered with 2xx must be there whole, what is refused must have left nothing.
"""

import argparse
import random
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote
from uuid import UUID

from PIL import Image

from bench.tried import house
from bench.tried.house import House
from service.domain.errors import UndrawerError
from service.storage import named_files
from service.storage.people import imports
from workers import importing

VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n}\r\nFN:Nuria Vidal\r\nN:Vidal;Nuria;;;\r\nEMAIL:n@example.com\r\nEND:VCARD\r\n"
SHEET = "Nombre,Empresa,Correo\nNuria Vidal,Filtros Norte,nuria@example.com\nIker Solana,Roble,iker@example.com\n"
FORM = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n%b\r\n--x--\r\n'
NAMES = ("a.csv", "../../etc/passwd", 'a"b.csv', "a\r\nX-Evil: 1", "\u202egpj.exe", "a" * 400, "")
Sent = tuple[str, str, bytes, str]
"""Method, path, body and its type."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--requests", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    begun, chance = time.monotonic(), random.Random(wanted.seed)
    with house.opened() as tried:
        answers = Counter(one for _ in range(wanted.requests) for one in [send(tried, chance)])
        answers.update(brought_in(tried))
        half = half_kept(tried)
    print("| what | answer | times |\n|---|---|---|")
    for (kind, status), times in sorted(answers.items()):
        print(f"| {kind} | {status} | {times} |")
    failures = sum(times for (_, status), times in answers.items() if status >= 500 or status == 0)
    print(f"\n{failures} failures, {half} files or rows half kept, {time.monotonic() - begun:.0f} s")
    sys.exit(1 if failures or half else 0)


def send(tried: House, chance: random.Random) -> tuple[str, int]:
    """Send one spoiled thing; give its kind and the status, 0 where no answer came."""
    kind = chance.choice(sorted(KINDS))
    method, path, body, type_ = KINDS[kind](chance)
    headers = {"Authorization": f"Bearer {tried.token}", "Content-Type": type_}
    asked = urllib.request.Request(f"{tried.address}/api/v1{path}", body, headers, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310  # of the loopback
            return kind, int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return kind, refused.code
    except OSError:
        return kind, 0


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes, cut, double or mix; now and then leave it whole."""
    bytes_ = bytearray(content)
    for _ in range(chance.choice((0, 1, 1, 3, 20))):
        at = chance.randrange(len(bytes_)) if bytes_ else 0
        match chance.randrange(5):
            case 0:
                bytes_[at : at + 1] = chance.randbytes(1)
            case 1:
                del bytes_[at : at + chance.randrange(1, 200)]
            case 2:
                bytes_[at:at] = bytes_[at : at + chance.randrange(1, 200)]
            case 3:
                bytes_[at:at] = chance.choice(
                    (b"\x00", b"\xff\xfe", b"\r\n", b'"', b";;;;", "\u202e".encode(), b"=1+1")
                )
            case _:
                bytes_ = bytes_[:at]
    return bytes(bytes_)


def picture(chance: random.Random) -> bytes:
    written = BytesIO()
    shade = tuple(chance.randrange(256) for _ in range(3))
    Image.new("RGB", (320, 200), shade).save(written, chance.choice(("JPEG", "PNG", "WEBP", "TIFF")))
    return written.getvalue()


def _photo(chance: random.Random) -> Sent:
    return (
        "PUT",
        f"/photos/{UUID(int=chance.getrandbits(128), version=4)}",
        spoiled(picture(chance), chance),
        "image/jpeg",
    )


def _form(chance: random.Random) -> Sent:
    return "POST", "/photos", spoiled(FORM % picture(chance), chance), "multipart/form-data; boundary=x"


def _sheet(chance: random.Random) -> Sent:
    return "POST", f"/imports?name={_name(chance)}", spoiled(SHEET.encode(), chance), "text/csv"


def _vcards(chance: random.Random) -> Sent:
    cards = "".join(VCARD.format(n=chance.getrandbits(32)) for _ in range(3))
    return "POST", f"/imports?name={_name(chance)}", spoiled(cards.encode(), chance), "text/vcard"


def _name(chance: random.Random) -> str:
    return quote(chance.choice(NAMES))


KINDS: dict[str, Callable[[random.Random], Sent]] = {
    "photo": _photo,
    "form": _form,
    "table": _sheet,
    "vcards": _vcards,
}


def brought_in(tried: House) -> Counter[tuple[str, int]]:
    """Begin every import that was taken in, and do a worker's part; how it ended, 0 where it did not end well."""
    ended: Counter[tuple[str, int]] = Counter()
    with tried.parts.db.reading() as tx:
        waiting = [one for one in imports.page(tx, owner=tried.owner, limit=200).rows if one.rows]
    for one in waiting:
        with tried.parts.db.transaction() as tx:
            try:
                imports.begin(tx, owner=tried.owner, id=one.id, columns=one.columns, habits=one.habits)
            except UndrawerError:
                ended["import not begun", 422] += 1
                continue
            claimed = imports.claim(tx, one.id, held_seconds=60)
        done = claimed is not None and importing.go_on(tried.parts.db, tried.parts.files, claimed, for_seconds=60)
        ended["import done", 200 if done else 0] += 1
    return ended


def half_kept(tried: House) -> int:
    """Count the files that no row names, and the rows whose file is not there or not whole."""
    files = tried.parts.files
    there = {sha256 for sha256, _ in files.there()}
    with tried.parts.db.snapshot() as tx:
        named = {sha256 for sha256, _ in named_files.named(tx)}
    return len(there ^ named)


if __name__ == "__main__":
    main()
